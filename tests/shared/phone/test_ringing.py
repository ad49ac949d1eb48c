"""Whatever an exchange tells, what the desk keeps of it in memory stays small."""

from datetime import timedelta

from shared.phone.cdr import cells
from shared.phone.exchange import Ringing
from shared.phone.exchange.ringing import LONGEST, MOST
from tests.shared.phone.conftest import NINE


def begins(call: str, number: str = "15400000921", exten: str = "600") -> dict[str, str]:
    return {"event": "Newchannel", "uniqueid": call, "linkedid": call, "calleridnum": number, "exten": exten,
            "channel": f"PJSIP/trunk-{call}", "context": "from-trunk"}  # fmt: skip


def test_calls_whose_end_is_never_told_do_not_pile_up() -> None:
    ringing = Ringing()
    for place in range(MOST + 50):
        ringing.hear(begins(f"1.{place}"), NINE)
    assert len(ringing.calls) == MOST and "1.0" not in ringing.calls and f"1.{MOST + 49}" in ringing.calls
    ringing.hear(begins("2.1"), NINE + LONGEST + timedelta(seconds=1))
    assert list(ringing.calls) == ["2.1"]


def test_a_call_that_is_told_again_is_the_newest() -> None:
    ringing = Ringing()
    ringing.hear(begins("1.1"), NINE)
    ringing.hear(begins("1.2"), NINE + timedelta(hours=1))
    ringing.hear(begins("1.1"), NINE + timedelta(hours=2))
    ringing.hear(begins("1.3"), NINE + LONGEST + timedelta(hours=1, seconds=1))
    assert list(ringing.calls) == ["1.1", "1.3"]


def test_of_the_telephones_that_ring_only_the_desks_are_kept() -> None:
    ringing = Ringing(frozenset({"600"}))
    ringing.hear(begins("1.1", exten="8801"), NINE)
    for place in range(50):
        dialled = {"event": "DialBegin", "uniqueid": "1.1", "linkedid": "1.1", "dialstring": f"no-{place}"}
        ringing.hear(dialled, NINE)
    assert ringing.calls["1.1"].reached == set() and list(ringing.on_the_line()) == []
    ringing.hear({"event": "DialBegin", "linkedid": "1.1", "dialstring": "600"}, NINE)
    assert ringing.calls["1.1"].reached == {"600"} and len(list(ringing.on_the_line())) == 1


def test_a_caller_id_without_end_is_kept_nowhere() -> None:
    cells.number.cache_clear()
    ringing = Ringing()
    for place in range(20):
        ringing.hear(begins(f"1.{place}", number="1" * 200 + str(place)), NINE)
    assert {ring.number for ring in ringing.calls.values()} == {None}
    assert cells.number.cache_info().currsize == 1
