"""The journey of a grant, measured."""

from datetime import date
from typing import Any

from hypothesis import settings
from rules.evidence_cases import make

from tracker.reports.lines.journey_map import draw
from tracker.text import columns

steady = settings(derandomize=True, max_examples=60, deadline=None)
DAY = 24 * 60
# The journey of the demo programme (P-08): title, actor, touch minutes, wait, hand-off, asks again, pain, drop-out.
GRANTS: list[tuple[str, str, int, int, str, bool, int | None, float | None]] = [
    ("Find out", "citizen", 12, 0, "none", False, 3, None),
    ("Collect the paper form", "citizen", 5, 0, "manual", False, None, None),
    ("Fill it in", "citizen", 25, 0, "none", True, None, None),
    ("Gather proof of income", "citizen", 20, 3 * DAY, "none", False, 5, None),
    ("Hand it in", "citizen", 3, 0, "none", False, None, None),
    ("Receive and check", "front_line", 8, 0, "manual", False, None, None),
    ("Re-key the form", "back_office", 14, 0, "manual", False, None, None),
    ("Check against the benefits system", "back_office", 9, 0, "manual", True, None, None),
    ("Ask for missing proof", "back_office", 6, 6 * DAY, "manual", False, 5, 0.22),
    ("Decide", "back_office", 18, 0, "none", False, None, None),
    ("Send the letter", "system", 0, 2 * DAY, "none", False, None, None),
    ("Phone: where is it?", "citizen", 10, 0, "none", False, 4, None),
]


def journey(ref: str = "J-01", **facts: Any) -> Any:
    plain = {"name": "Applying", "service": "S-08", "valid_on": date(2026, 10, 12), "evidence": "observed"}
    return make("journey", ref, **{**plain, **facts})


def step(number: int, title: str = "Do it", **facts: Any) -> Any:
    return make("step", f"JS-{number:03}", title=title, journey="J-01", step_order=number, **facts)


def grants() -> list[Any]:
    names = ("title", "actor", "touch_minutes", "wait_minutes", "handoff", "asks_again", "pain", "drop_out_share")
    facts: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in GRANTS]
    return [step(number, **values) for number, values in enumerate(facts, 1)]


def after(**facts: Any) -> Any:
    return journey("J-02", journey_kind="measured_after", valid_on=date(2026, 11, 2), **facts)


def drawn(width: int, steps: list[Any] | None = None, **facts: Any) -> list[str]:
    lines = [line.text for line in draw(journey(**facts), grants() if steps is None else steps, width)]
    assert max(columns(line) for line in lines) <= width
    return lines
