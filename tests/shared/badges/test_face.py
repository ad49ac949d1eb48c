"""Text is measured with the badge face, and whatever a person is called fits."""

import pytest

from shared.badges.face import advances, em, fit_line, fit_lines, fit_name

ROOM = 636
NAMES = [
    "陈嘉豪",
    "欧阳明翀",
    "䶮𠮷龑",
    "李",
    "尉迟·阿卜杜拉·买买提",
    "김민수",
    "Anna-Katharina Müller",
    "Wolfeschlegelsteinhausenbergerdorffsohnm",
    "Maximilian Alexander Wolfeschlegelsteine",
    "W" * 40,
    "買" * 40,
    "i" * 40,
    "Nguyễn Thị Ánh Tuyết",
    "à́" * 20,
]


def test_the_face_is_there_and_tells_its_widths() -> None:
    assert advances()[ord("国")] == 1.0
    assert 0.2 < advances()[ord("i")] < advances()[ord("W")] < 1.0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("height", [160, 320])
def test_a_name_is_whole_and_no_line_is_wider_or_higher_than_its_room(name: str, height: float) -> None:
    fit = fit_name(name, ROOM, height, 172, 120)
    assert len(fit.lines) <= 2
    assert "".join(fit.lines).replace("-", "").replace(" ", "") == name.replace("-", "").replace(" ", "")
    assert all((em(line) + fit.spread * len(line)) * fit.size <= ROOM for line in fit.lines)
    assert len(fit.lines) * fit.size * 1.12 <= height


def test_a_short_name_stands_large_on_one_line_with_space_between_its_characters() -> None:
    fit = fit_name("陈嘉豪", ROOM, 400, 172, 120)
    assert (fit.lines, fit.size, fit.spread) == (("陈嘉豪",), 172, 0.06)


def test_a_name_shrinks_to_120_before_it_is_broken() -> None:
    assert fit_name("欧阳明翀", ROOM, 400, 172, 120).lines == ("欧阳明翀",)
    broken = fit_name("Alexandra Papadopoulos", ROOM, 400, 172, 120)
    assert broken.lines == ("Alexandra", "Papadopoulos")
    assert broken.size <= 120


def test_a_long_name_breaks_between_words_and_a_single_word_with_a_hyphen() -> None:
    assert fit_name("Jean-Baptiste de la Fontaine", ROOM, 400, 172, 120).lines == ("Jean-Baptiste", "de la Fontaine")
    first, second = fit_name("Wolfeschlegelsteinhausenbergerdorffsohnm", ROOM, 400, 172, 120).lines
    assert first.endswith("-") and not second.startswith("-")


def test_one_line_is_cut_with_an_ellipsis_when_even_small_print_is_too_wide() -> None:
    fit = fit_line("战略发展与投资者关系管理部", 300, 46, 30)
    assert fit.size == 30
    assert fit.lines[0].endswith("…")
    assert em(fit.lines[0]) * fit.size <= 300


def test_a_company_takes_two_lines_before_anything_is_cut() -> None:
    assert fit_lines("深蓝物联", ROOM, 60, 44).lines == ("深蓝物联",)
    two = fit_lines("北京某某国际科技发展有限责任公司第三分公司", ROOM, 60, 44)
    assert two.size == 44
    assert "".join(two.lines) == "北京某某国际科技发展有限责任公司第三分公司"
    cut = fit_lines("北京某某国际科技发展有限责任公司第三分公司" * 3, ROOM, 60, 44)
    assert len(cut.lines) == 2 and cut.lines[1].endswith("…")
    assert all(em(line) * cut.size <= ROOM for line in cut.lines)


def test_nothing_fits_everywhere() -> None:
    assert fit_line("", ROOM, 46, 30).lines == ("",)
    assert fit_name("", ROOM, 400, 172, 120).lines == ("",)
