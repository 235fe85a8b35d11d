"""Portfolios made at random in the shapes of public ones, and what must be said of them, by a reference of a few lines.

Every period pilots come, are renamed and end; each is rated or is not, on whichever scale is in force; dates are set,
moved and cleared; budgets are given, withheld, missing or below zero; people leave; boards meet or are skipped.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tracker.entities import BoardMeeting, Confidence, Entity, Iteration, Person, Pilot, Programme, Risk
from tracker.fields import Nothing
from tracker.services.programme_file import create_programme
from tracker.services.records.people import who_is
from tracker.services.records.writing import Edit, Fate, change, editing
from tracker.storage import Acting, Store, records

SCALES = {
    "rag3": ("red", "amber", "green"),
    "rag5": ("red", "amber_red", "amber", "amber_green", "green"),
    "dta5": ("red", "amber_red", "amber", "amber_green", "green"),
}
WITHHELD = "Exempt under Section 43 of the Freedom of Information Act 2000"
NARRATIVES = (
    "The project team works with the department on what the review asked for.",
    "Since the last review there has been good progress, and a new baseline was agreed.",
    "Funding for the next period is not agreed; what was planned waits for it.",
)
TOPICS = (
    "Rail franchises",
    "Smart meters",
    "Prison places",
    "Digital tax",
    "Land registers",
    "Court reform",
    "Records",
)
BUDGETS = ("given",) * 4 + ("none", "withheld", "not_yet_known", "not_applicable", "zero", "negative")
DAY = timedelta(1)
FIRST = date(2016, 3, 31)


class Rated(NamedTuple):
    """A rating as somebody gave it, and on which scale."""

    rating: str
    scale: str


Place = tuple[str, str]  # the dimension and the kind of a rating that stands beside what the team says of the whole
BESIDE: tuple[Place, ...] = (
    ("overall", "assurance"),
    ("cost", "reported"),
    ("cost", "assurance"),
    ("time", "reported"),
)


@dataclass
class Known:
    """What a reference knows of a pilot: its last rating, its money, whether it goes on, and when it came."""

    uid: str
    ref: str
    name: str
    ended: bool = False
    removed: bool = False
    rated: Rated | None = None
    budget: int | Nothing | None = None
    came: date = date.min
    end: date | None = None
    beside: dict[Place, Rated] = field(default_factory=dict)
    forecast: int | Nothing | None = None
    spent: int | Nothing | None = None
    released: set[str] = field(default_factory=set)  # to whom its iterations were released, as somebody said


@dataclass
class Position:
    """What is true at the end of a period, so that papers can be held against it."""

    day: date
    pilots: dict[str, Known]
    boards: tuple[date, ...]
    scale: str
    dates: frozenset[date]
    left: dict[str, date]  # by the names of people

    @property
    def running(self) -> list[Known]:
        """The pilots that go on."""
        return [pilot for pilot in self.pilots.values() if not pilot.ended and not pilot.removed]

    def money(self) -> Counter[str]:
        """Return of how many running pilots a budget is stated, withheld, missing and so on."""
        return Counter(kind_of(pilot.budget) for pilot in self.running)


def kind_of(budget: "int | Nothing | None") -> str:
    """Return that an amount is stated, or which kind of nothing it is."""
    if isinstance(budget, Nothing):
        return budget.kind
    return "missing" if budget is None else "stated"


def begin(path: Path, first: date = FIRST, scale: str = "rag5") -> Store:
    """Return the file of a portfolio on its first day."""
    now = datetime.combine(first, time(8), UTC)
    values: dict[str, Any] = {"name": "Portfolio", "start": first, "rating_scale": scale}
    return create_programme(path, values, "Portfolio office", now, first, front="test")


@dataclass
class Portfolio:
    """A programme of many pilots while its years go by."""

    path: Path
    seed: int
    pilots: int
    periods: int
    days: int = 91  # of a period
    first: date = FIRST
    known: dict[str, Known] = field(default_factory=dict)
    positions: list[Position] = field(default_factory=list)
    boards: list[date] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)  # those who are there, by their names
    left: dict[str, date] = field(default_factory=dict)
    scale: str = "rag5"
    first_file: bytes = b""  # the file of its first day, where another portfolio of that day made it

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        if self.first_file:
            self.path.write_bytes(self.first_file)
            self.store = Store.open(self.path)
        else:
            self.store = begin(self.path, self.first, self.scale)
        self.store.write_unsafely()
        self.dates.add(self.first)
        self.by = self._acting(self.first)

    def _acting(self, day: date) -> Acting:
        return Acting(who_is(self.store, "Portfolio office") or "", "test", datetime.combine(day, time(9), UTC), day)

    def live(self) -> Iterator[Position]:
        """Let the periods go by; yield what is true at the end of each."""
        for period in range(self.periods):
            day = self.first + timedelta(self.days * (period + 1))
            self.by = self._acting(day)
            with editing(self.store, self.by, "import", reason="The return of the period") as edit:
                self._people(edit, period)
                self._arrivals(edit, period, day)
            self._scale(day)
            self._leave(day)
            for pilot in list(self.known.values()):
                self._live_through(pilot, day)
            self._board(day)
            position = Position(
                day,
                {
                    uid: replace(pilot, beside=dict(pilot.beside), released=set(pilot.released))
                    for uid, pilot in self.known.items()
                },
                tuple(self.boards),
                self.scale,
                frozenset(self.dates),
                dict(self.left),
            )
            self.positions.append(position)
            yield position

    def _people(self, edit: Edit, period: int) -> None:
        """Have the same eight people from the beginning."""
        for number in range(8 * (period == 0)):
            name = f"Owner {number}"
            self.people[name] = edit.insert(Person, {"display_name": name, "active": True}).uid

    def _leave(self, day: date) -> None:
        """Let somebody leave now and then; what is theirs stays theirs."""
        if len(self.people) > 2 and self.chance.random() < 0.3:
            name = self.chance.choice(sorted(self.people))
            self._change(Person, self.people.pop(name), {"left_on": day})
            self.left[name] = day
            self.dates.add(day)

    def _arrivals(self, edit: Edit, period: int, day: date) -> None:
        share = self.pilots // 2 if period == 0 else max(1, self.pilots // (2 * self.periods))
        for _ in range(share):
            number = len(self.known) + 1
            name = f"{self.chance.choice(TOPICS)} {number}"
            end = self._some(day + timedelta(self.chance.randrange(-200, 1500)))
            budget = self._money()
            forecast, spent = self._money(), self._money()
            values: dict[str, Any] = {"name": name, "budget": budget, "forecast_end": end}
            values |= {"forecast_cost": forecast, "spend_to_date": spent}
            values["start"] = self._some(day - timedelta(self.chance.randrange(0, 900)))
            values["delivery_lead"] = self._some(self.chance.choice([*self.people.values()]))
            values["phase"] = self.chance.choice(("discovery", "alpha", "private_beta", "public_beta", "live"))
            if values["start"] and end and end < values["start"]:
                values["start"] = None
            given = {name: value for name, value in values.items() if value is not None}
            uid, ref = edit.insert(Pilot, given)
            self.dates |= {values[name] for name in ("start", "forecast_end") if values[name]}
            self.known[uid] = Known(uid, ref, name, budget=budget, came=day, end=end, forecast=forecast, spent=spent)
            if self.chance.random() < 0.3:
                risk = {"title": f"Risk of {name}", "status": "open", "pilot": uid, "raised_on": day}
                edit.insert(Risk, {**risk, "likelihood": self.chance.randrange(1, 6), "impact": 3})

    def _some(self, value: Any) -> Any:
        return value if self.chance.random() < 0.75 else None

    def _money(self) -> "int | Nothing | None":
        kind = self.chance.choice(BUDGETS)
        if kind == "none":
            return None
        if kind in ("withheld", "not_yet_known", "not_applicable"):
            return Nothing(kind, WITHHELD if kind == "withheld" else "")
        if kind == "zero":
            return 0
        amount = self.chance.randrange(1, 900_000_000_00)
        return -amount if kind == "negative" else amount

    def _scale(self, day: date) -> None:
        if self.chance.random() < 0.2:
            others = [scale for scale in SCALES if scale != self.scale]
            self.scale = self.chance.choice(others)
            self._change(Programme, records(self.store, Programme)[0].uid, {"rating_scale": self.scale})

    def _change(self, register: type[Entity], uid: str, values: dict[str, Any]) -> None:
        """Change a record; what hangs on it stays as it is, as in a return that says nothing of it."""
        reason = "As the return of the period says"
        change(self.store, register.kind, uid, values, self.by, reason=reason, fate=Fate("leave"))

    def _live_through(self, pilot: Known, day: date) -> None:
        if pilot.ended or pilot.removed:
            return
        drawn = self.chance.random()
        if pilot.came < day and drawn < 0.04:
            self._change(Pilot, pilot.uid, {"phase": self.chance.choice(("stopped", "retirement"))})
            pilot.ended = True
        elif pilot.came < day and drawn < 0.12:
            end = self._some(day + timedelta(self.chance.randrange(1, 2000)))
            if end != pilot.end:
                self._change(Pilot, pilot.uid, {"forecast_end": end, "start": None})
                pilot.end = end
            self.dates |= {end} if end else set()
        elif pilot.came < day and drawn < 0.17:
            pilot.budget = self._money()
            values = {"budget": pilot.budget, "name": pilot.name + " (reset)"}
            self._change(Pilot, pilot.uid, values)
            pilot.name += " (reset)"
        if not pilot.ended and self.chance.random() < 0.8:
            self._rate(pilot, day)
        if not pilot.ended and self.chance.random() < 0.3:
            self._rate_beside(pilot, day)
        if not pilot.ended and self.chance.random() < 0.2:
            self._iterate(pilot, day)

    def _rate(self, pilot: Known, day: date) -> None:
        rating = self.chance.choice((*SCALES[self.scale], "not_rated"))
        values: dict[str, Any] = {"pilot": pilot.uid, "rating": rating, "as_of": day, "by": self.by.person}
        values["narrative"] = WITHHELD if rating == "not_rated" else self.chance.choice(NARRATIVES)
        values["divergence_reason"] = "The office has seen what the records do not hold yet."
        with editing(self.store, self.by, "confidence.add") as edit:
            edit.add(Confidence, values)
        pilot.rated = Rated(rating, self.scale)

    def _rate_beside(self, pilot: Known, day: date) -> None:
        """Have assurance judge the whole, or either a dimension; without the reasons that the whole needs."""
        place = self.chance.choice(BESIDE)
        dimension, kind = place
        rating = self.chance.choice((*SCALES[self.scale], "not_rated"))
        values: dict[str, Any] = {"pilot": pilot.uid, "rating": rating, "as_of": day, "by": self.by.person}
        values |= {"dimension": dimension, "rating_kind": kind}
        values["narrative"] = WITHHELD if rating == "not_rated" else self.chance.choice(NARRATIVES)
        with editing(self.store, self.by, "confidence.add") as edit:
            edit.add(Confidence, values)
        pilot.beside[place] = Rated(rating, self.scale)

    def _iterate(self, pilot: Known, day: date) -> None:
        """Have an iteration of two weeks end, released to somebody, to nobody, or to whom is not said."""
        start, end = day - 16 * DAY, day - 2 * DAY
        released = self.chance.choice(("nobody", "test_users", "all_real_users", None))
        values: dict[str, Any] = {"goal": f"Find out more of {pilot.name}", "pilot": pilot.uid, "released_to": released}
        with editing(self.store, self.by, "iteration.add") as edit:
            edit.add(Iteration, {**values, "start": start, "end": end})
        pilot.released.add(released or "")
        self.dates |= {start, end}

    def _board(self, day: date) -> None:
        if self.chance.random() < 0.6:
            with editing(self.store, self.by, "board.add") as edit:
                values = {"title": f"Board of {day}", "meets_on": day, "status": "held"}
                edit.insert(BoardMeeting, values)
            self.boards.append(day)
            self.dates.add(day)
