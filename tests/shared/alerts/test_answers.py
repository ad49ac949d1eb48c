"""The host answers, once or again, and nobody else does."""

import pytest

from shared import alerts, directory, journal, visits
from shared.lib import i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Forbidden, Gone, Invalid, NotFound
from tests.cast import Cast, checks_in, goes_in
from tests.shared.alerts.conftest import Clock, Office, letters

LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


@pytest.fixture
def asked(office: Office, cast: Cast) -> alerts.AlertView:
    checks_in(cast.host)
    return alerts.open_for(cast.host.id)[0]


def visit_of(alert: alerts.AlertView) -> visits.VisitView:
    return visits.one(alert.visit_id or 0)


@pytest.mark.parametrize(
    ("answer", "minutes", "state"),
    [
        ("coming", None, "arrived"),
        ("minutes", 10, "arrived"),
        ("wait", None, "arrived"),
        ("cannot", None, "absent_host"),
    ],
)
def test_an_answer_reaches_the_visit_and_settles_every_channel(
    cast: Cast, asked: alerts.AlertView, answer: str, minutes: int | None, state: str
) -> None:
    alerts.answer(asked.token, cast.host.id, answer, minutes)
    visit = visit_of(asked)
    assert (visit.host_answer, visit.host_minutes, visit.state) == (answer, minutes, state)
    after = alerts.one(asked.token)
    assert (after.state, after.answered_by, after.via) == ("answered", cast.host.id, "me")
    assert {one.state for one in after.deliveries} == {"answered"}
    letters().work()
    assert {one.state for one in alerts.one(asked.token).deliveries} == {"answered"}, "nothing is sent any more"


def test_the_journal_says_who_answered_by_which_way(cast: Cast, asked: alerts.AlertView) -> None:
    alerts.answer(asked.token, cast.host.id, "minutes", 5, via="link")
    event = journal.about(f"alert:{asked.token}")[-1]
    assert (event.action, event.person_id) == ("alerts.answered", cast.host.id)
    assert {"answer": "minutes", "minutes": 5, "via": "link"}.items() <= event.data.items()
    with i18n.use("en"):
        said = alerts.for_visits([asked.visit_id or 0])[asked.visit_id or 0]
    assert [one.sentence for one in said] == ["Wang Jianming, by the link in the e-mail"]


def test_a_later_answer_replaces_the_earlier_until_it_is_settled(cast: Cast, asked: alerts.AlertView) -> None:
    alerts.answer(asked.token, cast.host.id, "cannot")
    alerts.answer(asked.token, cast.host.id, "coming")
    assert (visit_of(asked).host_answer, visit_of(asked).state) == ("coming", "arrived")
    with acting_as(LIN):
        goes_in(visit_of(asked).token)
    with pytest.raises(Gone):
        alerts.answer(asked.token, cast.host.id, "wait")
    assert visit_of(asked).host_answer == "coming"


def test_nobody_else_answers(cast: Cast, asked: alerts.AlertView) -> None:
    with pytest.raises(Forbidden):
        alerts.answer(asked.token, cast.other.id, "coming")
    with pytest.raises(NotFound):
        alerts.answer("made-up", cast.host.id, "coming")
    assert visit_of(asked).host_answer is None


def test_a_day_later_it_is_too_late(cast: Cast, asked: alerts.AlertView, time: Clock) -> None:
    time.moves(hours=24)
    with pytest.raises(Gone):
        alerts.answer(asked.token, cast.host.id, "coming")


@pytest.mark.parametrize("minutes", [None, 0, -5, 121, 10**9])
def test_minutes_are_one_to_a_hundred_and_twenty(cast: Cast, asked: alerts.AlertView, minutes: int | None) -> None:
    with pytest.raises(Invalid) as refused:
        alerts.answer(asked.token, cast.host.id, "minutes", minutes)
    assert "minutes" in refused.value.fields


def test_an_answer_is_one_of_five(cast: Cast, asked: alerts.AlertView) -> None:
    with pytest.raises(Invalid):
        alerts.answer(asked.token, cast.host.id, "maybe")


def test_the_deputy_goes_and_is_told(cast: Cast, asked: alerts.AlertView) -> None:
    alerts.answer(asked.token, cast.host.id, "delegated")
    visit = visit_of(asked)
    assert (visit.host_id, visit.host_answer) == (cast.other.id, "delegated")
    [theirs] = alerts.open_for(cast.other.id)
    assert theirs.subject == asked.subject
    with pytest.raises(Gone, match="尉迟明"):
        alerts.answer(asked.token, cast.host.id, "coming")
    with i18n.use("en"):
        said = [one.sentence for one in alerts.for_visits([visit.id])[visit.id]]
    assert said[0].endswith("Wang Jianming asked Yuchi Ming to go")
    alerts.answer(theirs.token, cast.other.id, "coming")
    assert (visit_of(asked).host_id, visit_of(asked).host_answer) == (cast.other.id, "coming")


def test_somebody_chosen_goes(cast: Cast, asked: alerts.AlertView) -> None:
    alerts.answer(asked.token, cast.host.id, "delegated", to_ref=directory.ref_of(cast.leader))
    assert len(alerts.open_for(cast.leader.id)) == 1
    assert alerts.open_for(cast.other.id) == []


@pytest.mark.parametrize("to", ["made up", "self"])
def test_somebody_has_to_be_chosen(cast: Cast, asked: alerts.AlertView, to: str) -> None:
    ref = directory.ref_of(cast.host) if to == "self" else to
    with pytest.raises(Invalid):
        alerts.answer(asked.token, cast.host.id, "delegated", to_ref=ref)
    assert alerts.one(asked.token).state == "open"


def test_without_a_deputy_somebody_has_to_be_chosen(office: Office, cast: Cast) -> None:
    checks_in(cast.other)
    [alert] = alerts.open_for(cast.other.id)
    with pytest.raises(Invalid):
        alerts.answer(alert.token, cast.other.id, "delegated")


def test_an_answer_to_a_summary_is_for_all_who_still_wait(office: Office, cast: Cast) -> None:
    done = [checks_in(cast.host) for _ in range(8)]
    with acting_as(LIN):
        visits.depart(done[7].token, how="console")
    summary = alerts.open_for(cast.host.id)[-1]
    alerts.answer(summary.token, cast.host.id, "minutes", 15)
    answers = [visits.one(one.id).host_answer for one in done]
    assert answers == [None] * 5 + ["minutes"] * 2 + [None]


def test_the_visitor_sees_told_seen_and_answered(cast: Cast, asked: alerts.AlertView, time: Clock) -> None:
    visit_id = asked.visit_id or 0
    assert alerts.steps(visit_id) == []
    alerts.received(cast.host.id, [asked.token], seen=False)
    time.moves(seconds=3)
    alerts.received(cast.host.id, [asked.token], seen=True)
    alerts.answer(asked.token, cast.host.id, "coming")
    assert [one["kind"] for one in alerts.steps(visit_id)] == ["told", "seen", "answered"]
