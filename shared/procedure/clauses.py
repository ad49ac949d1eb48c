"""The clauses of the written procedure that the desk keeps: where each stands, and its words."""

from dataclasses import dataclass

from shared.lib.i18n import gettext, lazy


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
        """Its number, or the name of its register in the reader's language."""
        return self.number or gettext(self.register)

    @property
    def words(self) -> str:
        """What it says, in short, in the reader's language."""
        return gettext(self.text)


RELAY = lazy("Oral notification")
CLAUSES = {
    clause.key: clause
    for clause in (
        Clause("一.1.1", lazy("Rise, greet, ask what they came for")),
        Clause("一.1.2", lazy("Show them to a room or a seat")),
        Clause("一.1.3", lazy("Prepare tea and drinks")),
        Clause("一.1.4", lazy("Tell the host that somebody has come")),
        Clause("一.1.5", lazy("Refill the tea about every 15 minutes")),
        Clause("一.1.6", lazy("Clear the room within 2 minutes of leaving")),
        Clause("一.1.7", lazy("Host is away: note it down and tell them")),
        Clause("一.1.8", lazy("Pass on contact and reason, see to the reply")),
        Clause("一.1.9", lazy("Hand the full register over for filing")),
        Clause("一.2.4", lazy("Give no staff contact details to others")),
        Clause("O5", lazy("The recipient repeats what was said"), source="Sib", register=RELAY),
    )
}


def clause(key: str) -> Clause:
    """The clause with this key; KeyError for one that nobody has written down."""
    return CLAUSES[key]
