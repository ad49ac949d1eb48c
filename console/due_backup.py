"""What a row of Due now says of the backup: who was called, and who is on the way."""

from collections.abc import Callable, Mapping

from shared import alerts
from shared.alerts import Called
from shared.lib import i18n
from shared.lib.i18n import _, format_time

MOST_NAMES = 2


def words(mask: Callable[[str], str]) -> Mapping[str, str]:
    """The line under what was called for, by its subject; names are as short as `mask` makes them."""
    return {subject: _line(called, mask) for subject, called in alerts.backups().items()}


def _line(called: Called, mask: Callable[[str], str]) -> str:
    language = i18n.language()
    if called.goes is not None and called.since is not None:
        values = {"time": format_time(called.since), "name": mask(called.goes.spoken(language))}
        return _("%(time)s %(name)s is on the way") % values
    names = [mask(one.spoken(language)) for one in called.people]
    listed = _(", ").join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        listed += _(", ") + _("%(n)s more") % {"n": len(names) - MOST_NAMES}
    return _("backup called: %(names)s") % {"names": listed}
