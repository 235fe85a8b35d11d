"""Rules that need the calendar, the acting person or other records; the others stand in the entities."""

from collections.abc import Callable
from typing import Any

from tracker.entities import Entity, entity
from tracker.errors import Problem
from tracker.fields import PAST, humanise
from tracker.storage.rows import has_programme, link, next_iteration_number, scale_and_last_rating
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
        Problem(field.name, f"{field.label} ({values[field.name]}) is later than today ({by.today}).")
        for field in which.stored()
        if PAST in field.flags and values.get(field.name) is not None and values[field.name] > by.today
    ]
    notes = []
    happened = values.get(which.date_field) if which.date_field else None
    late = (by.today - happened).days if before is None and happened is not None else 0
    if late > 0 and late > _setting(store, "late_entry_days"):
        notes.append(f"Recorded {late} days after it happened; papers will call it a late entry.")
    if kind in _GUARDS:
        more, said = _GUARDS[kind](store, values, before, by)
        problems += more
        notes += said
    return values, problems, notes


def _setting(store: Store, name: str) -> int:
    """Return a figure of the programme; read only when a rule comes near it, since reading takes time."""
    from tracker.services.settings import read_settings

    return read_settings(store).number(name)


def choices_now(store: Store, kind: str) -> dict[str, tuple[str, ...]]:
    """Return, by field, the choices that this programme allows where they are fewer than all."""
    if kind != "confidence":
        return {}
    scale, _ = scale_and_last_rating(store, None, "reported", "overall", "")
    return {"rating": SCALES[scale]}


def links_that_do_not_hold(store: Store, which: type[Entity], values: Values) -> list[Problem]:
    """Return a problem for each reference to a record that does not exist."""
    return [
        Problem(field.name, f"{field.label} refers to a record that does not exist.")
        for field in which.stored()
        if field.target and values.get(field.name) and link(store, field.target, values[field.name]) is None
    ]


def _programme(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    if before is None and has_programme(store):
        return [Problem("", "There is one programme in each file. Make another file with “tracker init”.")], []
    return [], []


def _confidence(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    if not values.get("by"):
        values["by"] = by.person
    day = str(values.get("as_of") or by.today)
    kind, dimension = str(values.get("rating_kind")), str(values.get("dimension"))
    scale_name, last = scale_and_last_rating(store, values.get("pilot"), kind, dimension, day)
    scale = SCALES[scale_name]
    problems = []
    if values.get("rating") and values["rating"] not in scale:
        problems.append(
            Problem(
                "rating", f"{humanise(values['rating'])} is not on this programme's scale: choose {', '.join(scale)}."
            )
        )
    elif values.get("rating") and not values.get("narrative") and last not in (None, values["rating"]):
        told = f"from {humanise(last).lower()} to {humanise(str(values.get('rating'))).lower()}"
        problems.append(
            Problem("narrative", f"The rating changes {told}: say why in Narrative (20 to 600 characters).")
        )
    return problems, []


def _win(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    author = before.get("created_by") if before else by.person
    if values.get("verified_by") and values["verified_by"] == author:
        return [Problem("verified_by", "A win is verified by somebody other than the person who recorded it.")], []
    return [], []


def _iteration(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    if values.get("number") is None and values.get("pilot"):
        values["number"] = next_iteration_number(store, values["pilot"])
    start, end = values.get("start"), values.get("end")
    days = (end - start).days if start and end else 0
    if days > 0 and days > (most := _setting(store, "long_iteration_days")):
        return [], [f"This iteration lasts {days} days; more than {most} is long."]
    return [], []


def _session(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    day = values.get("starts_on")
    if values.get("status") == "held" and day and day > by.today:
        return [Problem("starts_on", f"A session cannot be held on a day to come ({day}); leave it planned.")], []
    return [], []


def _attendance(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    booked, present = values.get("booked"), values.get("present")
    if booked is not None and present is not None and present > booked:
        return [], [f"More people were present ({present}) than booked ({booked}); that is fine if it is so."]
    return [], []


def _risk(store: Store, values: Values, before: Values | None, by: Acting) -> tuple[list[Problem], list[str]]:
    pairs = (
        ("likelihood", "impact"),
        ("target_likelihood", "target_impact"),
        ("inherent_likelihood", "inherent_impact"),
    )
    labels = entity("risk").labels()
    problems = [
        Problem(other, f"{labels[one]} and {labels[other].lower()} go together: give both.")
        for pair in pairs
        for one, other in (pair, pair[::-1])
        if values.get(one) is not None and values.get(other) is None
    ]
    needs_current = any(values.get(name) is not None for pair in pairs[1:] for name in pair)
    if needs_current and values.get("likelihood") is None and values.get("impact") is None:
        problems.append(Problem("likelihood", "Likelihood and impact as they are now are needed with the others."))
    elif before and before.get("likelihood") is not None and values.get("likelihood") is values.get("impact") is None:
        problems.append(Problem("likelihood", "A risk stays assessed; remove the assessment if it was a mistake."))
    notes = []
    if before is None and values.get("status") == "draft":
        notes.append("It is a draft until cause, event and consequence are filled in.")
    return problems, notes


_GUARDS: dict[str, Guard] = {
    "programme": _programme,
    "confidence": _confidence,
    "win": _win,
    "iteration": _iteration,
    "session": _session,
    "attendance": _attendance,
    "risk": _risk,
}
