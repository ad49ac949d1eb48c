"""No visitor learns how anybody is reached, nor who works here, nor where they are (procedure 一.1.1, 一.2.4, 4.2)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from shared import alerts, directory, presence, visits
from shared.badges import wearer
from shared.badges.facts import SIZES
from shared.badges.page import page
from shared.badges.words import words
from shared.directory import PersonView
from shared.lib import clock
from shared.lib.actor import SYSTEM, Actor, acting_as
from shared.presence import PresenceForm
from shared.visits import Expectation
from shared.visits.forms import HostRef
from tests.kiosk.demo_kiosk import Tablet, opened, secrets_of, visitors_rules

NOBODY, PROTECTED, OUT, ON_LEAVE, MEETING, THERE = "白不在", "陆景行", "任远", "赵磊", "高翔", "王建明"
WHEREABOUTS = re.compile("外出|开会|休假|在岗|out until|in a meeting|on leave")
OWN = re.compile(r'"(?:token|reg_no|pass|short_code|number)": "[^"]*"|/v/[\w-]{27}|data-pass="[^"]*"|data-code="[^"]*"')
OWN_TEXT = re.compile(r"(?<=或输入 )\w{6}|(?<=or type )\w{6}|V\d{3,4}|visits/[\w-]{27}")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[Tablet]:
    with opened(tmp_path_factory.mktemp("kiosk"), empty_file) as made:
        yield made


@pytest.fixture
def tablet(demo: Tablet) -> Tablet:
    """The same desk for all of them, each two minutes later: nobody hears of more than five visitors a minute."""
    demo.answers.clear()
    later = clock.now() + timedelta(minutes=2)
    clock.set_clock(lambda: later)
    return demo


def called(name: str) -> PersonView:
    return next(one for one in directory.people() if one.name == name)


def comes(tablet: Tablet, host: object, language: str = "zh_Hans", where: str = "/kiosk/visits") -> dict[str, str]:
    """Somebody registers for `host`, a reference or a written name."""
    notice = tablet.gets(f"/kiosk/notice?language={language}").json
    body = {"visitor_name": "Ben Oak", "visitor_company": "Solaria", "purpose": "sales", "host": host, "consent": True}
    answer = tablet.posts(where, {**body, "language": language, "notice_version": notice["version"]})  # type: ignore[index]
    assert answer.status_code == 201, answer.text
    return dict(answer.json or {})


def found(tablet: Tablet, query: str, where: str = "/kiosk/people") -> list[dict[str, object]]:
    """Whom a search shows: a name, a department, and a reference that means nothing."""
    people: list[dict[str, object]] = tablet.gets(f"{where}?q={quote(query)}").json["people"]  # type: ignore[index]
    assert all(set(one) == {"ref", "name", "department", "marks"} for one in people)
    return people


def looks(tablet: Tablet, visit_pass: str, *languages: str) -> None:
    """Everything the visitor can look at: the last screen of the kiosk, and their own page."""
    tablet.gets(f"/kiosk/visits/{visit_pass}/answer")
    for language in languages or ("zh_Hans", "en"):
        tablet.gets(f"/v/{visit_pass}?lang={language}")


def answers(done: dict[str, str], answer: str) -> None:
    """The host has the alert before them, and answers it."""
    visit = visits.by_token(done["token"])
    person = visit.host
    assert person is not None
    with acting_as(Actor("link", person_id=person.id)):
        asked = next(one for one in alerts.open_for(person.id) if one.visit_id == visit.id)
        alerts.received(person.id, [asked.token], seen=True)
        alerts.answer(asked.token, person.id, answer, 5 if answer == "minutes" else None, via="link")


def invited(person: PersonView) -> str:
    """The code of an invitation to this person."""
    ref = HostRef(ref=directory.ref_of(person))
    with acting_as(SYSTEM):
        return visits.expect(Expectation(visitor_name="Ann Elm", host=ref, expected_at=clock.now()))[1]


def printed(token: str) -> str:
    """The badge as it goes to the printer."""
    facts = wearer.facts_of(visits.by_token(token))
    return page(facts, words(facts.language), SIZES["62x100"]).html


def test_a1_1c_no_answer_of_a_kiosk_holds_a_number_or_an_address_of_anybody(tablet: Tablet) -> None:
    people = directory.people()
    assert len(people) == 60
    secret, badges, kinds = secrets_of(people), [], ("coming", "minutes", "wait", "cannot", "delegated")
    for at, person in enumerate(people):
        for query in (person.pinyin, person.pinyin[:4], directory.contact(person.id).extension):
            found(tablet, str(query), "/kiosk/people")
        chosen = [one for one in found(tablet, person.name, "/api/v1/people") if one["name"] == person.name]
        assert bool(chosen) is not person.protected
        written = comes(tablet, person.name, "en", "/api/v1/visits")
        code = tablet.posts("/kiosk/invitations", {"code": invited(person)}).json
        for host in [{"ref": one["ref"]} for one in chosen[:1]] + [{"ref": code["host"]["ref"]}]:  # type: ignore[index]
            done = comes(tablet, host)
            if at % 10 == 0:
                tablet.gets(f"/kiosk/visits/{done['pass']}/qr.svg")
            looks(tablet, done["pass"], "zh_Hans")
            answers(done, kinds[at % len(kinds)])
            looks(tablet, done["pass"], "en")
            badges.append(printed(done["token"]))
            tablet.posts("/api/v1/departures" if at % 2 else "/kiosk/departures", {"pass": done["pass"]})
        looks(tablet, written["pass"], "en")
        tablet.posts(f"/v/{written['pass']}/departure")
        looks(tablet, written["pass"], "zh_Hans")
    for path in ("/kiosk", "/kiosk/offline", "/kiosk/build", "/kiosk/sw.js", "/api/v1/openapi.json"):
        tablet.gets(path)
    for path in ("/api/v1/notice", "/kiosk/pairing/qr.svg?code=K7M4XQ", "/kiosk/open/nobody"):
        tablet.gets(path)
    for path in ("/kiosk/help", "/kiosk/pairing", "/kiosk/pairing/nobody", "/kiosk/open/nobody"):
        tablet.posts(path)
    looked_at = {rule for rule, _text in tablet.answers}
    assert visitors_rules(tablet.app) - looked_at == set()
    leaks = {(rule, one[0]) for rule, text in tablet.answers for one in secret.finditer(text)}
    assert not leaks | {("badge", one[0]) for text in badges for one in secret.finditer(text)}
    assert len(tablet.answers) > 1000


def screens(tablet: Tablet, name: str, then: str = "") -> list[str]:
    """Every screen of somebody who writes `name`, without what is the visitor's own."""
    done = comes(tablet, name)
    tablet.answers.clear()
    looks(tablet, done["pass"])
    if then:
        answers(done, then)
        tablet.answers.clear()
        looks(tablet, done["pass"])
    shown = [text for _rule, text in tablet.answers]
    tablet.posts("/kiosk/departures", {"pass": done["pass"]})
    return [OWN_TEXT.sub("*", OWN.sub("*", text)) for text in (str(sorted(done.items())), *shown)]


