"""A programme with something of everything, some of it hostile, and a way to drive the application over it."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from quiet import quiet
from textual.events import Key
from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.lists.record_table import RecordTable
from screens.lists.register import Register
from screens.work import Programme, RecordsChanged
from tracker.entities.risk import Risk
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, editing
from tracker.storage.store import Acting, Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
WIDE, USUAL, SMALL = (120, 40), (80, 24), (60, 20)
RATED = ("amber", "green", "red", None)
PILOTS = (
    ("Parking permits self-service", "alpha", -3),
    ("Blue Badge renewals", "private_beta", 9),
    ("[/foo] [red]x", "public_beta", 20),
    ("図書館カードの更新 and library cards", "discovery", None),
)
RISKS = (
    ("Address lookups fail for new estates", 4, 5),
    ("[@click=app.quit]x", 5, 5),
    ("Staff are not trained by go-live 🚦", 3, 3),
    ("Nobody has judged this one", None, None),
)
ACTIONS = (("Agree the roll-back plan", -6), ("Write the assessment", 2), ("Book a room", 60))


def fill(store: Store, by: Acting) -> None:
    """Add pilots with reports, risks, wins, actions and sessions."""
    lead = add(store, "person", {"display_name": "Delivery lead, Parking"}, by).uid
    pilots = []
    for (name, phase, due), rating in zip(PILOTS, RATED, strict=True):
        given: dict[str, Any] = {"name": name, "phase": phase, "delivery_lead": lead}
        if due is not None:
            given["decision_due"] = _day(due)
        pilots.append(add(store, "pilot", given, by).uid)
        if rating:
            reports = ((60, "green"), (30, rating), (10, rating))
            for ago, word in reports:
                report = {"pilot": pilots[-1], "rating": word, "as_of": _day(-ago), "narrative": "As agreed with them."}
                add(store, "confidence", report, by)
    earlier = by._replace(now=NOW - timedelta(20), today=_day(-20))
    for title, likelihood, impact in RISKS:
        add(store, "risk", {"title": title, "likelihood": likelihood, "impact": impact, "owner": lead}, earlier)
    for text, due in ACTIONS:
        add(store, "action", {"text": text, "owner": lead, "due": _day(due), "pilot": pilots[0]}, by)
    add(store, "session", {"title": "Parking workshop", "pilot": pilots[0], "starts_on": _day(4)}, by)
    add(store, "win", {"title": "One re-keyed field less", "pilot": pilots[0], "event_date": _day(-1)}, by)


def _day(days: int) -> date:
    return TODAY + timedelta(days)


def sample(path: Path) -> None:
    """Make the programme file that most tests of the screens open."""
    with create_programme(path, {"name": "Simpler Services"}, "ana", NOW, TODAY) as store:
        fill(store, ana(store))


def many_risks(store: Store, number: int) -> None:
    """Add a long list in one command."""
    by = ana(store)
    with editing(store, by, "risk.import") as edit:
        for n in range(number):
            edit.insert(Risk, {"title": f"Number {n}", "raised_on": TODAY})


def ana(store: Store) -> Acting:
    """The person who made the programme."""
    return acting(store, "ana", "cli", NOW, TODAY)


class Driver:
    """The application with its pilot: presses keys, waits for threads, reads the screen."""

    def __init__(self, app: TrackerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.said: list[str] = []

    async def settle(self) -> None:
        """Wait until no thread works and nothing is left to handle; the watch of the file goes on."""
        await quiet(self.app)

    async def keys(self, *names: str) -> None:
        """Press keys; ``text:…`` types."""
        for name in names:
            if name.startswith("text:"):
                for char in name[5:]:
                    self.app.post_message(Key("space" if char == " " else char, char))
            else:
                self.app.simulate_key(name)
            await self.settle()

    @property
    def lines(self) -> list[str]:
        """What the screen shows, without blanks at the ends."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.lines) + "\n"

    @property
    def table(self) -> RecordTable:
        """The list that has the keys, or the first."""
        focused = self.app.focused
        return focused if isinstance(focused, RecordTable) else self.app.screen.query(RecordTable).first()

    @property
    def register(self) -> Register:
        """The open register."""
        return next(area for area in self.app.screen.query(Register) if area.display)

    @property
    def ref(self) -> str:
        """The ref under the cursor."""
        row = self.table.row
        return row.cells[0] if row else ""

    def refs(self) -> list[str]:
        """Return the refs that the screen shows, in order."""
        words = [line.split("  ")[0].strip() for line in (line[1:] for line in self.lines)]
        return [word for word in words if "-" in word and word.partition("-")[2].isdigit()]

    def write(self, kind: str, values: dict[str, Any]) -> str:
        """Add a record behind the screens' back, as another program would; return its uid."""
        with Store.open(self.app.programme.path) as store:
            return add(store, kind, values, ana(store)).uid

    async def changed(self) -> None:
        """Say that records have changed, as the watch does."""
        self.app.post_message(RecordsChanged())
        await self.settle()


@asynccontextmanager
async def opened(path: Path, size: tuple[int, int] = USUAL, **new: Any) -> AsyncIterator[Driver]:
    """Open the application over a programme file and wait until it has shown the first screen."""
    programme = Programme(str(path), "ana", now=lambda: NOW, today=lambda: TODAY)
    app = TrackerApp(programme)
    loop, threads = asyncio.get_running_loop(), ThreadPoolExecutor()
    loop.set_default_executor(threads)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            said = app.notify

            def notify(message: str, **how: Any) -> None:
                driver.said.append(message)
                said(message, **how)

            app.notify = notify  # type: ignore[method-assign]
            await driver.settle()
            yield driver
    finally:
        # As asyncio.run does when the program ends: a connection that a thread still reads from must not be closed.
        with ThreadPoolExecutor(1) as beside:
            await loop.run_in_executor(beside, threads.shutdown)
        programme.close()
