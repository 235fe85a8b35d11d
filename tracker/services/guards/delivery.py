"""Rules of single registers that need the calendar, the acting person or other records."""

from typing import Any

from tracker.entities import entity
from tracker.errors import Problem
from tracker.fields import humanise
from tracker.services.guards.guard import SCALES, setting
from tracker.storage.rows import has_programme, next_iteration_number, scale_and_last_rating
from tracker.storage.store import Acting, Store

Values = dict[str, Any]
Said = tuple[list[Problem], list[str]]  # problems, notes


def programme(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that a file has one programme."""
    if before is None and has_programme(store):
        return [
            Problem(
                "", "programme.record", "There is one programme in each file. Make another file with “tracker init”."
            )
        ], []
    return [], []


def confidence(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a rating to the scale, to its narrative, and to the evidence."""
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
                "rating",
                "confidence.rating",
                f"{humanise(values['rating'])} is not on this programme's scale: choose {', '.join(scale)}.",
            )
        )
    elif values.get("rating") and not values.get("narrative") and last not in (None, values["rating"]):
        told = f"from {humanise(last).lower()} to {humanise(str(values.get('rating'))).lower()}"
        problems.append(
            Problem(
                "narrative",
                "confidence.narrative",
                f"The rating changes {told}: say why in Narrative (20 to 600 characters).",
            )
        )
    if before is not None or not _about_a_pilot(values):
        return problems, []
    from tracker.services.guards.judging import keep_evidence

    more, notes = keep_evidence(store, values, by.today)
    return problems + more, notes


def _about_a_pilot(values: Values) -> bool:
    """Return whether the report is what the team says of a pilot as a whole: assurance judges for itself."""
    ours = values.get("rating_kind") == "reported" and values.get("dimension") == "overall"
    return bool(ours and values.get("pilot") and values.get("rating"))


def win(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that a win is verified by somebody else."""
    author = before.get("created_by") if before else by.person
    if values.get("verified_by") and values["verified_by"] == author:
        return [
            Problem(
                "verified_by", "win.verified_by", "A win is verified by somebody other than the person who recorded it."
            )
        ], []
    return [], []


def iteration(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Give an iteration its number, and say when it is long."""
    if values.get("number") is None and values.get("pilot"):
        values["number"] = next_iteration_number(store, values["pilot"])
    start, end = values.get("start"), values.get("end")
    days = (end - start).days if start and end else 0
    if days > 0 and days > (most := setting(store, "long_iteration_days")):
        return [], [f"This iteration lasts {days} days; more than {most} is long."]
    return [], []


def session(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that a session was held on a day that has been."""
    day = values.get("starts_on")
    if values.get("status") == "held" and day and day > by.today:
        return [
            Problem(
                "starts_on",
                "session.starts_on",
                f"A session cannot be held on a day to come ({day}); leave it planned.",
            )
        ], []
    return [], []


def attendance(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Say when more were present than booked."""
    booked, present = values.get("booked"), values.get("present")
    if booked is not None and present is not None and present > booked:
        return [], [f"More people were present ({present}) than booked ({booked}); that is fine if it is so."]
    return [], []


def risk(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that likelihood and impact go together."""
    pairs = (
        ("likelihood", "impact"),
        ("target_likelihood", "target_impact"),
        ("inherent_likelihood", "inherent_impact"),
    )
    labels = entity("risk").labels()
    problems = [
        Problem(other, "risk.other", f"{labels[one]} and {labels[other].lower()} go together: give both.")
        for pair in pairs
        for one, other in (pair, pair[::-1])
        if values.get(one) is not None and values.get(other) is None
    ]
    needs_current = any(values.get(name) is not None for pair in pairs[1:] for name in pair)
    if needs_current and values.get("likelihood") is None and values.get("impact") is None:
        problems.append(
            Problem(
                "likelihood", "risk.likelihood", "Likelihood and impact as they are now are needed with the others."
            )
        )
    elif before and before.get("likelihood") is not None and values.get("likelihood") is values.get("impact") is None:
        problems.append(
            Problem(
                "likelihood", "risk.likelihood", "A risk stays assessed; remove the assessment if it was a mistake."
            )
        )
    notes = []
    if before is None and values.get("status") == "draft":
        notes.append("It is a draft until cause, event and consequence are filled in.")
    return problems, notes
