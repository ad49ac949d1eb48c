"""Who asks how a colleague is reached is written down; that the colleague agreed only the colleague can say."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from shared import accounts, contact_requests, directory, journal, notice, visits
from shared.contact_requests import AGREED, ContactForm, ContactRequest, RequestView
from shared.directory import PersonView
from shared.lib import clock, db, i18n, text
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Forbidden, Gone, Invalid
from shared.live import rooms_of
from shared.visits import reveal
from tests.cast import Cast, checks_in, people
from tests.shared.accounts.conftest import Clock
from tests.shared.presence.conftest import time

__all__ = ["time"]


@pytest.fixture
def cast(time: Clock) -> Iterator[Cast]:
    notice.publish()
    with i18n.use("en"):
        yield people()


def account(name: str, roles: list[str], person: PersonView | None = None) -> Actor:
    new = {"name": name, "login": name.lower(), "roles": roles, "person_id": person.id if person else None}
    made = accounts.add_account(accounts.NewAccount.model_validate(new), password_hash="known")
    return Actor("account", made.id, made.name, made.roles, person_id=made.person_id)


@pytest.fixture
def lin(cast: Cast) -> Actor:
    return account("Lin", ["receptionist"])


@pytest.fixture
def wang(cast: Cast) -> Actor:
    return account("Wang", [], cast.host)


def asks(cast: Cast, lin: Actor, outcome: str = "ask", wanted: str = "phone") -> RequestView:
    """A visitor asks for the host's number."""
    visit = visits.by_token(checks_in(cast.host).token)
    form = ContactForm.model_validate({"wanted": wanted, "outcome": outcome})
    with acting_as(lin):
        return contact_requests.note(cast.host, form, visit=visit)


def many_ask(cast: Cast, times: int) -> None:
    """So many people ask the desk for the host's number and are refused."""
    row = {"person_id": cast.host.id, "wanted": "phone", "outcome": "refused", "asker": "快递员"}
    row |= {"asked_at": clock.now(), "settled_at": clock.now()}
    rows = [row | {"token": text.token(12)} for _ in range(times)]
    db.write(lambda: db.session().execute(insert(ContactRequest), rows))


def looks() -> list[tuple[str, Any]]:
    return [
        (event.actor, event.data["ways"])
        for event in journal.events(0, 1000)
        if event.action == "directory.contact_revealed"
    ]


def test_a2_4_that_the_employee_agreed_only_the_employees_own_tap_can_say(cast: Cast, lin: Actor, wang: Actor) -> None:
    asked = asks(cast, lin)
    other = account("Yuchi", [], cast.other)
    for who in (lin, other, Actor("token", 1, roles=accounts.SCOPES["me"], person_id=cast.host.id),
                Actor("link", cast.host.id, person_id=cast.host.id)):  # fmt: skip
        with acting_as(who), pytest.raises(Forbidden):
            contact_requests.answer(asked.token, agrees=True)
    with acting_as(lin):
        for act in (
            lambda: contact_requests.settle(asked.token, AGREED),  # type: ignore[arg-type]
            lambda: asks(cast, lin, AGREED),
            lambda: contact_requests.show(asked.token),
        ):
            with pytest.raises(Conflict) as refused:
                act()
            assert refused.value.code == "own-tap"
    assert contact_requests.one(asked.token).outcome is None and looks() == []
    with acting_as(wang):
        assert contact_requests.answer(asked.token, agrees=True).outcome == AGREED
    done = contact_requests.one(asked.token)
    assert (done.outcome, done.answered_by, done.answered_at) == (AGREED, wang.id, clock.now())
    with acting_as(lin):
        assert contact_requests.show(asked.token) == {"phone": "15400001234"}, "one way, and no other"
    assert looks() == [(lin.ref, ["phone"])]


def test_a2_4_the_table_itself_refuses_a_row_without_the_tap(cast: Cast, lin: Actor) -> None:
    row = {"token": "x", "person_id": cast.host.id, "wanted": "phone", "outcome": AGREED}
    row |= {"asked_at": clock.now(), "settled_at": clock.now()}
    for tap in ({}, {"answered_at": clock.now()}, {"answered_by": lin.id}):
        with pytest.raises(IntegrityError):
            db.write(lambda tap=tap: db.session().execute(insert(ContactRequest).values(row | tap)))
    db.write(lambda: db.session().execute(insert(ContactRequest).values(
        row | {"answered_at": clock.now(), "answered_by": lin.id}
    )))  # fmt: skip


def test_who_does_not_agree_is_not_shown_and_says_so_once(cast: Cast, lin: Actor, wang: Actor) -> None:
    asked = asks(cast, lin)
    with acting_as(wang):
        assert contact_requests.answer(asked.token, agrees=False).outcome == "refused"
        with pytest.raises(Gone):
            contact_requests.answer(asked.token, agrees=True)
    with acting_as(lin), pytest.raises(Conflict):
        contact_requests.show(asked.token)
    assert contact_requests.one(asked.token).words == "they declined at 10:00"


