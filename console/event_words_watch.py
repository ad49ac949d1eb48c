"""What the journal says of the watch-list: who looked, what was decided; never whom it was about."""

from shared.lib.i18n import lazy

WORDS = {
    "watch_list.added": lazy("put somebody on the watch-list"),
    "watch_list.changed": lazy("changed an entry of the watch-list"),
    "watch_list.ended": lazy("ended an entry of the watch-list"),
    "watch_list.resumed": lazy("the entry holds on after all"),
    "watch_list.looked": lazy("looked at the watch-list"),
    "watch_list.matched": lazy("may be on the watch-list"),
    "watch_list.not_them": lazy("is somebody else than on the watch-list"),
    "watch_list.is_them": lazy("is on the watch-list"),
    "watch_list.let_in": lazy("let in all the same"),
    "watch_list.released": lazy("nothing holds the visit any more"),
    "watch_list.undone": lazy("the last step was taken back"),
    "watch_list.forgotten": lazy("a visitor was forgotten, here too"),
    "alerts.watch_called": lazy("%(host)s called about the watch-list"),
    "alerts.watch_goes": lazy("%(host)s is on the way"),
    "alerts.watch_over": lazy("%(host)s is no longer called"),
    "alerts.host_told": lazy("%(host)s is told"),
}
ICONS = {
    "watch_list": "shield",
    "watch_list.looked": "eye",
    "watch_list.not_them": "check",
    "watch_list.let_in": "check",
    "watch_list.undone": "undo",
}
