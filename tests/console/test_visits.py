"""One visit at the desk: registered by hand, announced, corrected, undone, found again."""

from datetime import timedelta

import pytest
from flask import Flask

from shared import directory, journal, visits
from shared.lib import clock
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


def su_wan(host: object, **more: object) -> dict[str, object]:
    given = {"visitor_name": "苏婉", "visitor_company": "青木设计", "purpose": "business", "host": host}
    return given | more


def test_reception_registers_a_visitor_and_the_notice_is_noted(reception: Reception, cast: Cast) -> None:
    entry = su_wan({"ref": directory.ref_of(cast.host)})
    answer = reception.tells("/console/visits", key="k1", **entry)
    assert answer.status_code == 201
    assert answer.json["say"] == "苏婉 is registered, badge V001. Wang Jianming is being told."  # type: ignore[index]
    visit = visits.by_token(answer.json["token"])  # type: ignore[index]
    assert (visit.source, visit.lawful_basis, visit.receptionist_id) == ("console", "notice", reception.actor.id)
    assert visit.notice_version and visit.consent_at is None
    again = reception.tells("/console/visits", key="k1", **entry)
    assert (again.status_code, again.json) == (200, answer.json)


def test_a1_1b_nothing_is_saved_without_a_purpose(reception: Reception, cast: Cast) -> None:
    entry = su_wan({"ref": directory.ref_of(cast.host)})
    for purpose in ("", "because"):
        answer = reception.tells("/console/visits", **(entry | {"purpose": purpose}))
        assert (answer.status_code, list(answer.json["fields"])) == (422, ["purpose"])  # type: ignore[index]
    del entry["purpose"]
    assert reception.tells("/console/visits", **entry).status_code == 422
    assert visits.page()[0] == []


def test_what_is_missing_is_said_at_its_field(reception: Reception) -> None:
    answer = reception.tells("/console/visits", visitor_name="", purpose="", host="")
    assert answer.status_code == 422
    assert answer.json["fields"] == {  # type: ignore[index]
        "visitor_name": "Write a name.",
        "purpose": "Choose a reason: keys 1 to 0.",
        "host": "Write who they are here to see.",
    }
    other = reception.tells("/console/visits", **su_wan("王建明", purpose="other"))
    assert list(other.json["fields"]) == ["purpose_note"]  # type: ignore[index]


def test_somebody_expected_gets_a_code_and_comes_in_with_one_press(reception: Reception, cast: Cast) -> None:
    tomorrow = clock.now() + timedelta(hours=2)
    host = {"ref": directory.ref_of(cast.other)}
    day, hour = tomorrow.astimezone().date().isoformat(), "12:30"
    answer = reception.tells("/console/expected", **su_wan(host, date=day, time=hour, purpose="other"))
    assert (answer.status_code, len(answer.json["code"])) == (201, 8)  # type: ignore[index]
    token = answer.json["token"]  # type: ignore[index]
    assert "04:30" in visits.by_token(token).expected_at.isoformat()  # type: ignore[union-attr]
    came = reception.tells(f"/console/visits/{token}/arrival")
    assert (came.status_code, came.json["token"]) == (200, token)  # type: ignore[index]
    visit = visits.by_token(token)
    assert (visit.state, visit.host_id, visit.badge) == ("arrived", cast.other.id, "V001")
    late = reception.tells("/console/expected", **su_wan(host, date="2020-01-01", time="10:00"))
    assert list(late.json["fields"]) == ["expected_at"]  # type: ignore[index]


def test_the_host_is_named_and_the_sheet_says_so(reception: Reception, cast: Cast) -> None:
    done = checks_in("陆总")
    assert "Name the host" in reception.opens("/console").text
    answer = reception.tells(f"/console/visits/{done.token}/host", host={"ref": directory.ref_of(cast.leader)})
    assert answer.json["say"].endswith("is being told.")  # type: ignore[index]
    sheet = reception.part(f"/console/visits/{done.token}")
    assert sheet.headers["X-Seq"] == str(journal.last_seq())
    assert "Lu Jingxing" in sheet.text and "is now for" in sheet.text
    assert "<html" not in sheet.text and "<html" in reception.opens(f"/console/visits/{done.token}").text


def test_undo_takes_back_ones_own_last_act_only(pages: Flask, reception: Reception, cast: Cast, desk: Clock) -> None:
    done = checks_in(cast.host)
    reception.tells(f"/console/visits/{done.token}/entry")
    met = reception.tells(f"/console/visits/{done.token}/meeting").json["undo"]  # type: ignore[index]
    other = Reception(pages, "周雨欣")
    assert other.tells("/console/undo", seq=met).status_code == 404
    assert reception.tells("/console/undo", seq=met).json["say"] == "Undone."  # type: ignore[index]
    assert visits.by_token(done.token).state == "arrived"
    met = reception.tells(f"/console/visits/{done.token}/meeting").json["undo"]  # type: ignore[index]
    desk.moves(seconds=16)
    assert reception.tells("/console/undo", seq=met).status_code == 410


