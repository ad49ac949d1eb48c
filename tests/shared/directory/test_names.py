"""How much of a name is shown."""

import pytest

from shared import directory


@pytest.mark.parametrize(
    ("name", "to_passers_by", "to_the_host"),
    [
        ("何一帆", "何**", "何**"),
        ("尉迟敬德", "尉迟**", "尉迟**"),
        ("歐陽修", "歐陽**", "歐陽**"),
        ("欧文", "欧**", "欧**"),
        ("欧阳", "欧**", "欧**"),
        ("김민수", "김**", "김**"),
        ("José García", "J**", "García"),
        ("Madonna", "M**", "Madonna"),
        ("", "", ""),
    ],
)
def test_a_name_is_shortened_for_passers_by_and_known_to_the_host(
    name: str, to_passers_by: str, to_the_host: str
) -> None:
    assert directory.shortened(name) == to_passers_by
    assert directory.surname(name) == to_the_host
