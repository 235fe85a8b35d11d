"""Slips of the keys between two words."""

import pytest

from tracker.rules.slips import is_near, slips


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("", "", 0), ("", "ab", 2), ("data", "data", 0), ("leed", "lead", 1), ("kitten", "sitting", 3), ("ab", "ba", 2)],
)
def test_letters_added_taken_away_and_replaced_are_counted(first: str, second: str, count: int) -> None:
    assert slips(first, second) == slips(second, first) == count


def test_long_words_may_have_two_slips_and_short_ones_none() -> None:
    assert is_near("data leed", "data lead")
    assert is_near("dtaa lead", "data lead")
    assert not is_near("ann", "anna")
    assert is_near("anne", "anna")
    assert not is_near("anne", "hanna")
