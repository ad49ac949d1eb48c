"""How long an entry lasts, what goes with it at night, and what is left of a visitor who is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared import register, visits, watch_list
from shared.lib import db
from shared.lib.actor import acting_as
from shared.lib.errors import Conflict, Invalid
from shared.watch_list import LetIn, WatchForm, WatchMatch
from tests.cast import checks_in
from tests.shared.watch_list.conftest import RECEPTION, Clock, Desk, decides, listed, matched


@pytest.mark.parametrize(
    ("expires", "right"),
    [("2026-11-22", False), ("2026-11-23", True), ("2027-11-23", True), ("2027-11-24", False)],
)
def test_an_entry_lasts_at_most_a_year(desk: Desk, expires: str, right: bool) -> None:
    if right:
        assert listed(expires=expires).name == "陈嘉豪"
    else:
        with pytest.raises(Invalid) as refused:
            listed(expires=expires)
        assert set(refused.value.fields) == {"expires"}


def test_who_changed_it_first_is_looked_at_first(desk: Desk) -> None:
    entry = listed()
    said = WatchForm.model_validate({"name": "陈嘉豪", "reason": "x", "instruction": "y"})
    watch_list.change(entry.token, said, entry.row_version)
    with pytest.raises(Conflict):
        watch_list.change(entry.token, said, entry.row_version)


def test_at_night_what_is_over_is_erased_with_everything_that_its_matches_say(desk: Desk, time: Clock) -> None:
    entry = listed(expires="2026-11-24")
    done = checks_in(desk.cast.host)
    [match] = matched(done.id)
    decides(done.id, is_them=True)
    with acting_as(RECEPTION):
        watch_list.let_in(match.token, LetIn(reason="陈先生道了歉"))
    assert register.run().counts["W1"] == 0
    time.at = entry.expires_at + timedelta(hours=2)
    assert register.run(rehearsal=True).counts["W1"] == 1
    assert register.run().counts["W1"] == 1
    assert register.run().counts["W1"] == 0
    with db.reading() as session:
        [row] = session.scalars(select(WatchMatch))
        assert (row.entry_id, row.let_in_reason, row.state, row.visit_id) == (None, None, "is_them", done.id)
        assert session.scalars(select(watch_list.WatchEntry)).all() == []
        assert session.scalars(select(watch_list.WatchTold)).all() == []


def test_a_visitor_who_is_forgotten_leaves_no_trace_in_the_matches(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host)
    [match] = matched(done.id)
    decides(done.id, is_them=True)
    with acting_as(RECEPTION):
        watch_list.let_in(match.token, LetIn(reason="陈嘉豪道了歉"))
    visits.depart(done.token, how="console")
    visits.erase(done.token)
    with db.reading() as session:
        [row] = session.scalars(select(WatchMatch))
        assert (row.entry_id, row.let_in_reason) == (None, None)
    assert [one.instruction for one in matched(done.id)] == [None]
    assert watch_list.reveal(match.token) == {"reason": "", "let_in": ""}
