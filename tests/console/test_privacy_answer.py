"""A visitor asks what is held about them: found exactly, told on paper in their language, nothing about others."""

import io

import pypdfium2
import pytest
from flask import Flask
from PIL import Image

from shared import badges, journal, visits, watch_list
from shared.badges.render import shared_renderer
from shared.lib import db
from shared.lib.i18n import use
from shared.roll_call import StartForm, start
from shared.visits import Picture, Visit
from shared.watch_list.forms import WatchForm
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NUMBER, TO_HOST = "13800138000", "15400001234"


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.fixture
def officer(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages, "任远", roles=("privacy_officer",))


def reads(pdf: bytes) -> str:
    """The words of a PDF, without the ends of its lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "").replace("\n", "")


def came(cast: Cast, **more: object) -> str:
    """Chen Jiahao was here, left a number and a message, was put right, stood on a list; gives the token."""
    done = checks_in(cast.host, **{"phone": NUMBER, "purpose_note": "合同初稿", **more})
    form = visits.LeftMessage(from_name="陈嘉豪", message="样品放在前台", number=NUMBER, read_back=True)
    visits.leave_message(done.token, form)
    version = visits.by_token(done.token).row_version
    visits.correct(done.token, visits.Correction(party_size=3, remark="带两位同事", row_version=version))
    return done.token


def answers(officer: Reception, token: str, check: str = "badge_phone") -> bytes:
    answer = officer.tells(f"/console/visits/{token}/answer", check=check)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text
    return answer.data


def test_4_1_everything_that_is_held_stands_on_the_paper_in_the_visitors_language(
    officer: Reception, cast: Cast
) -> None:
    token = came(cast, language="zh_Hans")
    with use("zh_Hans"):
        start(StartForm(drill=True))
        paper = reads(answers(officer, token))
    visit = visits.by_token(token)
    for words in (
        "我们留存了您的哪些信息", "陈嘉豪", "深蓝物联", "138 0013 8000", "合同初稿", "带两位同事", "样品放在前台",
        "王建明", "市场部", "演练", visit.reg_no or "", visit.notice_version,
        "2026-11-23", "已核对访客证号和电话",
    ):  # fmt: skip
        assert words in paper, (words, paper)
    kept = journal.newest(1)[0]
    assert (kept.action, kept.data["check"], kept.data["new"]) == ("privacy.answered", "badge_phone", 1)
    assert kept.actor == officer.actor.ref


def test_4_1_in_english_for_whoever_reads_english_and_every_visit_of_theirs(officer: Reception, cast: Cast) -> None:
    first = came(cast, language="en", visitor_name="Anna Reyes", visitor_company="Reyes")
    second = came(cast, language="en", visitor_name="Anna Reyes", visitor_company="Reyes")
    paper = reads(answers(officer, first))
    numbers = [visits.by_token(token).reg_no or "" for token in (first, second)]
    assert all(number in paper for number in numbers) and "What we hold about you" in paper
    assert "stay in the register, without a name" in paper and journal.newest(1)[0].data["new"] == 2


def test_nothing_of_anybody_else_is_on_it(officer: Reception, cast: Cast) -> None:
    token = came(cast)
    checks_in(cast.other, visitor_name="周海燕", visitor_company="华东精工")
    paper = reads(answers(officer, token))
    for words in ("周海燕", "华东精工", TO_HOST, "154 0000 1234", "8021", "wang@example.com", "任远", "陆景行"):
        assert words not in paper, words


def test_the_watch_list_does_not_show_on_it(officer: Reception, cast: Cast) -> None:
    watch_list.add(
        WatchForm.model_validate({"name": "陈嘉豪", "reason": "威胁过同事", "instruction": "请保安到前台", "told": []})
    )
    token = came(cast)
    assert [one for one in journal.newest(50) if one.topic == "watch_list"]
    paper = reads(answers(officer, token))
    for words in ("威胁", "保安", "留意", "名单"):
        assert words not in paper, words


def test_photo_and_signature_are_theirs_too(officer: Reception, cast: Cast) -> None:
    token = came(cast)
    empty = answers(officer, token)
    image = io.BytesIO()
    Image.new("RGB", (240, 320), "seagreen").save(image, "JPEG")
    visit, at = visits.by_token(token), visits.by_token(token).created_at
    kept = Picture(visit_id=visit.id, kind="photo", jpeg=badges.picture(image.getvalue()), at=at)
    db.write(lambda: db.session().add(kept))
    paper = answers(officer, token)
    with pypdfium2.PdfDocument(paper) as document, pypdfium2.PdfDocument(empty) as before:
        assert [images(document), images(before)] == [1, 0]
    assert "2026-12-23" in reads(paper)


def images(document: pypdfium2.PdfDocument) -> int:
    return sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for page in document for one in page.get_objects())


def test_it_is_for_those_who_may_and_say_how_they_made_sure(officer: Reception, pages: Flask, cast: Cast) -> None:
    token = came(cast)
    reception, manager = Reception(pages), Reception(pages, "韩雪梅", roles=("admin_manager",))
    assert reception.tells(f"/console/visits/{token}/answer", check="known").status_code == 403
    for check in ("", "trust me"):
        assert officer.tells(f"/console/visits/{token}/answer", check=check).status_code == 422
    assert officer.tells("/console/visits/nothing/answer", check="known").status_code == 404
    assert not [one for one in journal.newest(20) if one.action == "privacy.answered"]
    assert f'action="/console/visits/{token}/answer"' in manager.part(f"/console/visits/{token}").text
    assert "/answer" not in reception.part(f"/console/visits/{token}").text


def test_thirty_papers_an_hour_are_enough(officer: Reception, cast: Cast) -> None:
    token = came(cast)
    said = [officer.tells(f"/console/visits/{token}/answer", check="").status_code for _time in range(31)]
    assert said == [422] * 30 + [429]


def test_the_officer_finds_one_visitor_exactly_and_the_look_is_kept(officer: Reception, cast: Cast) -> None:
    token = came(cast)
    visit = visits.by_token(token)
    asked: tuple[dict[str, str], ...] = (
        {"reg_no": (visit.reg_no or "").lower()}, {"name": "陈 嘉豪", "day": "2026-11-23"},
        {"name": "陈嘉豪", "badge": visit.badge},
    )  # fmt: skip
    for one in asked:
        answer = officer.tells("/console/retention/visitor", **one)
        assert answer.json == {"open": f"/console/retention/visits/{token}"}, one
        looked = journal.newest(1)[0]
        assert (looked.action, looked.actor) == ("privacy.searched", officer.actor.ref)
        assert "陈" not in str(looked.data)
    for one in ({"name": "陈嘉", "day": "2026-11-23"}, {"name": "陈嘉豪", "day": "2026-11-22"}, {"reg_no": "F-1"}):
        assert officer.tells("/console/retention/visitor", **one).status_code == 404
    for one in ({}, {"name": "陈嘉豪"}, {"day": "2026-11-23"}):
        assert officer.tells("/console/retention/visitor", **one).status_code == 422
    again = came(cast)
    several = officer.tells("/console/retention/visitor", name="陈嘉豪", day="2026-11-23")
    assert several.status_code == 409
    assert all((visits.by_token(one).reg_no or "?") in several.text for one in (token, again))


def test_the_officers_page_says_what_is_needed_to_decide_and_no_more(officer: Reception, cast: Cast) -> None:
    token = came(cast)
    address = f"/console/retention/visits/{token}"
    assert officer.opens("/console/visits").status_code == 403
    page = officer.opens(address).text
    assert (journal.newest(1)[0].action, journal.newest(1)[0].actor) == ("privacy.looked", officer.actor.ref)
    assert f'href="{address}"' in officer.opens("/console/journal").text
    for words in (
        "陈嘉豪",
        "Marketing",
        visits.by_token(token).reg_no or "",
        "Messages",
        f"/console/visits/{token}/answer",
    ):
        assert words in page, words
    for words in (NUMBER, "138 0013 8000", "样品放在前台", "带两位同事", "深蓝物联", "Wang Jianming"):
        assert words not in page, words
    visits.depart(token, how="console")
    assert officer.tells(f"/console/visits/{token}/hold", reason="争议").status_code == 200
    assert "争议" in officer.opens(address).text and address in officer.opens("/console/retention").text
    assert officer.tells(f"/console/visits/{token}/hold/removal").status_code == 200
    assert officer.tells(f"/console/visits/{token}/erasure").status_code == 200
    after = officer.opens(address).text
    assert "陈**" in after and "陈嘉豪" not in after and "erasure" not in after
    assert "陈嘉豪" not in reads(answers(officer, token))


def test_whoever_is_erased_before_their_time_is_gone_from_the_answers_to_programs(
    officer: Reception, pages: Flask, cast: Cast
) -> None:
    reception = Reception(pages)
    other = checks_in(cast.host, visitor_name="周海燕").token
    token = came(cast)
    for one in (token, other):
        assert reception.tells(f"/api/v1/visits/{one}/departure", key=f"k{one}").status_code == 200
    officer.tells(f"/console/visits/{token}/erasure")
    again = {
        one: reception.tells(f"/api/v1/visits/{one}/departure", key=f"k{one}").status_code for one in (token, other)
    }
    assert again == {token: 409, other: 200}
    with db.reading() as session:
        assert session.get(Visit, visits.by_token(token).id).phone is None  # type: ignore[union-attr]


def test_whoever_comes_every_day_gets_all_of_it_and_no_badge_waits(officer: Reception, cast: Cast) -> None:
    tokens = [came(cast) for _day in range(40)]
    before = shared_renderer().pid
    paper = reads(answers(officer, tokens[0]))
    assert all((visits.by_token(token).reg_no or "?") in paper for token in tokens)
    assert paper.count("样品放在前台") == paper.count("带两位同事") // 2 == 40  # the remark was put right, too
    assert shared_renderer().pid == before
