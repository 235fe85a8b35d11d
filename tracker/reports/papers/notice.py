"""The notice of a board meeting with its agenda: one page that goes out before any paper is frozen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.entities import AgendaItem, BoardAttendee, BoardMeeting, Body, Decision
from tracker.fields import humanise
from tracker.reports.model import CODE, Block, Bullets, Missing, Paragraph, Report, Section
from tracker.reports.papers.data import Meeting, draft_header, facts_or_missing, table
from tracker.rules.boards.cycle import counts, quorum_of
from tracker.rules.day import Day
from tracker.rules.typed.sides import WEEKDAYS
from tracker.rules.wording import counted, optional, show_date

INVITED = "Members and guests"
ASKED = {"decision": "To decide", "discussion": "To discuss", "information": "To note"}


class Notice(NamedTuple):
    """What a notice is made for: the meeting, its body (None: not recorded), by when papers go out, in words.

    ``pack`` is the ref of what was frozen for it (empty: nothing yet), ``head`` the journal's hash in hexadecimal.
    """

    board: BoardMeeting
    body: Body | None
    deadline: str
    pack: str
    head: str


def build_notice(day: Day, notice: Notice, apart: Iterable[Section] = ()) -> Report:
    """Return the notice of a meeting; ``day`` holds its agenda in order, who is expected, decisions and people.

    ``apart`` is what stands behind the agenda: what is kept from this notice, or is for members alone.
    """
    board = notice.board
    header = draft_header(day, "notice of meeting", Meeting(board, notice.body))
    meeting = f"{show_date(board.meets_on)}, {board.title}"
    header = replace(header, audience=INVITED, version="Notice", meeting=meeting, head=notice.head[:CODE])
    sections = (
        Section("meeting", "The meeting", tuple(_meeting(day, notice)), one_page=True),
        Section("agenda", "Agenda", tuple(_agenda(day)), one_page=True),
        *(replace(section, one_page=True) for section in apart),
        Section("expected", "Expected", tuple(_expected(day)), one_page=True),
    )
    return Report(header, sections)


def _meeting(day: Day, notice: Notice) -> Iterator[Block]:
    board, body = notice.board, notice.body
    facts = [
        ("Meeting", f"{board.ref} {board.title}"),
        ("Body", optional("", body and body.name)),
        ("Day", f"{WEEKDAYS[board.meets_on.weekday()]}, {show_date(board.meets_on)}"),
        ("Time", _time(board, body)),
        ("Place", board.place or ""),
        ("Chair", day.person(body.chair) if body is not None else ""),
        ("Secretary", day.person(body.secretary) if body is not None else ""),
        ("Quorum", optional("", quorum_of(board, body), " members")),
        ("Papers", optional("Frozen as ", notice.pack) or notice.deadline),
    ]
    optional_facts = ("Body", "Chair", "Secretary", "Quorum")
    yield facts_or_missing((label, value) for label, value in facts if value or label not in optional_facts)


def _time(board: BoardMeeting, body: Body | None) -> str:
    """Return when a meeting begins and is meant to end, with its zone: ``14:30 to 16:00 (Europe/London)``."""
    if board.start_time is None:
        return optional("", board.duration_minutes and counted(board.duration_minutes, "minute"))
    end = ""
    if board.duration_minutes:
        hours, minutes = map(int, board.start_time.split(":"))
        end_hour, end_minute = divmod(60 * hours + minutes + board.duration_minutes, 60)
        end = f"{end_hour % 24:02}:{end_minute:02}"
    return board.start_time + optional(" to ", end) + optional(" (", body and body.time_zone, ")")


def _agenda(day: Day) -> Iterator[Block]:
    items = day.all(AgendaItem)
    if not items:
        yield Missing("No agenda item is recorded.")
        return
    titles = ("No.", "Item", "Asked", "Presented by", "Paper", "Minutes>")
    rows = (_row(number, item) for number, item in enumerate(items, 1))
    yield replace(table("agenda", "Agenda", titles, rows, note=planned(items)), row_header=False)
    wanted = tuple(_wanted(day, number, item) for number, item in enumerate(items, 1) if item.decision)
    if wanted:
        yield Paragraph("Decisions wanted:")
        yield Bullets(wanted)


def planned(items: Sequence[AgendaItem]) -> str:
    """Return how many minutes are planned, and for how many of the items where that is not all."""
    minutes = [item.minutes_planned for item in items if item.minutes_planned is not None]
    if not minutes:
        return "No minutes are planned for any item."
    partial = len(minutes) < len(items)
    return f"Planned: {counted(sum(minutes), 'minute')}{f' for {len(minutes)} of {len(items)} items' * partial}."


def _wanted(day: Day, number: int, item: AgendaItem) -> str:
    decision = day.get(Decision, item.decision)
    question = "its decision is not shown"
    if decision is not None:
        question = f"{decision.ref}, {decision.question or decision.title}"
    return f"Item {item.item_order or number}: {question}"


def _row(number: int, item: AgendaItem) -> tuple[str, ...]:
    return (
        f"{item.item_order or number}",
        item.title,
        ASKED.get(item.item_kind, humanise(item.item_kind)),
        item.presenter or "–",
        item.paper or "–",
        optional("", item.minutes_planned) or "–",
    )


def _expected(day: Day) -> Iterator[Block]:
    attendees = day.all(BoardAttendee)
    if not attendees:
        yield Missing("Nobody is put down for this meeting yet.")
        return
    coming = (attendee for attendee in attendees if attendee.attendance not in ("apologies", "absent"))
    yield Paragraph("; ".join(_member(day, attendee) for attendee in coming) + ".")
    apologies = "; ".join(_member(day, attendee) for attendee in attendees if attendee.attendance == "apologies")
    if apologies:
        yield Paragraph(f"Apologies so far: {apologies}.")


def _member(day: Day, attendee: BoardAttendee) -> str:
    vote = "" if counts(attendee) else " (without a vote)"
    return f"{day.person(attendee.person) or attendee.ref}, {attendee.role.lower()}{vote}"
