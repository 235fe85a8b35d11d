"""The meeting of a pack: its agenda, what was promised at earlier ones, and the minutes of the last."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.entities import Action, AgendaItem, BoardAttendee, BoardMeeting, Decision
from tracker.fields import humanise
from tracker.reports.model import Block, Callout, Cells, Heading, Missing, Paragraph, Section
from tracker.reports.papers.data import (
    Meeting,
    SummaryData,
    apart_block,
    facts_or_missing,
    none_recorded,
    sourced,
    table,
    table_or_none,
    text_or_missing,
    when,
)
from tracker.reports.papers.notice import planned
from tracker.rules.apart import standing
from tracker.rules.boards.cycle import quorum_of, quorum_of_item
from tracker.rules.changes.told_fields import Slips
from tracker.rules.late import is_late
from tracker.rules.wording import counted, date_or, optional, show_date
from tracker.text import natural_order

NEWLY_DONE = ("done", "dropped")


def agenda(data: SummaryData) -> list[Section]:
    """Return date, place, quorum and agenda of the meeting; no section when the paper is for no meeting."""
    meeting = data.meeting
    if meeting is None:
        return []
    board = meeting.board
    last = "None is recorded as held"
    if meeting.last is not None:
        last = f"{meeting.last.ref}, {show_date(meeting.last.meets_on)}"
    facts = [
        ("Meeting", f"{board.ref} {board.title}, {when(board)}"),
        ("Place", board.place or ""),
        ("Quorum", optional("", quorum_of(board, meeting.body), " members")),
        ("Members expected", optional("", meeting.expected)),
        ("Last meeting", last),
    ]
    if board.duration_minutes is not None:
        facts.insert(1, ("Length", counted(board.duration_minutes, "minute")))
    blocks = (facts_or_missing(facts), _agenda(data, meeting.agenda), *_accepted(meeting))
    return [Section("agenda", "The meeting", blocks, new_page=True)]


def _agenda(data: SummaryData, items: Sequence[AgendaItem]) -> Block:
    if not items:
        return Missing("No agenda item is recorded.")
    rows = (_item(data, number, item) for number, item in enumerate(items, 1))
    titles = ("No.", "Item", "Kind", "Decision", "Presented by", "Minutes>")
    return replace(table("agenda", "Agenda", titles, rows, note=planned(items)), row_header=False)


def _accepted(meeting: Meeting) -> Iterator[Block]:
    """Yield what the papers go out with although it was warned of, and why somebody accepted that."""
    if meeting.accepted:
        rows = [(warning.sentence, accepted.because, accepted.by) for warning, accepted in meeting.accepted]
        title = "Accepted before these papers were frozen"
        yield table("accepted", title, ("What was warned of+", "Why it was accepted+", "Record"), rows)


def _item(data: SummaryData, number: int, item: AgendaItem) -> Cells:
    return (
        f"{item.item_order or number}",
        item.title + optional(" (paper: ", item.paper, ")"),
        humanise(item.item_kind),
        _decision(data, item) or "–",
        item.presenter or "–",
        optional("", item.minutes_planned) or "–",
    )


def _decision(data: SummaryData, item: AgendaItem) -> str:
    """Return the decision under an item, with its status where it is not sought and was not taken."""
    decision = data.now.get(Decision, item.decision)
    if decision is None:
        return data.now.ref(Decision, item.decision)
    return decision.ref + optional(" (", {"sought": "", "taken": ""}.get(decision.status, decision.status), ")")


def earlier_actions(data: SummaryData) -> Section:
    """Return every open action, the overdue first, and those that were settled since the earlier day."""
    blocks: list[Block] = [none_recorded("no action")]
    if data.now.all(Action):
        blocks = [*_open_actions(data), *_settled(data)]
    title = "Actions from earlier meetings"
    return sourced(data, "actions", title, "the register of actions", blocks, new_page=True)


def _open_actions(data: SummaryData) -> Iterator[Block]:
    live = sorted(
        (action for action in standing(data.now, data.now.all(Action)) if action.is_open),
        key=lambda action: (action.due or date.max, natural_order(action.ref)),
    )
    yield from apart_block(data, Action)
    if not live:
        yield Paragraph("No action is open.")
        return
    late = [action for action in live if is_late(data.now, action)]
    yield Paragraph(f"{len(late)} of {counted(len(live), 'open action')} overdue.")
    titles = ("Action", "Owner", "Due", "Re-dated>", "Priority", "Days late>")
    if late:
        rows = (_action(data, action) for action in late)
        yield table("actions-overdue", "Overdue, the oldest first", titles, rows)
    not_due = [_action(data, action)[:-1] for action in live if action not in late]
    if not_due:
        yield table("actions-open", "Open and not yet due", titles[:-1], not_due)


def _action(data: SummaryData, action: Action) -> Cells:
    times = data.facts.slips.get((action.uid, "due"), Slips()).times
    return (
        f"{action.ref} {action.text}",
        data.owner(action),
        data.day_cell(action, "due", "No date"),
        times_words(times),
        humanise(action.priority),
        f"{(data.now.date - action.due).days}" if action.due else "",
    )


def times_words(number: int) -> str:
    """Return how often a date was moved: ``never``, ``once``, ``3 times``."""
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _settled(data: SummaryData) -> list[Block]:
    """Return the actions that were done or dropped since the earlier day."""
    if data.before is None:
        return []
    status_before = {uid: action.status for uid, action in data.before.by_uid(Action).items()}
    actions = [
        action
        for action in data.now.all(Action)
        if action.status in NEWLY_DONE and status_before.get(action.uid) not in NEWLY_DONE
    ]
    if not actions:
        return [Missing(f"No action was settled since {show_date(data.before.date)}.")]
    rows = (
        (
            f"{action.ref} {action.text}",
            data.owner(action),
            humanise(action.status) + optional(" ", date_or(action.done_on)),
            action.evidence or action.dropped_reason or "No evidence is recorded.",
        )
        for action in actions
    )
    titles = ("Action", "Owner", "Settled", "How one can see it+")
    return [table("actions-settled", f"Settled since {show_date(data.before.date)}", titles, rows)]


def minutes(data: SummaryData) -> Section:
    """Return the minutes of the last meeting for approval, and the decisions that it took."""
    blocks = [*_last_minutes(data), *_taken(data)]
    origin = "the registers of board meetings, agenda items and decisions"
    return sourced(data, "minutes", "Minutes of the last meeting", origin, blocks)


def _last_minutes(data: SummaryData) -> Iterator[Block]:
    meeting = data.meeting
    if meeting is None:
        yield Missing("This paper was made for no meeting, so there are no minutes in it.")
        return
    last = meeting.last
    if last is None:
        yield Missing("No earlier meeting is recorded as held.")
        return
    state = "approved" if last.approved_on else "for approval"
    yield Paragraph(f"{last.ref} {last.title} of {show_date(last.meets_on)}: minutes {state}.")
    for item in meeting.minutes:
        yield Heading(item.title)
        yield text_or_missing(item.minutes, "No minutes were written for this item.")
        yield from _without_quorum(data, meeting, last, item)
    if not meeting.minutes:
        yield Missing("The last meeting has no agenda items.")
    for decision in data.now.of(Decision, "board", last.uid):
        if decision.status == "sought":
            yield Missing(f"No outcome of {decision.ref} ({decision.title}) is recorded, which it was asked for.")


def _without_quorum(data: SummaryData, meeting: Meeting, last: BoardMeeting, item: AgendaItem) -> Iterator[Block]:
    """Yield that the last meeting decided an item with too few members; nothing where nobody recorded who came."""
    decision = data.now.get(Decision, item.decision)
    attendees = data.now.of(BoardAttendee, "board", last.uid)
    numbers = quorum_of_item(last, attendees, item, meeting.minutes, meeting.body)
    if decision is None or decision.status != "taken" or decision.board != last.uid:
        return
    if attendees and not numbers.met:
        yield Callout("No quorum", f"The decision was taken with {numbers.words}.")


def _of_this_body(data: SummaryData, decision: Decision) -> bool:
    """Return whether a decision was put to the body that the paper is for, or to no meeting at all."""
    if data.meeting is None:
        return True
    items = data.now.of(AgendaItem, "decision", decision.uid)
    meetings = {uid for uid in (decision.board, *(item.board for item in items)) if uid}
    bodies = {board.body for uid in meetings if (board := data.now.get(BoardMeeting, uid)) is not None}
    return not meetings or data.meeting.board.body in bodies


def _taken(data: SummaryData) -> list[Block]:
    """Return the decisions that the body which meets took since the earlier day, or all of them without one."""
    decisions = [decision for decision in data.now.of(Decision, "status", "taken") if _of_this_body(data, decision)]
    heading = "Decisions taken"
    if data.before is not None:
        since = data.before.date
        heading += f" since {show_date(since)}"
        decisions = [decision for decision in decisions if decision.decided_on and decision.decided_on >= since]
    rows = (
        (
            f"{decision.ref} {decision.title}",
            humanise(decision.outcome or "taken"),
            data.day_cell(decision, "decided_on", "Not recorded"),
            decision.decided_by or "Not recorded",
            decision.rationale or "No reason is recorded.",
        )
        for decision in decisions
    )
    titles = ("Decision", "Outcome", "On", "By", "Why+")
    whose = "" if data.meeting is None else " by this body"
    checked = f"no decision is recorded as taken{whose}"
    return [
        Heading(heading),
        table_or_none("decisions-taken", "What was decided, by whom and why", titles, rows, checked),
    ]
