"""What the journal says of the registers themselves: taken along, forgotten, closed and archived."""

from shared.lib.i18n import lazy

REGISTER_WORDS = {
    "registers.exported": lazy("register taken as a list: %(reason)s"),
    "retention.run": lazy("what was due was erased"),
    "retention.rehearsed": lazy("counted what is due to be erased"),
    "retention.held": lazy("kept beyond its time"),
    "retention.lifted": lazy("no longer kept beyond its time"),
    "volumes.closed": lazy("closed, %(count)s rows"),
    "volumes.handed_over": lazy("handed over to the officer"),
    "volumes.taken_back": lazy("not handed over after all"),
    "alerts.filing_called": lazy("%(host)s told that it is handed over"),
    "alerts.filing_goes": lazy("%(host)s comes for it"),
    "alerts.filing_over": lazy("%(host)s need not come any more"),
    "alerts.overdue_called": lazy("%(host)s told that it is not filed in time"),
    "alerts.overdue_goes": lazy("%(host)s sees to it"),
    "alerts.overdue_over": lazy("%(host)s need not see to it any more"),
    "volumes.received": lazy("received by the officer"),
    "volumes.rejected": lazy("sent back to the desk"),
    "volumes.archived": lazy("archived"),
    "volumes.reissued": lazy("issued again without names"),
    "volumes.destroyed": lazy("destroyed: its time was over"),
}
