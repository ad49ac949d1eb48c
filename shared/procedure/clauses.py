"""The clauses of the written procedure that the desk keeps: where each stands, and its words."""

from dataclasses import dataclass

from shared.lib import i18n
from shared.lib.i18n import gettext, lazy

_PARTS = str.maketrans("一二三四五六七八九", "123456789")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `source` is S for the written document, Sib or A for what was reconstructed.

    A reconstructed clause has no number that anybody could look up: it shows the name of its `register` instead.
    """

    key: str
    text: str
    source: str = "S"
    register: str = ""

    @property
    def number(self) -> str:
        """一.1.5; empty when it is not in the document."""
        return self.key if self.source == "S" else ""

    @property
    def label(self) -> str:
        """Its number as the reader writes it (一.1.5, 1.1.5), or the name of its register in their language."""
        if not self.number:
            return gettext(self.register)
        return self.number if i18n.language() == "zh_Hans" else self.number.translate(_PARTS)

    @property
    def words(self) -> str:
        """What it says, in short, in the reader's language."""
        return gettext(self.text)


RELAY = lazy("Oral notice")
CLAUSES = {
    clause.key: clause
    for clause in (
        Clause("一.1.1", lazy("Rise, greet, ask why")),
        Clause("一.1.2", lazy("Show them to a room or a seat")),
        Clause("一.1.3", lazy("Prepare tea and drinks")),
        Clause("一.1.4", lazy("Tell the host who came")),
        Clause("一.1.5", lazy("About every 15 min")),
        Clause("一.1.6", lazy("Within 2 min of leaving")),
        Clause("一.1.7", lazy("Host is away: note it down and tell them")),
        Clause("一.1.8", lazy("Pass it on, get a reply")),
        Clause("一.1.9", lazy("Hand the full register over for filing")),
        Clause("一.2.4", lazy("Give no staff contact details to others")),
        Clause("二.1.1", lazy("Answer after one ring, with the company's name")),
        Clause("二.1.2", lazy("Speak calmly, briefly and kindly")),
        Clause("二.1.3", lazy("Somebody is absent: offer a message or a call back")),
        Clause("二.1.4", lazy("Hang up last")),
        Clause("二.1.5", lazy("Call back, apologise first")),
        Clause("二.1.6", lazy("Write down what is to be passed on")),
        Clause("二.1.7", lazy("Tell them within 5 min, and confirm it")),
        Clause("二.1.8", lazy("File the phone register")),
        Clause("O5", lazy("They repeat it"), source="Sib", register=RELAY),
    )
}


def clause(key: str) -> Clause:
    """The clause with this key; KeyError for one that nobody has written down."""
    return CLAUSES[key]
