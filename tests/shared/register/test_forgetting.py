"""What the schedule erases, when, and what it leaves (procedure 4.6, 4.7)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared import journal, register, relay, visits
from shared.lib import clock, db
from shared.lib.errors import Conflict, Gone
from shared.register import purged
from shared.register.model import Gram, Hold
from shared.visits import REGISTER, Picture, Visit
from shared.visits.model import CorrectionRow
from tests.cast import Cast, checks_in, people
from tests.shared.accounts.conftest import signs_up
from tests.shared.deadlines.conftest import Clock

SEARCHED = ("陈嘉豪", "chenjiahao", "深蓝物联")


@pytest.fixture
def time(database: str) -> Clock:
    standing = Clock()
    clock.set_clock(standing)
    return standing


@pytest.fixture
def cast(time: Clock) -> Cast:
    visits.join()
    return people()


def leaves(cast: Cast, **more: object) -> str:
    """Somebody comes, is corrected and leaves, badge and all; gives the token."""
    done = checks_in(cast.host, phone="13800138000", **more)
    version = visits.by_token(done.token).row_version
    visits.correct(done.token, visits.Correction(visitor_company="深蓝物联网", row_version=version))
    version = visits.by_token(done.token).row_version
    visits.correct(done.token, visits.Correction(party_size=2, reason="陈先生说", row_version=version))
    visits.depart(done.token, how="console", badge_returned=True)
    return done.token


def row(token: str) -> Visit:
    with db.reading() as session:
        found = session.scalar(select(Visit).where(Visit.token == token))
        assert found is not None
        return found


def later(time: Clock, **days: int) -> None:
    time.at += timedelta(**days)


def test_at_30_days_after_closing_the_phone_is_gone_and_at_60_the_name_is_short(cast: Cast, time: Clock) -> None:
    token = leaves(cast)
    later(time, days=29, hours=23)
    assert not any(register.run().counts.values())
    later(time, hours=1)
    assert register.run().counts["V2"] == 1
    assert (row(token).phone, row(token).phone_key, row(token).visitor_name) == (None, None, "陈嘉豪")
    later(time, days=30)
    assert register.run().counts["V1"] == 1
    kept = row(token)
    assert (kept.visitor_name, kept.visitor_company, kept.visitor_key) == ("陈**", "", "")
    assert (bool(kept.reg_no), kept.purpose, kept.state, kept.party_size) == (True, "business", "left", 2)
    assert kept.arrived_at is not None and kept.left_at is not None
    with db.reading() as session:
        corrections = {(one.field, one.old, one.new, one.reason) for one in session.scalars(select(CorrectionRow))}
    assert corrections == {("visitor_company", "", "", ""), ("party_size", "1", "2", "")}


def test_a_run_done_twice_gives_nothing_new_and_a_rehearsal_only_counts(cast: Cast, time: Clock) -> None:
    leaves(cast)
    later(time, days=61)
    assert register.run(rehearsal=True).counts["V1"] == 1
    assert register.run().counts["V1"] == 1
    assert register.run().counts["V1"] == 0
    assert [one.rehearsal for one in register.runs()] == [False, False, True]


def test_what_is_erased_is_found_no_more(cast: Cast, time: Clock) -> None:
    leaves(cast)
    while register.index(REGISTER):
        pass
    assert all(visits.page(q=typed)[0] for typed in SEARCHED)
    later(time, days=61)
    register.run()
    assert not any(visits.page(q=typed)[0] for typed in SEARCHED)
    assert [visit.visitor_name for visit in visits.page(q="陈")[0]] == ["陈**"]
    with db.reading() as session:
        assert len(session.scalars(select(Gram.gram)).all()) < 8


def test_a_message_loses_its_words_and_keeps_its_times(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    form = visits.LeftMessage(from_name="陈嘉豪", message="合同已经带来", number="13800138000", read_back=True)
    visits.leave_message(done.token, form)
    visits.depart(done.token, how="console", badge_returned=True)
    later(time, days=61)
    register.run()
    with db.reading() as session:
        messages = session.scalars(select(relay.Relay)).all()
        assert len(messages) == 1
        for message in messages:
            assert (message.from_name, message.message, message.number) == ("陈**", "", None)
            assert message.recorded_at is not None


def test_a_visit_that_is_on_site_or_held_stays_until_it_is_lifted(cast: Cast, time: Clock) -> None:
    here, kept = checks_in(cast.host).token, leaves(cast, visitor_name="赵敏")
    visits.hold(kept, "争议", None)
    with pytest.raises(Conflict):
        visits.hold(kept, "again", None)
    later(time, days=61)
    done = register.run()
    assert (done.counts["V1"], done.held) == (0, 2)
    assert (row(here).visitor_name, row(kept).visitor_name) == ("陈嘉豪", "赵敏")
    visits.lift(kept)
    assert register.run().counts["V1"] == 1


def test_a_hold_ends_with_its_day(cast: Cast, time: Clock) -> None:
    token = leaves(cast)
    visits.hold(token, "争议", (time.at + timedelta(days=70)).date())
    later(time, days=61)
    assert register.run().counts["V1"] == 0
    later(time, days=365)
    assert register.run().counts["V1"] == 1


def test_whoever_asks_is_forgotten_at_once_in_every_visit_but_not_while_here(cast: Cast, time: Clock) -> None:
    first, second, other = leaves(cast), leaves(cast), leaves(cast, visitor_name="赵敏")
    third = checks_in(cast.host, visitor_company="深蓝物联网").token
    with pytest.raises(Conflict):
        visits.erase(first)
    visits.depart(third, how="console")
    assert visits.erase(first) == 3
    assert {row(token).visitor_name for token in (first, second, third)} == {"陈**"}
    assert row(other).visitor_name == "赵敏"
    assert row(first).phone is None
    with pytest.raises(Gone):
        visits.correct(first, visits.Correction(visitor_name="陈嘉豪", row_version=row(first).row_version))


def test_pictures_go_after_their_days_and_with_whoever_asks(cast: Cast, time: Clock) -> None:
    for token in (leaves(cast), leaves(cast, visitor_name="赵敏")):
        visit_id = row(token).id
        db.write(
            lambda visit_id=visit_id: db.session().add(Picture(visit_id=visit_id, kind="photo", jpeg=b"x", at=time.at))
        )
    visits.erase(token)
    later(time, days=30)
    assert register.run().counts["V3"] == 1
    with db.reading() as session:
        assert session.scalars(select(Picture)).all() == []


def test_the_purge_journal_names_rows_and_brings_no_name_and_is_replayed(cast: Cast, time: Clock) -> None:
    token = leaves(cast)
    visits.erase(token)
    written = purged.path().read_text(encoding="utf-8")
    assert token in written
    assert "陈" not in written

    def put_back() -> None:
        visit = db.session().scalar(select(Visit).where(Visit.token == token))
        assert visit is not None
        visit.visitor_name, visit.erased_at, visit.phone = "陈嘉豪", None, "13800138000"

    db.write(put_back)
    purged.path().write_text(written + '{"cut off', encoding="utf-8")
    assert register.replay() == 2
    assert (row(token).visitor_name, row(token).phone) == ("陈**", None)


def test_statistics_do_not_change(cast: Cast, time: Clock) -> None:
    tokens = [leaves(cast) for _ in range(3)]
    before = [(row(one).arrived_at, row(one).left_at, row(one).purpose, row(one).host_id) for one in tokens]
    later(time, days=61)
    register.run()
    assert [(row(one).arrived_at, row(one).left_at, row(one).purpose, row(one).host_id) for one in tokens] == before
    assert [event.action for event in journal.about(f"visit:{tokens[0]}")][-1] == "visits.erased"


def test_a_kept_view_goes_with_the_last_of_that_name_and_one_of_a_company_stays(cast: Cast, time: Clock) -> None:
    signs_up("林晓彤", "receptionist", password=None)
    for name, query in (("him", "q=%E9%99%88%E5%98%89%E8%B1%AA"), ("sounds", "q=chenjiahao"), ("firm", "q=深蓝物联"),
                        ("surname", "q=陈"), ("day", "state=left")):  # fmt: skip
        register.keep_view(REGISTER, 1, name, query)
    first = leaves(cast)
    later(time, days=10)
    visits.depart(checks_in(cast.host, visitor_company="别处").token, how="console")
    visits.erase(first)
    assert len(register.views(REGISTER, 1)) == 5
    later(time, days=61)
    register.run()
    assert {view.name for view in register.views(REGISTER, 1)} == {"firm", "surname", "day"}


def test_why_a_visit_was_held_goes_with_it(cast: Cast, time: Clock) -> None:
    token = leaves(cast)
    visits.hold(token, "与陈嘉豪的争议", None)
    visits.lift(token)
    visits.erase(token)
    with db.reading() as session:
        assert [one.reason for one in session.scalars(select(Hold))] == [""]
