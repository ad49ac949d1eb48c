"""What a row is filed under, and what somebody who types is shown."""

import pytest

from shared.register import Texts
from shared.register.grams import Wanted, pieces

ROW = Texts(("王建明", "Anna Reyes", "单小红"), ("深圳蓝科技 Deep Blue IoT",), ("V012",))
HELD = [
    "王建", "建明", "王", "wang", "wangj", "WangJian", "jian", "ji", "jianming", "jianm", "wjm", "reyes", "rey", "an",
    "深圳", "蓝科技", "deep blue", "blue 建明", "v012", "V012", "shan", "dan", "shanxiaohong", "ＤＥＥＰ",
]  # fmt: skip
NOT_HELD = ["明建", "王明", "mingjian", "V01", "012x", "wjx", "wangx", "科王", "zz", "deep red", "%", "_", "", " "]


@pytest.mark.parametrize("typed", HELD)
def test_what_a_row_holds_is_filed_and_fits(typed: str) -> None:
    wanted, filed = Wanted(typed), pieces(ROW)
    assert any(set(reading) <= filed for reading in wanted.readings())
    assert wanted.fits(ROW)


@pytest.mark.parametrize("typed", NOT_HELD)
def test_what_a_row_does_not_hold_does_not_fit(typed: str) -> None:
    assert not Wanted(typed).fits(ROW)


def test_a_row_is_filed_under_few_pieces() -> None:
    assert len(pieces(Texts(("王建明",), ("深蓝物联科技有限公司",), ("V012",)))) < 30
