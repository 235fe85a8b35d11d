"""The cycle of a board: which states may follow which, what stands in the way, and what is to be done by when."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import AgendaItem, BoardAttendee, BoardMeeting, Body, Holiday, Member
from tracker.errors import Note
from tracker.fields import earliest, humanise, latest
from tracker.rules.boards.working_days import MONDAY_TO_FRIDAY, WorkingDays, working_days
from tracker.rules.wording import counted, date_or, listed, optional, show_date

STATES = ("planned", "collecting", "frozen", "held", "minutes_draft", "minutes_approved", "published")
UNFINISHED = STATES[:-1]
CLOSED = ("minutes_approved", "published")
UNFROZEN = ("planned", "collecting")
OPEN_TO_FREEZE = ("planned", "collecting", "frozen")
PRESENT = ("present", "deputy")
# Who sits in without a vote does not count towards a quorum; the beginnings of such roles.
NO_VOTE = ("secretary", "observer", "in attendance", "minute taker", "guest", "presenter", "adviser", "advisor")
# A board may also meet without frozen papers; nothing else is passed over.
FOLLOWS = {
    "collecting": ("planned",),
    "frozen": ("planned", "collecting"),
    "held": ("planned", "collecting", "frozen"),
    "minutes_draft": ("held",),
    "minutes_approved": ("minutes_draft",),
    "published": ("minutes_approved",),
}
COMMANDS = {
    "collecting": "collect",
    "frozen": "freeze",
    "held": "hold",
    "minutes_draft": "minutes",
    "minutes_approved": "approve",
    "published": "publish",
}
COLLECT_DAYS = 14  # before the meeting
CLEAR_DAYS = 5  # working days that members have to read the papers, where no body says how many
DRAFT_WORKING_DAYS, APPROVE_WORKING_DAYS = 5, 10  # after the meeting
PUBLISH_DAYS = 5  # after the first day on which it may go out


def refusal(ref: str, old: str, new: str) -> Note:
    """Return why a meeting cannot go from one state to another; empty when it can."""
    if old in FOLLOWS.get(new, ()):
        return Note("", "")
    at = f"{ref} is at “{humanise(old)}”"
    goal = humanise(new)
    if STATES.index(new) <= STATES.index(old):
        return Note("board.back", f"{at} and never goes back to “{goal}”.")
    step = STATES[STATES.index(old) + 1]
    if new == "minutes_draft" and old in FOLLOWS["held"]:
        step = "held"
    before = f"{at}: before “{goal}” comes"
    return Note("board.order", f"{before} “{humanise(step)}”.", before=before, command=COMMANDS[step], board=ref)


def closed_words(ref: str, board: BoardMeeting) -> Note:
    """Return the sentence for whatever may no longer be changed, since the minutes of a meeting are approved."""
    approved = "approved" + optional(" on ", date_or(board.approved_on))
    message = f"The minutes of {board.ref} were {approved}, so {ref} stays as it is."
    return Note("board.closed", message, board=board.ref)


class Quorum(NamedTuple):
    """How many members are present in person or by a deputy, and how many are needed (None: not laid down)."""

    present: int
    needed: int | None

    @property
    def met(self) -> bool:
        """Whether enough are present, or none are laid down."""
        return self.needed is None or self.present >= self.needed

    @property
    def words(self) -> str:
        """The figure in words, such as ``4 members present, 3 needed: quorate``."""
        if self.needed is None:
            return f"{counted(self.present, 'member')} present; no quorum is laid down"
        return f"{counted(self.present, 'member')} present, {self.needed} needed: {'not ' * (not self.met)}quorate"


def quorum_of(board: BoardMeeting, body: Body | None) -> int | None:
    """Return how many must be present at a meeting; what it lays down goes before its body; None: nothing is."""
    if board.quorum is not None or body is None:
        return board.quorum
    return body.quorum


def counts(attendee: BoardAttendee) -> bool:
    """Return whether somebody counts towards the quorum; where nobody says, secretaries, observers and such do not."""
    if attendee.votes is not None:
        return attendee.votes
    return not attendee.role.lower().startswith(NO_VOTE)


def quorum(board: BoardMeeting, attendees: Iterable[BoardAttendee], body: Body | None = None) -> Quorum:
    """Return the quorum of a meeting from those who belong to it."""
    present = sum(attendee.attendance in PRESENT for attendee in attendees if counts(attendee))
    return Quorum(present, quorum_of(board, body))


def stands_aside(attendee: BoardAttendee, item: AgendaItem) -> bool:
    """Return whether somebody declared an interest in an agenda item, by its ref: they take no part in it."""
    return item.ref in re.findall(r"[A-Z]+-\d+", (attendee.interest or "").upper())


def has_left(attendee: BoardAttendee, item: AgendaItem, items: Iterable[AgendaItem]) -> bool:
    """Return whether somebody had left a meeting before one of its ``items``, in the order of the agenda."""
    places = {entry.uid: entry.item_order or 0 for entry in items}
    left_at = places.get(attendee.left_before or "")
    return left_at is not None and (item.item_order or 0) >= left_at


def quorum_of_item(
    board: BoardMeeting,
    attendees: Iterable[BoardAttendee],
    item: AgendaItem,
    items: Sequence[AgendaItem],
    body: Body | None = None,
) -> Quorum:
    """Return the quorum of a meeting for one of its items: without who has an interest in it, or had left."""
    in_the_room = [
        attendee for attendee in attendees if not (stands_aside(attendee, item) or has_left(attendee, item, items))
    ]
    return quorum(board, in_the_room, body)


def serves(member: Member, day: date) -> bool:
    """Return whether a day lies in the term of a member; a term without an end goes on."""
    if member.serves_from is not None and earliest(member.serves_from) > day:
        return False
    return member.serves_until is None or latest(member.serves_until) >= day


def clear_days(body: Body | None) -> int:
    """Return how many clear working days a body has to read its papers."""
    return CLEAR_DAYS if body is None else body.clear_days


class Step(NamedTuple):
    """A step of the cycle: the state it leads to, its title, when it is due, and whether it is done.

    ``state`` is ``done``, ``skipped``, ``now`` (the next one to be taken) or ``later``; ``earliest`` is the first day
    on which it may be taken (None: any day), ``day_off`` the day on which it would be due, were that worked on.
    """

    leads_to: str
    title: str
    due: date | None
    state: str
    earliest: date | None = None
    day_off: date | None = None


def notice_words(board: BoardMeeting, body: Body | None, holidays: Iterable[Holiday]) -> str:
    """Return by when papers go out to leave the clear days, which holidays do not count, and whether any are known."""
    holidays = list(holidays)
    clear = clear_days(body)
    sent = working_days(holidays).leaving_clear(board.meets_on, clear)
    rule = f"Papers sent by {show_date(sent)} leave {counted(clear, 'clear working day')} before the meeting"
    between = sorted((holiday for holiday in holidays if sent < holiday.falls_on < board.meets_on), key=_by_day)
    if between:
        named = listed(f"{holiday.name} ({show_date(holiday.falls_on)})" for holiday in between)
        return f"{rule}; not counted: {named}."
    if any(holiday.falls_on.year == board.meets_on.year for holiday in holidays):
        return f"{rule}; no holiday lies between."
    return f"{rule}; no holiday of {board.meets_on.year} is recorded, so Monday to Friday count."


def days_rule(board: BoardMeeting, holidays: Iterable[Holiday], delay: int) -> str:
    """Return by which rule the days of a meeting's steps came about, with the holidays that were not counted."""
    holidays = list(holidays)
    last = working_days(holidays).after(board.meets_on, APPROVE_WORKING_DAYS)
    passed_over = (holiday for holiday in holidays if board.meets_on < holiday.falls_on <= last)
    named = listed(f"{holiday.name} ({show_date(holiday.falls_on)})" for holiday in sorted(passed_over, key=_by_day))
    drafted = f"Minutes are drafted {DRAFT_WORKING_DAYS} and approved {APPROVE_WORKING_DAYS} working days after it"
    published = f"what was decided is published {counted(PUBLISH_DAYS + delay, 'day')} after that."
    return (
        f"Owners are asked {COLLECT_DAYS} days before the meeting. "
        f"{drafted}{optional(' (not counted: ', named, ')')}; {published}"
    )


