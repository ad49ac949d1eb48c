"""The whole desk dies between sending a badge and writing that down: it comes back, asks, and prints nothing twice."""

import json
from pathlib import Path

from tests.printer import LabelPrinter, Wire, eventually
from tests.serving import Desk, desk


def check_in(at: Desk, token: str, name: str) -> str:
    body = {"visitor_name": name, "visitor_company": "深蓝物联", "purpose": "business", "host": "前台"}
    headers = {"Authorization": f"Bearer {token}", "Idempotency_Key": f"visitor-{len(name)}"}
    status, _, answer = at.ask("POST", "/api/v1/visits", body, **headers)
    assert status in (200, 201), answer
    reg_no: str = json.loads(answer)["reg_no"]
    return reg_no


def told(at: Desk, token: str) -> list[str]:
    """What the journal says about badges."""
    status, _, answer = at.ask("GET", "/api/v1/events?after=0&limit=200", Authorization=f"Bearer {token}")
    assert status == 200, answer
    return [event["action"] for event in json.loads(answer)["events"] if event["action"].startswith("badges.")]


def test_a_desk_that_is_killed_while_the_printer_answers_prints_each_badge_once(
    tmp_path: Path, label_printer: LabelPrinter, wire: Wire
) -> None:
    with desk(tmp_path / "data", DESK_PRINTER=wire.uri) as front:
        reception = front.prepared()["consoles"][0]
        front.start()
        wire.held_answers = b"%PDF"
        first, second = check_in(front, reception, "陈嘉豪"), check_in(front, reception, "欧阳明翀")
        eventually(wire.held.is_set, "the printer has the badge and the desk does not know it")
        front.kill()
        wire.held_answers = None
        wire.let_go.set()
        front.start()
        eventually(lambda: told(front, reception).count("badges.printed") == 2, "both badges are written down")
        assert [name[-len(first) :] for name in label_printer.printed] == [first, second]
