"""How the cycle of a board is printed: as lines for people, and as objects for programs."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tracker.cli.shell.output import data, json_value
from tracker.fields import humanise
from tracker.rules.boards.cycle import OPEN_TO_FREEZE, days_words
from tracker.rules.boards.preflight import HIGH, Preflight
from tracker.rules.when import show_date
from tracker.rules.wording import counted
from tracker.services.board.collecting import Collected
from tracker.services.board.comparing import Compared
from tracker.services.board.cycle import Desk

STEP_MARKS = {"done": "● Done ", "now": "▲ Now  ", "later": "○ Later"}
SEVERITY_MARKS = {HIGH: "■ High  ", "medium": "▲ Medium"}


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output."""
    for line in lines:
        data(line)


def desk_lines(desk: Desk, today: date) -> Iterator[str]:
    """Yield where a meeting stands: its name, what belongs to it, and its steps with their days."""
    far = days_words(desk.meets_on, today, past="ago")
    place = f", {desk.place}" if desk.place else ""
    yield f"{desk.meeting.ref}  {desk.meeting.name}: {show_date(desk.meets_on)} ({far}){place}"
    frozen = f"; frozen in {desk.snapshot.ref}" if desk.snapshot else ""
    asked = counted(desk.asked, "decision") + " to be taken"
    yield f"  {humanise(desk.status)}{frozen}; {counted(desk.items, 'agenda item')}; {asked}"
    if desk.status not in OPEN_TO_FREEZE:
        yield f"  {desk.quorum.words}"
    for step in desk.steps:
        due = f"by {show_date(step.due)}" if step.due and step.state != "done" else ""
        late = f" ({days_words(step.due, today)}): “{step.command}”" if step.due and step.state == "now" else ""
        first = f", not before {show_date(step.earliest)}" if step.earliest else ""
        yield f"  {STEP_MARKS[step.state]}  {step.title}{first}{', ' if due else ''}{due}{late}"


def desk_object(desk: Desk, today: date) -> dict[str, Any]:
    """Return where a meeting stands as JSON has it."""
    steps = [
        {**{k: json_value(v) for k, v in step._asdict().items()}, "days": (step.due - today).days if step.due else None}
        for step in desk.steps
    ]
    return {
        "board": json_value(desk.meeting),
        "meets_on": json_value(desk.meets_on),
        "place": desk.place,
        "status": desk.status,
        "snapshot": json_value(desk.snapshot) if desk.snapshot else None,
        "agenda_items": desk.items,
        "decisions_to_be_taken": desk.asked,
        "present": desk.quorum.present,
        "quorum": desk.quorum.needed,
        "steps": steps,
    }


def collected_lines(found: Collected) -> Iterator[str]:
    """Yield what is missing for a meeting, by owner."""
    since = f", since the board that saw {show_date(found.since)}" if found.since else ""
    yield f"{found.meeting}: {show_date(found.meets_on)}. Position of {show_date(found.day)}{since}."
    for one in found.owners:
        who = str(one.owner) if one.owner else "Nobody answers for"
        yield f"{who} ({len(one.owed)}):"
        yield from (f"  {'▲' if owed.what == 'report' else '○'} {owed.sentence}" for owed in one.owed)
    if not found.owners:
        yield "● Nothing is missing: everybody has reported, and nothing is stale or overdue."


def collected_object(found: Collected) -> dict[str, Any]:
    """Return what is missing for a meeting as JSON has it."""
    return {
        "board": json_value(found.meeting),
        "meets_on": json_value(found.meets_on),
        "as_of": json_value(found.day),
        "since": json_value(found.since),
        "owners": [
            {"owner": json_value(one.owner) if one.owner else None, "owed": [owed._asdict() for owed in one.owed]}
            for one in found.owners
        ],
    }


def checked_lines(board: Any, found: Preflight) -> Iterator[str]:
    """Yield the list before freezing: what is open with the command that mends it, and what was accepted."""
    for one in found.open:
        yield f"{SEVERITY_MARKS[one.severity]}  {one.id}"
        yield f"            {one.sentence}"
        if one.mend:
            yield f"            {one.mend}"
    for one, why in found.accepted:
        yield f"● Accepted  {one.id}"
        yield f"            {one.sentence}"
        yield f"            {why.by}: {why.because}"
    gone = f"{counted(len(found.open), 'warning')} open, {len(found.accepted)} accepted"
    yield f"{board.ref}: {gone}." if found.open or found.accepted else f"● {board.ref}: nothing stands in the way."


def checked_object(board: Any, found: Preflight) -> dict[str, Any]:
    """Return the list before freezing as JSON has it."""
    return {
        "board": {"ref": board.ref, "name": board.title, "uid": board.uid},
        "clear": found.clear,
        "open": [{**one._asdict(), "refs": list(one.refs)} for one in found.open],
        "accepted": [
            {**one._asdict(), "refs": list(one.refs), "because": why.because, "acceptance": why.by}
            for one, why in found.accepted
        ],
    }


def compared_lines(found: Compared) -> Iterator[str]:
    """Yield what changed between two snapshots, section by section."""
    yield f"From {found.old.ref} ({show_date(found.old.as_of)}) to {found.new.ref} ({show_date(found.new.as_of)})"
    yield from (f"▲ {caution}" for caution in found.cautions)
    for one in found.found:
        yield f"{one.section}:"
        yield from (f"  {sentence}" for sentence in one.sentences)
    if not found.found:
        yield f"The two {found.paper}s say the same."
