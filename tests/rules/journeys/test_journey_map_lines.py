"""The map that is drawn of a journey, and the table of a comparison."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_cases import make
from rules.journey_cases import after, drawn, grants, journey, steady

from tracker.reports.lines.journey_map import draw_comparison
from tracker.rules.journeys.journey import (
    compare,
)
from tracker.text import columns


def test_the_map_at_eighty_columns() -> None:
    lines = drawn(80)
    assert lines[:2] == [
        "citizen 75 min · staff 55 min · 11 d waiting · 5 manual hand-offs",
        "2 repeated questions · worst pain 5 of 5 (steps 4 and 9) · drop-out 22%",
    ]
    assert "C citizen · F front line · B back office · S system" in lines
    at = lines.index("     ⇄ manual hand-off · ⋮ 6 d waiting")
    assert lines[at + 1 : at + 3] == [
        "  9  · · B ·  Ask for missing proof                  6 min  ██▉",
        "              back office · ↓ drop-out 22% · !!!!! pain 5 of 5",
    ]
    assert "  3  C · · ·  Fill it in                            25 min  ████████████" in lines
    assert " 11  · · · S  Send the letter                        0 min" in lines
    assert sum("⇄ manual hand-off" in line for line in lines) == 5
    assert sum("↻ asks again" in line for line in lines) == 2


def test_details_stand_beside_their_step_where_there_is_room() -> None:
    (line,) = [line for line in drawn(120) if "Fill it in" in line]
    assert line.endswith("25 min  ████████████████  citizen · ↻ asks again")
    assert len(drawn(120)) < len(drawn(80)) < len(drawn(40))


def test_the_steps_are_drawn_in_their_order() -> None:
    backwards = drawn(80, list(reversed(grants())))
    assert backwards == drawn(80)


def test_an_empty_map_says_so() -> None:
    assert drawn(80, []) == ["No steps are recorded yet."]


def test_the_table_of_a_comparison() -> None:
    found = compare(journey(), grants(), after(), grants())
    wide = [line.text for line in draw_comparison(found, 80)]
    assert wide[0] == "J-01 (as is, 12 Oct 2026) against J-02 (measured after, 2 Nov 2026)"
    assert wide[2].split("  ")[0] == "Citizen's time"
    assert wide[2].endswith("0 min  = same")
    narrow = [line.text for line in draw_comparison(found, 40)]
    assert max(map(columns, narrow)) <= 40
    assert "Citizen's time: 75 min before, 75 min" in narrow


texts = st.text(st.sampled_from("ab 図🚦é[]/x"), min_size=1, max_size=60).filter(lambda text: text.strip())
some_steps = st.lists(
    st.builds(
        lambda title, pain_text, actor, touch, wait, handoff, pain: make(
            "step",
            title=title,
            journey="J-01",
            step_order=1,
            actor=actor,
            touch_minutes=touch,
            wait_minutes=wait,
            handoff=handoff,
            pain=pain,
            pain_text=pain_text,
        ),
        texts,
        texts,
        st.sampled_from(["citizen", "front_line", "back_office", "third_party", "system"]),
        st.integers(0, 1_000_000),
        st.integers(0, 10_000_000),
        st.sampled_from(["none", "automatic", "manual"]),
        st.none() | st.integers(0, 5),
    ),
    max_size=5,
)


@steady
@given(some_steps, st.integers(40, 160))
def test_no_line_is_wider_than_asked_for(steps: list[Any], width: int) -> None:
    lines = drawn(width, steps)
    assert sum("⋮" in line for line in lines) == sum(one.wait_minutes > 0 for one in steps)
    both = compare(journey(), steps, after(), steps)
    assert all(columns(line.text) <= width for line in draw_comparison(both, width))
