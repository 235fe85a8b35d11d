"""Slips of the keys between two words."""

import pytest

from tracker.rules.slips import is_near, likeness, nearly_same, slips


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


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("Address lookups fail", "address  lookups fail.", True),
        ("Blue Badge renewals on-line", "Blue badge renewals online", True),
        ("Parking: second workshop", "Second workshop: parking", True),
        ("Counter staff removed a field", "Counter staff remove a field", True),
        ("Report for Q3", "Report for Q4", False),
        ("Rain", "Rail", False),
        ("x", "x", True),
        ("First workshop", "Third workshop", False),
        ("…", "!", False),
    ],
)
def test_titles_that_say_the_same(first: str, second: str, near: bool) -> None:
    assert nearly_same(first, second) is nearly_same(second, first) is near


def test_signs_and_accents_make_no_other_text() -> None:
    assert likeness("Front-line  counter staff") == likeness("Frontline Counter Staff") == "frontlinecounterstaff"
    assert likeness("Zoë") == "zoe"
