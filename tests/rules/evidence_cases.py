"""Small evidence for tests of signals: records from keyword facts, without a file.

A link is given by the ref of the other record: ``make("risk", "R-001", pilot="P-01", likelihood=4, impact=4)``.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from tracker.entities import Entity, entity
from tracker.fields import MISSING, TODAY, Nothing
from tracker.rules.day import Day, Move
from tracker.rules.setting_texts import settings_from

DAY = date(2026, 11, 12)
_numbers = count(1)


def uid(ref: str) -> str:
    """Return the uid of a record by its ref; never the same text, so that a uid in a sentence is noticed."""
    return f"uid<{ref}>"


def make(kind: str, ref: str = "", **facts: Any) -> Any:
    """Return a record of a kind; links are given as refs, and what is not given is as in a form left alone."""
    which = entity(kind)
    ref = ref or which.new_ref(900_000 + next(_numbers))
    values: dict[str, Any] = {"uid": uid(ref), "ref": ref}
    for name, field in which.fields().items():
        usual = DAY if TODAY in field.flags else None if field.default is MISSING else field.default
        value = facts.pop(name, usual)
        values[name] = uid(value) if field.target and value is not None else value
    assert not facts, f"{kind} has no {', '.join(facts)}"
    return _product(which, values)


def _product(which: type[Entity], values: dict[str, Any]) -> Any:
    for name, field in which.fields().items():
        if field.product and values[field.product.left] is not None and values[field.product.right] is not None:
            values[name] = values[field.product.left] * values[field.product.right]
    return which(**values)


def pilot(ref: str = "P-01", **facts: Any) -> Any:
    """Return a pilot in private beta that began 200 days ago and says nothing else of itself."""
    plain = {"name": f"Pilot {ref}", "phase": "private_beta", "start": DAY - timedelta(200)}
    return make("pilot", ref, **{**plain, **facts})


def iterations(pilot: str, *days_ago: int, day: date = DAY, **facts: Any) -> list[Any]:
    """Return iterations of a pilot (its ref) that ended so many days before a day; below nought: still open."""
    plain = {"goal": "Learn", "goal_result": "met", "users_researched": 5, "show_and_tell": True}
    ends = [day - timedelta(ago) for ago in days_ago]
    return [
        make("iteration", pilot=pilot, start=end - timedelta(11), end=end, **{**plain, **facts}) for end in sorted(ends)
    ]


def evidence(
    *records: Any,
    day: date = DAY,
    updated: Mapping[str, date] | None = None,
    moves: Mapping[tuple[str, str], list[Move]] | None = None,
    nothings: Mapping[tuple[str, str], Nothing] | None = None,
    **settings: float | str,
) -> Day:
    """Return evidence of some records; pilots were updated on the day, unless ``updated`` says otherwise.

    ``updated`` is by ref of the pilot, ``moves`` and ``nothings`` by (ref, field); other keywords are settings of the
    programme.
    """
    found: dict[str, list[Any]] = {}
    for record in records:
        found.setdefault(record.kind, []).append(record)
    found.setdefault("programme", [make("programme", "PRG-01", name="Programme")])
    fresh = {one.ref: day for one in found.get("pilot", [])} if updated is None else updated
    read = settings_from({name: str(value) for name, value in settings.items()})
    assert not read.problems, read.problems
    return Day(
        day,
        found,
        read,
        updated={uid(ref): last for ref, last in fresh.items()},
        moves={(uid(ref), field): list(steps) for (ref, field), steps in (moves or {}).items()},
        nothings={(uid(ref), field): nothing for (ref, field), nothing in (nothings or {}).items()},
    )
