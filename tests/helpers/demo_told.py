"""What the design tells of the pilots of the demonstration, and how tests find its records."""

from datetime import date
from typing import Any, NamedTuple

from tracker.storage.queries import Query, links, records
from tracker.storage.store import Store

D = date
BEFORE = D(2026, 10, 8)


class Told(NamedTuple):
    """What is expected of a pilot, in pounds; ``goals`` are met, partly, missed."""

    phase: str
    rating: str
    start: date
    go_live: date | None
    baseline: date
    forecast: date
    budget: int
    cost: int
    updated: date
    released: date | None
    research: int
    goals: tuple[int, int, int]
    ends: tuple[date, ...]


def _days(*pairs: tuple[int, int]) -> tuple[date, ...]:
    return tuple(D(2026, month, day) for month, day in pairs)


FORTNIGHTS = ((9, 11), (9, 25), (10, 9), (10, 23), (11, 6))
PILOTS = {
    "P-01": Told(
        *("public_beta", "green", D(2026, 4, 6), D(2026, 6, 15), D(2026, 11, 30), D(2026, 12, 4), 182_000, 179_500),
        *(D(2026, 11, 10), D(2026, 11, 6), 4, (3, 1, 0), _days((8, 14), (8, 28), *FORTNIGHTS)),
    ),
    "P-02": Told(
        *("private_beta", "green", D(2026, 5, 4), D(2026, 9, 7), D(2026, 12, 18), D(2027, 1, 29), 240_000, 261_000),
        *(D(2026, 11, 4), D(2026, 10, 2), 2, (1, 2, 1), _days((8, 21), (9, 4), (9, 18), (10, 2), (10, 23))),
    ),
    "P-03": Told(
        *("alpha", "amber", D(2026, 7, 13), None, D(2026, 11, 27), D(2026, 12, 11), 95_000, 96_000),
        *(D(2026, 11, 9), None, 3, (2, 2, 0), _days((9, 25), (10, 9), (10, 23), (11, 6))),
    ),
    "P-04": Told(
        *("private_beta", "amber", D(2026, 9, 21), D(2026, 10, 19), D(2026, 11, 23), D(2026, 11, 23), 60_000, 58_000),
        *(D(2026, 11, 11), D(2026, 10, 19), 2, (2, 0, 0), _days((10, 2), (10, 16))),
    ),
    "P-05": Told(
        *("live", "green", D(2025, 9, 1), D(2026, 1, 12), D(2026, 9, 30), D(2026, 9, 30), 310_000, 312_400),
        *(D(2026, 11, 5), D(2026, 10, 23), 4, (4, 0, 0), _days((8, 28), (9, 25), (10, 23))),
    ),
    "P-06": Told(
        *("alpha", "amber", D(2026, 6, 1), None, D(2026, 9, 18), D(2026, 12, 18), 88_000, 104_000),
        *(D(2026, 9, 22), None, 1, (0, 2, 1), _days((7, 24), (8, 7), (8, 28))),
    ),
    "P-07": Told(
        *("public_beta", "green", D(2026, 2, 2), D(2026, 5, 11), D(2026, 11, 13), D(2026, 11, 13), 120_000, 118_900),
        *(D(2026, 11, 9), D(2026, 11, 6), 2, (3, 1, 0), _days(*FORTNIGHTS)),
    ),
    "P-08": Told(
        *("discovery", "green", D(2026, 10, 12), None, D(2026, 11, 20), D(2026, 11, 27), 45_000, 45_000),
        *(D(2026, 11, 6), None, 2, (2, 0, 0), _days((10, 23), (11, 6))),
    ),
}


def by_ref(store: Store, kind: str, *, deleted: bool = False) -> dict[str, Any]:
    return {record.ref: record for record in records(store, Query(kind, deleted=deleted))}


def refs_of(store: Store, kind: str) -> dict[str, str]:
    return {uid: link.ref for uid, link in links(store, kind).items()}
