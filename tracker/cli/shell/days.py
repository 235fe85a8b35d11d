"""Days that options of commands give, and asking which of two days is meant where somebody is there to answer."""

import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import Looks
from tracker.rules.typed.conventions import USUAL
from tracker.rules.typed.sides import explain_date, only_past
from tracker.rules.when import DateError, read_date

if TYPE_CHECKING:
    from tracker.cli.shell.session import Session

# What cannot be read without knowing when the programme's financial year begins.
NEEDS_YEARS = r"year|quarter|f/?y|eoq|eoy|q[1-4]|^\s*\d{4}\W\d{2,4}\s*$"


def read_option(session: "Session", text: str, option: str, looks: Looks) -> date:
    """Return the day that the text of an option means, and keep in ``session.read`` how it was read.

    Raises TrackerError.
    """
    conventions = USUAL
    if re.search(NEEDS_YEARS, text.lower()):
        conventions = session.conventions()
    try:
        day = read_date(text, session.today(), looks, conventions)
    except DateError as error:
        if looks == "back" and (sentence := only_past(error.days, session.today())):
            raise TrackerError(f"{option}: “{text.strip()}” {sentence}") from None
        chosen = asked(session, f"{option}: {error}", error.days)
        if chosen is None:
            raise TrackerError(f"{option}: {error}") from None
        day = chosen
    if text.strip() != day.isoformat():
        label = option.removeprefix("--").replace("-", " ")
        session.read.append(f"{label} {explain_date(day, session.today())}")
    return day


def answered(session: "Session", texts: dict[str, str], error: Invalid) -> dict[str, str]:
    """Return texts in which each day that could be two is the one that somebody chose. Raises the error without one."""
    chosen = {}
    for problem in error.problems:
        day = asked(session, problem.message, _days(problem))
        if day is None:
            raise error
        chosen[problem.field] = day.isoformat()
    return {**texts, **chosen}


def _somebody_answers() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _days(problem: Problem) -> tuple[date, ...]:
    values: Mapping[str, object] = problem.values
    days = values.get("days")
    if isinstance(days, tuple):
        return days
    return ()


def asked(session: "Session", sentence: str, days: tuple[date, ...]) -> date | None:
    """Return which of two days somebody means; None where nobody can be asked, or there is nothing to ask."""
    if not days or not _somebody_answers():
        return None
    from tracker.cli.shell.output import words

    words(sentence)
    for number, day in enumerate(days, 1):
        words(f"  {number}  {explain_date(day, session.today())}")
    choices = [str(number) for number in range(1, len(days) + 1)]
    answer = click.prompt("Which day", type=click.Choice(choices), err=True)
    return days[int(answer) - 1]
