"""Directory, import, settings, journal, the doors, and the same register for programs."""

import io

import pytest
from flask import Flask

from shared import accounts, company, directory, journal, notice, visits
from tests.cast import Cast, checks_in, people
from tests.console.desk import Browser
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MANAGER = ("admin_manager",)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.mark.parametrize("path", ["/console/directory", "/console/directory?q=wang", "/console/search?q=wang"])
def test_no_contact_stands_on_a_page(pages: Flask, cast: Cast, path: str) -> None:
    html = Reception(pages).opens(path).text
    assert cast.host.name in html or "Wang Jianming" in html
    for secret in ("15400001234", "8021", "wang@example.com"):
        assert secret not in html


def test_a1_1c_contact_is_shown_for_half_a_minute_and_the_look_is_kept(pages: Flask, cast: Cast) -> None:
    reception, manager = Reception(pages), Reception(pages, "韩雪梅", MANAGER)
    address = f"/console/directory/{cast.host.token}/contact"
    shown = reception.tells(address).json
    assert [one["value"] for one in shown["shown"]] == ["8021", "15400001234", "wang@example.com"]  # type: ignore[index]
    last = journal.newest(1)[0]
    ways = {"ways": ["extension", "phone", "email"]}
    assert (last.action, last.actor, last.data) == ("directory.contact_revealed", reception.actor.ref, ways)
    assert manager.tells(address).status_code == 403


def test_a_manager_adds_changes_and_retires_people(pages: Flask, cast: Cast) -> None:
    manager = Reception(pages, "韩雪梅", MANAGER)
    department = directory.departments()[0].token
    added = manager.tells("/console/directory", name="李娜", department=department, email="li@example.com")
    token = added.json["token"]  # type: ignore[index]
    sheet = manager.part(f"/console/directory/{token}").text
    assert "li@example.com" not in sheet and 'name="row_version" value="1"' in sheet
    address = f"/console/directory/{token}"
    changed = manager.tells(address, row_version=1, deputy=cast.other.token, alias="Nina")
    assert changed.status_code == 200
    assert directory.contact(directory.by_token(token).id).email == "li@example.com"
    stale = manager.tells(address, row_version=1, alias="Anna")
    assert (stale.status_code, stale.json["type"][-5:]) == (409, "stale")  # type: ignore[index]
    manager.tells(address, row_version=2, forget=["email"])
    assert directory.contact(directory.by_token(token).id).email is None
    manager.tells(f"{address}/retirement", row_version=3)
    assert directory.find("李娜") == []
    assert "李娜" in manager.opens("/console/directory?retired=1").text
    manager.tells(f"{address}/return", row_version=4)
    assert [one.name for one in directory.find("李娜")] == ["李娜"]
    assert Reception(pages).tells(address, row_version=5, alias="x").status_code == 403


def test_departments_are_named_in_both_languages(pages: Flask, cast: Cast) -> None:
    manager = Reception(pages, "韩雪梅", MANAGER)
    assert manager.tells("/console/departments", name="客服部", name_en="Support").status_code == 201
    one = directory.departments()[-1]
    changed = manager.tells(
        f"/console/departments/{one.token}", row_version=one.row_version, name="客服", manager=cast.host.token
    )
    assert changed.status_code == 200
    assert directory.departments()[-1].manager_id == cast.host.id
    assert "客服" in manager.part("/console/departments").text


def test_an_import_is_told_before_it_happens_and_comes_in_whole_or_not_at_all(pages: Flask, cast: Cast) -> None:
    manager = Reception(pages, "韩雪梅", MANAGER)

    def sends(text: str, **more: str) -> str:
        data = {"file": (io.BytesIO(text.encode()), "people.csv"), "csrf": manager.csrf, **more}
        headers = {"Origin": "http://127.0.0.1:8000", "Accept": "text/html, application/problem+json"}
        return manager.client.post("/console/directory/import", data=data, headers=headers).text

    good = "姓名,部门\n赵一,市场部\n钱二,新部门\n"
    report = sends(good)
    assert "data-apply" in report and "赵一" in report and "新部门" in report
    assert directory.find("赵一") == []
    wrong = sends("姓名,部门\n赵一,市场部\n钱二,\n", apply="1")
    assert "data-apply" not in wrong and directory.find("赵一") == []
    assert "data-applied" in sends(good, apply="1")
    assert [one.name for one in directory.find("钱二")] == ["钱二"]
    assert "people.csv" in manager.opens("/console/directory/template.csv").headers["Content-Disposition"]


