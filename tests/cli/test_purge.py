"""`./desk purge` on a desk that nobody serves: what is over its time goes, also from the lists of roll calls."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from shared import roll_call, visits
from shared.lib import clock, control, db
from shared.lib.actor import Actor, acting_as
from shared.roll_call import StartForm
from shared.roll_call.model import OnCall
from shared.roll_call.views import Facts
from shared.visits import Visit
from tests.cast import checks_in
from tests.serving import Desk

LONG = timedelta(days=61)


@pytest.fixture
def desk(tmp_path: Path, fresh_settings: None) -> Desk:
    """A visitor of two months ago, who stood on the list of a drill."""
    made = Desk(tmp_path, 0)
    made.prepared(2)
    with control.opened(), acting_as(Actor("account", 1)):
        token = checks_in(visitor_name="陈嘉豪").token
        roll_call.start(StartForm(drill=True))
        visits.depart(token, how="console")
        db.write(lambda: db.session().execute(
            update(Visit).values(arrived_at=clock.now() - LONG, left_at=clock.now() - LONG)
        ))  # fmt: skip
    return made


def names(of: Desk) -> list[str]:
    with control.opened(), db.reading() as session:
        listed = session.scalars(select(OnCall.facts).where(OnCall.subject.startswith("visit:")))
        return [Facts.read(facts or "").name for facts in listed] + [visit.visitor_name for visit in visits.page()[0]]


def test_the_lists_of_roll_calls_forget_with_the_register(desk: Desk) -> None:
    assert names(desk).count("陈嘉豪") == 2
    assert desk.command("purge", "--dry-run") == "Nothing was erased: this was a rehearsal."
    assert names(desk).count("陈嘉豪") == 2
    assert desk.command("purge") == "Done."
    assert names(desk).count("陈嘉豪") == 0
