"""What the first screen shows: pilots, what is due, the gravest risks and the newest wins, in a few statements."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import Pilot, Risk
from tracker.fields import humanise
from tracker.rules.risk import band, next_review, review_is_set, score, top
from tracker.rules.settings import Settings
from tracker.rules.wording import listed, optional
from tracker.services.records.people import parted
from tracker.services.settings import read_settings
from tracker.storage import Condition, Link, Query, Store
from tracker.storage.queries import rows

DAYS_AHEAD = 28
DUE_SHOWN = 200
TOP_RISKS = 5
NEWEST_WINS = 5
NOT_ASSESSED = "Not assessed"
ENDED = {"retirement": "retired"}


class PilotLine(NamedTuple):
    """A pilot: its phase, the newest reported confidence, since when it has been so, and whether the pilot is over."""

    uid: str
    ref: str
    name: str
    phase: str | None
    rating: str | None
    since: date | None
    decision_due: date | None
    lead: str
    ended: bool = False


class Due(NamedTuple):
    """Something to be done by a day: an action, a decision, a training session or the review of a risk."""

    kind: str
    uid: str
    ref: str
    label: str
    what: str
    who: str
    day: date


class RiskLine(NamedTuple):
    """An open risk with its score (likelihood × impact; None: not assessed) and the word for it."""

    uid: str
    ref: str
    title: str
    score: int | None
    band: str
    owner: str


class WinLine(NamedTuple):
    """A small win and the day it happened."""

    uid: str
    ref: str
    title: str
    day: date


class Overview(NamedTuple):
    """The programme on a day; lists are in the order in which they are shown.

    ``late`` and ``soon`` count everything due before today, and from today for DAYS_AHEAD days; ``due`` holds the
    first 200 of them. ``apart`` says which risks do not count since their pilots are ended_pilots; empty where all do.
    """

    programme: str
    today: date
    pilots: tuple[PilotLine, ...]
    due: tuple[Due, ...]
    late: int
    soon: int
    risks: tuple[RiskLine, ...]
    live_risks: int
    wins: tuple[WinLine, ...]
    apart: str = ""


def overview(store: Store, today: date) -> Overview:
    """Return what the first screen shows on a day; at most ten statements, whatever the file holds."""
    named = rows(store, Query("programme", limit=1), ["name"])
    settings = read_settings(store)
    pilots, ended_pilots = _pilots(store, today), _without_ground(store)
    risks, apart = _with_ground(_live_risks(store), ended_pilots)
    marks = {person.uid: mark for person, mark in parted(store, today).items()}
    due = [
        *_actions(store, today, ended_pilots),
        *_decisions(pilots, today),
        *_sessions(store, today),
        *_reviews(risks, settings, today),
    ]
    due.sort(key=lambda entry: (entry.day, entry.label, entry.ref))
    late = sum(entry.day < today for entry in due)
    newest = Query("win", sort=(("event_date", True), ("uid", True)), limit=NEWEST_WINS)
    return Overview(
        named[0][2] if named else "",
        today,
        tuple(pilots),
        tuple(due[:DUE_SHOWN]),
        late,
        len(due) - late,
        tuple(_risk_line(risk, settings, marks) for risk in top(risks, settings, TOP_RISKS)),
        len(risks),
        tuple(WinLine(*row) for row in rows(store, newest, ("title", "event_date"))),
        apart,
    )


def _name(name: object) -> str:
    return (name.name or name.ref) if isinstance(name, Link) else ""


def _pilots(store: Store, today: date) -> list[PilotLine]:
    since = _since(store)
    names = ("name", "phase", "rating", "decision_due", "delivery_lead", "outcome", "actual_end")
    return [
        PilotLine(
            uid, ref, name, phase, rating, since.get(uid), due, _name(lead), _ended(phase, outcome, actual_end, today)
        )
        for uid, ref, name, phase, rating, due, lead, outcome, actual_end in rows(store, Query("pilot"), names)
    ]


def _ended(phase: str | None, outcome: str, actual_end: date | None, today: date) -> bool:
    return Pilot.holding({"phase": phase, "outcome": outcome, "actual_end": actual_end}).ended_by(today)


def _since(store: Store) -> dict[str, date]:
    """Return, by pilot, the first day of the newest run of equal ratings."""
    only = (Condition("rating_kind", "=", "reported"), Condition("dimension", "=", "overall"))
    reports = rows(store, Query("confidence", only, sort=(("as_of", False),)), ("pilot", "rating", "as_of"))
    ratings: dict[str, str] = {}
    since: dict[str, date] = {}
    for _, _, pilot, rating, day in reports:
        if pilot is not None and ratings.get(pilot.uid) != rating:
            ratings[pilot.uid] = rating
            since[pilot.uid] = day
    return since


def _without_ground(store: Store) -> dict[str, str]:
    """Return what became of each pilot that was removed or has ended, with its ref, by uid: ``removed P-06``."""
    words: dict[str, str] = {}
    for is_removed in (False, True):
        for uid, ref, phase in rows(store, Query("pilot", deleted=is_removed), ["phase"]):
            if is_removed or phase in Pilot.given_up_states:
                words[uid] = f"{(ENDED.get(phase, phase), 'removed')[is_removed]} {ref}"
    return words


def _with_ground(risks: list[Risk], ended_pilots: dict[str, str]) -> tuple[list[Risk], str]:
    """Return the risks whose pilots go on, and a sentence on the others."""
    by_ground = Counter(ended_pilots[_uid(risk.pilot)] for risk in risks if _uid(risk.pilot) in ended_pilots)
    parts = [f"{number:,} of {ground}" for ground, number in by_ground.items()]
    standing = [risk for risk in risks if _uid(risk.pilot) not in ended_pilots]
    return standing, optional("", listed(parts), " not counted")


def _uid(link: object) -> str:
    return getattr(link, "uid", "")


def _actions(store: Store, today: date, ended_pilots: dict[str, str]) -> list[Due]:
    until = (today + timedelta(DAYS_AHEAD)).isoformat()
    conditions = (
        Condition("status", "!=", "done"),
        Condition("status", "!=", "dropped"),
        Condition("due", "<=", until),
    )
    query = Query("action", conditions, sort=(("due", False),))
    return [
        Due("action", uid, ref, "Action", text, _name(owner), due)
        for uid, ref, text, owner, due, pilot in rows(store, query, ("text", "owner", "due", "pilot"))
        if _uid(pilot) not in ended_pilots
    ]


def _decisions(pilots: list[PilotLine], today: date) -> list[Due]:
    until = today + timedelta(DAYS_AHEAD)
    return [
        Due("pilot", pilot.uid, pilot.ref, "Decision", pilot.name, pilot.lead, pilot.decision_due)
        for pilot in pilots
        if pilot.decision_due and pilot.decision_due <= until and not pilot.ended
    ]


def _sessions(store: Store, today: date) -> list[Due]:
    conditions = (
        Condition("status", "=", "planned"),
        Condition("starts_on", ">=", today.isoformat()),
        Condition("starts_on", "<=", (today + timedelta(DAYS_AHEAD)).isoformat()),
    )
    query = Query("session", conditions, sort=(("starts_on", False),))
    return [
        Due("session", uid, ref, "Training", title, trainer or "", day)
        for uid, ref, title, trainer, day in rows(store, query, ("title", "trainer", "starts_on"))
    ]


def _live_risks(store: Store) -> list[Risk]:
    """Return the risks that are drafts or open, with what rules and lists ask of them; owners are links."""
    names = ("title", "status", "risk_kind", "category", "owner", "pilot", "likelihood", "impact")
    dates = ("next_review_on", "assessed_on", "raised_on")
    conditions = tuple(
        Condition("status", "!=", choice)
        for choice in Risk.fields()["status"].choices
        if choice not in Risk.open_states
    )
    risk_rows = rows(store, Query("risk", conditions), names + dates)
    return [Risk(**dict(zip(("uid", "ref", *names, *dates), row, strict=True))) for row in risk_rows]


def _risk_line(risk: Risk, settings: Settings, marks: dict[str, str]) -> RiskLine:
    points = score(risk)
    word = NOT_ASSESSED if points is None else humanise(band(points, settings))
    owner = _name(risk.owner) + optional(" (", marks.get(_uid(risk.owner)), ")")
    return RiskLine(risk.uid, risk.ref, risk.title, points, word, owner)


def _reviews(risks: list[Risk], settings: Settings, today: date) -> list[Due]:
    until = today + timedelta(DAYS_AHEAD)
    planned = [(next_review(risk, settings), risk) for risk in risks]
    return [
        Due("risk", risk.uid, risk.ref, "Review", _review(risk), _name(risk.owner), day)
        for day, risk in planned
        if day <= until
    ]


def _review(risk: Risk) -> str:
    """Return what is to be reviewed, and that the day follows from the score where nobody set it."""
    return risk.title if review_is_set(risk) else f"{risk.title} (day by score)"