def test_settings_ask_for_the_password_again_and_bring_a_new_notice(pages: Flask, cast: Cast, desk: Clock) -> None:
    manager = Reception(pages, "韩雪梅", MANAGER)
    before = notice.current("en").version
    facts = company.facts().model_dump() | {"name": "星禾", "visit_days": 45, "demo": True}
    desk.moves(minutes=31)
    asked = manager.tells("/console/settings", **facts)
    assert asked.json["type"].endswith("#confirm-password")  # type: ignore[index]
    fresh = Reception(pages, "周雨欣", MANAGER)
    assert fresh.tells("/console/settings", **facts).status_code == 200
    assert (company.facts().name, company.facts().visit_days, company.facts().demo) == ("星禾", 45, False)
    assert notice.current("en").version != before and notice.known(notice.current("en").version)
    wrong = fresh.tells("/console/settings", **facts | {"visit_days": 90})
    assert wrong.json["fields"] == {"visit_days": "At most 89."}  # type: ignore[index]
    assert "星禾" in fresh.opens("/console/settings").text


def test_the_journal_speaks_and_is_narrowed(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    done = checks_in(cast.host)
    reception.tells(f"/console/visits/{done.token}/entry")
    reception.tells(f"/console/visits/{done.token}/meeting")
    html = reception.opens("/console/journal").text
    assert "is with the host" in html and "陈嘉豪 V001" in html and "林晓彤" in html
    assert "joined the directory" in html
    assert "joined the directory" not in reception.opens("/console/journal?topic=visits").text
    assert "visits." not in html.partition("<tbody")[2].partition("</tbody>")[0]


def test_the_doors_are_open_to_everybody_and_the_language_is_kept(pages: Flask) -> None:
    browser = Browser(pages)
    html = browser.opens("/").text
    assert all(f'href="{door}"' in html for door in ("/kiosk", "/console", "/me"))
    answer = browser.sends("/language", language="zh", next="/console?lang=en&x=1")
    assert (answer.status_code, answer.location) == (303, "/console?x=1")
    assert 'lang="zh-Hans"' in browser.opens("/").text
    assert browser.sends("/language", language="zh", next="//evil.example/").location == "/"
    assert browser.sends("/language", language="fr").status_code == 422


def test_programs_read_the_register_and_the_journal(pages: Flask, cast: Cast) -> None:
    done = checks_in(cast.host, phone="15400001207")
    for number in range(3):
        checks_in("前台", visitor_name=f"访客{number}")
    secret = accounts.add_token("integration", "reception")["secret"]
    client = pages.test_client()

    def asks(path: str, **options: object) -> object:
        return client.open(path, headers={"Authorization": f"Bearer {secret}"}, **options)  # type: ignore[arg-type]

    page = asks("/api/v1/visits?limit=2").json  # type: ignore[attr-defined]
    assert [one["visitor_name"] for one in page["visits"]] == ["访客2", "访客1"]
    rest = asks(f"/api/v1/visits?limit=2&after={page['next']}").json  # type: ignore[attr-defined]
    assert ([one["visitor_name"] for one in rest["visits"]], rest["next"]) == (["访客0", "陈嘉豪"], None)
    one = asks(f"/api/v1/visits/{done.token}").json  # type: ignore[attr-defined]
    assert one["host"] == {"name": "王建明", "department": "市场部"} and one["arrived_at"].endswith("Z")
    assert "15400001207" not in str(one) and done.visit_pass not in str(one)
    assert asks("/api/v1/visits/nothing").status_code == 404  # type: ignore[attr-defined]
    left = asks(f"/api/v1/visits/{done.token}/departure", method="POST")
    assert (left.status_code, left.json["state"]) == (200, "left")  # type: ignore[attr-defined]
    assert asks(f"/api/v1/visits/{done.token}/departure", method="POST").status_code == 409  # type: ignore[attr-defined]
    assert visits.by_token(done.token).left_how == "api"
    events = asks("/api/v1/events?after=2&limit=3").json  # type: ignore[attr-defined]
    assert [event["seq"] for event in events["events"]] == [3, 4, 5] and events["next"] == 5
    everything = asks("/api/v1/events?limit=1000").json  # type: ignore[attr-defined]
    assert [event["seq"] for event in everything["events"]] == list(range(1, journal.last_seq() + 1))
    assert everything["next"] is None


def test_a_kiosk_reads_neither(pages: Flask, cast: Cast) -> None:
    secret = accounts.add_device("大堂")[1]
    headers = {"Authorization": f"Bearer {secret}"}
    done = checks_in(cast.host)
    client = pages.test_client()
    for path in ("/api/v1/visits", f"/api/v1/visits/{done.token}", "/api/v1/events"):
        assert client.get(path, headers=headers).status_code in (401, 403), path
    assert client.post(f"/api/v1/visits/{done.token}/departure", headers=headers).status_code in (401, 403)
