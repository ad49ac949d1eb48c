"""Settings: the clocks of the procedure, and the working calendar."""

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shared import calendar, procedure
from shared.lib import i18n
from shared.lib.web import security
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def manager(pages: Flask) -> Reception:
    return Reception(pages, "韩雪梅", ("admin_manager",))


def form_of(html: str, key: str) -> str:
    return html.partition(f'id="clock-{key}"')[2].partition("</form>")[0]


def test_every_clock_stands_there_with_its_clause(manager: Reception) -> None:
    html = manager.opens("/console/clocks").text
    with i18n.use("en"):
        for key, clock in procedure.DEFAULTS.items():
            assert f"<i>{clock.clause.label}</i>" in form_of(html, key), key
    assert 'name="breach" value="18:00"' in form_of(html, "T04")
    assert "office hours only" in form_of(html, "T10")


@pytest.mark.parametrize(("language", "why"), [("en", "no minutes to set here"), ("zh_Hans", "没有可改的分钟数")])
def test_a_clock_that_ends_with_the_working_day_says_why_it_has_no_fields(
    pages: Flask, language: str, why: str
) -> None:
    shown = Reception(pages, "韩雪梅", ("admin_manager",), language).opens("/console/clocks").text
    form = form_of(shown, "T11")
    assert why in form
    assert 'href="/console/settings"' in form
    assert "<input" not in form
    assert why not in form_of(shown, "T11U")


def test_a_clock_is_changed_in_minutes_and_seconds_and_put_back(manager: Reception) -> None:
    answer = manager.tells("/console/clocks/T04", warn="20:00", due="25:00", breach="30:30", step_0="35:00")
    assert answer.status_code == 200
    clock = procedure.clock("T04")
    assert (clock.warn, clock.due, clock.breach, clock.ladder[0].after) == (1200, 1500, 1830, 2100)
    html = form_of(manager.opens("/console/clocks").text, "T04")
    assert "Procedure: 15:00" in html
    assert manager.tells("/console/clocks/T04/default").status_code == 200
    assert procedure.clock("T04") == procedure.DEFAULTS["T04"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"warn": "20:00"}, "due"),
        ({"breach": "14:00"}, "breach"),
        ({"due": "15"}, "due"),
        ({"due": "15:60"}, "due"),
        ({"step_0": "0:00"}, "step_0"),
        ({"breach": "99999:00"}, "breach"),
    ],
)
def test_times_out_of_order_are_told_at_their_field(manager: Reception, changed: dict[str, str], field: str) -> None:
    given = {"warn": "13:00", "due": "15:00", "breach": "18:00", "step_0": "20:00"}
    answer = manager.tells("/console/clocks/T04", **(given | changed))
    assert answer.status_code == 422
    assert field in answer.json["fields"]  # type: ignore[index]
    assert procedure.clock("T04") == procedure.DEFAULTS["T04"]


def test_reception_reads_clocks_but_does_not_set_them(pages: Flask) -> None:
    reception = Reception(pages)
    assert reception.opens("/console/clocks").status_code == 403
    assert reception.tells("/console/clocks/T04/default").status_code == 403


def test_a_day_is_written_and_taken_away(manager: Reception) -> None:
    assert manager.tells("/console/calendar", date="2026-11-25", kind="holiday", name="厂庆").status_code == 200
    assert "厂庆" in manager.opens("/console/calendar").text
    assert manager.tells("/console/calendar/2026-11-25/removal").status_code == 200
    assert manager.tells("/console/calendar/2026-11-25/removal").status_code == 404
    assert manager.tells("/console/calendar/tomorrow/removal").status_code == 404
    assert manager.tells("/console/calendar", date="2026-11-25", kind="party").status_code == 422


def sends(manager: Reception, text: str, **more: str) -> TestResponse:
    """The form with the file, as scripts send it."""
    headers = {"Origin": security.own_origins()[0], "X-CSRF-Token": manager.csrf, "Accept": "application/json"}
    data = {"file": (io.BytesIO(text.encode()), "days.csv"), **more}
    return manager.client.post("/console/calendar/import", data=data, headers=headers)


def test_a_file_is_shown_first_and_taken_then(manager: Reception) -> None:
    text = "date,kind,name\n2031-01-01,holiday,New Year\n"
    assert "Take all of it" in sends(manager, text).text
    assert calendar.own_days() == {}
    assert "Every day is in the calendar" in sends(manager, text, apply="1").text
    assert len(calendar.own_days()) == 1
    assert "1 row cannot be taken" in sends(manager, text + "2031-01-02,party,\n", apply="1").text
    assert len(calendar.own_days()) == 1


@pytest.mark.parametrize(("month", "day", "years"), [(11, 30, "2030"), (12, 1, "2030, 2031")])
def test_from_december_on_settings_ask_for_the_next_calendar(
    pages: Flask, desk: Clock, month: int, day: int, years: str
) -> None:
    desk.at = desk.at.replace(year=2030, month=month, day=day)
    html = Reception(pages, "韩雪梅", ("admin_manager",)).opens("/console/settings").text
    assert f"holidays of {years} are not known" in html
