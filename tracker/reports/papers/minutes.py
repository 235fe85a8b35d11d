"""The minutes of a board meeting, from its records: a paper like the others, a draft until they are approved."""

from datetime import date
from typing import Any, NamedTuple

from tracker.entities.action import Action
from tracker.entities.attendee import BoardAttendee
from tracker.entities.correction import BoardCorrection
from tracker.entities.decision import Decision
from tracker.entities.item import AgendaItem
from tracker.fields import humanise
from tracker.reports.model import Block, Bullets, Column, Facts, Header, Missing, Paragraph, Report, Section, Table
from tracker.rules.boards.cycle import CLOSED, quorum
from tracker.rules.wording import optional, show_date

ATTENDANCE = (
    ("present", "Present"),
    ("deputy", "Represented by a deputy"),
    ("apologies", "Apologies"),
    ("absent", "Absent"),
    ("expected", "Attendance not recorded"),
)


class MinutesData(NamedTuple):
    """A meeting with all that its minutes tell; ``people`` are names by uid, the lists are in their order."""

    programme: Any | None
    board: Any
    attendees: tuple[BoardAttendee, ...]
    items: tuple[AgendaItem, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    corrections: tuple[BoardCorrection, ...]
    people: dict[str, str]
    pack: str
    head: str
    day: date

    def person(self, uid: str | None) -> str:
        """Return a name; empty for nobody."""
        return self.people.get(uid or "", "")


def build_minutes(data: MinutesData) -> Report:
    """Return the minutes of a meeting; what was not recorded is said, and nothing is made up."""
    programme, board = data.programme, data.board
    header = Header(
        title="minutes" if board.status in CLOSED else "draft minutes",
        programme=programme.name if programme is not None else "Programme not recorded",
        board=programme.board_name if programme is not None else "",
        as_of=data.day,
        since=None,
        audience="Internal",
        classification=(programme.classification_label or "") if programme is not None else "",
        version="Approved" if board.status in CLOSED else "Draft",
        head=data.head[:8],
        meeting=f"{show_date(board.meets_on)}, {board.title}",
        frozen=show_date(board.approved_on) if board.status in CLOSED and board.approved_on else "",
        pack=data.pack,
    )
    sections = [_attendance(data), *(_item(data, number, item) for number, item in enumerate(data.items, 1))]
    loose = _loose(data)
    if loose:
        sections.append(loose)
    return Report(header, (*sections, _actions(data), _end(data)))


def _attendance(data: MinutesData) -> Section:
    board = data.board
    facts = [("Meeting", f"{board.ref} {board.title}"), ("Date", show_date(board.meets_on))]
    facts += [("Place", board.place)] if board.place else []
    if data.attendees:
        facts.append(("Quorum", quorum(board, data.attendees).words))
    blocks: list[Block] = [Facts(tuple(facts))]
    if not data.attendees:
        blocks.append(Missing("Attendance is not recorded."))
    for state, title in ATTENDANCE:
        members = [_member(data, attendee) for attendee in data.attendees if attendee.attendance == state]
        if members:
            blocks += [Paragraph(f"{title}:"), Bullets(tuple(members))]
    declared = [f"{_name(data, attendee)}: {attendee.interest}" for attendee in data.attendees if attendee.interest]
    if data.attendees:
        blocks.append(Paragraph("Interests declared:" if declared else "Interests declared: none."))
    if declared:
        blocks.append(Bullets(tuple(declared)))
    return Section("attendance", "Attendance and interests", tuple(blocks))


def _name(data: MinutesData, attendee: Any) -> str:
    return data.person(attendee.person) or attendee.ref


def _member(data: MinutesData, attendee: Any) -> str:
    deputy = optional(" (deputy: ", attendee.deputy, ")")
    return f"{_name(data, attendee)}, {attendee.role.lower()}{deputy}"


def _item(data: MinutesData, number: int, item: Any) -> Section:
    blocks: list[Block] = [Paragraph(f"{item.ref}, {humanise(item.item_kind).lower()}.")]
    blocks += [Paragraph(part) for part in (item.minutes or "").splitlines() if part.strip()]
    for decision in data.decisions:
        if decision.uid == item.decision:
            blocks += _decision(data, decision)
    if len(blocks) == 1:
        blocks.append(Missing("Nothing is written of this item yet."))
    return Section(f"item-{item.ref.lower()}", f"{number}. {item.title}", tuple(blocks))


def _decision(data: MinutesData, decision: Decision) -> list[Block]:
    if decision.status == "taken":
        answer = humanise(decision.outcome or "noted").lower()
        sentence = f"Decision {decision.ref}: {answer}. {decision.title}."
    elif decision.status == "deferred":
        sentence = f"Decision {decision.ref} was deferred: {decision.title}."
    else:
        return [Missing(f"No answer to {decision.ref} ({decision.title}) is recorded.")]
    blocks: list[Block] = [Paragraph(sentence)]
    if decision.rationale:
        blocks.append(Paragraph(f"Why: {decision.rationale}"))
    agreed = [action for action in data.actions if action.decision == decision.uid]
    if agreed:
        heading = "Conditions" if decision.outcome == "approved_with_conditions" else "Agreed"
        lines = [
            f"{action.ref}: {action.text} ({data.person(action.owner)}, by {show_date(action.due)})"
            for action in agreed
        ]
        blocks += [Paragraph(f"{heading}:"), Bullets(tuple(lines))]
    return blocks


def _loose(data: MinutesData) -> Section | None:
    """Return the decisions of the meeting that stand under no item of its agenda."""
    listed_ones = {item.decision for item in data.items}
    blocks = [
        block
        for decision in data.decisions
        if decision.uid not in listed_ones and decision.status in ("taken", "deferred")
        for block in _decision(data, decision)
    ]
    return Section("decisions", "Decisions outside the agenda", tuple(blocks)) if blocks else None


def _actions(data: MinutesData) -> Section:
    if not data.actions:
        return Section("actions", "Actions agreed", (Missing("No action was agreed."),))
    columns = (Column("Ref"), Column("Action", long=True), Column("Owner"), Column("Due"))
    rows = tuple((action.ref, action.text, data.person(action.owner), show_date(action.due)) for action in data.actions)
    return Section("actions", "Actions agreed", (Table("actions", "Actions agreed at this meeting", columns, rows),))


def _end(data: MinutesData) -> Section:
    board = data.board
    blocks: list[Block] = []
    if board.status in CLOSED and board.approved_on:
        by = data.person(board.approved_by)
        blocks.append(Paragraph(f"Approved on {show_date(board.approved_on)}{f' by {by}' if by else ''}."))
    else:
        blocks.append(Paragraph("These minutes are a draft: nobody has approved them yet."))
    for correction in data.corrections:
        blocks.append(
            Paragraph(f"Correction {correction.ref} of {show_date(correction.corrected_on)}: {correction.text}")
        )
    frozen = f"The board was shown the papers frozen as {data.pack}."
    sentence = frozen if data.pack else "Nothing was frozen for this meeting."
    blocks.append(Paragraph(sentence))
    return Section("approval", "Approval and corrections", tuple(blocks))
