"""The pages of a board's cycle: where a meeting stands, what is missing, what is in the way, what changed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tracker.fields import humanise
from tracker.reports.model import Block, Bullets, Column, Heading, Paragraph, Table
from tracker.rules.boards.cycle import OPEN_TO_FREEZE, Step, days_words
from tracker.rules.wording import counted, listed, optional, show_date

if TYPE_CHECKING:
    from tracker.rules.boards.preflight import Preflight, Warned
    from tracker.services.board.collecting import Collected
    from tracker.services.board.comparing import Compared
    from tracker.services.board.cycle import Desk

STEP_MARKS = {"done": "● Done", "skipped": "– Not done", "now": "▲ Now", "later": "○ Later"}
SEVERITY_MARKS = {"high": "■ High", "medium": "▲ Medium"}
REQUEST_MARKS = {"report": "▲"}
STEPS = (Column("State"), Column("Step"), Column("By"))
WARNINGS = (Column("State"), Column("Warning"), Column("", long=True))


def desk_page(desk: "Desk", today: date, commands: Mapping[str, str]) -> Iterator[Block]:
    """Yield where a meeting stands: its name and day, what belongs to it, and its steps with their days.

    ``commands`` says how the next step is taken, by the state that it leads to.
    """
    yield Heading(meeting_line(desk, today))
    yield Paragraph(status_line(desk))
    yield steps_table(desk, today, commands)


def meeting_line(desk: "Desk", today: date) -> str:
    """Return a meeting, its day and how far off that is, and its place."""
    distance = days_words(desk.meets_on, today, past="ago")
    line = f"{desk.meeting}: {show_date(desk.meets_on)} ({distance})"
    return ", ".join(filter(None, (line, desk.place)))


def status_line(desk: "Desk") -> str:
    """Return the status of a meeting, what is on its agenda, and, once it is not prepared any more, who was there."""
    status = humanise(desk.status)
    decisions = f"{counted(desk.asked, 'decision')} to be taken" + optional(" (", counted_drafts(desk), ")")
    if desk.status not in OPEN_TO_FREEZE and desk.asked:
        decisions = f"▲ no outcome recorded of {counted(desk.asked, 'decision')}"
    parts = [status, counted(desk.items, "agenda item"), decisions]
    if desk.snapshot is not None:
        parts.insert(1, f"frozen in {desk.snapshot.ref}")
    if desk.status not in OPEN_TO_FREEZE:
        parts.append(desk.quorum.words)
    return "; ".join(parts)


def counted_drafts(desk: "Desk") -> str:
    """Return how many of the decisions of a meeting nobody seeks yet; empty for none."""
    return counted(desk.drafts, "still a draft", "still drafts") if desk.drafts else ""


def steps_table(desk: "Desk", today: date, commands: Mapping[str, str]) -> Table:
    """Return the steps of a meeting, each with its state and the day by which it is to be done."""
    rows = [(STEP_MARKS[step.state], _step_title(step), _step_due(step, today, commands)) for step in desk.steps]
    return Table("steps", "", STEPS, tuple(rows), note=desk.notice)


def _step_title(step: Step) -> str:
    if step.earliest is None:
        return step.title
    return f"{step.title}, not before {show_date(step.earliest)}"


def _step_due(step: Step, today: date, commands: Mapping[str, str]) -> str:
    if step.state == "skipped":
        return "No papers were frozen"
    if step.due is None or step.state == "done":
        return ""
    day = show_date(step.due)
    if step.day_off is not None:
        day += f" (not {step.day_off:%A} {show_date(step.day_off)})"
    if step.state == "later":
        return day
    return ": ".join(filter(None, (f"{day}, {days_words(step.due, today)}", commands.get(step.leads_to))))


def collected_page(collected: "Collected") -> Iterator[Block]:
    """Yield what is missing for a meeting, by owner."""
    position = f"Position of {show_date(collected.day)}"
    if collected.since:
        position += f", since the board that saw {show_date(collected.since)}"
    yield Paragraph(f"{collected.meeting}: {show_date(collected.meets_on)}. {position}.")
    for request in collected.owners:
        yield Paragraph(f"{request.owner or 'Nobody answers for'} ({len(request.owed)}):")
        yield Bullets(tuple(f"{REQUEST_MARKS.get(owed.what, '○')} {owed.sentence}" for owed in request.owed))
    if not collected.owners:
        yield Paragraph("● Nothing is missing: everybody has reported, and nothing is stale or overdue.")


def preflight_page(ref: str, preflight: "Preflight", commands: Mapping[str, str]) -> Iterator[Block]:
    """Yield the list before freezing: what is open, what was accepted and why, and how much of each there is.

    ``commands`` says how an open warning is mended, by its id.
    """
    rows = [
        (SEVERITY_MARKS[warning.severity], warning.id, _lines(warning, commands.get(warning.id, "")))
        for warning in preflight.open
    ]
    rows += [
        ("● Accepted", warning.id, _lines(warning, f"{acceptance.by}: {acceptance.because}"))
        for warning, acceptance in preflight.accepted
    ]
    if rows:
        yield Table("preflight", "", WARNINGS, tuple(rows))
    yield Paragraph(preflight_line(ref, preflight))


def preflight_line(ref: str, preflight: "Preflight") -> str:
    """Return how many warnings are open and accepted before the papers of a meeting (its ref) are frozen.

    What the meeting itself is without is said with it.
    """
    lacks = optional(f"{ref} ", listed(preflight.lacks), ".")
    if not (preflight.open or preflight.accepted):
        return f"▲ No warning is open. {lacks}" if lacks else f"● {ref}: nothing stands in the way."
    line = f"{ref}: {counted(len(preflight.open), 'warning')} open, {len(preflight.accepted)} accepted."
    return " ".join(filter(None, (line, lacks)))


def _lines(warning: "Warned", remark: str) -> str:
    return "\n".join(filter(None, (warning.sentence, remark)))


def compared_page(compared: "Compared") -> Iterator[Block]:
    """Yield what changed between the papers of two snapshots, section by section."""
    old, new = (f"{snapshot.ref} ({show_date(snapshot.as_of)})" for snapshot in (compared.old, compared.new))
    yield Paragraph(f"From {old} to {new}")
    yield Bullets(tuple(f"▲ {caution}" for caution in compared.cautions))
    for difference in compared.found:
        yield Heading(difference.section)
        yield Bullets(difference.sentences)
    if not compared.found:
        yield Paragraph(f"The two {compared.paper}s say the same.")
