"""Six weeks of a small programme, typed into a shell by two people.

``python tests/stories/six_weeks.py FILE`` plays it into a new file and prints the papers of three boards; the test
beside it compares them with golden files. Days are those of the people's calendar; nothing reads a clock.
"""

import contextlib
import io
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from tracker.cli import run
from tracker.cli.shell.session import Session

ANA, BEN = "ana", "ben"


class Typed(NamedTuple):
    """A command as somebody typed it on a day: the words after ``tracker``, and the exit code it must give."""

    day: str
    who: str
    words: list[str]
    code: int = 0


WEEKS = [
    # Week 1: a programme, its people, its pilots.
    Typed("2026-09-28", ANA, ["init", "Simpler Services", "--sponsor", "Northmere Borough Council", "--me", "Ana Novak"]),
    Typed("2026-09-28", ANA, ["person", "add", "Data lead", "--role-title", "Lead data architect"]),
    Typed("2026-09-28", ANA, ["person", "add", "Zebulon Quirke", "--role-title", "Trainer", "--email", "zq@example.org"]),
    Typed("2026-09-28", ANA, ["service", "add", "Blue Badge renewals", "--annual-volume", "5,200", "--lifecycle", "in-pilot"]),
    Typed("2026-09-28", ANA, [
        "pilot", "add", "Blue Badge renewals online", "--phase", "private-beta", "--service", "S-01", "--start", "2026-04-06",
        "--first-real-user-on", "15 Jun", "--baseline-end", "2026-11-30", "--forecast-end", "2026-11-30",
        "--budget", "182,000", "--forecast-cost", "179,500", "--delivery-lead", "Ana Novak",
    ]),
    Typed("2026-09-29", BEN, [
        "pilot", "add", "Parking permits self-service", "--phase", "alpha", "--start", "21/09/2026",
        "--forecast-end", "+8w", "--baseline-end", "+8w", "--budget", "60k", "--forecast-cost", "58,000",
    ]),
    Typed("2026-09-29", BEN, ["need", "add", "Counter staff", "--pilot", "P-02", "--headcount", "18"]),
    Typed("2026-09-29", BEN, ["need", "add", "Contact centre", "--pilot", "P-01", "--headcount", "46"]),
    Typed("2026-09-29", ANA, ["compliance", "add", "dpia", "--pilot", "P-01", "--status", "signed-off", "--signed-off-on", "10 Jun", "--signed-off-by", "Data protection officer"]),
    Typed("2026-09-29", ANA, ["compliance", "add", "security", "--pilot", "P-01", "--status", "signed-off", "--signed-off-on", "10 Jun"]),
    Typed("2026-09-29", ANA, ["compliance", "add", "accessibility", "--pilot", "P-01", "--status", "in-progress"]),
    Typed("2026-09-30", ANA, ["confidence", "add", "P-01", "--rating", "green", "--narrative", "On time and on budget; research shows fewer calls."], 1),  # the evidence says amber
    Typed("2026-09-30", ANA, ["confidence", "add", "P-01", "--rating", "green", "--narrative", "On time and on budget; research shows fewer calls.", "--divergence-reason", "Training is held next week for nearly everybody."]),
    Typed("2026-09-30", BEN, ["confidence", "add", "P-02", "--rating", "green", "--narrative", "The alpha has begun well and the team is complete.", "--divergence-reason", "Risks and the impact assessment follow this week."]),
    Typed("2026-09-30", ANA, [
        "risk", "add", "Address lookups fail for new estates", "--pilot", "P-01", "--likelihood", "4", "--impact", "3",
        "--owner", "Data lead", "--category", "information", "--cause", "New estates are not in the address file",
        "--event", "lookups fail for people who moved in this year", "--consequence", "shut them out of the online form",
    ]),
    Typed("2026-10-01", BEN, ["risk", "add", "Visitor permits are resold", "--pilot", "P-02", "--likelihood", "2", "--impact", "4", "--category", "operations"]),
    Typed("2026-10-01", BEN, ["risk", "add", "Visitor permits are sold on", "--pilot", "P-02", "--likelihood", "2", "--impact", "4"]),
    Typed("2026-10-02", ANA, ["win", "add", "Counter staff removed one re-keyed field", "--pilot", "P-01", "--date", "yesterday", "--evidence", "metric", "--evidence-note", "About 40 s saved per renewal"]),
    Typed("2026-10-02", ANA, ["action", "add", "Load the new estates into the address file", "--owner", "Data lead", "--due", "2026-10-16", "--risk", "R-001", "--pilot", "P-01"]),
    Typed("2026-10-02", ANA, ["iteration", "add", "Ten people renew without help", "--pilot", "P-01", "--start", "2026-09-21", "--end", "2026-10-02"]),
    Typed("2026-10-02", ANA, ["iteration", "set", "IT-001", "--goal-result", "met", "--learned", "People look for the photo rules first.", "--users-researched", "10"]),
    # Week 2: the first board sees the state of 8 October.
    Typed("2026-10-06", BEN, ["session", "add", "Parking go-live workshop", "--pilot", "P-02", "--starts-on", "20 Oct", "--mode", "workshop", "--trainer", "Zebulon Quirke"]),
    Typed("2026-10-06", ANA, ["session", "add", "Blue Badge floor-walking", "--pilot", "P-01", "--starts-on", "5 Oct", "--mode", "floor-walking", "--status", "held"]),
    Typed("2026-10-06", ANA, ["attendance", "add", "T-02", "--role-group", "Contact centre", "--booked", "40", "--present", "38", "--passed", "37"]),
    Typed("2026-10-07", BEN, ["risk", "remove", "R-003", "--reason", "The same as R-002, recorded twice"]),
    Typed("2026-10-08", ANA, ["programme", "set", "--sro", "Ana Novak"]),
    # Week 3: things move, and somebody mistypes.
    Typed("2026-10-13", BEN, ["pilot", "set", "P-02", "--forecast-end", "2026-12-18"], 1),  # without a reason
    Typed("2026-10-13", BEN, ["pilot", "set", "P-02", "--forecast-end", "2026-12-18", "--reason", "The payment supplier is late"]),
    Typed("2026-10-14", BEN, ["pilot", "set", "P-02", "--phase", "private-beta", "--first-real-user-on", "19 Oct", "--reason", "Gate passed on 14 October"]),
    Typed("2026-10-15", ANA, ["risk", "set", "R-001", "--likelihood", "5", "--reason", "Two more estates open in November"]),
    Typed("2026-10-15", ANA, ["risk", "set", "R-001", "--likelihood", "6"], 1),
    Typed("2026-10-16", BEN, ["risk", "set", "R-002", "--likelihood", "1"]),
    Typed("2026-10-16", BEN, ["undo"]),
    Typed("2026-10-16", BEN, ["redo"]),
    # Week 4: training, a late entry.
    Typed("2026-10-20", BEN, ["session", "set", "T-01", "--status", "held"]),
    Typed("2026-10-20", BEN, ["attendance", "add", "T-01", "--role-group", "Counter staff", "--booked", "13", "--present", "5"]),
    Typed("2026-10-20", ANA, ["risk", "add", "Photo checks take longer than planned", "--pilot", "P-01", "--likelihood", "3", "--impact", "3", "--raised-on", "14 Sep", "--category", "people"]),
    Typed("2026-10-21", BEN, ["confidence", "add", "P-02", "--rating", "amber", "--narrative", "Training is behind and the supplier is late; a new date is agreed.", "--divergence-reason", "Zone C can be served at the counter until all are trained."]),
    Typed("2026-10-22", BEN, ["pilot", "set", "P-02", "--forecast-end", "2027-01-29", "--reason", "Supplier capacity over the holidays"]),
    Typed("2026-10-22", BEN, ["action", "set", "A-001", "--due", "30 Oct", "--reason", "Waiting for the survey of the estates"]),
    # Week 5: the second board; somebody leaves.
    Typed("2026-10-27", ANA, ["win", "add", "Plain letter cut “where is it?” calls from 61 to 38 a week", "--pilot", "P-01", "--evidence", "link", "--evidence-note", "https://intranet.example/letters"]),
    Typed("2026-10-28", BEN, ["win", "set", "W-002", "--verified-by", "ben"]),
    Typed("2026-10-29", ANA, ["erase", "Zebulon Quirke", "--reason", "Left the council", "--yes"]),
    # Week 6: the programme as it goes to the third board.
    Typed("2026-11-04", ANA, ["risk", "set", "R-004", "--status", "closed", "--closing-reason", "mitigated", "--reason", "Checks are automatic now"]),
    Typed("2026-11-05", ANA, ["confidence", "add", "P-01", "--rating", "green", "--divergence-reason", "The one overdue action waits for a survey, not for us."]),
    Typed("2026-11-05", BEN, ["pilot", "set", "P-02", "--status-note", "Five of eighteen counter staff are trained; two more workshops are booked."]),
    Typed("2026-11-06", ANA, ["confidence", "add", "--rating", "amber", "--narrative", "One pilot is ready for a decision, one needs its training finished first."]),
    Typed("2026-11-06", ANA, ["check"]),
]  # fmt: skip

