"""What the first screen shows: pilots, what is due, the gravest risks and the newest wins, in a few statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.entities import Decision, Entity, Gate, Pilot, Risk
from tracker.entities.base import lost_word
from tracker.fields import Nothing, humanise, latest
from tracker.ratings import NOT_RATED, Rated, is_rated, scale_of
from tracker.rules.boards.next_decision import Coming, decided_by, next_decision
from tracker.rules.late import Deadline, tally
from tracker.rules.risk import band, score, top
from tracker.rules.settings import Settings
from tracker.rules.wording import listed, optional
from tracker.services.late import DAYS_AHEAD, late_and_due, people_marked
from tracker.services.records.people import parted
from tracker.services.settings import read_settings
from tracker.storage import Condition, Link, Query, Store
from tracker.storage.queries import rows

DUE_SHOWN = 200
TOP_RISKS = 5
NEWEST_WINS = 5
NOT_ASSESSED = "Not assessed"
ENDING_FIELDS = ("phase", "outcome", "actual_end")  # of a pilot: what says whether it is over


class PilotLine(NamedTuple):
    """A pilot: its phase, what is reported and since when, the decision on it, assurance's rating, whether it is over.

    ``decision_due`` is the day of whatever decides on it next, a gate among it, as in papers; ``decision_late``: it
    was to be made before today.
    """

    uid: str
    ref: str
    name: str
    phase: str | None
    rating: str | None
    since: date | None
    decision_due: date | Nothing | None
    lead: str
    assurance: str | None = None
    decision_late: bool = False
    ended: bool = False


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
    kinds the late ones are. ``risks_apart`` says which risks do not count since their pilots are over or were removed.
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
    risks_apart: str = ""


def overview(store: Store, today: date) -> Overview:
    """Return what the first screen shows on a day; at most eight statements, whatever the file holds."""
    named = rows(store, Query("programme", limit=1), ["name"])
    settings = read_settings(store)
    result = late_and_due(store, today, DAYS_AHEAD)
    risks, risks_apart = _with_ground(_live_risks(store), _without_ground(store, today))
    marks = {person.uid: mark for person, mark in parted(store, today).items()}
    names = people_marked(store, today)
    lines = [*result.late, *result.due][:DUE_SHOWN]
    newest = Query("win", sort=(("event_date", True), ("uid", True)), limit=NEWEST_WINS)
    return Overview(
        named[0][2] if named else "",
        today,
        tuple(_pilots(store, today)),
        tuple(_due(deadline, names) for deadline in lines),
        len(result.late),
        len(result.due),
        len(result.apart),
        tally(result.late),
        tuple(_risk_line(risk, settings, marks) for risk in top(risks, settings, TOP_RISKS)),
        len(risks),
        tuple(WinLine(*row) for row in rows(store, newest, ("title", "event_date"))),
        risks_apart,
    )


def _name(name: object) -> str:
    """Return the name of a record, or what is said in place of one."""
    if isinstance(name, Nothing):
        return name.brief
    return (name.name or name.ref) if isinstance(name, Link) else ""


def _pilots(store: Store, today: date) -> list[PilotLine]:
    since = _since(store)
    stated = ("rating", "assurance_rating", "decision_due", "delivery_lead")  # also why there is nothing
    answers = {uid: values for uid, _, *values in rows(store, Query("pilot"), stated, annotated=True)}
    elsewhere = _decided_elsewhere(store, today)
    lines = []
    for uid, ref, name, phase, outcome, actual_end in rows(store, Query("pilot"), ("name", *ENDING_FIELDS)):
        rating, assurance, due, lead = answers[uid]
        pilot = _as_ended(phase, outcome, actual_end, uid, due)
        ended = pilot.ended_by(today)
        coming = next_decision([] if ended else [*decided_by(pilot, today), *elsewhere.get(uid, ())])
        lines.append(
            PilotLine(
                *(uid, ref, name, phase, _rating(rating), since.get(uid), coming.day if coming else due, _name(lead)),
                assurance=_rating(assurance),
                decision_late=coming is not None and latest(coming.day) < today,
                ended=ended,
            )
        )
    return lines


def _decided_elsewhere(store: Store, today: date) -> dict[str, list[Coming]]:
    """Return by when decisions are to be taken and gates to be held, by the uid of their pilot."""
    coming: dict[str, list[Coming]] = {}
    registers: tuple[type[Entity], ...] = (Decision, Gate)
    for register in registers:
        unsettled = tuple(Condition(register.state_field, "!=", state) for state in register.ended_states)
        days = {due.field for due in register.dues}
        names = ("pilot", register.state_field, *sorted(days))
        for uid, _, pilot, *values in rows(store, Query(register.kind, unsettled), names, annotated=True):
            if isinstance(pilot, Link):
                record = register.holding({"uid": uid, **dict(zip(names[1:], values, strict=True))})
                coming.setdefault(pilot.uid, []).extend(decided_by(record, today))
    return coming


def _rating(value: Rated | Nothing | None) -> Rated | None:
    """Return a rating of a list; what is said in place of one is an answer, and no judgement."""
    if isinstance(value, Nothing):
        return Rated(NOT_RATED, "", value.brief, value.words)
    return value


def _as_ended(
    phase: str | None,
    outcome: str,
    actual_end: date | None,
    uid: str = "",
    decision_due: date | Nothing | None = None,
) -> Pilot:
    """Return a pilot that holds no more than what says whether it has ended, and whether it is to be decided on."""
    values = {"phase": phase, "outcome": outcome, "actual_end": actual_end}
    return Pilot.holding({**values, "uid": uid, "decision_due": decision_due})


# The worst first; what nobody has judged stands above what is green.
WORST_FIRST = ("red", "amber_red", "amber", "not_enough", "not_rated", "amber_green", "green")


def worst_first(pilots: Sequence[PilotLine], evidence: Mapping[str, str]) -> list[PilotLine]:
    """Return the pilots by the worst of what the team and assurance report and the evidence (by uid) says, worst first.

    Those that have ended come last. Of equals the order stays.
    """

    def rank(pilot: PilotLine) -> tuple[bool, int]:
        levels = [str(pilot.rating or NOT_RATED), evidence.get(pilot.uid, "green")]
        if is_rated(pilot.assurance):
            levels.append(str(pilot.assurance))
        return pilot.ended, min(map(WORST_FIRST.index, levels))

    return sorted(pilots, key=rank)


def _since(store: Store) -> dict[str, date]:
    """Return, by pilot, the first day of the newest run of equal ratings on one scale."""
    only = (Condition("rating_kind", "=", "reported"), Condition("dimension", "=", "overall"))
    reports = rows(
        store, Query("confidence", only, sort=(("as_of", False),)), ("pilot", "rating", "as_of", "supersedes")
    )
    corrected = {supersedes.uid for *_, supersedes in reports if supersedes is not None}
    ratings: dict[str, tuple[str, str]] = {}
    since: dict[str, date] = {}
    for uid, _, pilot, rating, day, _ in reports:
        if uid not in corrected and pilot is not None and ratings.get(pilot.uid) != (rating, scale_of(rating)):
            ratings[pilot.uid] = rating, scale_of(rating)
            since[pilot.uid] = day
    return since


def _due(deadline: Deadline, names: Mapping[str, str]) -> Due:
    who = names.get(deadline.owner or "", deadline.role)
    return Due(deadline.kind, deadline.uid, deadline.ref, deadline.what, deadline.title, who, deadline.day)


def _without_ground(store: Store, today: date) -> dict[str, str]:
    """Return what became of each pilot that was removed or has ended, with its ref, by uid: ``removed P-06``."""
    words: dict[str, str] = {}
    for is_removed in (False, True):
        for uid, ref, *values in rows(store, Query("pilot", deleted=is_removed), ENDING_FIELDS):
            word = "removed" if is_removed else lost_word(_as_ended(*values), today)
            if word:
                words[uid] = f"{word} {ref}"
    return words


def _with_ground(risks: list[Risk], ended_pilots: dict[str, str]) -> tuple[list[Risk], str]:
    """Return the risks whose pilots go on, and a sentence on the others."""
    by_ground = Counter(ended_pilots[_uid(risk.pilot)] for risk in risks if _uid(risk.pilot) in ended_pilots)
    parts = [f"{number:,} of {ground}" for ground, number in by_ground.items()]
    standing = [risk for risk in risks if _uid(risk.pilot) not in ended_pilots]
    return standing, optional("", listed(parts), " not counted")


def _uid(link: object) -> str:
    return getattr(link, "uid", "")


def _live_risks(store: Store) -> list[Risk]:
    """Return the risks that are drafts or open, with what rules and lists ask of them; owners are links."""
    names = ("title", "status", "risk_kind", "category", "owner", "pilot", "likelihood", "impact")
    conditions = tuple(
        Condition("status", "!=", choice)
        for choice in Risk.fields()["status"].choices
        if choice not in Risk.open_states
    )
    risk_rows = rows(store, Query("risk", conditions), names)
    return [Risk(**dict(zip(("uid", "ref", *names), row, strict=True))) for row in risk_rows]


def _risk_line(risk: Risk, settings: Settings, marks: Mapping[str, str]) -> RiskLine:
    points = score(risk)
    word = NOT_ASSESSED if points is None else humanise(band(points, settings))
    owner = _name(risk.owner) + optional(" (", marks.get(_uid(risk.owner)), ")")
    return RiskLine(risk.uid, risk.ref, risk.title, points, word, owner)
