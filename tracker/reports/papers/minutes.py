"""The minutes of a board meeting, from its records: a paper like the others, a draft until they are approved."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tracker.entities import Action, AgendaItem, BoardAttendee, BoardCorrection, BoardMeeting, Body, Decision
from tracker.fields import humanise
from tracker.reports.model import (
    CODE,
    DRAFT_MINUTES,
    Block,
    Bullets,
    Callout,
    Facts,
    Header,
    Missing,
    Paragraph,
    Report,
    Section,
)
from tracker.reports.papers.data import Meeting, draft_header, table, when
from tracker.rules.boards.cycle import CLOSED, has_left, quorum, quorum_of_item, stands_aside
from tracker.rules.day import Day
from tracker.rules.visible.sight import whole_words
from tracker.rules.wording import date_or, listed, optional, show_date

ATTENDANCE = (
    ("present", "Present"),
    ("deputy", "Represented by a deputy"),
    ("apologies", "Apologies"),
    ("absent", "Absent"),
    ("expected", "Attendance not recorded"),
)
ANSWERED = ("taken", "deferred")
OUTSIDE = "decisions"  # the section of what was decided under no item
NO_OUTCOME = "No outcome of "
NO_OUTCOME_EARLIER = "No answer to "  # minutes that stand under a code were made with these words


NOT_SHOWN = "an interest in something that is not shown here"


def build_minutes(
    day: Day,
    board: BoardMeeting,
    *,
    pack: str,
    head: str,
    apart: Iterable[Section] = (),
    hidden: Collection[str] = (),
) -> Report:
    """Return the minutes of a meeting; what was not recorded is said, and nothing is made up.

    ``day`` holds the records of the meeting only, in their order, and the people; ``pack`` is the ref of what was
    frozen for it (empty: nothing), ``head`` the journal's hash in hexadecimal. ``apart`` is what stands before the
    items: what is kept from these minutes, or is for members alone. ``hidden`` are words that give something restricted
    away: an interest in which one stands is not told in its own words.
    """
    items = day.all(AgendaItem)
    sections = [
        _attendance(day, board, hidden),
        *apart,
        *(_item(day, board, item.item_order or number, item) for number, item in enumerate(items, 1)),
    ]
    outside = _outside_agenda(day)
    if outside:
        sections.append(Section(OUTSIDE, "Decisions outside the agenda", tuple(outside)))
    return Report(_header(day, board, pack, head), (*sections, _actions(day), _end(day, board, pack)))


def as_worded_earlier(report: Report) -> Report:
    """Return minutes as the program once made them: of decisions without an outcome only those on the agenda stood."""
    sections = []
    for section in report.sections:
        blocks = section.blocks
        if section.id == OUTSIDE:
            blocks = tuple(block for block in blocks if not _lacks_outcome(block))
        if blocks:
            sections.append(replace(section, blocks=tuple(map(_worded_earlier, blocks))))
    return replace(report, sections=tuple(sections))


def _lacks_outcome(block: Block) -> bool:
    return isinstance(block, Missing) and block.text.startswith(NO_OUTCOME)


def _worded_earlier(block: Block) -> Block:
    if isinstance(block, Missing) and _lacks_outcome(block):
        return Missing(NO_OUTCOME_EARLIER + block.text.removeprefix(NO_OUTCOME))
    return block


def _header(day: Day, board: BoardMeeting, pack: str, head: str) -> Header:
    meeting = f"{show_date(board.meets_on)}, {board.title}"
    draft = draft_header(day, DRAFT_MINUTES, Meeting(board, day.get(Body, board.body)))
    header = replace(draft, head=head[:CODE], meeting=meeting, pack=pack)
    if board.status not in CLOSED:
        return header
    return replace(header, title="minutes", version="Approved", frozen=date_or(board.approved_on))


def _attendance(day: Day, board: BoardMeeting, hidden: Collection[str]) -> Section:
    attendees = day.all(BoardAttendee)
    facts = [("Meeting", f"{board.ref} {board.title}"), ("Date", when(board))]
    if board.place:
        facts.append(("Place", board.place))
    if attendees:
        facts.append(("Quorum", quorum(board, attendees, day.get(Body, board.body)).words))
    blocks: list[Block] = [Facts(tuple(facts))]
    if not attendees:
        blocks.append(Missing("Attendance is not recorded."))
    for state, title in ATTENDANCE:
        blocks += _list(title, [_member(day, attendee) for attendee in attendees if attendee.attendance == state])
    telling = whole_words(*hidden) if hidden else None
    declared = [
        f"{_name(day, attendee)}: {NOT_SHOWN if telling and telling.search(attendee.interest) else attendee.interest}"
        for attendee in attendees
        if attendee.interest
    ]
    if attendees and not declared:
        blocks.append(Paragraph("No declared interest is recorded."))
    blocks += _list("Interests declared", declared)
    return Section("attendance", "Attendance and interests", tuple(blocks))


def _list(title: str, lines: Iterable[str]) -> list[Block]:
    """Return lines under their title; nothing without a line."""
    bullets = Bullets(tuple(lines))
    return [Paragraph(f"{title}:"), bullets] if bullets.items else []


def _name(day: Day, attendee: BoardAttendee) -> str:
    return day.person(attendee.person) or attendee.ref


def _member(day: Day, attendee: BoardAttendee) -> str:
    deputy = optional(" (deputy: ", attendee.deputy, ")")
    return f"{_name(day, attendee)}, {attendee.role.lower()}{deputy}"


def _item(day: Day, board: BoardMeeting, number: int, item: AgendaItem) -> Section:
    blocks: list[Block] = [Paragraph(f"{item.ref}, {humanise(item.item_kind).lower()}.")]
    blocks += [Paragraph(part) for part in (item.minutes or "").splitlines() if part.strip()]
    decision = day.get(Decision, item.decision)
    if decision is not None:
        blocks += _decision(day, decision)
    if len(blocks) == 1:
        blocks.append(Missing("Nothing is written of this item yet."))
    blocks += _part_taken(day, board, item, decided=decision is not None and decision.status in ANSWERED)
    return Section(f"item-{item.ref.lower()}", f"{number}. {item.title}", tuple(blocks))


def _part_taken(day: Day, board: BoardMeeting, item: AgendaItem, *, decided: bool) -> Iterator[Block]:
    """Yield who took no part in an item, and that a decision was taken without a quorum."""
    attendees = day.all(BoardAttendee)
    aside = [_name(day, attendee) for attendee in attendees if stands_aside(attendee, item)]
    items = [entry for entry in day.all(AgendaItem) if entry.board == board.uid]
    left = [_name(day, attendee) for attendee in attendees if has_left(attendee, item, items)]
    numbers = quorum_of_item(board, attendees, item, items, day.get(Body, board.body))
    if aside:
        yield Paragraph(f"Took no part, having declared an interest: {listed(aside)}. Without them {numbers.words}.")
    if left and any(attendee.left_before == item.uid for attendee in attendees):
        yield Paragraph(f"Left before this item: {listed(left)}. Without them {numbers.words}.")
    if decided and attendees and not numbers.met:
        yield Callout("No quorum", f"The decision was taken with {numbers.words}.")


def _decision(day: Day, decision: Decision) -> list[Block]:
    if decision.status not in ANSWERED:
        return [Missing(f"{NO_OUTCOME}{decision.ref} ({decision.title}) is recorded.")]
    sentence = f"Decision {decision.ref} was deferred: {decision.title}."
    if decision.status == "taken":
        sentence = f"Decision {decision.ref}: {humanise(decision.outcome or 'noted').lower()}. {decision.title}."
    blocks: list[Block] = [Paragraph(sentence)]
    if decision.rationale:
        blocks.append(Paragraph(f"Why: {decision.rationale}"))
    lines = (
        f"{action.ref}: {action.text} ({day.answering(action.owner)}, by {date_or(action.due, 'a day not known')})"
        for action in day.of(Action, "decision", decision.uid)
    )
    title = "Conditions" if decision.outcome == "approved_with_conditions" else "Agreed"
    return [*blocks, *_list(title, lines)]


def _outside_agenda(day: Day) -> list[Block]:
    """Return the decisions of the meeting that stand under no item of its agenda, those without an outcome too."""
    on_agenda = {item.decision for item in day.all(AgendaItem)}
    return [
        block
        for decision in day.all(Decision)
        if decision.uid not in on_agenda and decision.status in (*ANSWERED, "sought")
        for block in _decision(day, decision)
    ]


def _actions(day: Day) -> Section:
    rows = [(action.ref, action.text, day.answering(action.owner), date_or(action.due)) for action in day.all(Action)]
    block: Block = Missing("No action of this meeting is recorded.")
    if rows:
        block = table("actions", "Actions agreed at this meeting", ("Ref", "Action+", "Owner", "Due"), rows)
    return Section("actions", "Actions agreed", (block,))


def _end(day: Day, board: BoardMeeting, pack: str) -> Section:
    sentences = ["These minutes are a draft: nobody has approved them yet."]
    if board.status in CLOSED and board.approved_on:
        by = optional(" by ", day.person(board.approved_by))
        sentences = [f"Approved on {show_date(board.approved_on)}{by}."]
    for correction in day.all(BoardCorrection):
        sentences.append(f"Correction {correction.ref} of {show_date(correction.corrected_on)}: {correction.text}")
    papers = optional("The board was shown the papers frozen as ", pack, ".")
    sentences.append(papers or "Nothing was frozen for this meeting.")
    return Section("approval", "Approval and corrections", tuple(map(Paragraph, sentences)))
