"""The book of calls: found, put right, printed, and forgotten a year after its year has ended (procedure 4.6, P1)."""

from datetime import timedelta

from sqlalchemy import text

from shared import phone, register
from shared.lib import db, i18n
from shared.lib.actor import acting_as
from tests.shared.phone.conftest import NINE, Desk


def found(typed: str) -> list[str]:
    ids, _following = register.page(phone.REGISTER, q=typed)
    lines = phone.REGISTER.book.lines(ids) if phone.REGISTER.book else {}
    return [lines[key].call.reg_no for key in ids]


def test_a_call_is_found_by_caller_company_number_colleague_and_register_number(desk: Desk) -> None:
    number = desk.writes().reg_no
    desk.writes(caller_name="Anna Müller", caller_company="Solaria", number="0755-12345678", wanted="前台",
                outcome="answered", offer="")  # fmt: skip
    for typed in ("苏婉", "suwan", "青木", "154 0000 1207", number.lower(), desk.cast.host.name):
        assert found(typed) == [number], typed
    assert found("0755 12345678") == ["TEL-2026-00002"]
    assert found("nobody") == []


def test_a_call_is_put_right_and_both_values_stay(desk: Desk) -> None:
    token = desk.writes().token
    row = register.row(phone.REGISTER, token)
    with acting_as(desk.lin):
        assert register.correct(phone.REGISTER, token, {"caller_name": "苏琬"}, "", row.row_version) == ["caller_name"]
    [was] = register.corrections(phone.REGISTER, row.id)
    assert (was.old, was.new) == ("苏婉", "苏琬")
    assert found("苏琬") and not found("苏婉")


def test_p1_a_year_after_its_year_a_call_holds_nobody(desk: Desk) -> None:
    done = desk.writes(complaint="等了太久没人接")
    register.run()
    assert phone.one(done.token).number
    desk.at = NINE.replace(year=2027, month=12, day=31)
    register.run()
    assert phone.one(done.token).number, "its year ended less than a year ago"
    desk.at = desk.at + timedelta(days=1)
    register.run()
    call = phone.one(done.token)
    assert (call.number, call.content, call.caller_company, call.complaint) == (None, "", "", None)
    assert call.caller_name == "苏**"
    assert (call.reg_no, call.became) == (done.reg_no, "absent, message left"), "that there was a call stays"
    with db.looking() as on:
        assert on.execute(text("SELECT number_key FROM phone_call")).scalar() is None
    assert not found("苏婉") and phone.callers_like("苏婉") == []


def test_every_call_is_counted_on_its_day(desk: Desk) -> None:
    desk.writes()
    desk.misses()
    day = i18n.today(desk.at)
    assert register.by_day(phone.REGISTER, day, day) == {day: 2}
    with db.looking() as on:
        assert register.miscounted(phone.REGISTER, on) == []