def test_nobody_is_asked_for_longer_than_half_an_hour_and_no_consent_is_good_for_longer_than_one(
    cast: Cast, lin: Actor, wang: Actor, time: Clock
) -> None:
    first, second = asks(cast, lin), asks(cast, lin)
    assert [one.token for one in contact_requests.open_for(cast.host.id)] == [first.token, second.token]
    assert contact_requests.turns([first, second]) == first.lapses
    with acting_as(wang):
        contact_requests.answer(second.token, agrees=True)
    time.moves(minutes=30)
    assert contact_requests.open_for(cast.host.id) == []
    with acting_as(wang), pytest.raises(Gone):
        contact_requests.answer(first.token, agrees=True)
    assert contact_requests.one(first.token).words == "asked, no answer"
    with acting_as(lin):
        assert contact_requests.settle(first.token, "declined_relayed").outcome == "declined_relayed"
        with pytest.raises(Conflict):
            contact_requests.settle(first.token, "refused")
        time.moves(minutes=29, seconds=59)
        assert contact_requests.show(second.token)
        time.moves(seconds=1)
        assert not contact_requests.one(second.token).may_be_shown
        with pytest.raises(Gone):
            contact_requests.show(second.token)


def test_who_has_no_page_or_no_such_number_cannot_be_asked(cast: Cast, lin: Actor, wang: Actor) -> None:
    form = ContactForm.model_validate({"wanted": "phone", "outcome": "ask", "asker": "快递员"})
    refusals: dict[str, Callable[[], RequestView]] = {
        "no-page": lambda: contact_requests.note(cast.leader, form),
        "unknown": lambda: contact_requests.note(cast.other, form),
    }
    account("Yuchi", [], cast.other)
    for code, act in refusals.items():
        with acting_as(lin), pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == code
    with acting_as(lin):
        plain = ContactForm.model_validate({"wanted": "phone", "outcome": "refused", "asker": "快递员"})
        assert contact_requests.note(cast.leader, plain).words == "refused", "that somebody asked is written down"


def test_who_asked_is_a_visitor_or_described_in_words_that_only_the_desk_reads(cast: Cast, lin: Actor) -> None:
    form = ContactForm.model_validate({"wanted": "email", "outcome": "declined_relayed", "asker": " 自称 彭先生 "})
    with acting_as(lin):
        noted = contact_requests.note(cast.host, form)
        with pytest.raises(Invalid):
            contact_requests.note(cast.host, form.model_copy(update={"asker": ""}))
    assert (noted.who, noted.asked_by) == ("自称 彭先生", lin.id)
    visited = asks(cast, lin, "declined_relayed")
    assert (visited.who, visited.company, visited.asker) == ("陈嘉豪", "深蓝物联", None)
    with db.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT asker FROM contact_request ORDER BY id").first()
        assert "彭".encode() not in bytes(stored[0])  # type: ignore[index]
        assert session.scalar(select(ContactRequest.asker)) == "自称 彭先生"


def test_the_journal_knows_about_whom_and_no_more_and_no_visitors_screen_hears_of_it(
    cast: Cast, lin: Actor, wang: Actor
) -> None:
    asked = asks(cast, lin)
    with acting_as(wang):
        contact_requests.answer(asked.token, agrees=True)
    told = [event for event in journal.events(0, 1000) if event.topic == "contacts"]
    assert [event.action for event in told] == ["contacts.asked", "contacts.agreed"]
    for event in told:
        assert event.person_id == cast.host.id and event.subject.startswith("visit:")
        assert event.data.keys() <= {"ways", "outcome"}
        assert rooms_of(event) == [("/console", "console"), ("/me", f"person:{cast.host.id}")]


def test_each_week_is_counted_from_monday_on(cast: Cast, lin: Actor, wang: Actor, time: Clock) -> None:
    asked = asks(cast, lin)
    with acting_as(wang):
        contact_requests.answer(asked.token, agrees=True)
    with acting_as(lin):
        contact_requests.show(asked.token)
        directory.reveal_contact(cast.host.token, ["extension"])
        reveal.reveal_phone(checks_in(cast.host).token)
    time.moves(days=6, hours=13, minutes=59)
    asks(cast, lin, "declined_relayed")
    time.moves(minutes=1)
    asks(cast, lin, "refused")
    asks(cast, lin)
    newest, before, *earlier = contact_requests.weeks()
    assert (str(before.monday), str(before.sunday), str(newest.monday)) == ("2026-11-23", "2026-11-29", "2026-11-30")
    assert before.looks == {"directory.contact_revealed": 2, "visits.phone_revealed": 1}
    assert before.outcomes == {AGREED: 1, "declined_relayed": 1}
    assert (newest.looks, newest.outcomes) == ({}, {"refused": 1, "": 1})
    assert [week.outcomes for week in earlier] == [{}] * 6
    looked = [event.data.get("ways") for event in contact_requests.looks(before.monday)]
    assert looked == [None, ["extension"], ["phone"]]
    assert len(contact_requests.requests(before.monday)) == 2


def test_a_week_is_counted_whole_however_short_its_list_is(cast: Cast, lin: Actor, wang: Actor) -> None:
    many_ask(cast, 201)
    asks(cast, lin)
    week = contact_requests.weeks()[0]
    assert (week.outcomes, week.total) == ({"refused": 201, "": 1}, 202)
    assert len(contact_requests.requests(week.monday)) == 200
