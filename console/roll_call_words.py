"""What the roll call says through its scripts and on paper."""

from shared import roll_call
from shared.lib import i18n
from shared.lib.actor import actor
from shared.lib.i18n import _


def state_words() -> dict[str, str]:
    """What the page's script says of the states, and of itself."""
    return {
        **{code: _(name) for code, name in roll_call.STATE_NAMES.items()},
        "kept": _("kept on this device"),
        "me": actor().name,
    }


def paper_words(code: str) -> dict[str, str]:
    """The heads of the printed list in one language."""
    with i18n.use(code):
        return {
            "title": _("Roll call"),
            "drill": _("Drill"),
            "name": _("Name"),
            "place": _("Company or department"),
            "host": _("Host"),
            "where": _("Room"),
            "badge": _("Badge"),
            "since": _("On site since"),
            "safe": _("Safe"),
            "help": _("Needs help"),
            "not_found": _("Not found"),
            "visitors": _("Visitors"),
            "staff": _("Staff, perhaps here"),
            "printed": _("Printed"),
        }


def script_words() -> dict[str, str]:
    """What the page says by itself, with a desk and without."""
    return {
        "wrong": _("That is not the PIN. Tries left: %(n)s."),
        "wiped": _("Five wrong PINs: the copy on this device is gone."),
        "none": _("No copy of the list is kept on this device."),
        "old": _("The copy on this device was more than 12 hours old and is gone."),
        "waiting": _("The desk does not answer. Marks are kept on this device and sent when it is back."),
        "as_of": _("List as of %(time)s, %(n)s min ago"),
        "just": _("List as of %(time)s"),
        "kept_one": _("1 mark waits on this device."),
        "kept": _("%(n)s marks wait on this device."),
        "begun": _("Begun on this device at %(time)s"),
        "begun_drill": _("Drill, begun on this device at %(time)s"),
    }