def plain(shown: list[str]) -> list[str]:
    own = r"VIS-\d+-\d+|'[\w-]{16}'|'[\w-]{27}'|'[A-Z0-9]{6}'|X-Now: [^\r\n]+|csrf[^>]+|Content-Length: \d+"
    return [re.sub(own, "*", text) for text in shown]


def test_a1_1c_a_name_nobody_has_a_protected_one_and_one_who_is_away_look_the_same(tablet: Tablet) -> None:
    screens(tablet, NOBODY)
    neutral = plain(screens(tablet, NOBODY))
    assert "已登记，前台会帮您联系。" in neutral[0]
    for name in (PROTECTED, OUT, ON_LEAVE, MEETING, THERE):
        assert plain(screens(tablet, name)) == neutral, name
    assert [presence.of(called(name).id).state for name in (OUT, ON_LEAVE, MEETING)] == ["out", "leave", "meeting"]
    assert plain(screens(tablet, OUT, then="cannot"))[1:] == neutral[1:], "nor when they decline"


def test_a_search_shows_who_is_away_like_everybody_else(tablet: Tablet) -> None:
    names = ("李娜", "邓婕", "宋佳怡")

    def shown() -> list[object]:
        return [{**one, "ref": ""} for name in names for one in found(tablet, name)]

    assert not any(presence.of(called(name).id).is_in for name in names)
    away = shown()
    for name in names:
        presence.clear(called(name).id, source="reception")
    assert away == shown() and len(away) == 3


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh_Hans", "任远现在不能过来，前台马上来帮您。"),
        ("en", "Ren Yuan cannot come right now. The front desk is on the way."),
    ],
)
def test_a_host_who_was_chosen_and_is_away_is_told_in_words_that_say_no_whereabouts(
    tablet: Tablet, language: str, sentence: str
) -> None:
    ref = {"ref": directory.suggest(OUT)[0].ref}
    done = comes(tablet, ref, language)
    assert (done["message"], done["state"], done["host_answer"]["kind"]) == (sentence, "arrived", "cannot")  # type: ignore[index]
    tablet.answers.clear()
    looks(tablet, done["pass"])
    now = tablet.gets(f"/kiosk/visits/{done['pass']}/answer").json
    assert now["answer"]["text"] == sentence  # type: ignore[index]
    declined = comes(tablet, {"ref": directory.suggest(THERE)[0].ref}, language)
    answers(declined, "cannot")
    same = tablet.gets(f"/kiosk/visits/{declined['pass']}/answer").json
    assert now["answer"].keys() == same["answer"].keys()  # type: ignore[index]
    assert now["answer"]["kind"] == same["answer"]["kind"]  # type: ignore[index]
    assert not any(WHEREABOUTS.search(text) for rule, text in tablet.answers if not rule.endswith("/kiosk"))


def test_a_host_who_is_away_may_answer_all_the_same(tablet: Tablet) -> None:
    done = comes(tablet, {"ref": directory.suggest(OUT)[0].ref})
    answers(done, "minutes")
    now = tablet.gets(f"/kiosk/visits/{done['pass']}/answer").json
    assert (now["state"], now["answer"]["text"]) == ("arrived", "马上下来，5 分钟")  # type: ignore[index]


def test_who_wrote_a_name_down_sees_that_somebody_comes_and_not_who(tablet: Tablet) -> None:
    done = comes(tablet, PROTECTED)
    with acting_as(SYSTEM):
        visits.assign(done["token"], directory.ref_of(called(PROTECTED)))
    answers(done, "delegated")
    tablet.answers.clear()
    looks(tablet, done["pass"])
    shown = "".join(text for _rule, text in tablet.answers)
    now = tablet.gets(f"/kiosk/visits/{done['pass']}/answer").json
    assert now["answer"]["text"] == "有人马上下来接您"  # type: ignore[index]
    for person in (called(PROTECTED), directory.deputy_of(called(PROTECTED).id)):
        assert person is not None and person.name not in shown and person.pinyin not in shown


def test_a_state_is_said_by_no_badge(tablet: Tablet) -> None:
    presence.set_to(called("刘洋").id, PresenceForm.model_validate({"tap": "out 60"}), source="self")
    done = comes(tablet, {"ref": directory.suggest("刘洋")[0].ref})
    assert not WHEREABOUTS.search(printed(done["token"]))
    assert "销售部" in printed(done["token"])
