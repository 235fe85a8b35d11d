"""The story of two boards, typed into a shell: 8 October and 12 November 2026, from collecting to archiving.

``python tests/stories/two_boards.py FOLDER`` plays it into FOLDER/programme.db and prints what each command said; the test
beside it compares that with golden files. ``{out}`` in a word is the folder that papers are written to.
"""

# ruff: noqa: E501 -- a command is a line, as it is typed

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from six_weeks import Typed, session

from tracker.cli import run

SEC, ANA = "sam", "ana"


def _b(day: str, *words: str, code: int = 0, who: str = SEC) -> Typed:
    return Typed(day, who, ["board", *words], code)


def _accept(day: str, ref: str, warning: str, because: str) -> Typed:
    return _b(day, "accept", ref, warning, "--because", because)


BEGINNING = [
    Typed("2026-09-01", SEC, ["init", "Simpler Services", "--sponsor", "Northmere Borough Council", "--me", "Sam Secretary"]),
    Typed("2026-09-01", SEC, ["programme", "set", "--board-name", "Transformation board", "--classification-label", "OFFICIAL"]),
    Typed("2026-09-01", SEC, ["programme", "set", "--visibility", "public"]),
    *(Typed("2026-09-01", SEC, ["person", "add", name]) for name in ("Chair", "Ana Novak", "Data lead")),
    Typed("2026-09-01", ANA, ["pilot", "add", "Blue Badge renewals online", "--phase", "discovery", "--start", "2026-08-03", "--forecast-end", "2026-12-18", "--delivery-lead", "Ana Novak"]),
    Typed("2026-09-01", ANA, ["pilot", "add", "Parking permits", "--phase", "discovery", "--start", "2026-08-10", "--forecast-end", "2026-11-27", "--delivery-lead", "Data lead"]),
    Typed("2026-09-14", ANA, ["risk", "add", "Address lookups fail", "--pilot", "P-01", "--likelihood", "3", "--impact", "3", "--owner", "Data lead", "--category", "information"]),
    Typed("2026-09-15", ANA, ["action", "add", "Load the new estates", "--owner", "Data lead", "--due", "2026-10-02", "--pilot", "P-01"]),
    Typed("2026-09-16", ANA, ["gate", "add", "Alpha gate", "--pilot", "P-01", "--opens-phase", "alpha", "--planned-on", "2026-11-20"]),
]  # fmt: skip