BOARDS = [("2026-10-08", None), ("2026-10-29", "2026-10-08"), ("2026-11-06", "2026-10-29")]


def session(file: Path, day: str, who: str, hour: int = 9) -> Session:
    """Return the surroundings of a command: its file, its person and its day."""
    on = date.fromisoformat(day)
    return Session(now=lambda: datetime.combine(on, time(hour), UTC), today=lambda: on, who=who, file=str(file))


def play(file: Path, weeks: list[Typed] = WEEKS) -> Iterator[tuple[Typed, int, str, str]]:
    """Play the weeks into a file; yield each command with its exit code and what it printed."""
    for typed in weeks:
        out, words = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(words):
            code = run(typed.words, session(file, typed.day, typed.who))
        yield typed, code, out.getvalue(), words.getvalue()


def paper(file: Path, day: str, since: str | None, format_: str) -> str:
    """Return the status summary as of a day, as the shell prints it."""
    out = io.StringIO()
    more = ["--since", since] if since else []
    with contextlib.redirect_stdout(out):
        code = run(["report", "summary", "--as-of", day, "--format", format_, *more], session(file, "2026-11-20", ANA))
    assert code == 0
    return out.getvalue()


def main() -> None:
    """Play the six weeks into the file that is named, and print the papers."""
    file = Path(sys.argv[1])
    for typed, code, _, words in play(file):
        if code != typed.code:
            sys.exit(f"{typed.day} {typed.who}: tracker {' '.join(typed.words)} gave {code}: {words}")
    for day, since in BOARDS:
        sys.stdout.write(paper(file, day, since, "txt") + "\n\n")


if __name__ == "__main__":
    main()
