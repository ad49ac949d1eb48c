"""Commands reach the running desk through its socket, or hold the data folder themselves."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.lib import control, db, i18n
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Refused
from tests.conftest import make_tables


@pytest.fixture
def alone(fresh_settings: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that nobody serves; its tables come from the models."""
    monkeypatch.setattr(control, "PATIENCE", 0.2)
    monkeypatch.setattr(db, "migrate", make_tables)


@pytest.fixture
def serving(alone: None) -> Iterator[control.Serving]:
    """A desk that is served."""
    with control.opened():
        running = control.serve()
        assert running is not None
        yield running
        running.stop()


def echo(**given: object) -> dict[str, object]:
    return {"given": given, "by": actor().ref, "in": threading.current_thread().name, "speaks": i18n.language()}


def refuse() -> None:
    raise Refused("No, not today.", code="not-today", fields={"day": "Another day."})


def fall_over() -> None:
    raise ValueError("a stone")


control.operator("test.echo", echo)
control.operator("test.refuse", refuse)
control.operator("test.fall_over", fall_over)


def test_a_served_desk_answers_for_the_operator(serving: control.Serving) -> None:
    with i18n.use("en"):
        answer = control.call("test.echo", name="前台", count=3)
    assert answer["given"] == {"name": "前台", "count": 3}
    assert (answer["by"], answer["speaks"]) == ("operator", "en")
    assert answer["in"] != threading.current_thread().name


def test_a_refusal_arrives_as_it_was_said(serving: control.Serving) -> None:
    with pytest.raises(Refused, match="not today") as refusal:
        control.call("test.refuse")
    assert (refusal.value.code, refusal.value.fields) == ("not-today", {"day": "Another day."})


@pytest.mark.parametrize("name", ["test.fall_over", "os.system", ""])
def test_an_accident_and_an_unknown_name_are_told(serving: control.Serving, name: str) -> None:
    with pytest.raises(Refused):
        control.call(name)
    assert control.call("test.echo")["by"] == "operator"


def test_only_this_user_may_use_the_socket(serving: control.Serving) -> None:
    assert stat.S_IMODE(serving.path.stat().st_mode) == 0o600


def test_without_a_server_the_command_opens_the_desk_itself(alone: None) -> None:
    answer = control.call("test.echo")
    assert (answer["by"], answer["in"]) == ("operator", threading.current_thread().name)
    assert not db.ready()


def test_a_server_that_was_killed_leaves_nothing_in_the_way(alone: None) -> None:
    with control.opened():
        running = control.serve()
        assert running is not None
        running.shutdown()
        running.server_close()
    assert running.path.exists()
    assert control.call("test.echo")["by"] == "operator"
    with control.opened():
        again = control.serve()
        assert again is not None
        assert control.call("test.echo")["in"] != threading.current_thread().name
        again.stop()


def test_the_data_folder_belongs_to_one_process_at_a_time(alone: None) -> None:
    with control.lock():
        assert (settings().data / "desk.lock").read_text() == f"{os.getpid()}\n"
        with pytest.raises(control.Busy, match=str(os.getpid())), control.lock():
            pass
        with pytest.raises(control.Busy):
            control.call("test.echo")
    with control.lock():
        pass


def test_a_data_folder_with_a_very_long_name_will_do(
    alone: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("long" * 30) / ("longer" * 20)
    folder.mkdir(parents=True)
    monkeypatch.setenv("DESK_DATA", str(folder))
    settings.cache_clear()
    with control.opened():
        running = control.serve()
        assert running is not None
        assert len(os.fsencode(running.path)) > 107
        assert control.call("test.echo")["in"] != threading.current_thread().name
        running.stop()
        assert not running.path.exists()


def test_a_line_that_is_no_command_is_answered(serving: control.Serving) -> None:
    for line in (b"", b"\n", b"not json\n", b"[]\n", b'{"name": 3}\n', b'{"name": "test.echo", "arguments": []}\n'):
        assert control._answered(line)["code"] == "accident"
