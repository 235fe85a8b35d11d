"""What the first screen shows: pilots, what is due, the gravest risks and the newest wins, in a few statements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.entities import Pilot, Risk
from tracker.fields import humanise
from tracker.rules.late import Deadline, tally
from tracker.rules.risk import band, score, top
from tracker.rules.settings import Settings
from tracker.services.late import DAYS_AHEAD, late_and_due, people_named
from tracker.services.settings import read_settings
from tracker.storage import Condition, Link, Query, Store
from tracker.storage.queries import rows

DUE_SHOWN = 200
TOP_RISKS = 5
NEWEST_WINS = 5
NOT_ASSESSED = "Not assessed"


class PilotLine(NamedTuple):
    """A pilot: its phase, the newest reported confidence, since when it has been so, and the decision on it."""

    uid: str
    ref: str
    name: str
    phase: str
    rating: str | None
    since: date | None
    decision_due: date | None
    lead: str
    decision_late: bool


class Due(NamedTuple):
    """Something to be done by a day, of whichever register: what it is, of which record, and who answers for it."""

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
    first 200 of them. ``apart`` counts what is late of pilots that have ended or were removed, ``parts`` says of what
    kinds the late ones are.
    """

    programme: str
    today: date
    pilots: tuple[PilotLine, ...]
    due: tuple[Due, ...]
    late: int
    soon: int
    apart: int
    parts: str
    risks: tuple[RiskLine, ...]
    live_risks: int
    wins: tuple[WinLine, ...]


def overview(store: Store, today: date) -> Overview:
    """Return what the first screen shows on a day; at most eight statements, whatever the file holds."""
    named = rows(store, Query("programme", limit=1), ["name"])
    settings = read_settings(store)
    result = late_and_due(store, today, DAYS_AHEAD)
    pilots, risks = _pilots(store, result.late), _live_risks(store)
    names = people_named(store)
    lines = [*result.late, *result.due][:DUE_SHOWN]
    newest = Query("win", sort=(("event_date", True), ("uid", True)), limit=NEWEST_WINS)
    return Overview(
        named[0][2] if named else "",
        today,
        tuple(pilots),
        tuple(_due(deadline, names) for deadline in lines),
        len(result.late),
        len(result.due),
        len(result.apart),
        tally(result.late),
        tuple(_risk_line(risk, settings) for risk in top(risks, settings, TOP_RISKS)),
        len(risks),
        tuple(WinLine(*row) for row in rows(store, newest, ("title", "event_date"))),
    )


def _name(name: object) -> str:
    return (name.name or name.ref) if isinstance(name, Link) else ""


def _pilots(store: Store, late: Iterable[Deadline]) -> list[PilotLine]:
    since = _since(store)
    undecided = {deadline.uid for deadline in late if (deadline.kind, deadline.field) == (Pilot.kind, "decision_due")}
    names = ("name", "phase", "rating", "decision_due", "delivery_lead")
    return [
        PilotLine(uid, ref, name, phase, rating, since.get(uid), due, _name(lead), uid in undecided)
        for uid, ref, name, phase, rating, due, lead in rows(store, Query("pilot"), names)
    ]


# The worst first; what nobody has judged stands above what is green.
WORST_FIRST = ("red", "amber_red", "amber", "not_enough", "not_rated", "amber_green", "green")


def worst_first(pilots: Sequence[PilotLine], evidence: Mapping[str, str]) -> list[PilotLine]:
    """Return the pilots by the worse of what is reported and what the evidence says (by uid), the worst first.

    Those that have ended come last. Of equals the order stays.
    """

    def rank(pilot: PilotLine) -> tuple[bool, int]:
        levels = (pilot.rating or "not_rated", evidence.get(pilot.uid, "green"))
        return pilot.phase in Pilot.ended_states, min(map(WORST_FIRST.index, levels))

    return sorted(pilots, key=rank)


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


def _due(deadline: Deadline, names: Mapping[str, str]) -> Due:
    who = names.get(deadline.owner or "", deadline.role)
    return Due(deadline.kind, deadline.uid, deadline.ref, deadline.what, deadline.title, who, deadline.day)


def _live_risks(store: Store) -> list[Risk]:
    """Return the risks that are drafts or open, with what rules and lists ask of them; owners are links."""
    names = ("title", "status", "risk_kind", "category", "owner", "likelihood", "impact")
    conditions = tuple(
        Condition("status", "!=", choice)
        for choice in Risk.fields()["status"].choices
        if choice not in Risk.open_states
    )
    risk_rows = rows(store, Query("risk", conditions), names)
    return [Risk(**dict(zip(("uid", "ref", *names), row, strict=True))) for row in risk_rows]


def _risk_line(risk: Risk, settings: Settings) -> RiskLine:
    points = score(risk)
    word = NOT_ASSESSED if points is None else humanise(band(points, settings))
    return RiskLine(risk.uid, risk.ref, risk.title, points, word, _name(risk.owner))