def _by_day(holiday: Holiday) -> date:
    return holiday.falls_on


def steps(
    board: BoardMeeting, delay: int = 0, *, body: Body | None = None, work: WorkingDays = MONDAY_TO_FRIDAY
) -> list[Step]:
    """Return the steps of a meeting in order, each with the day by which it is to be done.

    ``body`` is the body that meets, where that is recorded, ``work`` says which days are worked on, and ``delay`` how
    many days lie between the approval of the minutes and the public version. What is counted in days of the calendar
    is asked for on the working day before a day off, and goes out on the one after it.
    """
    meets_on = board.meets_on
    approved = board.approved_on or work.after(meets_on, APPROVE_WORKING_DAYS)
    counted_days = {
        "collecting": meets_on - timedelta(COLLECT_DAYS),
        "published": approved + timedelta(PUBLISH_DAYS + delay),
    }
    plan = {
        "collecting": ("Ask owners for what is missing", work.before(counted_days["collecting"], 0)),
        "frozen": ("Check, freeze and send the papers", work.leaving_clear(meets_on, clear_days(body))),
        "held": ("Hold the meeting", meets_on),
        "minutes_draft": ("Draft the minutes", work.after(meets_on, DRAFT_WORKING_DAYS)),
        "minutes_approved": ("Have the minutes approved", approved),
        "published": ("Publish", work.on_or_after(counted_days["published"])),
    }
    days_off = {leads_to: day for leads_to, day in counted_days.items() if day != plan[leads_to][1]}
    steps = []
    for place, (leads_to, (title, due)) in enumerate(plan.items()):  # one for each of STATES after the first
        ahead = place - STATES.index(board.status)
        state = {-1: "done", 0: "now"}.get(max(ahead, -1), "later")
        if leads_to == "frozen" and state == "done" and board.snapshot is None:
            state = "skipped"
        steps.append(Step(leads_to, title, due, state, day_off=days_off.get(leads_to)))
    if steps[-1].state != "done":
        steps[-1] = steps[-1]._replace(earliest=goes_out_from(board, delay))
    return steps


def goes_out_from(board: BoardMeeting, delay: int) -> date | None:
    """Return the first day on which the public version of a meeting may go out; None without a delay or approval."""
    if board.approved_on is None or not delay:
        return None
    return board.approved_on + timedelta(delay)


def not_yet_public(board: BoardMeeting, delay: int, day: date) -> str:
    """Return the sentence for a public version that would go out before its day; empty when it may go out.

    The delay, in days, is counted from the approval of the minutes; without one nothing is asked for.
    """
    if not delay:
        return ""
    rule = f"{counted(delay, 'day')} after the approval of the minutes (setting publication_delay_days)"
    first = goes_out_from(board, delay)
    if first is None:
        return f"The minutes of {board.ref} are not approved yet: its public version goes out {rule}."
    if day >= first:
        return ""
    return f"The public version of {board.ref} may go out from {show_date(first)}: {rule}."


def days_words(due: date, today: date, past: str = "late") -> str:
    """Return how far off a day is: ``in 3 days``, ``today``, ``4 days late``; ``past`` is the word for days gone by."""
    days = (due - today).days
    if days == 0:
        return "today"
    if days > 0:
        return f"in {counted(days, 'day')}"
    return f"{counted(-days, 'day')} {past}"
