"""The examination: every fact gathered and judged, in the order in which people read it."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import tracker
from tracker.paths import Chosen
from tracker.rules.doctor.finding import Finding
from tracker.rules.doctor.places import Times, judge_clock, judge_disks, judge_folders, judge_locale
from tracker.rules.doctor.program import judge_fonts, judge_program
from tracker.rules.doctor.programme import ProgrammeFile, judge_file
from tracker.rules.doctor.terminal import judge_terminal

Part = Callable[[], Iterable[Finding]]


def examine(chosen: Chosen, now: datetime) -> list[Finding]:
    """Return what there is to say of the surroundings and of the programme file; ``now`` is aware.

    Nothing is written. What cannot be found out is a finding, never an error.
    """
    from tracker.services.doctor import environment, places, programme, terminal

    file = programme.programme_file(chosen, now)
    parts: dict[str, Part] = {
        "Program": lambda: judge_program(environment.environment()),
        "Fonts of PDF papers": lambda: judge_fonts(environment.fonts()),
        "Terminal": lambda: judge_terminal(terminal.terminal()),
        "Locale and time zone": lambda: judge_locale(terminal.locale_facts(now)),
        "Clock": lambda: judge_clock(_times(file, now)),
        "Programme file": lambda: judge_file(file),
        "Disk": lambda: judge_disks(list(places.disks(chosen.name))),
        "Folders": lambda: judge_folders(list(places.folders())),
    }
    return [finding for topic, part in parts.items() for finding in _attempted(topic, part)]


def _attempted(topic: str, part: Part) -> list[Finding]:
    """Return the findings of a part; one that fails is said to have failed, and the others go on."""
    try:
        return list(part())
    except Exception as error:  # whoever calls a doctor has something that is broken
        problem = f"It could not be looked at ({type(error).__name__})."
        return [Finding(topic, "Look", "not made", "wrong", "look.failed", problem)]


def _times(file: ProgrammeFile, now: datetime) -> Times:
    newest = file.content.newest_change if file.content else None
    return Times(now, _installed(), newest, file.written)


def _installed() -> datetime | None:
    try:
        return datetime.fromtimestamp(os.stat(tracker.__file__ or "").st_mtime, UTC)  # noqa: PTH116
    except OSError:
        return None
