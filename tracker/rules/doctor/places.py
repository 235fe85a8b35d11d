"""Locale, clock, disk, and the folders of the program."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tracker.rules.doctor.finding import Finding, size_in_words, span_in_words
from tracker.rules.when import DateError, read_date

LOCALE = "Locale and time zone"
CLOCK = "Clock"
DISK = "Disk"
FOLDERS = "Folders"
LEAST_FREE = 100 * 1024 * 1024
FAR = timedelta(minutes=10)
OTHERS = 0o077
GROUP_WRITES = 0o022
# What dates are read as on Thursday, 1 October 2026, whatever the locale: day first.
ON_THIS_DAY = date(2026, 10, 1)
READ_AS = {"12/11/2026": date(2026, 11, 12), "12 Nov": date(2026, 11, 12), "next friday": date(2026, 10, 2)}


class Locale(NamedTuple):
    """The variables of the locale that are set, the zone's name with its distance from UTC, and $TZ.

    ``zone_known`` is whether the system knows $TZ (True where it is not set).
    """

    variables: Sequence[str]
    zone: str
    tz: str
    zone_known: bool


class Times(NamedTuple):
    """Aware times: now, when the program was installed, the newest change of the file, and when it was written."""

    now: datetime
    installed: datetime | None = None
    newest_change: datetime | None = None
    written: datetime | None = None


class Disk(NamedTuple):
    """A place on a disk: what it is for, where, bytes that are free, and how it is mounted."""

    purpose: str
    path: str
    free: int
    read_only: bool = False
    no_programs: bool = False
    writable: bool = True


class Folder(NamedTuple):
    """A folder of the program: ``mode`` is None while it is not made; ``writable`` then speaks of where it would be.

    It is not ``absolute`` where there is no home folder that it could be in.
    """

    purpose: str
    path: str
    mode: int | None
    writable: bool
    is_folder: bool = True
    absolute: bool = True


def judge_locale(locale: Locale) -> Iterator[Finding]:
    """Yield what there is to say of the locale, the zone, and how dates are read."""
    yield Finding(LOCALE, "Locale", ", ".join(locale.variables) or "not set")
    if locale.zone_known:
        yield Finding(LOCALE, "Time zone", locale.zone)
    else:
        problem = f"The system does not know the zone TZ={locale.tz} and takes UTC for it: days begin at another hour."
        yield Finding(LOCALE, "Time zone", locale.zone, "wrong", "locale.zone", problem)
    yield _dates()


def _dates() -> Finding:
    misread = [text for text, day in READ_AS.items() if _read(text) != day]
    if misread:
        problem = f"It reads otherwise than is documented: {', '.join(misread)}."
        return Finding(LOCALE, "Dates", "misread", "wrong", "locale.dates", problem)
    return Finding(LOCALE, "Dates", "day first in every locale: 12/11/2026 is 12 November 2026")


def _read(text: str) -> date | None:
    try:
        return read_date(text, ON_THIS_DAY, "ahead")
    except DateError:
        return None


def judge_clock(times: Times) -> Iterator[Finding]:
    """Yield whether the clock can be right: it is not behind what has happened already."""
    value = f"{times.now:%Y-%m-%d %H:%M} UTC"
    behind = {
        "the newest change in the programme file": times.newest_change,
        "the last writing of the programme file": times.written,
        "the installation of the tracker": times.installed,
    }
    late = {name: at - times.now for name, at in behind.items() if at is not None and at - times.now > FAR}
    if not late:
        yield Finding(CLOCK, "Now", value)
        return
    name = max(late, key=lambda each: late[each])
    problem = f"It is {span_in_words(late[name].total_seconds())} behind {name}: one of both was wrong."
    yield Finding(CLOCK, "Now", value, "wrong", "clock.behind", problem)


def judge_disks(disks: Sequence[Disk]) -> Iterator[Finding]:
    """Yield what there is to say of each place that is written to."""
    for disk in disks:
        value = f"{size_in_words(disk.free)} free at {disk.path}"
        values = {"path": disk.path}
        if disk.read_only:
            problem = "The disk is mounted read-only: nothing can be saved."
            yield Finding(DISK, disk.purpose, value, "wrong", "disk.read_only", problem, values)
        elif not disk.free:
            problem = "The disk is full: nothing can be saved."
            yield Finding(DISK, disk.purpose, value, "wrong", "disk.full", problem, values)
        elif disk.free < LEAST_FREE:
            problem = "That is little: a backup or a paper may not find room."
            yield Finding(DISK, disk.purpose, value, "wrong", "disk.little", problem, values)
        elif not disk.writable:
            problem = "You may not write there."
            yield Finding(DISK, disk.purpose, value, "wrong", "disk.not_writable", problem, values)
        elif disk.no_programs:
            problem = "No program may run there (noexec). The tracker needs none; installing its libraries may."
            yield Finding(DISK, disk.purpose, value, "note", "disk.noexec", problem, values)
        else:
            yield Finding(DISK, disk.purpose, value)


def judge_folders(folders: Sequence[Folder]) -> Iterator[Finding]:
    """Yield what there is to say of each folder of the program."""
    for folder in folders:
        values = {"path": folder.path}
        value = f"{folder.path} (not made yet)"
        if folder.mode is not None:
            value = f"{folder.path} (mode {folder.mode:04o})"
        if not folder.is_folder:
            problem = "A file lies where the folder should be."
            yield Finding(FOLDERS, folder.purpose, folder.path, "wrong", "folder.file", problem, values)
        elif not folder.absolute:
            problem = "There is no home folder, so nobody knows where it is; what belongs there is lost."
            yield Finding(FOLDERS, folder.purpose, value, "wrong", "folder.no_home", problem, values)
        elif not folder.writable and folder.mode is None:
            problem = "It cannot be made there; what belongs there is lost."
            yield Finding(FOLDERS, folder.purpose, value, "wrong", "folder.not_makeable", problem, values)
        elif not folder.writable:
            problem = "You may not write there; what belongs there is lost."
            yield Finding(FOLDERS, folder.purpose, value, "wrong", "folder.not_writable", problem, values)
        elif folder.mode is not None and folder.mode & GROUP_WRITES:
            problem = "Other people may write there."
            yield Finding(FOLDERS, folder.purpose, value, "wrong", "folder.open", problem, values)
        else:
            yield Finding(FOLDERS, folder.purpose, value)
