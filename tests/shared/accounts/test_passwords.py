"""Passwords are slow to try and hard to guess."""

import time

import pytest

from shared.accounts import passwords
from shared.lib.errors import Invalid


def test_a_hash_takes_64_mebibytes_of_argon2id_and_is_new_each_time() -> None:
    first, second = passwords.hashed("lantern orbit"), passwords.hashed("lantern orbit")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert first != second
    with passwords.turn():
        assert passwords.matches(first, "lantern orbit")
        assert not passwords.matches(first, "lantern Orbit")


def test_full_width_letters_are_the_same_password() -> None:
    with_plain = passwords.hashed("lantern-1")
    with passwords.turn():
        assert passwords.matches(with_plain, "ｌａｎｔｅｒｎ－１")


def test_nobody_and_somebody_take_the_same_time() -> None:
    kept = passwords.hashed("lantern orbit")

    def takes(hash_of: str | None) -> float:
        start = time.process_time()
        assert not passwords.matches(hash_of, "wrong")
        return time.process_time() - start

    with passwords.turn():
        passwords.matches(None, "warm")
        pairs = [(takes(kept), takes(None)) for _ in range(9)]  # in turns: what disturbs the machine disturbs both
    assert min(nobody for _, nobody in pairs) == pytest.approx(min(somebody for somebody, _ in pairs), rel=0.25)


@pytest.mark.parametrize(
    "poor",
    [
        "short",
        "123456789",
        "password-is-long",
        "Passw0rd-2026!",
        "my-QWERTY-keys",
        "xx123456xx-yy",
        "前台的密码很长很长",
        "aaaaaaaaaaaaaaaa",
        "abcdefghijkl",
        "9876543210",
        "zhouyuxin-2026",
        "Zhou.Yuxin.2026",
        "foyer2026",
        "Reception2026",
        "administrator1",
        "x" * 201,
        "iloveyou12",
    ],
)
def test_these_are_refused(database: str, poor: str) -> None:
    with pytest.raises(Invalid) as refusal:
        passwords.check(poor, ["zhouyuxin", "周雨欣"])
    assert "password" in refusal.value.fields


@pytest.mark.parametrize(
    "good",
    [
        "lantern orbit thimble",
        "f8h3-kd93-xq21",
        "床前明月光疑是地上霜",
        pytest.param(passwords.made_up(), id="made up"),
    ],
)
def test_these_will_do(database: str, good: str) -> None:
    passwords.check(good, ["zhouyuxin", "li", "王"])


def test_made_up_passwords_do_not_repeat() -> None:
    made = {passwords.made_up() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == 23 for one in made)