OCTOBER = [
    _b("2026-09-17", "add", "October board", "--meets-on", "2026-10-08", "--place", "Room 2", "--quorum", "2"),
    Typed("2026-09-17", SEC, ["attendee", "add", "Chair", "--board", "B-01", "--role", "Chair"]),
    Typed("2026-09-17", SEC, ["attendee", "add", "Ana Novak", "--board", "B-01"]),
    Typed("2026-09-17", SEC, ["attendee", "add", "Chair", "--board", "B-01"], 1),  # once is enough
    Typed("2026-09-18", ANA, [
        "decision", "add", "Fund an alpha", "--pilot", "P-01", "--board", "B-01", "--status", "sought",
        "--question", "Shall Blue Badge go on to alpha?", "--needed-by", "2026-10-08",
        "--options", "Do nothing; Go on to alpha; Stop", "--recommendation", "Go on: people finish the task.",
    ]),
    Typed("2026-09-18", SEC, ["item", "add", "Where we stand", "--board", "B-01", "--kind", "information"]),
    Typed("2026-09-18", SEC, ["item", "add", "Fund an alpha", "--board", "B-01", "--kind", "decision", "--decision", "D-001"]),
    _b("2026-09-24", "next"),
    _b("2026-09-24", "freeze", "B-01", code=1),  # nothing was mended or accepted yet
    _b("2026-09-24", "collect"),
    Typed("2026-09-28", ANA, ["confidence", "add", "P-01", "--rating", "green", "--narrative", "Research is done and the tasks are finished."]),
    Typed("2026-10-07", ANA, ["action", "set", "A-001", "--evidence", "Loaded for two estates of three", "--note", "x"], 2),
    Typed("2026-10-07", ANA, ["action", "set", "A-001", "--evidence", "Loaded for two estates of three"]),
    _b("2026-10-08", "check", "B-01", code=1),
    _accept("2026-10-08", "B-01", "rating.missing.P-02", "Its team begins next week"),
    _accept("2026-10-08", "B-01", "pilot.stale.P-02", "Its team begins next week"),
    _b("2026-10-08", "accept", "B-01", "rating.missing.P-09", "--because", "There is no such pilot", code=1),
    _b("2026-10-08", "check", "B-01"),
    _b("2026-10-08", "freeze", "B-01"),
    _b("2026-10-08", "pack", "B-01", "--format", "md", "--format", "txt", "--format", "json", "-o", "{out}/october/"),
    # Later edits, at the meeting and after it: the papers stay what they were.
    Typed("2026-10-08", ANA, ["pilot", "set", "P-01", "--forecast-end", "2027-01-29", "--reason", "Supplier capacity"]),
    Typed("2026-10-08", SEC, ["attendee", "set", "BA-001", "--attendance", "present"]),
    Typed("2026-10-08", SEC, ["attendee", "set", "BA-002", "--attendance", "present", "--interest", "AG-002: leads the pilot"]),
    _b("2026-10-08", "hold", "B-01"),
    _b("2026-10-08", "freeze", "B-01", "--reason", "The supplier called", code=1),  # it was held
    _b(
        "2026-10-08", "decide", "D-001", "--outcome", "approved-with-conditions", "--rationale", "People finish the task.",
        "--condition", "Test with screen readers; owner Ana Novak; due 2026-11-06", "--gate", "G-01",
    ),
    _b("2026-10-09", "minutes", "AG-001", "--text", "The board saw the position of 8 October."),
    _b("2026-10-09", "minutes", "AG-002", "--text", "Ana Novak took no part in the decision."),
    _b("2026-10-09", "minutes", "B-01"),
    _b("2026-10-09", "publish", "B-01", code=1),  # nobody has approved the minutes
    _b("2026-10-15", "approve", "B-01", "--by", "Chair"),
    Typed("2026-10-15", SEC, ["item", "set", "AG-002", "--minutes", "Nobody was there"], 1),
    Typed("2026-10-15", SEC, ["attendee", "remove", "BA-002", "--reason", "Was not there"], 1),
    Typed("2026-10-15", SEC, ["correction", "add", "Ana Novak left before item 2", "--board", "B-01", "--item", "AG-002"]),
    _b("2026-10-16", "publish", "B-01"),
    _b("2026-10-16", "minutes", "B-01"),
]  # fmt: skip

NOVEMBER = [
    _b("2026-10-20", "add", "November board", "--meets-on", "2026-11-12"),
    Typed("2026-11-02", ANA, ["pilot", "set", "P-02", "--phase", "stopped", "--reason", "The supplier left the market"]),
    Typed("2026-11-03", ANA, ["action", "set", "A-001", "--status", "done"]),
    Typed("2026-11-04", ANA, ["feedback", "add", "Ring me on 07700 900 123", "--pilot", "P-01"]),
    _b("2026-11-05", "collect"),
    _b("2026-11-05", "check", "B-02", code=1),
    Typed("2026-11-06", ANA, ["confidence", "add", "P-01", "--rating", "amber", "--narrative", "The supplier is late; the test with screen readers is not done."]),
    Typed("2026-11-12", ANA, ["feedback", "set", "F-001", "--summary", "Asks to be rung back"]),
    _b("2026-11-12", "check", "B-02", code=1),
    _accept("2026-11-12", "B-02", "action.overdue.A-002", "The board hears of it under actions"),
    _b("2026-11-12", "freeze", "B-02"),
    Typed("2026-11-12", ANA, ["action", "set", "A-002", "--evidence", "Booked for 19 November"]),
    _b("2026-11-12", "freeze", "B-02", code=1),  # without a reason
    _b("2026-11-12", "freeze", "B-02", "--reason", "The test was booked in the morning"),
    _b("2026-11-12", "diff", "SN-003", "SN-004"),
    _b("2026-11-12", "diff", "SN-001", "SN-004", "--paper", "summary"),
    _b("2026-11-12", "pack", "B-02", "--format", "md", "-o", "{out}/november/"),
    _b("2026-11-20", "verify", "SN-001"),
    _b("2026-11-20", "verify", "{out}/october/b-01-pack-2026-10-08.md"),
    _b("2026-11-20", "verify", "{out}/october/b-01-summary-2026-10-08.json"),
    _b("2026-11-20", "verify", "{out}/november/b-02-pack-2026-11-12-v2.md"),
    _b("2026-11-20", "verify", "{out}/october/no-such-file.md", code=1),
    Typed("2026-11-20", SEC, ["erase", "Ana Novak", "--reason", "Left the council", "--yes"]),
    _b("2026-11-20", "verify", "B-01"),
    _b("2026-11-20", "verify", "{out}/october/b-01-pack-2026-10-08.md"),
    _b("2026-11-20", "next"),
    Typed("2026-11-20", SEC, ["check"]),
]  # fmt: skip

