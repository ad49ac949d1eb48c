"""What the journal says of the phone register; never who called."""

from shared.lib.i18n import lazy

WORDS = {
    "phone.taken": lazy("call written down"),
    "phone.missed": lazy("a call nobody answered"),
    "phone.tried": lazy("tried to call back"),
    "phone.rang_again": lazy("rang again by themselves"),
    "phone.undone": lazy("the last step was taken back"),
    "phone.imported": lazy("a call list of the telephone exchange came in"),
    "phone.exchange_lost": lazy("the telephone exchange is no longer heard"),
    "phone.exchange_heard": lazy("the telephone exchange is heard again"),
    "phone.corrected": lazy("put right"),
    "phone.erased": lazy("personal data erased"),
    "contacts.asked_by_phone": lazy("the caller asked for contact data of %(host)s: %(ways)s"),
}
ICONS = {
    "phone": "phone",
    "phone.undone": "undo",
    "phone.corrected": "pen",
    "phone.erased": "no",
}
