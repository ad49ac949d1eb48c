"""Who came unannounced or for the first time goes in with reception's word, or with the host who fetches them."""

import pytest

from shared import accounts, directory, journal, notice, presence, visits
from shared.badges import wearer
from shared.lib import clock
from shared.lib.actor import SYSTEM, Actor, acting_as
from shared.lib.errors import Conflict
from shared.visits import Expectation, Seat
from shared.visits.forms import HostRef
from tests.cast import Cast, built, checks_in, people


@pytest.fixture
def cast(database: str) -> Cast:
    notice.publish()
    return people()


@pytest.fixture
def lin(cast: Cast) -> Actor:
    new = {"name": "林晓彤", "login": "lin", "roles": ["receptionist"]}
    made = accounts.add_account(accounts.NewAccount.model_validate(new), password_hash="known")
    return Actor("account", made.id, made.name, made.roles)


def expected(cast: Cast, name: str = "陈嘉豪") -> str:
    ref = HostRef(ref=directory.ref_of(cast.host))
    form = Expectation(visitor_name=name, visitor_company="深蓝物联", host=ref, expected_at=clock.now())
    with acting_as(SYSTEM):
        return visits.expect(form)[0].token


def test_a1_1c_nobody_unannounced_goes_in_before_reception_said_so(cast: Cast, lin: Actor) -> None:
    done = checks_in(cast.host)
    visit = visits.by_token(done.token)
    assert visit.unconfirmed and visit.escort and wearer.facts_of(visit).escort
    with acting_as(lin), pytest.raises(Conflict) as refused:
        visits.admit(done.token)
    assert refused.value.code == "unconfirmed"
    with acting_as(lin):
        visits.confirm_entry(done.token)
        assert visits.admit(done.token).state == "meeting"
    visit = visits.by_token(done.token)
    assert (visit.confirmed_by, visit.confirmed_at is not None, visit.unconfirmed) == (lin.id, True, False)
    assert "visits.entry_confirmed" in [event.action for event in journal.about(f"visit:{done.token}")]


def test_a1_1c_who_is_invited_for_the_first_time_is_confirmed_too_and_nobody_else(cast: Cast, lin: Actor) -> None:
    token = expected(cast)
    checks_in(cast.host)
    with acting_as(lin):
        with pytest.raises(Conflict):
            visits.admit(token)
        visits.confirm_entry(token)
        visits.admit(token)
        visits.depart(token, how="console")
    again = expected(cast)
    checks_in(cast.host)
    visit = visits.by_token(again)
    assert (visit.first_visit, visit.escort, visit.unconfirmed) == (False, False, False)
    with acting_as(lin):
        assert visits.admit(again).state == "meeting"
        with pytest.raises(Conflict):
            visits.confirm_entry(again)


def test_a_host_who_fetches_the_visitor_lets_them_in_and_no_other_colleague(cast: Cast) -> None:
    first, second = checks_in(cast.host), checks_in("没有这个人", visitor_name="孟庆远")
    host = Actor("account", 7, "Wang", frozenset({"employee"}), person_id=cast.host.id)
    other = Actor("account", 8, "Yuchi", frozenset({"employee"}), person_id=cast.other.id)
    with acting_as(other), pytest.raises(Conflict):
        visits.admit(first.token)
    with acting_as(host):
        assert visits.admit(first.token).state == "meeting"
    with acting_as(Actor("account", 9, "Guest")), pytest.raises(Conflict):
        visits.admit(second.token)


def test_a_confirmation_is_taken_back_within_fifteen_seconds(cast: Cast, lin: Actor) -> None:
    done = checks_in(cast.host)
    with acting_as(lin):
        seq = visits.confirm_entry(done.token).seq
        visits.undo(seq)
        visit = visits.by_token(done.token)
        assert visit.unconfirmed and visit.confirmed_by is None
        seq = visits.confirm_entry(done.token).seq
        with pytest.raises(Conflict):
            visits.confirm_entry(done.token)
        visits.admit(done.token)
        with pytest.raises(Conflict):
            visits.undo(seq)


def test_whoever_shows_a_visitor_to_a_room_has_let_them_in_and_the_waiting_area_is_not_inside(
    cast: Cast, lin: Actor
) -> None:
    house, done = built(), checks_in(cast.host)
    with acting_as(lin):
        visits.seat(done.token, Seat(room=house.area))
        assert visits.by_token(done.token).unconfirmed
        seq = visits.move(done.token, Seat(room=house.zhu)).seq
        assert visits.by_token(done.token).confirmed_by == lin.id
        visits.undo(seq)
        assert visits.by_token(done.token).unconfirmed
        visits.move(done.token, Seat(room=house.zhu))
        assert visits.admit(done.token).state == "meeting"


def test_what_happens_by_itself_stands_in_no_way_of_undo(cast: Cast, lin: Actor) -> None:
    visits.join()
    done = checks_in(cast.host)
    with acting_as(lin):
        seq = visits.confirm_entry(done.token).seq
        presence.set_to(cast.host.id, presence.PresenceForm.model_validate({"tap": "out 30"}), source="self")
        visits.undo(seq)
    assert visits.by_token(done.token).unconfirmed


def test_who_has_left_is_let_in_no_more(cast: Cast, lin: Actor) -> None:
    done = checks_in(cast.host)
    with acting_as(lin):
        visits.depart(done.token, how="console")
        with pytest.raises(Conflict):
            visits.confirm_entry(done.token)
