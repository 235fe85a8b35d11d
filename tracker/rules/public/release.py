"""What may leave the organisation: an allow-list by register and field, and small numbers that stay behind.

It fails closed: a register, a field or a record that nothing here lets through is not there for whoever builds a
public paper, since all that is handed on are copies with nothing else in them (design/board.md 4.5).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from tracker.entities import ENTITIES, Entity, entity
from tracker.entities.decision import Decision
from tracker.entities.gate import Gate
from tracker.entities.measurement import Measurement
from tracker.entities.win import Win
from tracker.rules.day import Day

# By register, the fields that a public paper may show; all of them carry PUBLIC in their entity, and a test holds it.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "programme": ("name", "sponsor_body", "purpose", "board_name", "start", "end"),
    "service": (
        *("name", "user_groups", "description", "annual_volume", "digital_status", "lifecycle", "department"),
        *("interface_documented", "public_url"),
    ),
    "pilot": (
        *("name", "phase", "service", "problem", "hypothesis", "start", "first_real_user_on", "forecast_end"),
        *("actual_end", "outcome"),
    ),
    "metric": (
        *("name", "metric_kind", "pilot", "service", "definition", "definition_variant", "unit", "better", "kpi_code"),
        *("target", "target_on", "band_from", "band_to", "min_worthwhile_change", "source_system", "frequency"),
        "limitations",
    ),
    "measurement": (
        *("metric", "phase", "period_start", "period_end", "cohort", "status", "numerator", "denominator", "mean"),
        *("sd", "n", "total", "units", "events", "exposure", "value", "count_1", "count_2", "count_3", "count_4"),
        *("count_5", "unit", "definition_variant", "source_system", "online_share", "revises"),
    ),
    "gate": ("name", "pilot", "opens_phase", "held_on", "outcome"),
    "win": ("title", "what_changed", "who_benefits", "event_date", "pilot"),
    "decision": ("title", "question", "pilot", "outcome", "decided_on", "decided_by"),
    "standard": ("name", "standard_kind", "maintainer", "version", "status", "url"),
    "integration": (
        *("name", "provider", "consumer", "other_party", "standard", "direction", "status", "live_on", "retired_on"),
        *("replaces_manual_step", "once_only_items"),
    ),
}
KEPT = ("uid", "ref")  # to find what belongs together; a public paper prints neither
COUNTS = ("numerator", "denominator", "n", "units", "events", *(f"count_{mark}" for mark in range(1, 6)))
LINKS = ("pilot", "metric")  # what belongs to something that is not published is not published either
OWN_VISIBILITY = ("measurement", "gate")  # published with the metric or pilot that they belong to

NOT_PUBLIC, SMALL, NOT_FINAL, NOT_VERIFIED = "not public", "small numbers", "not final", "not verified"


class Withheld(NamedTuple):
    """A record that a public paper leaves out, and why: for those who run the programme, never for the paper."""

    kind: str
    ref: str
    why: str


class Public(NamedTuple):
    """Stripped copies of what may be shown, by register, and what was withheld.

    ``hushed`` are the uids of metrics of which a measurement stays behind for its small numbers.
    """

    records: Mapping[str, list[Any]]
    withheld: tuple[Withheld, ...]
    hushed: frozenset[str] = frozenset()


def _is_win(win: Win, _: int) -> str:
    if not win.publishable:
        return NOT_PUBLIC
    return "" if win.verified_by else NOT_VERIFIED


def _is_measurement(measurement: Measurement, threshold: int) -> str:
    if measurement.status == "provisional":
        return NOT_FINAL
    return SMALL if any(0 < count < threshold for count in counts_of(measurement)) else ""


def _is_gate(gate: Gate, _: int) -> str:
    return NOT_FINAL if gate.outcome == "pending" else ""


def _is_decision(decision: Decision, _: int) -> str:
    return "" if decision.status == "taken" else NOT_FINAL


RULES: Mapping[str, Callable[[Any, int], str]] = {
    "win": _is_win,
    "measurement": _is_measurement,
    "gate": _is_gate,
    "decision": _is_decision,
}


def counts_of(measurement: Measurement) -> list[int]:
    """Return the counts of cases in a measurement, those that can be worked out from it among them."""
    found = [getattr(measurement, name) for name in COUNTS]
    if measurement.numerator is not None and measurement.denominator is not None:
        found.append(measurement.denominator - measurement.numerator)
    return [count for count in found if count is not None]


def publishable(position: Day, threshold: int) -> Public:
    """Return what of a position may be published; counts of 1 up to below ``threshold`` stay behind."""
    shown: dict[str, list[Entity]] = {}
    uids: set[str] = set()
    withheld: list[Withheld] = []
    hushed: set[str] = set()
    for kind in ALLOWED:
        links = [name for name in LINKS if name in entity(kind).fields()]
        for record in position.all(entity(kind)):
            why = _why_not(record, kind, threshold)
            if not why and any(getattr(record, link) not in {None, *uids} for link in links):
                why = NOT_PUBLIC
            if why:
                withheld.append(Withheld(kind, record.ref, why))
                hushed.update([getattr(record, "metric", "")] if why == SMALL else [])
                continue
            uids.add(record.uid)
            shown.setdefault(kind, []).append(stripped(record))
    return Public(shown, (*withheld, *_never(position)), frozenset(hushed))


def _why_not(record: Any, kind: str, threshold: int) -> str:
    own = record.visibility == "public" or kind in OWN_VISIBILITY
    if not own or record.sensitivity:
        return NOT_PUBLIC
    rule = RULES.get(kind)
    return rule(record, threshold) if rule else ""


def _never(position: Day) -> list[Withheld]:
    """Return the records of registers that a public paper never shows, though they were marked public."""
    return [
        Withheld(kind, record.ref, NOT_PUBLIC)
        for kind in ENTITIES
        if kind not in ALLOWED
        for record in position.all(entity(kind))
        if record.visibility == "public"
    ]


def stripped(record: Entity) -> Entity:
    """Return a copy of a record that holds nothing but the fields that may be published."""
    allowed = ALLOWED[record.kind]
    values: dict[str, Any] = {name: getattr(record, name) for name in KEPT}
    for name, field in record.fields().items():
        values[name] = getattr(record, name) if name in allowed else () if field.kind == "list" else None
    return type(record)(**values)


def small(count: int, threshold: int) -> str:
    """Return a count as it may be published: nought stays nought, a small one is ``<10``."""
    return f"<{threshold}" if 0 < count < threshold else f"{count:,}"


def hidden_cells(rows: Iterable[Iterable[int | None]], threshold: int) -> set[tuple[int, int]]:
    """Return the cells (row, column) of a table of counts that stay behind, so that no total gives one away.

    Where one cell alone is hidden in a row or a column, the smallest other one above nought is hidden too.
    """
    table = [list(row) for row in rows]
    hidden = {
        (r, c)
        for r, row in enumerate(table)
        for c, count in enumerate(row)
        if count is not None and 0 < count < threshold
    }
    while True:
        lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(table)]
        lines += [
            [(r, c) for r in range(len(table)) if c < len(table[r])] for c in range(max(map(len, table), default=0))
        ]
        more = {cell for line in lines if (cell := _second(table, line, hidden)) is not None}
        if not more - hidden:
            return hidden
        hidden |= more


def _second(table: list[list[int | None]], line: list[tuple[int, int]], hidden: set[tuple[int, int]]) -> Any:
    if sum(cell in hidden for cell in line) != 1:
        return None
    others = [(table[r][c], (r, c)) for r, c in line if (r, c) not in hidden and table[r][c]]
    return min(others)[1] if others else None


def summed_up(withheld: Iterable[Withheld]) -> str:
    """Return how much was withheld, as a public paper says it; empty for nothing."""
    some = list(withheld)
    if not some:
        return ""
    numbers = sum(one.why == SMALL for one in some)
    noun = "record" if len(some) == 1 else "records"
    return f"{len(some):,} {noun} withheld: {numbers:,} for small numbers, {len(some) - numbers:,} not for publication."
