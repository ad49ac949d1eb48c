"""What alerts say."""

import pytest

from shared import alerts


@pytest.mark.parametrize("answer", alerts.ANSWERS)
def test_every_answer_has_words_for_reception_and_for_the_visitor(answer: str) -> None:
    minutes = 5 if answer == "minutes" else None
    assert alerts.answer_name(answer, minutes, "李强")
    assert alerts.visitor_sees(answer, minutes, "李强")
