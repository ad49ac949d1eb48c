"""Entries of the watch-list: how long they last, and who was quicker."""

import pytest

from shared import watch_list
from shared.lib.errors import Conflict, Invalid
from shared.watch_list import WatchForm
from tests.shared.watch_list.conftest import Desk, listed


@pytest.mark.parametrize(
    ("expires", "right"),
    [("2026-11-22", False), ("2026-11-23", True), ("2027-11-23", True), ("2027-11-24", False)],
)
def test_an_entry_lasts_at_most_a_year(desk: Desk, expires: str, right: bool) -> None:
    if right:
        assert listed(expires=expires).name == "陈嘉豪"
    else:
        with pytest.raises(Invalid) as refused:
            listed(expires=expires)
        assert set(refused.value.fields) == {"expires"}


def test_who_changed_it_first_is_looked_at_first(desk: Desk) -> None:
    entry = listed()
    said = WatchForm.model_validate({"name": "陈嘉豪", "reason": "x", "instruction": "y"})
    watch_list.change(entry.token, said, entry.row_version)
    with pytest.raises(Conflict):
        watch_list.change(entry.token, said, entry.row_version)
