"""The register as a page: narrowed by reason and days, one visitor's visits, kept views; what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from shared import visits
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


@pytest.fixture
def officer(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages, "韩雪梅", roles=("admin_manager",))


def rows(reception: Reception, query: str) -> list[str]:
    """The tokens on a page of the register."""
    page = reception.opens(f"/console/visits?{query}")
    assert page.status_code == 200, page.text
    return [line.split('"')[0] for line in page.text.split('<tr id="r-')[1:]]


def test_it_is_narrowed_by_reason_days_and_what_is_typed(pages: Flask, cast: Cast, desk: Clock) -> None:
    first = checks_in(cast.host, purpose="meeting").token
    desk.moves(days=1)
    second = checks_in(cast.host, purpose="interview", visitor_name="赵敏").token
    reception, day = Reception(pages), visits.by_token(first).arrived_at
    assert day is not None
    assert rows(reception, "purpose=meeting") == [first]
    assert rows(reception, f"date={day:%Y-%m-%d}") == [first]
    assert rows(reception, f"date={day:%Y-%m-%d}&until={day + timedelta(days=1):%Y-%m-%d}") == [second, first]
    assert rows(reception, f"until={day:%Y-%m-%d}") == [first]
    assert rows(reception, "q=zhaomin&purpose=interview") == [second]
    assert rows(reception, "q=zhaomin&purpose=meeting") == []
    assert reception.opens("/console/visits?purpose=because").status_code == 422


def test_one_visitors_visits_stand_together(reception: Reception, cast: Cast) -> None:
    tokens = []
    for _ in range(2):
        tokens.append(checks_in(cast.host).token)
        visits.depart(tokens[-1], how="console")
    checks_in(cast.host, visitor_name="赵敏")
    assert "2 visits of this visitor" in reception.opens(f"/console/visits/{tokens[0]}").text
    assert rows(reception, f"of={tokens[0]}") == tokens[::-1]
    assert "陈嘉豪, 深蓝物联: 2 visits" in reception.opens(f"/console/visits?of={tokens[1]}").text


def test_after_erasing_nobody_is_taken_for_somebody_else(reception: Reception, cast: Cast) -> None:
    tokens = [checks_in(cast.host, visitor_name=name).token for name in ("陈嘉豪", "赵敏")]
    for token in tokens:
        visits.depart(token, how="console")
        visits.erase(token)
    assert rows(reception, f"of={tokens[0]}") == [tokens[0]]
    assert reception.opens("/console/visits?of=nobody").status_code == 404


def test_a_view_is_kept_for_oneself_replaced_and_removed(reception: Reception, officer: Reception) -> None:
    keep: dict[str, Any] = {"name": "面试", "purpose": "interview"}
    assert reception.tells("/console/visits/views", **keep).status_code == 200
    assert reception.tells("/console/visits/views", **keep | {"state": "left"}).status_code == 200
    page = reception.opens("/console/visits").text
    assert page.count("面试</a>") == 1
    assert (
        'href="/console/visits?purpose=interview&amp;state=left"' in page or "state=left&amp;purpose=interview" in page
    )
    assert "面试</a>" not in officer.opens("/console/visits").text
    view = page.split('data-values=\'{"view": ')[1].split("}")[0]
    assert officer.tells("/console/visits/views/removal", view=int(view)).status_code == 404
    assert reception.tells("/console/visits/views/removal", view=int(view)).status_code == 200
    assert "面试</a>" not in reception.opens("/console/visits").text


def test_twelve_views_and_no_more(reception: Reception) -> None:
    answers = [reception.tells("/console/visits/views", name=f"{n}").status_code for n in range(13)]
    assert answers == [200] * 12 + [409]


def test_a_visitor_is_erased_and_kept_by_those_who_may(officer: Reception, reception: Reception, cast: Cast) -> None:
    token = checks_in(cast.host).token
    visits.depart(token, how="console")
    path = f"/console/visits/{token}"
    assert reception.tells(f"{path}/erasure").status_code == 403
    assert officer.tells(f"{path}/hold", reason="").status_code == 422
    assert officer.tells(f"{path}/hold", reason="争议", until="").status_code == 200
    assert "争议" in officer.opens("/console/retention").text
    assert officer.tells(f"{path}/erasure").status_code == 409
    assert officer.tells(f"{path}/hold/removal").status_code == 200
    assert officer.tells(f"{path}/erasure").json["visits"] == 1  # type: ignore[index]
    assert "陈**" in officer.opens(path).text
    assert "Personal data erased on" in reception.opens(path).text


def test_a_run_is_counted_first_and_shown(pages: Flask, cast: Cast, desk: Clock) -> None:
    visits.depart(checks_in(cast.host).token, how="console")
    desk.moves(days=61)
    officer = Reception(pages, "韩雪梅", roles=("admin_manager",))
    said = officer.tells("/console/retention/run", rehearsal=True).json["say"]  # type: ignore[index]
    assert said == "1 entry would be erased."
    assert officer.tells("/console/retention/run").json["say"] == "1 entry was erased."  # type: ignore[index]
    assert "counted only" in officer.opens("/console/retention").text
