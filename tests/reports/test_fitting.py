"""How a table finds room on a screen."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reports.typography.table_widths import screen_widths

PILOTS = [
    ["Pilot", "Phase", "Reported", "Next decision"],
    ["P-02 Housing repairs: report and track", "Private beta", "● Green", "29 Jan 2027"],
    ["P-06 Licensing case-work triage", "Alpha", "▲ Amber, stale", "12 Nov 2026 (today)"],
]


def test_what_fits_is_left_as_wide_as_it_is() -> None:
    assert screen_widths(PILOTS, 90) == [38, 12, 14, 19]


def test_the_column_with_most_words_gives_way_and_no_word_is_broken() -> None:
    pilot, phase, reported, coming = screen_widths(PILOTS, 54)
    assert pilot + phase + reported + coming == 54
    assert pilot >= 20
    assert phase >= len("Private")
    assert reported >= len("● Green")
    assert coming >= len("decision")


def test_a_mark_stays_with_its_word() -> None:
    assert screen_widths([["Evidence of it"], ["▲ Amber and stale"]], 8) == [8]
    assert screen_widths([["It is", "so"], ["▲ Amber", "a b c d e f"]], 9) == [7, 2]


def test_without_room_for_the_words_there_are_no_columns() -> None:
    assert screen_widths(PILOTS, 25) == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.text("ab ●漢", max_size=30), min_size=3, max_size=3), min_size=1, max_size=5),
    st.integers(6, 60),
)
def test_columns_never_take_more_than_the_room(rows: list[list[str]], room: int) -> None:
    assert sum(screen_widths(rows, room)) <= room
