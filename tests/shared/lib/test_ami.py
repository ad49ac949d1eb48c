"""The manager interface of Asterisk: nothing secret is sent, and whatever breaks is one of five reasons."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from itertools import islice

import pytest

from shared.lib import ami
from shared.lib.ami import Lost, Wire
from tests.exchange import NAME, SECRET, Manager

QUICK = 0.1  # seconds of silence, after which an exchange is asked


@pytest.fixture
def manager() -> Iterator[Manager]:
    made = Manager()
    yield made
    made.close()


@contextlib.contextmanager
def answering(*lines: bytes) -> Iterator[ami.Exchange]:
    """Something on a port of this machine that says these lines to whoever comes, and hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                link, _address = listener.accept()
                with link:
                    for line in lines:
                        link.sendall(line)
                    link.recv(1)

        threading.Thread(target=serve, daemon=True).start()
        yield ami.exchange(f"ami://desk:x@127.0.0.1:{listener.getsockname()[1]}")


@contextlib.contextmanager
def talking(banner: bytes, word: bytes) -> Iterator[ami.Exchange]:
    """Something that says a word again and again, until nobody listens any more."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                link, _address = listener.accept()
                with link:
                    link.sendall(banner)
                    link.settimeout(0.001)
                    while True:
                        link.sendall(word)
                        with contextlib.suppress(TimeoutError):
                            link.recv(1000)

        threading.Thread(target=serve, daemon=True).start()
        yield ami.exchange(f"ami://desk:x@127.0.0.1:{listener.getsockname()[1]}")


def lost(to: ami.Exchange) -> str:
    with pytest.raises(Lost) as why, contextlib.closing(Wire(to, silent=QUICK)) as wire:
        wire.sign_in()
        for _message in wire.messages():
            pass
    return why.value.reason


def test_an_address_names_who_listens_and_which_numbers_are_the_desks() -> None:
    found = ami.exchange("amis://desk:a%3Ab@pbx.example?lines=600,%20601,")
    assert (found.host, found.port, found.name, found.secret, found.tls) == ("pbx.example", 5039, "desk", "a:b", True)
    assert found.lines == {"600", "601"}
    for wrong in ("http://pbx", "ami://pbx", "ami://", "pbx:5038"):
        with pytest.raises(ValueError, match="ami://"):
            ami.exchange(wrong)


def test_no_word_about_an_address_holds_a_piece_of_the_secret() -> None:
    assert "hunter2" not in repr(ami.exchange("ami://desk:hunter2@pbx.example"))
    for wrong in ("ami://desk:p@s:hunter2/x@pbx", "ami://desk:p@s:hunter2@pbx:x", "ami://desk:[hunter2@pbx"):
        with pytest.raises(ValueError, match="ami://") as why:
            ami.exchange(wrong)
        assert "hunter2" not in str(why.value)


@pytest.mark.parametrize("talk", [b"Event: Hangup\r\nUniqueid: 1.1\r\n\r\n", b"a: b"])
def test_one_that_talks_for_ever_and_lets_nobody_in_is_given_up(talk: bytes) -> None:
    with talking(b"Asterisk Call Manager/9.0\r\n", talk) as to:
        wire = Wire(to, patience=QUICK)
        with contextlib.closing(wire), pytest.raises(Lost, match="no_answer"):
            wire.sign_in()


def test_the_secret_is_never_sent(manager: Manager) -> None:
    wire = Wire(ami.exchange(manager.url()))
    wire.sign_in()
    manager.signed_in.acquire(timeout=5)
    manager.tells("Hangup", Uniqueid="1.1")
    assert [said["event"] for said in islice(wire.messages(), 2)] == ["FullyBooted", "Hangup"]
    wire.close()
    assert [said["Action"] for said in manager.asked] == ["Challenge", "Login"]
    assert manager.asked[1]["Username"] == NAME and manager.asked[1]["Events"] == "call"
    assert SECRET not in str(manager.asked)


def test_a_silent_exchange_is_asked_whether_it_is_there(manager: Manager) -> None:
    wire = Wire(ami.exchange(manager.url()), silent=QUICK)
    wire.sign_in()
    said = wire.messages()
    assert next(said)["event"] == "FullyBooted"
    assert next(said)["ping"] == "Pong" and next(said)["ping"] == "Pong"
    manager.answers_pings = False
    with pytest.raises(Lost, match="no_answer"):
        next(said)


def test_half_a_message_is_kept_until_the_other_half_comes(manager: Manager) -> None:
    wire = Wire(ami.exchange(manager.url()), silent=QUICK)
    wire.sign_in()
    said = wire.messages()
    assert next(said)["event"] == "FullyBooted"
    manager.says(b"Event: Hangup\r\nUniqueid: 1.")
    manager.pong = b"1\r\n\r\n"
    assert next(said) == {"event": "Hangup", "uniqueid": "1.1"}


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((b"220 mail.example ESMTP\r\n",), "no_exchange"),
        ((b"x" * 20_000,), "no_exchange"),
        ((b"Asterisk Call Manager/9.0\r\n",), "no_answer"),
        ((b"Asterisk Call Manager/9.0\r\n", b"Response: Error\r\nMessage: no\r\n\r\n"), "refused"),
        ((b"Asterisk Call Manager/9.0\r\n", b"a: b\r\n" * 500), "no_exchange"),
        ((), "no_answer"),
    ],
)
def test_what_is_no_exchange_or_does_not_let_in_is_said(lines: tuple[bytes, ...], reason: str) -> None:
    with answering(*lines) as to:
        assert lost(to) == reason


def test_a_wrong_secret_an_empty_port_and_an_end_are_said(manager: Manager) -> None:
    assert lost(ami.exchange(manager.url(secret="guessed"))) == "refused"
    wire = Wire(ami.exchange(manager.url()))
    wire.sign_in()
    manager.signed_in.acquire(timeout=5)
    manager.drops()
    with pytest.raises(Lost, match="no_answer"):
        list(wire.messages())
    manager.close()
    assert lost(ami.exchange(manager.url())) == "no_connection"


def test_one_that_cannot_prove_who_it_is_is_not_listened_to(manager: Manager) -> None:
    assert lost(ami.exchange(manager.url().replace("ami://", "amis://"))) in ("certificate", "no_answer")
