"""The meeting of a pack: its agenda, what was promised at earlier ones, and the minutes of the last."""

from tracker.entities.action import Action
from tracker.entities.decision import Decision
from tracker.entities.item import AgendaItem
from tracker.fields import humanise
from tracker.reports.model import Block, Facts, Heading, Missing, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.wording import counted, date_or, optional, show_date

NEWLY_DONE = ("done", "dropped")


def agenda(data: SummaryData) -> Section | None:
    """Return date, place, quorum and agenda of the meeting; None when the paper is for no meeting."""
    meeting = data.meeting
    if meeting is None:
        return None
    board = meeting.board
    facts = [
        ("Meeting", f"{board.ref} {board.title}, {show_date(board.meets_on)}"),
        ("Place", board.place or ""),
        ("Quorum", optional("", board.quorum, " members")),
        ("Members expected", optional("", meeting.expected)),
        ("Last meeting", f"{meeting.last.ref}, {show_date(meeting.last.meets_on)}" if meeting.last else ""),
    ]
    blocks: list[Block] = [Facts(tuple((label, value or "Not recorded") for label, value in facts))]
    if meeting.agenda:
        rows = tuple(_item(data, n, item) for n, item in enumerate(meeting.agenda, 1))
        titles = columns("No.", "Item", "Kind", "Decision", "Presented by", "Minutes>")
        note = f"Planned: {sum(item.minutes_planned or 0 for item in meeting.agenda)} minutes."
        blocks.append(Table("agenda", "Agenda", titles, rows, row_header=False, note=note))
    else:
        blocks.append(Missing("No agenda item is recorded."))
    return Section("agenda", "The meeting", tuple(blocks), new_page=True)


def _item(data: SummaryData, number: int, item: AgendaItem) -> tuple[str, ...]:
    return (
        f"{item.item_order or number}",
        item.title,
        humanise(item.item_kind),
        data.now.ref(Decision, item.decision) or "–",
        item.presenter or "–",
        optional("", item.minutes_planned) or "–",
    )


def earlier_actions(data: SummaryData) -> Section:
    """Return every open action, the overdue first, and those that were settled since the earlier day."""
    paragraph = source(data, "the register of actions")
    live = [action for action in data.now.all(Action) if action.is_open]
    late = [action for action in live if action.is_late(data.now.date)]
    if not data.now.all(Action):
        return Section(
            "actions", "Actions from earlier meetings", (paragraph, none_recorded("no action")), new_page=True
        )
    sentence = f"{len(late)} of {counted(len(live), 'open action')} overdue." if live else "No action is open."
    blocks: list[Block] = [Paragraph(sentence)]
    titles = columns("Action", "Owner", "Due", "Re-dated>", "Priority", "Days late>")
    ordered = sorted(live, key=lambda action: (action.due, action.ref))
    for name, caption, actions in (
        ("actions-overdue", "Overdue, the oldest first", [action for action in ordered if action in late]),
        ("actions-open", "Open and not yet due", [action for action in ordered if action not in late]),
    ):
        if actions:
            wide = len(titles) - (name == "actions-open")  # what is not yet due is no day late
            rows = tuple(_action(data, action)[:wide] for action in actions)
            blocks.append(Table(name, caption, titles[:wide], rows))
    blocks += _settled(data)
    return Section("actions", "Actions from earlier meetings", (paragraph, *blocks), new_page=True)


def _action(data: SummaryData, action: Action) -> tuple[str, ...]:
    times = data.facts.moves.get((action.uid, "due"), 0)
    return (
        f"{action.ref} {action.text}",
        data.now.person(action.owner) or "No owner",
        show_date(action.due),
        times_words(times),
        humanise(action.priority),
        f"{(data.now.date - action.due).days}",
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
    rows = tuple(
        (
            f"{action.ref} {action.text}",
            data.now.person(action.owner) or "No owner",
            humanise(action.status) + (optional(" ", date_or(action.done_on))),
            action.evidence or action.dropped_reason or "No evidence is recorded.",
        )
        for action in actions
    )
    titles = columns("Action", "Owner", "Settled", "How one can see it+")
    return [Table("actions-settled", f"Settled since {show_date(data.before.date)}", titles, rows)]


def minutes(data: SummaryData) -> Section:
    """Return the minutes of the last meeting for approval, and the decisions that it took."""
    title = "Minutes of the last meeting"
    paragraph = source(data, "the registers of board meetings, agenda items and decisions")
    meeting = data.meeting
    if meeting is None or meeting.last is None:
        reason = "no earlier meeting is recorded" if meeting is not None else "this paper was made for no meeting"
        return Section("minutes", title, (paragraph, none_recorded(reason), *_taken(data)))
    last = meeting.last
    state = "approved" if last.approved_on else "for approval"
    blocks: list[Block] = [Paragraph(f"{last.ref} {last.title} of {show_date(last.meets_on)}: minutes {state}.")]
    for item in meeting.minutes:
        blocks.append(Heading(item.title))
        blocks.append(Paragraph(item.minutes) if item.minutes else Missing("No minutes were written for this item."))
    if not meeting.minutes:
        blocks.append(none_recorded("the last meeting has no agenda items"))
    return Section("minutes", title, (paragraph, *blocks, *_taken(data)))


def _taken(data: SummaryData) -> list[Block]:
    """Return the decisions that boards took since the earlier day, or all of them without one."""
    since = data.before.date if data.before is not None else None
    decisions = [
        decision
        for decision in data.now.all(Decision)
        if decision.status == "taken" and (since is None or (decision.decided_on and decision.decided_on >= since))
    ]
    heading = Heading(f"Decisions taken since {show_date(since)}" if since else "Decisions taken")
    if not decisions:
        return [heading, none_recorded()]
    rows = tuple(
        (
            f"{decision.ref} {decision.title}",
            humanise(decision.outcome or "taken"),
            date_or(decision.decided_on, "Not recorded"),
            decision.decided_by or "Not recorded",
            decision.rationale or "No reason is recorded.",
        )
        for decision in decisions
    )
    titles = columns("Decision", "Outcome", "On", "By", "Why+")
    return [heading, Table("decisions-taken", "Decisions taken", titles, rows)]
