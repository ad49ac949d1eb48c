"""Check-out at the kiosk: once, by pass or short code, and without a name."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

import app as product
from console.events import left_how
from shared import notice, visits
from shared.accounts import csrf_of, may
from shared.lib import i18n
from shared.lib.web import routes, security
from tests.cast import KIOSK, checks_in, people


@pytest.fixture
def kiosk(database: str) -> Iterator[FlaskClient]:
    notice.publish()
    app = product.create_app()
    routes.identify_with(lambda asked, face: KIOSK, may)
    security.csrf_with(lambda who: "")
    yield app.test_client()
    routes.identify_with(product.identify, may)
    security.csrf_with(csrf_of)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_second_check_out_says_so_and_names_nobody(kiosk: FlaskClient) -> None:
    done = checks_in(people().host)
    headers = {"Origin": security.own_origins()[0]}
    body = {"pass": f"http://desk.example/v/{done.visit_pass}"}
    assert kiosk.post("/kiosk/departures", json=body, headers=headers).status_code == 200
    again = kiosk.post("/kiosk/departures", json=body, headers=headers)
    assert again.status_code == 409
    assert "陈嘉豪" not in again.get_data(as_text=True)
    unknown = kiosk.post("/kiosk/departures", json={"code": "ABCDEF"}, headers=headers)
    assert unknown.status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_short_code_is_tried_five_times_a_minute(kiosk: FlaskClient) -> None:
    headers = {"Origin": security.own_origins()[0]}
    answers = [kiosk.post("/kiosk/departures", json={"code": "ABCDEF"}, headers=headers) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [404] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_visitor_leaves_by_their_own_phone_and_the_sheet_says_so(kiosk: FlaskClient) -> None:
    done = checks_in(people().host)
    left = kiosk.post(f"/v/{done.visit_pass}/departure", headers={"Origin": security.own_origins()[0]})
    visit = visits.by_token(done.token)
    assert (left.status_code, visit.state, visit.left_how) == (303, "left", "pass")
    with i18n.use("en"):
        assert left_how(visit.left_how) == "on the visitor's phone"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_badge_found_in_the_box_names_nobody(kiosk: FlaskClient) -> None:
    host = people().host
    done = checks_in(host)
    here = kiosk.get(f"/v/{done.visit_pass}").text
    assert "陈嘉豪" in here and host.name in here
    visits.answered(visits.by_token(done.token).id, "cannot")
    visits.depart(done.token, how="console")
    found = kiosk.get(f"/v/{done.visit_pass}").text
    found += json.dumps(kiosk.get(f"/kiosk/visits/{done.visit_pass}/answer").json, ensure_ascii=False)
    assert "陈嘉豪" not in found and host.name not in found
    assert '"state": "left"' in found
