"""Numbers as people write them are compared in one form (procedure 0.4)."""

import pytest

from shared.lib import i18n, phone

WRITTEN = {
    "13800138000": "+8613800138000", "138 0013 8000": "+8613800138000", "+86 138-0013-8000": "+8613800138000",
    "008613800138000": "+8613800138000", "8613800138000": "+8613800138000", "１３８０0138000": "+8613800138000",
    "15400000001": "+8615400000001", "0755-12345678": "+8675512345678", "(0755) 1234 5678": "+8675512345678",
    "（0755）12345678": "+8675512345678", "010-62345678": "+861062345678", "01062345678-801": "+861062345678;ext=801",
    "0755-82345678-801": "+8675582345678;ext=801", "0755 82345678 转 801": "+8675582345678;ext=801",
    "0755-82345678 ext. 12": "+8675582345678;ext=12", "0755－82345678": "+8675582345678",
    "+86 (0)755 82345678": "+8675582345678", "0379-6234567": "+863796234567", "400-800-1234": "+864008001234",
    "800 810 1234": "+868008101234", "95588": "95588", "+49 30 1234567": "+49301234567",
    "0049 30 1234567": "+49301234567", "+852 2345 6789": "+85223456789", "+1 (650) 253-0000": "+16502530000",
}  # fmt: skip


@pytest.mark.parametrize(("written", "normal"), WRITTEN.items())
def test_one_number_has_one_form(written: str, normal: str) -> None:
    found = phone.read(written)
    assert found is not None
    assert found.normal == phone.normalise(written) == normal


@pytest.mark.parametrize(
    "written",
    ["", "12345", "110", "12800138000", "1380013800", "138001380000", "62345678", "abc", "=1+1", "+", "+86", "0", "-1",
     "13800138000转5", "1" * 60, "+999 1234567", "+49 1", "95", "2026-11-04", "０"],
)  # fmt: skip
def test_what_is_no_number_is_refused(written: str) -> None:
    assert phone.read(written) is None
    with i18n.use("en"), pytest.raises(ValueError, match="not a phone number"):
        phone.normalise(written)


def test_what_was_written_is_kept() -> None:
    assert phone.read(" 138 0013  8000 ") == ("138 0013 8000", "+8613800138000", "mobile")


@pytest.mark.parametrize(
    ("normal", "shown"),
    [
        ("+8613800138000", "138 0013 8000"), ("+8675512345678;ext=801", "0755-12345678-801"),
        ("+861062345678", "010-62345678"), ("+864008001234", "400-800-1234"), ("95588", "95588"),
        ("+16502530000;ext=5", "+1 650-253-0000 ext. 5"), ("+49301234567", "+49 30 1234567"),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_it_is_dialled_here(normal: str, shown: str) -> None:
    assert phone.shown(normal) == shown
    assert phone.normalise(shown) == normal


def test_a_masked_number_can_be_told_from_others_and_not_dialled() -> None:
    assert phone.mask("+8613800138000") == "138****8000"
    assert phone.mask("95588") == "95***"
