"""Rules that need the calendar, the acting person or other records; the others stand in the entities."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from tracker.entities import Entity, entity
from tracker.errors import Problem
from tracker.fields import PAST
from tracker.storage.rows import link, scale_and_last_rating
from tracker.storage.store import Acting, Store

SCALES = {
    "rag3": ("green", "amber", "red", "not_rated"),
    "rag5": ("green", "amber_green", "amber", "amber_red", "red", "not_rated"),
    "dta5": ("green", "amber_green", "amber", "amber_red", "red", "not_rated"),
}

Values = dict[str, Any]
Found = tuple[Values, list[Problem], list[str]]
Guard = Callable[[Store, Values, Values | None, Acting], tuple[list[Problem], list[str]]]  # problems, notes


def guard(store: Store, kind: str, values: Values, before: Values | None, by: Acting) -> Found:
    """Return the values completed, what is wrong with them, and what the user should know; nothing is written."""
    which = entity(kind)
    problems = [
        Problem(field.name, "guard.field", f"{field.label} ({values[field.name]}) is later than today ({by.today}).")
        for field in which.stored()
        if PAST in field.flags and values.get(field.name) is not None and values[field.name] > by.today
    ]
    notes = []
    happened = values.get(which.date_field) if which.date_field else None
    late = (by.today - happened).days if before is None and happened is not None else 0
    if late > 0 and which.late_entry and late > setting(store, "late_entry_days"):
        notes.append(f"Recorded {late} days after it happened; papers will call it a late entry.")
    if kind in _GUARDS:
        module, _, name = _GUARDS[kind].partition(":")
        check: Guard = getattr(import_module(module), name)
        more, said = check(store, values, before, by)
        problems += more
        notes += said
    return values, problems, notes


def guard_removal(store: Store, kind: str, uid: str) -> None:
    """Raise TrackerError when a record may not be taken away, nor brought back, for what it belongs to."""
    if "guards.boards:" in _GUARDS.get(kind, ""):
        from tracker.services.guards.boards import hold_open

        hold_open(store, kind, uid)


def setting(store: Store, name: str) -> int:
    """Return a figure of the programme; read only when a rule comes near it, since reading takes time."""
    from tracker.services.settings import read_settings

    figure: int = getattr(read_settings(store), name)
    return figure


def choices_now(store: Store, kind: str) -> dict[str, tuple[str, ...]]:
    """Return, by field, the choices that this programme allows where they are fewer than all."""
    if kind != "confidence":
        return {}
    scale, _ = scale_and_last_rating(store, None, "reported", "overall", "")
    return {"rating": SCALES[scale]}


def links_that_do_not_hold(store: Store, which: type[Entity], values: Values) -> list[Problem]:
    """Return a problem for each reference to a record that does not exist."""
    return [
        Problem(field.name, "links_that_do_not_hold.field", f"{field.label} refers to a record that does not exist.")
        for field in which.stored()
        if field.target and values.get(field.name) and link(store, field.target, values[field.name]) is None
    ]


# Where the rules of a register are; each is loaded when a record of its kind is saved.
_GUARDS: dict[str, str] = {
    "programme": "tracker.services.guards.delivery:programme",
    "confidence": "tracker.services.guards.delivery:confidence",
    "win": "tracker.services.guards.delivery:win",
    "iteration": "tracker.services.guards.delivery:iteration",
    "session": "tracker.services.guards.delivery:session",
    "attendance": "tracker.services.guards.delivery:attendance",
    "risk": "tracker.services.guards.delivery:risk",
    "pilot": "tracker.services.guards.gates:pilot",
    "gate": "tracker.services.guards.gates:gate",
    "criterion": "tracker.services.guards.gates:criterion",
    "condition": "tracker.services.guards.gates:condition",
    "compliance": "tracker.services.guards.gates:compliance",
    "metric": "tracker.services.guards.metrics:metric",
    "measurement": "tracker.services.guards.metrics:measurement",
    "service": "tracker.services.guards.services_and_journeys:service",
    "journey": "tracker.services.guards.services_and_journeys:journey",
    "step": "tracker.services.guards.services_and_journeys:step",
    "integration": "tracker.services.guards.services_and_journeys:integration",
    "evaluation": "tracker.services.guards.services_and_journeys:evaluation",
    "decision": "tracker.services.guards.boards:decision",
    "issue": "tracker.services.guards.services_and_journeys:issue",
    "feedback": "tracker.services.guards.services_and_journeys:feedback",
    **{
        kind: f"tracker.services.guards.boards:{kind}"
        for kind in ("board", "item", "attendee", "correction", "acceptance", "snapshot", "action")
    },
}
