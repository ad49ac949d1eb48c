"""Who may do what is written in one map."""

import re
from pathlib import Path

import pytest

from shared.accounts.rights import MANAGERS, RECEPTION, RIGHTS, ROLES, SCOPES, may
from shared.lib.actor import NOBODY, SYSTEM, Actor

ROOT = Path(__file__).resolve().parents[3]


def holders(right: str) -> set[str]:
    return {role for role in ROLES if may(Actor("account", 1, roles=frozenset({role})), right)}


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        ("kiosk.use", set()),
        ("visits.create", RECEPTION),
        ("visits.read", RECEPTION | {"admin_manager", "admin_officer"}),
        ("visits.write", RECEPTION),
        ("visits.correct", RECEPTION | {"admin_manager"}),
        ("visits.depart", RECEPTION),
        ("hosts.find", RECEPTION),
        ("people.search", RECEPTION | MANAGERS | {"employee", "privacy_officer"}),
        ("people.read", RECEPTION | MANAGERS),
        ("people.change", MANAGERS),
        ("people.contact", RECEPTION),
        ("people.presence", RECEPTION),
        ("contacts.record", RECEPTION),
        ("contacts.answer", {"employee"}),
        ("privacy.read", {"privacy_officer", "admin_manager"}),
        ("privacy.erase", {"privacy_officer", "admin_manager"}),
        ("privacy.answer", {"privacy_officer", "admin_manager"}),
        ("accounts.manage", MANAGERS),
        ("devices.pair", RECEPTION | MANAGERS),
        ("devices.manage", MANAGERS),
        ("settings.change", MANAGERS),
        ("journal.read", RECEPTION | {"admin_manager", "admin_officer", "privacy_officer"}),
        ("alerts.read", RECEPTION),
        ("alerts.answer", {"employee"}),
        ("me", {"employee"}),
        ("badges.manage", RECEPTION),
        ("deadlines.read", RECEPTION | {"admin_manager", "admin_officer"}),
        ("reports.read", RECEPTION | {"admin_manager", "admin_officer"}),
        ("reports.phone", RECEPTION | {"admin_manager", "admin_officer", "dept_manager"}),
        ("registers.read", RECEPTION | {"admin_manager", "admin_officer"}),
        ("registers.correct", RECEPTION | {"admin_manager"}),
        ("registers.export", {"admin_manager", "admin_officer"}),
        ("reports.export", {"admin_manager", "admin_officer"}),
        ("volumes.read", RECEPTION | {"admin_manager", "admin_officer", "privacy_officer"}),
        ("volumes.hand_over", RECEPTION | {"admin_manager"}),
        ("volumes.receive", {"admin_officer", "admin_manager"}),
        ("volumes.correct", {"admin_manager"}),
        ("phone.write", RECEPTION),
        ("relays.write", RECEPTION),
        ("relays.follow", RECEPTION | {"employee"}),
        ("rooms.read", set(ROLES)),
        ("rooms.write", RECEPTION),
        ("watch_list.read", {"privacy_officer", "admin_manager"}),
        ("watch_list.write", {"privacy_officer", "admin_manager"}),
        ("watch_list.decide", RECEPTION),
        ("quiet_calls.make", RECEPTION),
        ("roll_calls.hold", RECEPTION | {"admin_manager", "admin_officer"}),
        ("account", set(ROLES)),
        ("public", set(ROLES)),
    ],
)
def test_each_right_has_exactly_these_roles(right: str, roles: set[str]) -> None:
    assert holders(right) == set(roles)


def test_nothing_is_left_out_of_the_table_above() -> None:
    told = test_each_right_has_exactly_these_roles.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {right for right, _roles in told} == set(RIGHTS)


@pytest.mark.parametrize(
    ("who", "rights"),
    [
        (NOBODY, {"public"}),
        (SYSTEM, {"public"}),
        (
            Actor("device", 1, roles=SCOPES["kiosk"]),
            {"public", "kiosk.use", "visits.create", "visits.depart", "hosts.find"},
        ),
        (
            Actor("token", 1, roles=SCOPES["kiosk"]),
            {"public", "kiosk.use", "visits.create", "visits.depart", "hosts.find"},
        ),
        (
            Actor("token", 1, roles=SCOPES["me"]),
            {"public", "people.search", "alerts.answer", "contacts.answer", "me", "relays.follow", "rooms.read"},
        ),
        (Actor("link", 1), {"public", "alerts.answer"}),
        (Actor("pass", 1), {"public"}),
    ],
)
def test_whoever_is_no_account_holds_exactly_this(who: Actor, rights: set[str]) -> None:
    assert {right for right in RIGHTS if may(who, right)} == rights


def test_a_right_nobody_wrote_down_is_an_error() -> None:
    with pytest.raises(KeyError):
        may(NOBODY, "visits.burn")


def test_every_role_and_scope_that_a_right_names_exists() -> None:
    named = set().union(*RIGHTS.values()) - {"everyone", "account", "device", "link"}
    assert named <= set(ROLES)
    assert set().union(*SCOPES.values()) - {"device"} <= set(ROLES)


def test_every_page_asks_for_a_right_that_exists() -> None:
    asked: dict[str, Path] = {}
    for face in ("kiosk", "console"):
        for path in (ROOT / face).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            for call in re.findall(r"(?:web\.route|^\w+\.serve)\((.*?)\)\n", source, re.DOTALL | re.MULTILINE):
                assert re.search(r"needs=(\"[a-z_.]+\"|needs)", call), path
            asked |= dict.fromkeys(re.findall(r"needs=\"([a-z_.]+)\"", source), path)
    assert asked
    assert set(asked) <= set(RIGHTS), {right: asked[right] for right in set(asked) - set(RIGHTS)}
