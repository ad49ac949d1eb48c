"""What the demo company has set up for a bad day: one entry of the watch-list that nobody matches, two helpers."""

from collections.abc import Sequence

from shared import company, quiet_calls, watch_list
from shared.directory import PersonView
from shared.lib.actor import Actor, acting_as
from shared.quiet_calls import QuietSettings
from shared.watch_list import WatchForm

HELPERS = ("韩雪梅", "尉迟明")
PLACE = "一楼大堂前台"
ENTRY = WatchForm(
    name="贾似真",
    aliases=["Jia Sizhen", "贾先生"],
    reason="两次冒充快递员进入办公区（演示数据）。",
    instruction="请在前台等候，叫行政经理下来。",
)


def set_up(people: Sequence[PersonView], manager: int) -> None:
    """The entry is the manager's, who is told as well; it ends by itself in half a year."""
    found = {one.name: one.token for one in people}
    quiet_calls.choose(QuietSettings(responders=[found[name] for name in HELPERS]))
    company.change(company.facts().model_copy(update={"quiet_place": PLACE}))
    with acting_as(Actor("account", manager)):
        watch_list.add(ENTRY.model_copy(update={"told": [found[HELPERS[0]]]}))
