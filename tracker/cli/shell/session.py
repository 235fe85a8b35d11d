"""What a command line knows of its surroundings: the file, the user, the clock."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.fields import Looks
    from tracker.paths import Chosen
    from tracker.rules.typed.conventions import Conventions
    from tracker.services.reading import Acting, Link, Store

LOOK_EVERY_S = 79_200.0  # 22 hours: who begins at nine each day has a backup each day
LOOK_MARK = ".backups/last-look"


def _now() -> datetime:
    return datetime.now(UTC)


def _login() -> str:
    name = os.environ.get("TRACKER_USER") or os.environ.get("LOGNAME") or os.environ.get("USER")
    if name:
        return name
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return "unknown user"


def _looked_after(path: str) -> bool:
    """Whether somebody looked after a file today: one look at a file's date, for commands are to stay quick."""
    try:
        looked = os.stat(path + LOOK_MARK).st_mtime  # noqa: PTH116
    except OSError:
        return False
    return abs(time.time() - looked) < LOOK_EVERY_S


class Session:
    """The file, the user and the clock of one command line; made by tests with a clock of their own."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = _now,
        today: Callable[[], date] = date.today,
        who: str | None = None,
        file: str | None = None,
    ) -> None:
        self.now = now
        self.today = today
        self.who = who
        self.file = file
        self.read: list[str] = []  # how days of options were read, in words, where that could be another day
        self._conventions: Conventions | None = None

    def chosen(self) -> "Chosen":
        """Return the programme file and why it is that one."""
        from tracker.paths import choose_file

        return choose_file(self.file)

    def user(self) -> str:
        """Return the name under which changes are recorded: --as, $TRACKER_USER, or the account's name."""
        from tracker.text import clean

        return clean(self.who or _login()).text or "unknown user"

    def store(self, *, read_only: bool = False, upkeep: bool = True) -> "Store":
        """Return the programme file, open; once a day it is looked after before it is written. Raises FileTrouble."""
        from tracker.services.reading import open_programme

        store = open_programme(self.chosen().name, read_only=read_only, user=self.user())
        if upkeep and not read_only:
            self.look_after(store)
        return store

    def look_after(self, store: "Store") -> None:
        """Make a backup when one is due, once a day, and say what there is to say of it."""
        if _looked_after(store.path):
            return
        from tracker.cli.shell.output import words
        from tracker.services.upkeep import look_after

        looked = look_after(store, self.now(), LOOK_EVERY_S)
        for note in looked.notes:
            words(note)
        if looked.backup:
            words(f"Backed up by itself: {looked.backup}")

    def acting(self, store: "Store") -> "Acting":
        """Return who acts, now, from the command line; somebody new is recorded with what they do, which is said."""
        from tracker.cli.shell.output import words
        from tracker.services.records.people import acting

        return acting(store, self.user(), "cli", self.now(), self.today(), words, joins=True)

    def acting_on_trial(self, copy: "Store") -> "Acting":
        """Return who acts in a copy of a file that nobody keeps: nothing is said of somebody new."""
        from tracker.services.records.people import acting

        return acting(copy, self.user(), "cli", self.now(), self.today(), joins=True)

    def day(self, text: str | None, option: str, looks: "Looks" = "back") -> date | None:
        """Return the day that the text of an option means (None for no text). Raises TrackerError.

        A day without its year lies where the option looks; how the text was read is kept in ``read``.
        """
        if not text:
            return None
        from tracker.cli.shell.days import read_option

        return read_option(self, text, option, looks)

    def past_day(self, text: str | None, option: str) -> date | None:
        """Return the day of an option that asks for a state, which cannot be one to come. Raises TrackerError."""
        day = self.day(text, option)
        if day is not None and day > self.today():
            from tracker.errors import TrackerError
            from tracker.rules.typed.sides import not_known_yet

            raise TrackerError(not_known_yet(option, day, self.today()))
        return day

    def day_asked(self, as_of: str | None, true_on: str | None) -> date | None:
        """Return the day of which a state was asked; None for today. Raises TrackerError for a day to come."""
        return self.past_day(true_on, "--true-on") or self.past_day(as_of, "--as-of")

    def state_day(self, text: str | None, option: str = "--as-of") -> date | None:
        """Return the day of whose state an option asks, such as ``--true-on``: there is none before the file began.

        Raises TrackerError.
        """
        day = self.past_day(text, option)
        if day is not None:
            from tracker.services.reading import require_begun

            with self.store(read_only=True) as store:
                require_begun(store, day, known=option == "--true-on")
        return day

    def record_meant(self, label: str, text: str, record: "Link") -> "Link":
        """Return a record that a text names; where the text says neither its ref nor its name, ``read`` keeps which."""
        if text.strip().casefold() not in (record.ref.casefold(), record.name.casefold(), record.uid):
            self.read.append(f"{label} {record}")
        return record

    def conventions(self) -> "Conventions":
        """Return how the programme writes money and years. Raises FileTrouble."""
        if self._conventions is None:
            from tracker.services.typed.conventions import conventions_of

            with self.store(read_only=True) as store:
                self._conventions = conventions_of(store)
        return self._conventions
