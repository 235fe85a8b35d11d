"""Two positions of a programme, and what a board is told of the way from one to the other."""

from datetime import date
from typing import Any

from hypothesis import settings

from tracker.entities import Entity, entity
from tracker.rules.changes.since import Facts, changes
from tracker.rules.day import shown_day
from tracker.rules.setting_texts import settings_from

steady = settings(derandomize=True, max_examples=100, deadline=None)
PREV, NOW = date(2026, 10, 8), date(2026, 11, 12)
DEFAULTS: dict[str, dict[str, Any]] = {
    "pilot": {"name": "Housing repairs", "ref": "P-02"},
    "risk": {"title": "Lookups fail", "ref": "R-004", "status": "open", "raised_on": date(2026, 9, 1)},
    "action": {"text": "Agree the plan", "ref": "A-016", "due": date(2026, 12, 1), "owner": "o"},
    "iteration": {
        "goal": "Try it",
        "ref": "IT-001",
        "start": date(2026, 10, 1),
        "end": date(2026, 12, 1),
        "pilot": "p",
    },
    "session": {"title": "Workshop", "ref": "T-05", "starts_on": date(2026, 12, 1)},
    "win": {"title": "A field less", "ref": "W-018", "event_date": date(2026, 10, 20)},
}
FAR = {"next_review_on": date(2027, 12, 31)}


def made(kind: str, uid: str = "u", **values: Any) -> Entity:
    return entity(kind)(**{"uid": uid, **DEFAULTS[kind], **values})


def removed(kind: str, reason: str, uid: str = "u", **values: Any) -> Entity:
    return made(kind, uid, deleted_at="2026-10-20T09:00:00Z", deleted_reason=reason, **values)


def told(
    before: list[Entity], now: list[Entity], facts: Facts | None = None, rows: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    found = changes(shown_day(PREV, before), shown_day(NOW, now, settings_from(rows or {})), facts or Facts())
    return [(change.group, change.sentence) for change in found]


def differ(kind: str, was: dict[str, Any], now: dict[str, Any], facts: Facts | None = None) -> list[tuple[str, str]]:
    return [
        (group, sentence.partition(": ")[2])
        for group, sentence in told([made(kind, **was)], [made(kind, **now)], facts)
    ]
