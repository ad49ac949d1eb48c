"""Fills an empty desk for visits under a desk that dies: rooms, somebody who is away, clocks of a few seconds."""

import json
from datetime import timedelta

from shared import calendar, company, directory, presence, procedure, rooms
from shared.lib import clock, control, i18n
from shared.migrations import models
from shared.presence import PresenceForm
from shared.procedure import Times
from tests.bench.prepare import fill

PEOPLE, ROOMS = 40, 16
SHORT = {
    "T01": Times(warn=1, due=2, breach=2, steps=(3,)),
    "T02": Times(warn=1, due=2, breach=3, steps=(3,)),
    "T03": Times(warn=1, due=2, breach=2),
    "T04": Times(warn=1, due=2, breach=3, steps=(4,)),
    "T05": Times(warn=1, due=2, breach=2),
    "T06": Times(warn=1, due=2, breach=2, steps=(3,)),
    "T10U": Times(warn=1, due=3, breach=3, steps=(1, 2, 4)),
    "T11U": Times(warn=1, due=2, breach=2),
}


def main() -> None:
    models.load()
    with control.opened():
        made = fill(PEOPLE)
        works_day_and_night()
        for key, times in SHORT.items():
            procedure.change(key, times)
        made["rooms"] = [str(rooms.add_room(rooms.RoomForm(name=f"房{number}", seats=4))) for number in range(ROOMS)]
        made["away"] = [away(made["people"][0])]
        print(json.dumps(made))


def works_day_and_night() -> None:
    """Business time is time, whenever the test runs."""
    company.change(company.Company(name="测试", office_opens="00:00", office_closes="24:00", day_ends="24:00"))
    for ahead in range(3):
        calendar.set_day(i18n.today(clock.now()) + timedelta(days=ahead), "workday")


def away(deputy: str) -> str:
    """Somebody on leave, with a deputy who is in."""
    stands_in = directory.resolve_ref(deputy)
    assert stands_in
    place = directory.departments()[0].token
    form = directory.PersonForm(name="查晓文", department=place, number="away", deputy=stands_in.token)
    person = directory.add_person(form)
    presence.set_to(person.id, PresenceForm(state="leave"), source="self")
    return directory.ref_of(person)


if __name__ == "__main__":
    main()
