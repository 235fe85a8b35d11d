"""Programmes made by rule, for tests and benches: a tiny one, and one larger than any we know of."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from tracker.entities import entity
from tracker.entities.pilot import STAGES
from tracker.errors import FileTrouble
from tracker.fields import Value
from tracker.services.programme_file import create_programme
from tracker.services.records.people import who_is
from tracker.services.records.writing import add, change, editing
from tracker.storage import Acting, Store

FRONT = "demo"
LAST_DAY = date(2026, 11, 12)
TOPICS = ("forms", "payments", "addresses", "visits", "permits", "letters", "records", "bookings", "grants", "repairs")
CATEGORIES = ("legal", "commercial", "people", "technology", "information", "operations", "financial", "security")
RATINGS = ("green", "green", "amber", "red")
ASSESSED_AGAIN = (3, 7, 13)  # months after a risk was raised
REPORTED_MONTHS = 24  # how long a pilot is reported on


def build_tiny(path: Path) -> None:
    """Make a programme that holds one pilot and nothing else. Raises FileTrouble when something is there."""
    with _new(path, "Tiny programme", LAST_DAY) as store:
        add(store, "pilot", {"name": "The only pilot"}, _secretary(store, LAST_DAY))


def build_large(path: Path, *, pilots: int = 40, risks: int = 1200, years: int = 5, seed: int = 1) -> None:
    """Make a synthetic programme; the same numbers give the same records. Raises FileTrouble when something is there.

    Every month of it is one command that adds what that month brought, and a few that change what was there.
    """
    months = years * 12
    first = LAST_DAY - timedelta(days=365 * years)
    with _new(path, "Large programme", first) as store:
        store.write_unsafely()  # a new file that nobody else uses yet
        programme = _Large(store, Random(seed), pilots, risks, months)
        for month in range(months):
            programme.live_through(month, first + timedelta(days=365 * years * (month + 1) // months))


def _new(path: Path, name: str, day: date) -> Store:
    if path.exists():
        raise FileTrouble(f"{path} exists already. Choose another place.")
    now = datetime.combine(day, time(8), UTC)
    return create_programme(path, {"name": name, "start": day}, "Programme secretary", now, day, front=FRONT)


def _secretary(store: Store, day: date) -> Acting:
    return Acting(who_is(store, "Programme secretary") or "", FRONT, datetime.combine(day, time(9), UTC), day)


class _Large:
    """A large programme while it is being made: what there is so far, by kind, as (uid, the month it came)."""

    def __init__(self, store: Store, random: Random, pilots: int, risks: int, months: int) -> None:
        self.store = store
        self.random = random
        self.by = _secretary(store, LAST_DAY)
        self.pilots = _spread(pilots, months)
        self.risks = _spread(risks, months)
        self.people: list[str] = []
        self.made_pilots: list[tuple[str, int]] = []
        self.made_risks: list[tuple[str, int]] = []

    def live_through(self, month: int, day: date) -> None:
        """Add what one month brought, as one command, and change what was there before."""
        self.by = self.by._replace(now=datetime.combine(day, time(9), UTC), today=day)
        with editing(self.store, self.by, "import") as self.edit:
            if month == 0:
                self.people = [self._put("person", display_name=f"Delivery lead {n:02}") for n in range(1, 21)]
            for _ in range(self.pilots[month]):
                self._pilot(month, day)
            for _ in range(self.risks[month]):
                self._risk(month, day)
            for uid, since in self.made_risks:
                if month - since in ASSESSED_AGAIN:
                    self._assess(uid, day)
            for number, (uid, since) in enumerate(self.made_pilots):
                if month - since < REPORTED_MONTHS:
                    self._report(uid, number, month - since, day)
        self._change(month, day)

    def _put(self, kind: str, **values: Value) -> str:
        return self.edit.insert(entity(kind), values).uid

    def _any(self, uids: list[str]) -> str:
        return self.random.choice(uids)

    def _pilot(self, month: int, day: date) -> None:
        number = len(self.made_pilots) + 1
        topic = TOPICS[number % len(TOPICS)]
        service = self._put("service", name=f"Service {number:03}: {topic}", annual_volume=1000 + 137 * number)
        end = day + timedelta(days=self.random.randrange(200, 600))
        uid = self._put(
            "pilot",
            name=f"Pilot {number:03}: simpler {topic}",
            service=service,
            delivery_lead=self._any(self.people),
            phase=STAGES[number % len(STAGES)],
            start=day,
            first_real_user_on=day + timedelta(days=90),
            baseline_end=end,
            forecast_end=end,
            budget=self.random.randrange(40, 400) * 100_000,
            status_note=f"The pilot for {topic} began on plan.",
        )
        for group in ("Counter staff", "Contact centre advisers"):
            self._put("need", role_group=group, pilot=uid, headcount=self.random.randrange(10, 120))
        self.made_pilots.append((uid, month))

    def _scores(self) -> dict[str, Value]:
        return {"likelihood": self.random.randrange(1, 6), "impact": self.random.randrange(1, 6)}

    def _risk(self, month: int, day: date) -> None:
        number = len(self.made_risks) + 1
        topic = self.random.choice(TOPICS)
        scores = self._scores()
        uid = self._put(
            "risk",
            title=f"Risk {number:04}: {topic} may come late",
            status="open",
            cause=f"{topic} depend on one team",
            event=f"{topic} come late",
            consequence="make people wait and staff key twice",
            category=self.random.choice(CATEGORIES),
            owner=self._any(self.people),
            pilot=self.random.choice(self.made_pilots)[0] if self.made_pilots else None,
            raised_on=day,
            response="treat",
            **scores,
            next_review_on=day + timedelta(days=60),
        )
        if number % 2:
            due = day + timedelta(days=45)
            self._put("action", text=f"Find a second team for {topic}", owner=self._any(self.people), due=due, risk=uid)
        self.made_risks.append((uid, month))

    def _assess(self, uid: str, day: date) -> None:
        self._put("assessment", risk=uid, assessed_on=day, note="Looked at again", **self._scores())

    def _report(self, uid: str, number: int, age: int, day: date) -> None:
        narrative = f"Month {age + 1}: what was planned was tried with people who use the service."
        rating = self.random.choice(RATINGS)
        self._put("confidence", pilot=uid, rating=rating, as_of=day, narrative=narrative, by=self.by.person)
        for half in (1, 2):
            end = day - timedelta(days=15 * (2 - half))
            self._put(
                "iteration",
                goal=f"Learn whether step {age + 1}.{half} works",
                pilot=uid,
                number=2 * age + half,
                start=end - timedelta(days=13),
                end=end,
                goal_result=self.random.choice(("met", "met", "partly", "missed")),
                learned="People stop where two facts are asked for at once.",
                users_researched=self.random.randrange(8),
            )
        if (number + age) % 3 == 0:
            self._put(
                "win",
                title=f"Pilot {number + 1:03}: one step less in month {age + 1}",
                event_date=day - timedelta(days=3),
                pilot=uid,
                size="weekly",
            )
            session = self._put("session", title=f"Training {age + 1}", pilot=uid, starts_on=day, status="held")
            booked = self.random.randrange(6, 30)
            came = booked - self.random.randrange(6)
            self._put("attendance", session=session, role_group="Counter staff", booked=booked, present=came)

    def _change(self, month: int, day: date) -> None:
        for uid, since in self.made_pilots:
            if (month - since) % 6 == 5 and month - since < REPORTED_MONTHS:
                later = day + timedelta(days=self.random.randrange(220, 500))
                change(self.store, "pilot", uid, {"forecast_end": later}, self.by, reason="More to learn than planned")
        for uid, since in self.made_risks:
            if month - since == 10 and self.random.random() < 0.6:
                closed = {"status": "closed", "closing_reason": "mitigated"}
                change(self.store, "risk", uid, closed, self.by, reason="It can no longer happen")


def _spread(total: int, months: int) -> list[int]:
    """Return how many of a total come in each month."""
    return [total * (month + 1) // months - total * month // months for month in range(months)]
