"""Every screen of the desk, one after the other: each walk brings a page to a screen and gives the screen's name."""

from tests.journeys.screens.console import console, due, office, reports
from tests.journeys.screens.door import door, link_in, set_up
from tests.journeys.screens.kiosk import kiosk, new_tablet, pictured, walked_away
from tests.journeys.screens.me import mine
from tests.journeys.screens.messages import messages
from tests.journeys.screens.names import Screen
from tests.journeys.screens.roll_call import roll_call

__all__ = [
    "Screen",
    "console",
    "door",
    "due",
    "kiosk",
    "link_in",
    "messages",
    "mine",
    "new_tablet",
    "office",
    "pictured",
    "reports",
    "roll_call",
    "set_up",
    "walked_away",
]
