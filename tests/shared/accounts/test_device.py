"""Kiosks are paired by a code that somebody at the desk approves, and taken out of service at once."""

import pytest

from shared import accounts
from shared.lib.actor import Actor
from shared.lib.errors import Gone, NotFound, TooMany
from tests.shared.accounts.conftest import Clock


def test_a_tablet_is_paired_by_its_code(desk: Clock) -> None:
    pairing = accounts.start_pairing()
    assert len(pairing.code) == 6
    assert accounts.collect_pairing(pairing.poll) is None
    assert accounts.pairing_waits(pairing.code.lower())
    device = accounts.approve_pairing(f" {pairing.code.lower()} ", "Lobby")
    secret = accounts.collect_pairing(pairing.poll)
    assert accounts.by_device(secret or "") == Actor("device", device.id, "Lobby", frozenset({"device"}))


def test_the_secret_is_given_once(desk: Clock) -> None:
    pairing = accounts.start_pairing()
    accounts.approve_pairing(pairing.code, "Lobby")
    assert accounts.collect_pairing(pairing.poll)
    with pytest.raises(Gone):
        accounts.collect_pairing(pairing.poll)


def test_a_code_is_approved_once(desk: Clock) -> None:
    pairing = accounts.start_pairing()
    accounts.approve_pairing(pairing.code, "Lobby")
    assert not accounts.pairing_waits(pairing.code)
    with pytest.raises(NotFound):
        accounts.approve_pairing(pairing.code, "Lobby")


def test_a_code_lasts_ten_minutes(desk: Clock) -> None:
    pairing = accounts.start_pairing()
    desk.moves(minutes=10)
    with pytest.raises(NotFound):
        accounts.approve_pairing(pairing.code, "Lobby")
    with pytest.raises(Gone):
        accounts.collect_pairing(pairing.poll)


def test_the_code_alone_collects_nothing(desk: Clock) -> None:
    pairing = accounts.start_pairing()
    accounts.approve_pairing(pairing.code, "Lobby")
    for guess in (pairing.code, "", "guess"):
        with pytest.raises(Gone):
            accounts.collect_pairing(guess)


def test_no_more_than_twenty_tablets_wait(desk: Clock) -> None:
    assert len({accounts.start_pairing().code for _ in range(20)}) == 20
    with pytest.raises(TooMany):
        accounts.start_pairing()
    desk.moves(minutes=10)
    assert accounts.start_pairing()


def test_a_kiosk_taken_out_of_service_is_nobody_at_once(desk: Clock) -> None:
    device, secret = accounts.add_device("Lobby")
    assert accounts.by_device(secret)
    assert accounts.by_bearer(secret)
    accounts.revoke_device(device.id)
    assert accounts.by_device(secret) is None
    assert accounts.by_bearer(secret) is None
    with pytest.raises(NotFound):
        accounts.revoke_device(device.id + 1)


def test_the_list_says_when_each_was_last_there(desk: Clock) -> None:
    device, secret = accounts.add_device("Lobby")
    accounts.add_device("Annex")
    desk.moves(hours=1)
    accounts.by_device(secret)
    accounts.settle()
    assert [(one.name, one.last_seen_at) for one in accounts.devices()] == [("Annex", None), ("Lobby", desk.at)]
    accounts.revoke_device(device.id)
    assert [one.revoked_at for one in accounts.devices()] == [None, desk.at]


def test_a_bearer_for_a_kiosk_is_believed_over_https_or_on_this_machine_only(desk: Clock) -> None:
    _device, secret = accounts.add_device("Lobby")
    assert accounts.by_bearer(secret, secure=True)
    assert accounts.by_bearer(secret, secure=False) is None
