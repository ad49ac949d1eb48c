"""What may stand on a lock screen."""

import pytest

from shared import alerts


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("何一帆", "何**"),
        ("尉迟敬德", "尉迟**"),
        ("欧阳修", "欧阳**"),
        ("欧文", "欧**"),
        ("김민수", "김**"),
        ("José García", "García"),
        ("Madonna", "Madonna"),
        ("", ""),
    ],
)
def test_a_surname_is_as_much_as_leaves_the_house(name: str, shown: str) -> None:
    assert alerts.surname(name) == shown


@pytest.mark.parametrize("answer", alerts.ANSWERS)
def test_every_answer_has_words_for_reception_and_for_the_visitor(answer: str) -> None:
    minutes = 5 if answer == "minutes" else None
    assert alerts.answer_name(answer, minutes, "李强")
    assert alerts.visitor_sees(answer, minutes, "李强")
