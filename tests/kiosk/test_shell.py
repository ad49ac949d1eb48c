"""What keeps a tablet alive: its worker, the page without network, the version it compares itself with."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from shared.lib.web.assets import version

WORKER = Path(__file__).resolve().parents[2] / "static/js/kiosk/sw.js"


def tablet() -> FlaskClient:
    made: Flask = create_app()
    return made.test_client()


def test_the_worker_may_answer_for_the_kiosk_page_itself(fresh_settings: None) -> None:
    answer = tablet().get("/kiosk/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/kiosk"
    assert "javascript" in answer.mimetype


def test_the_page_without_network_says_it_in_both_languages_and_holds_no_token(fresh_settings: None) -> None:
    page = tablet().get("/kiosk/offline").text
    assert "网络断了" in page
    assert "We are offline" in page
    assert 'name="csrf"' not in page


def test_everything_the_worker_keeps_is_there_and_nothing_else_is_a_page(fresh_settings: None) -> None:
    client, source = tablet(), WORKER.read_text(encoding="utf-8")
    sheets = re.findall(r'"([\w/]+)"', source.split("...[")[1].split("]")[0])
    kept = ["/kiosk/offline", "/static/js/kiosk/offline.js", *(f"/static/css/{name}.css" for name in sheets)]
    assert len(kept) == 7
    assert [path for path in kept if client.get(path).status_code != 200] == []


def test_a_tablet_can_tell_that_it_is_old_and_that_it_is_not_ours(fresh_settings: None) -> None:
    assert tablet().get("/kiosk/build").get_json() == {"build": version(), "paired": False}


def test_the_code_of_a_pairing_is_drawn(fresh_settings: None) -> None:
    answer = tablet().get("/kiosk/pairing/qr.svg?code=K7M4XQ")
    assert answer.mimetype == "image/svg+xml"
    assert b"<path" in answer.data
