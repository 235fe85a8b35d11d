"""What the first screen shows: pilots, what is due, the gravest risks and the newest wins, in a few statements."""

from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import Risk
from tracker.fields import Nothing, humanise
from tracker.ratings import NOT_RATED, Rated, scale_of
from tracker.rules.risk import band, next_review, score, top
from tracker.rules.settings import Settings
from tracker.services.settings import read_settings
from tracker.storage import Condition, Link, Query, Store
from tracker.storage.queries import rows

DAYS_AHEAD = 28
DUE_SHOWN = 200
TOP_RISKS = 5
NEWEST_WINS = 5
NOT_ASSESSED = "Not assessed"


class PilotLine(NamedTuple):
    """A pilot: its phase, the newest reported confidence and the day since when it has been so, and assurance's."""

    uid: str
    ref: str
    name: str
    phase: str
    rating: str | None
    since: date | None
    decision_due: date | None
    lead: str
    assurance: str | None = None


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
    first 200 of them.
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


def overview(store: Store, today: date) -> Overview:
    """Return what the first screen shows on a day; at most eight statements, whatever the file holds."""
    named = rows(store, Query("programme", limit=1), ["name"])
    settings = read_settings(store)
    pilots, risks = _pilots(store), _live_risks(store)
    due = [
        *_actions(store, today),
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
        tuple(_risk_line(risk, settings) for risk in top(risks, settings, TOP_RISKS)),
        len(risks),
        tuple(WinLine(*row) for row in rows(store, newest, ("title", "event_date"))),
    )


def _name(name: object) -> str:
    return (name.name or name.ref) if isinstance(name, Link) else ""


def _pilots(store: Store) -> list[PilotLine]:
    since = _since(store)
    rated_rows = rows(store, Query("pilot"), ("rating", "assurance_rating"), annotated=True)
    ratings = {uid: tuple(map(_rating, rated)) for uid, _, *rated in rated_rows}
    names = ("name", "phase", "decision_due", "delivery_lead")
    return [
        PilotLine(uid, ref, name, phase, ratings[uid][0], since.get(uid), due, _name(lead), ratings[uid][1])
        for uid, ref, name, phase, due, lead in rows(store, Query("pilot"), names)
    ]


def _rating(value: Rated | Nothing | None) -> Rated | None:
    """Return a rating of a list; what is said in place of one is an answer, and no judgement."""
    if isinstance(value, Nothing):
        return Rated(NOT_RATED, "", value.brief, value.words)
    return value


def _since(store: Store) -> dict[str, date]:
    """Return, by pilot, the first day of the newest run of equal ratings on one scale."""
    only = (Condition("rating_kind", "=", "reported"), Condition("dimension", "=", "overall"))
    reports = rows(store, Query("confidence", only, sort=(("as_of", False),)), ("pilot", "rating", "as_of"))
    ratings: dict[str, tuple[str, str]] = {}
    since: dict[str, date] = {}
    for _, _, pilot, rating, day in reports:
        if pilot is not None and ratings.get(pilot.uid) != (rating, scale_of(rating)):
            ratings[pilot.uid] = rating, scale_of(rating)
            since[pilot.uid] = day
    return since


def _actions(store: Store, today: date) -> list[Due]:
    until = (today + timedelta(DAYS_AHEAD)).isoformat()
    conditions = (
        Condition("status", "!=", "done"),
        Condition("status", "!=", "dropped"),
        Condition("due", "<=", until),
    )
    query = Query("action", conditions, sort=(("due", False),))
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
    names = ("title", "status", "risk_kind", "category", "owner", "likelihood", "impact")
    dates = ("next_review_on", "assessed_on", "raised_on")
    conditions = tuple(
        Condition("status", "!=", choice)
        for choice in Risk.fields()["status"].choices
        if choice not in Risk.open_states
    )
    risk_rows = rows(store, Query("risk", conditions), names + dates)
    return [Risk(**dict(zip(("uid", "ref", *names, *dates), row, strict=True))) for row in risk_rows]


def _risk_line(risk: Risk, settings: Settings) -> RiskLine:
    points = score(risk)
    word = NOT_ASSESSED if points is None else humanise(band(points, settings))
    return RiskLine(risk.uid, risk.ref, risk.title, points, word, _name(risk.owner))


def _reviews(risks: list[Risk], settings: Settings, today: date) -> list[Due]:
    until = today + timedelta(DAYS_AHEAD)
    planned = [(next_review(risk, settings), risk) for risk in risks]
    return [
        Due("risk", risk.uid, risk.ref, "Review", risk.title, _name(risk.owner), day)
        for day, risk in planned
        if day <= until
    ]
