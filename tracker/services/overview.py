"""What the first screen shows: pilots, what is due, the gravest risks and the newest wins, in a few statements."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from tracker.fields import rating_text
from tracker.storage.queries import Condition, Link, Query, rows
from tracker.storage.store import Store

DAYS_AHEAD = 28
MOST_ACTIONS = 500
TOP_RISKS = 5
NEWEST_WINS = 5
BANDS = ((20, "Very high"), (13, "High"), (6, "Medium"), (1, "Low"))
REVIEW_AFTER_DAYS = {"Very high": 14, "High": 30, "Medium": 60, "Low": 90}


class PilotLine(NamedTuple):
    """A pilot: its phase, the newest reported confidence and the day since when it has been so."""

    uid: str
    ref: str
    name: str
    phase: str
    rating: str | None
    since: date | None
    decision_due: date | None
    lead: str


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
    """The programme on a day; lists are in the order in which they are shown."""

    programme: str
    today: date
    pilots: tuple[PilotLine, ...]
    due: tuple[Due, ...]
    risks: tuple[RiskLine, ...]
    open_risks: int
    wins: tuple[WinLine, ...]


def band(score: int | None) -> str:
    """Return the word for a risk score of 1 to 25; a risk without one is not assessed, which is not low."""
    if score is None:
        return "Not assessed"
    return next(word for least, word in BANDS if score >= least)


def reported(rating: str | None, since: date | None) -> str:
    """Return a rating as people read it, with the day since when it holds."""
    return rating_text(rating) + (f" since {since}" if since else "")


def overview(store: Store, today: date) -> Overview:
    """Return what the first screen shows on a day; at most seven statements, whatever the file holds."""
    named = rows(store, Query("programme", limit=1), ["name"])
    pilots = _pilots(store)
    risks = _open_risks(store)
    due = [*_actions(store, today), *_decisions(pilots, today), *_sessions(store, today), *_reviews(risks, today)]
    wins = rows(store, Query("win", sort=(("event_date", True), ("uid", True)), limit=NEWEST_WINS), _WIN)
    return Overview(
        named[0][2] if named else "",
        today,
        tuple(pilots),
        tuple(sorted(due, key=lambda thing: (thing.day, thing.label, thing.ref))),
        tuple(RiskLine(u, ref, title, score, band(score), _name(who)) for u, ref, title, score, who, *_ in risks)[
            :TOP_RISKS
        ],
        len(risks),
        tuple(WinLine(*row) for row in wins),
    )


_WIN = ("title", "event_date")


def _name(who: Link | None) -> str:
    return (who.name or who.ref) if who else ""


def _pilots(store: Store) -> list[PilotLine]:
    since = _since(store)
    names = ("name", "phase", "rating", "decision_due", "delivery_lead")
    return [
        PilotLine(uid, ref, name, phase, rating, since.get(uid), due, _name(lead))
        for uid, ref, name, phase, rating, due, lead in rows(store, Query("pilot"), names)
    ]


def _since(store: Store) -> dict[str, date]:
    """Return, by pilot, the first day of the newest run of equal ratings."""
    only = (Condition("rating_kind", "=", "reported"), Condition("dimension", "=", "overall"))
    reports = rows(store, Query("confidence", only, sort=(("as_of", False),)), ("pilot", "rating", "as_of"))
    rating: dict[str, str] = {}
    since: dict[str, date] = {}
    for _, _, pilot, given, day in reports:
        if pilot is not None and rating.get(pilot.uid) != given:
            rating[pilot.uid], since[pilot.uid] = given, day
    return since


def _actions(store: Store, today: date) -> list[Due]:
    until = (today + timedelta(DAYS_AHEAD)).isoformat()
    where = (Condition("status", "!=", "done"), Condition("status", "!=", "dropped"), Condition("due", "<=", until))
    query = Query("action", where, sort=(("due", False),), limit=MOST_ACTIONS)
    return [
        Due("action", uid, ref, "Action", text, _name(owner), due)
        for uid, ref, text, owner, due in rows(store, query, ("text", "owner", "due"))
    ]


def _decisions(pilots: list[PilotLine], today: date) -> list[Due]:
    until = today + timedelta(DAYS_AHEAD)
    return [
        Due("pilot", pilot.uid, pilot.ref, "Decision", pilot.name, pilot.lead, pilot.decision_due)
        for pilot in pilots
        if pilot.decision_due and pilot.decision_due <= until and pilot.phase != "stopped"
    ]


def _sessions(store: Store, today: date) -> list[Due]:
    where = (
        Condition("status", "=", "planned"),
        Condition("starts_on", ">=", today.isoformat()),
        Condition("starts_on", "<=", (today + timedelta(DAYS_AHEAD)).isoformat()),
    )
    query = Query("session", where, sort=(("starts_on", False),), limit=MOST_ACTIONS)
    return [
        Due("session", uid, ref, "Training", title, trainer or "", day)
        for uid, ref, title, trainer, day in rows(store, query, ("title", "trainer", "starts_on"))
    ]


def _open_risks(store: Store) -> list[tuple[Any, ...]]:
    """Return every open risk, the gravest first."""
    where = (Condition("status", "!=", "closed"), Condition("status", "!=", "became_issue"))
    names = ("title", "score", "owner", "next_review_on", "assessed_on", "raised_on")
    return rows(store, Query("risk", where, sort=(("score", True),)), names)


def _reviews(risks: list[tuple[Any, ...]], today: date) -> list[Due]:
    found = []
    for uid, ref, title, score, owner, planned, assessed, raised in risks:
        day = planned or (assessed or raised) + timedelta(REVIEW_AFTER_DAYS.get(band(score), 0))
        if day <= today + timedelta(DAYS_AHEAD):
            found.append(Due("risk", uid, ref, "Risk review", title, _name(owner), day))
    return found