def test_who_saves_second_sees_the_others_change_first(pages: Flask, reception: Reception, cast: Cast) -> None:
    done = checks_in(cast.host)
    version = visits.by_token(done.token).row_version
    address = f"/console/visits/{done.token}/correction"
    assert reception.tells(address, row_version=version, visitor_name="陈家豪").status_code == 200
    stale = Reception(pages, "周雨欣").tells(address, row_version=version, visitor_name="陈加豪")
    assert stale.status_code == 409
    assert stale.json["type"].endswith("#stale")  # type: ignore[index]
    sheet = reception.part(f"/console/visits/{done.token}").text
    assert "<s>陈嘉豪</s> 陈家豪" in sheet


def test_a_correction_says_why_after_a_quarter_of_an_hour(reception: Reception, cast: Cast, desk: Clock) -> None:
    done = checks_in(cast.host)
    desk.moves(minutes=16)
    version = visits.by_token(done.token).row_version
    address = f"/console/visits/{done.token}/correction"
    refused = reception.tells(address, row_version=version, remark="x")
    assert list(refused.json["fields"]) == ["reason"]  # type: ignore[index]
    assert reception.tells(address, row_version=version, remark="x", reason="asked").status_code == 200


def test_phone_and_codes_are_hidden_until_asked_for_and_the_look_is_kept(reception: Reception, cast: Cast) -> None:
    done = checks_in(cast.host, phone="15400001207")
    html = reception.part(f"/console/visits/{done.token}").text
    assert "15400001207" not in html and done.short_code not in html and done.visit_pass not in html
    shown = reception.tells(f"/console/visits/{done.token}/phone").json
    assert shown["shown"][0]["value"].endswith("15400001207")  # type: ignore[index]
    codes = reception.tells(f"/console/visits/{done.token}/codes").json
    assert [one["value"] for one in codes["shown"]] == [done.short_code]  # type: ignore[index]
    told = [event.action for event in journal.about(f"visit:{done.token}")]
    assert told[-2:] == ["visits.phone_revealed", "visits.codes_revealed"]
    assert "15400001207" not in str([event.data for event in journal.events()])
    reception.tells(f"/console/visits/{done.token}/departure")
    assert reception.tells(f"/console/visits/{done.token}/codes").status_code == 409


def test_a_draft_outlives_the_page_and_belongs_to_one_person(pages: Flask, reception: Reception, desk: Clock) -> None:
    address = "/console/drafts/new-visitor"
    assert reception.reads(address).status_code == 204
    reception.tells(address, data='{"visitor_name":"苏婉"}')
    assert "苏婉" in reception.reads(address).json["data"]  # type: ignore[index]
    assert Reception(pages, "周雨欣").reads(address).status_code == 204
    reception.tells(address, data="")
    assert reception.reads(address).status_code == 204
    reception.tells(address, data="x")
    desk.moves(hours=11)
    assert reception.reads(address).status_code == 200
    assert reception.tells(address, data="x" * 9000).status_code == 422


def test_saving_throws_the_draft_away(reception: Reception, cast: Cast) -> None:
    reception.tells("/console/drafts/new-visitor", data="x")
    reception.tells("/console/visits", **su_wan("王建明"))
    assert reception.reads("/console/drafts/new-visitor").status_code == 204


def test_search_finds_visitors_and_colleagues(reception: Reception, cast: Cast) -> None:
    checks_in(cast.host)
    html = reception.part("/console/search?q=陈").text
    assert "陈嘉豪" in html and "/console/visits/" in html
    assert "/console/directory/" + cast.other.token in reception.part("/console/search?q=ycm").text
    assert "Nobody found" in reception.part("/console/search?q=qqqq").text


def test_the_register_is_narrowed_and_goes_on_page_by_page(reception: Reception, cast: Cast) -> None:
    for number in range(55):
        checks_in("前台", visitor_name=f"访客{number:02}")
    done = checks_in(cast.host)
    reception.tells(f"/console/visits/{done.token}/departure")
    html = reception.opens("/console/visits").text
    assert html.count('<tr id="r-') == 50
    following = html.partition("after=")[2].partition('"')[0]
    rest = reception.part(f"/console/visits?after={following}").text
    assert rest.count('<tr id="r-') == 6 and "<html" not in rest
    assert reception.opens("/console/visits?state=left").text.count('<tr id="r-') == 1
    assert reception.opens("/console/visits?q=王建明").text.count('<tr id="r-') == 1
    assert reception.opens("/console/visits?date=2020-01-01").text.count('<tr id="r-') == 0
    assert reception.opens("/console/visits?date=31.12.2026").status_code == 422
    assert reception.opens("/console/visits?state=eaten").status_code == 422


def test_the_badge_is_printed_again_with_a_reason(reception: Reception, cast: Cast) -> None:
    done = checks_in(cast.host)
    address = f"/console/visits/{done.token}/badge"
    assert list(reception.tells(address).json["fields"]) == ["reason"]  # type: ignore[index]
    again = reception.tells(address, reason="lost")
    assert again.status_code in (200, 409)
    assert reception.tells(f"/console/visits/{done.token}/badge-out").status_code == 409


def test_what_visitors_write_is_text_everywhere(reception: Reception, cast: Cast) -> None:
    script = "<img src=x onerror=alert(1)>"
    done = checks_in(script, visitor_company=script, purpose_note=script)
    pages = [
        "/console",
        "/console/visits",
        f"/console/visits/{done.token}",
        "/console/search?q=img",
        "/console/journal",
    ]
    for path in pages:
        html = reception.part(path).text
        assert "<img src=x" not in html, path
    assert "&lt;img src=x" in reception.opens("/console").text
