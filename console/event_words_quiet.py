"""What the journal says of quiet calls."""

from shared.lib.i18n import lazy

WORDS = {
    "quiet_calls.begun": lazy("quiet call, %(count)s called"),
    "quiet_calls.coming": lazy("%(host)s is on the way"),
    "quiet_calls.police": lazy("%(host)s has called the police"),
    "quiet_calls.ended": lazy("quiet call over"),
    "quiet_calls.renewed": lazy("quiet call over, for help is called anew"),
    "quiet_calls.lapsed": lazy("quiet call over by itself after 12 hours"),
    "quiet_calls.false_alarm": lazy("quiet call taken back: a false alarm"),
    "quiet_calls.chosen": lazy("chose who is called by a quiet call: %(count)s"),
    "alerts.quiet_called": lazy("%(host)s called"),
    "alerts.quiet_news": lazy("%(host)s hears who answered"),
    "alerts.quiet_over": lazy("%(host)s is no longer called"),
}
ICONS = {
    "quiet_calls": "bell",
    "quiet_calls.ended": "check",
    "quiet_calls.lapsed": "check",
    "quiet_calls.false_alarm": "undo",
}