RECORDS = [
    _b("2026-11-20", "archive", "B-01", "--format", "md", "-o", "{out}/records/"),
    _b("2026-11-20", "archive", "B-01", "--format", "md", "-o", "{out}/records/", code=1),  # it is there already
    _b("2026-11-20", "verify", "{out}/records/b-01-archive-2026-10-08.zip"),
    _b("2026-11-20", "archive", "B-02", "-o", "{out}/records/", code=1),  # it was not even held
    Typed("2026-11-20", SEC, ["settings", "set", "publication_delay_days", "10", "--reason", "Agreed by the board"]),
    _b("2026-11-20", "hold", "B-02"),
    _b("2026-11-20", "minutes", "B-02", "-o", "{out}/minutes.md"),
    _b("2026-11-26", "approve", "B-02", "--by", "Chair"),
    _b("2026-11-27", "next"),
    _b("2026-11-27", "publish", "B-02", code=1),  # ten days have not gone by
    Typed("2026-11-27", SEC, ["report", "public", "--board", "B-02", "-o", "{out}/open.md"], 1),
    _b("2026-11-30", "publish", "B-02", "--early", "The minister asked for it before the debate"),
    Typed("2026-11-30", SEC, ["report", "public", "--board", "B-02", "-o", "{out}/open.md"]),
    _b("2026-11-30", "verify", "{out}/open.md"),
    _b("2026-11-30", "archive", "B-02", "--format", "txt", "-o", "{out}/records/november.zip"),
    _b("2026-11-30", "verify", "{out}/records/november.zip"),
    _b("2026-11-30", "next"),
    Typed("2026-11-30", SEC, ["check"]),
]  # fmt: skip

CHAPTERS = {"beginning": BEGINNING, "october": OCTOBER, "november": NOVEMBER, "records": RECORDS}


def play(folder: Path, chapter: str) -> Iterator[tuple[Typed, int, str, str]]:
    """Play a chapter into the programme of a folder; yield each command with its code, its data and its words."""
    for typed in CHAPTERS[chapter]:
        words = [word.replace("{out}", str(folder)) for word in typed.words]
        out, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            code = run(words, session(folder / "programme.db", typed.day, typed.who, 17))
        yield typed, code, out.getvalue(), said.getvalue()


def told(folder: Path, typed: Typed, code: int, out: str, said: str) -> str:
    """Return a command and what it said, without what differs from file to file: places and hashes."""
    text = f"{typed.day} {typed.who}$ tracker {' '.join(typed.words)}\n{out}{said}"
    text += f"[exit code {code}]\n" if code else ""
    text = text.replace(str(folder), "{out}")
    text = re.sub(r"\b(?=[0-9a-f]*\d)[0-9a-f]{64}\b", "…", text)
    text = re.sub(r"[0-9a-f]{16}: the hash", "…: the hash", text)
    text = re.sub(r"(\(journal |chain head |, code |The code |Data |has data )[0-9a-f]{8,16}", r"\1…", text)
    return re.sub(r"[\d,]+ bytes", "… bytes", text)


def main() -> None:
    """Play the story into the folder that is named, and print it."""
    folder = Path(sys.argv[1])
    for chapter in CHAPTERS:
        for typed, code, out, said in play(folder, chapter):
            sys.stdout.write(told(folder, typed, code, out, said) + "\n")
            if code != typed.code:
                sys.exit(f"This gave {code}, not {typed.code}.")


if __name__ == "__main__":
    main()
