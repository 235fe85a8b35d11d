"""Papers from a programme file, for every front."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tracker.entities import (
    AcceptedWarning,
    AgendaItem,
    Assessment,
    BoardAttendee,
    BoardMeeting,
    Body,
    Pilot,
    registers,
)
from tracker.errors import TrackerError
from tracker.reports.formats import FORMATS, make
from tracker.reports.model import Report
from tracker.reports.papers.data import Meeting, SummaryData
from tracker.reports.papers.pack import build, build_pack
from tracker.reports.visible.paper import sayable_paper
from tracker.rules.boards.agenda import numbered
from tracker.rules.boards.cycle import counts
from tracker.rules.boards.met import HELD, Met, boards_met
from tracker.rules.boards.preflight import Accepted, Warned, preflight, sorted_out
from tracker.rules.changes.since import Facts
from tracker.rules.changes.told_fields import Slips, told_dates
from tracker.rules.day import Day, Hidden, date_moves, last_stood, newest_of
from tracker.rules.impact.before_after import compare_all
from tracker.rules.signals.pilot.given_ratings import assurance_rating, given_ratings
from tracker.rules.visible.sayable import judged_in_full, masked_figures, sayable_evidence, sayable_signals
from tracker.rules.visible.sight import Sight, hidden_words, masked_among
from tracker.rules.wording import show_date
from tracker.services.board.cycle import body_of, last_shown
from tracker.services.evidence import closed_now, gather_sight, moves_of_fields
from tracker.services.papers.exempt import exempt_records
from tracker.services.reading import require_begun
from tracker.storage import Store, record, records
from tracker.storage.journal.asof import on_day
from tracker.storage.journal.history import after, effective_changes, head
from tracker.storage.journal.moments import anything_on, erased_since, is_now
from tracker.text import natural_order


class Papers(NamedTuple):
    """The two papers of one position."""

    summary: Report
    pack: Report


def summary(
    store: Store,
    *,
    day: date,
    since: date | None = None,
    board: str | None = None,
    known: bool = False,
    members: bool = False,
) -> Report:
    """Return the status summary of the position at the end of a day, with the changes since the end of another.

    ``board`` is the uid of the meeting that it is for. ``known``: what is now known of that day, whenever it was
    recorded; such a paper cannot be frozen. ``members``: a draft for members alone, with what is restricted. Raises
    TrackerError when ``since`` is not before ``day``, when nothing had been recorded by ``day``, when there is no such
    meeting, or when nothing is restricted for members alone to read.
    """
    if members:
        return _members_drafts(store, day, since, board).summary
    return _sayable(build, _gathered(store, day, since, board, known=known))


def pack(
    store: Store,
    *,
    day: date,
    since: date | None = None,
    board: str | None = None,
    known: bool = False,
    members: bool = False,
) -> Report:
    """Return the full pack of the position at the end of a day; like ``summary`` otherwise."""
    if members:
        return _members_drafts(store, day, since, board).pack
    return _sayable(build_pack, _gathered(store, day, since, board, known=known))


def papers(store: Store, *, day: date, since: date | None = None, board: str | None = None) -> Papers:
    """Return both papers from one reading of the file; like ``summary`` otherwise."""
    data = _gathered(store, day, since, board)
    return Papers(_sayable(build, data), _sayable(build_pack, data))


def members_papers(store: Store, *, day: date, since: date | None = None, board: str | None = None) -> Papers | None:
    """Return both papers with what is restricted, for members alone; None where nothing is."""
    data = _gathered(store, day, since, board)
    if data.masked is None:
        return None
    in_full = replace(_gathered(store, day, since, board, members=True), exempt=data.exempt)
    return Papers(build(in_full), build_pack(in_full))


def _members_drafts(store: Store, day: date, since: date | None, board: str | None) -> Papers:
    drafts = members_papers(store, day=day, since=since, board=board)
    if drafts is None:
        raise TrackerError(f"Nothing is restricted on {show_date(day)}: members have the same papers as everybody.")
    return drafts


def render(report: Report, kind: str) -> bytes:
    """Return a paper in one of the formats of tracker.reports.formats. Raises TrackerError for another."""
    papers = [format_.name for format_ in FORMATS.values() if not format_.calendar]
    if kind not in papers:
        raise TrackerError(f"A paper cannot be made as “{kind}”. Choose one of: {', '.join(papers)}.")
    return make(report, kind).data


def _sayable(make: Callable[[SummaryData], Report], data: SummaryData) -> Report:
    """Return a paper that knows of what is hidden; made once where nothing is."""
    paper = make(data)
    if data.masked is None:
        return paper
    return sayable_paper(paper, make(data.masked), data.telling)


class _Read(NamedTuple):
    """What the file says of a day and of an earlier one (None: not compared), each with and without what is hidden."""

    now: Sight
    before: Sight | None
    facts: Facts
    boards: tuple[Met, ...]
    head: str
    hidden: frozenset[str]


def _gathered(
    store: Store, day: date, since: date | None, board: str | None, *, known: bool = False, members: bool = False
) -> SummaryData:
    _has_begun(store, day, since, hindsight=known)
    read = _read(store, day, since, hindsight=known, members=members)
    now = read.now
    before = read.before
    journal_head = read.head
    erased = 0
    if known:
        journal_head = head(store)
    else:
        erased = erased_since(store, day)
    meeting = None
    masked_meeting = None
    if board is not None:
        accepted = _accepted(store, board, now)
        meeting, masked_meeting = (
            planned._replace(accepted=accepted) for planned in _meeting(store, board, read.hidden, members=members)
        )
    data = SummaryData(
        now.visible,
        before.visible if before else None,
        since,
        read.facts,
        now.visible.updated,
        journal_head,
        sayable_signals(now, before),
        meeting,
        read.boards,
        known=known,
        erased=erased,
        exempt=exempt_records(store, now, board),
        members=members,
    )
    if not now.hides and (before is None or not before.hides) and meeting == masked_meeting:
        return data
    return _with_masks(data, now, before, masked_meeting)


def _read(store: Store, day: date, since: date | None, *, hindsight: bool, members: bool) -> _Read:
    """Read the positions; what is hidden now, or was on the day, is hidden on the earlier day too: like with like."""
    closed = closed_now(store)
    now, facts, journal_head = _stands(store, day, since, closed, hindsight=hindsight, members=members)
    boards = tuple(boards_met(now.visible))
    facts = facts._replace(updated=now.visible.updated, boards=tuple(board.day for board in boards))
    before = None
    hidden = closed.and_on(now.visible.hidden)
    if since is not None and anything_on(store, since, true=hindsight):
        with on_day(store, since, known=hindsight) as past:
            before = gather_sight(past, since, hidden, now.full)
        if members:
            before = before.in_full()
        facts = _judged(facts, before, now)
    return _Read(now, before, facts, boards, journal_head, hidden.uids)


def _stands(
    store: Store, day: date, since: date | None, closed: Hidden, *, hindsight: bool, members: bool
) -> tuple[Sight, Facts, str]:
    """Return the position of a day, what the journal tells of the time since another, and the journal's head.

    Where nothing was recorded since, the file shows the day itself, without a copy, unless it is written meanwhile.
    """

    def read(past: Store) -> tuple[Sight, Facts, str]:
        now = gather_sight(past, day, closed)
        if members:
            now = now.in_full()
        facts = Facts(slips=_slips(past, since)) if since is None else _facts(past, now.visible, since)
        return now, facts, head(past)

    version = store.data_version()
    if not hindsight and is_now(store, day):
        stands = read(store)
        if store.data_version() == version:
            return stands
    with on_day(store, day, known=hindsight) as past:
        return read(past)


def _with_masks(data: SummaryData, now: Sight, before: Sight | None, meeting: Meeting | None) -> SummaryData:
    """Return what a paper is made from, with the same of everything beside it."""
    masked_before = before.masked if before is not None else None
    figures = masked_figures(data.signals, now.masked, masked_before)
    masked = replace(data, now=now.masked, before=masked_before, meeting=meeting, signals=figures)
    return replace(data, masked=masked, telling=hidden_words(now))


def _has_begun(store: Store, day: date, since: date | None, *, hindsight: bool) -> None:
    """Raise TrackerError when the days of a paper do not follow each other, or nothing had been recorded by its own."""
    if since is not None and since >= day:
        raise TrackerError(
            f"The earlier day ({show_date(since)}) must be before the day of the paper ({show_date(day)})."
        )
    require_begun(store, day, known=hindsight)


def _meeting(store: Store, uid: str, hidden: frozenset[str], *, members: bool) -> tuple[Meeting, Meeting]:
    """Return a meeting as it is planned now, without what is hidden and with masks of it; for members in full.

    It is that of now since agenda and minutes are written when the position has long been taken.
    """
    board = record(store, BoardMeeting, uid)
    if board is None or board.deleted_at is not None:
        raise TrackerError("There is no such board meeting.", "board.unknown")
    expected = sum(
        member.attendance in ("expected", "present", "deputy") and counts(member)
        for member in records(store, BoardAttendee, board=uid)
    )
    meeting = Meeting(board, _shown_body(store, board), _items(store, uid), expected)
    earlier = [
        past
        for past in records(store, BoardMeeting)
        if (members or (past.visibility != "restricted" and past.uid not in hidden))
        and past.body == board.body
        and past.status in HELD
        and (past.meets_on, natural_order(past.ref)) < (board.meets_on, natural_order(board.ref))
    ]
    if earlier:
        last = max(earlier, key=lambda past: (past.meets_on, natural_order(past.ref)))
        meeting = meeting._replace(last=last, minutes=_items(store, last.uid))
    if members:
        return meeting, meeting
    return (
        meeting._replace(agenda=_open(meeting.agenda, hidden), minutes=_open(meeting.minutes, hidden)),
        meeting._replace(agenda=masked_among(meeting.agenda, hidden), minutes=masked_among(meeting.minutes, hidden)),
    )


def _accepted(store: Store, board: str, now: Sight) -> tuple[tuple[Warned, Accepted], ...]:
    """Return what the papers of a day are warned of and go out with, each with why; nothing of what is not shown."""
    acceptances = [
        Accepted(warning.warning, warning.because, warning.ref)
        for warning in records(store, AcceptedWarning, board=board)
        if warning.visibility != "restricted"
    ]
    meeting = record(store, BoardMeeting, board)
    if not acceptances or meeting is None:
        return ()
    since = last_shown(store, meeting, now.visible.date)
    return sorted_out(preflight(now.visible, since, now.full, board, hidden_words(now)), acceptances).accepted


def _shown_body(store: Store, board: BoardMeeting) -> Body | None:
    body = body_of(store, board)
    return None if body is not None and body.visibility == "restricted" else body


def _items(store: Store, board: str) -> tuple[AgendaItem, ...]:
    return tuple(numbered(records(store, AgendaItem, board=board)))


def _open(items: tuple[AgendaItem, ...], hidden: frozenset[str]) -> tuple[AgendaItem, ...]:
    return tuple(item for item in items if item.uid not in hidden and item.visibility != "restricted")


def _facts(store: Store, now: Day, since: date) -> Facts:
    """Return what the journal knows of the time after a day; ratings and scores give their own reasons."""
    reasons: dict[tuple[str, str], str] = {}
    recorded: dict[str, date] = {}
    for change in effective_changes(after(store, since)):
        if change.field == "*" and change.old is None and change.day is not None:
            recorded[change.uid] = change.day
        if change.reason and change.uid not in now.hidden.uids:
            reasons[change.uid, change.field] = change.reason
    for pilot in now.all(Pilot):
        reports = now.reports(pilot.uid)
        if reports and reports[-1].narrative:
            reasons[pilot.uid, "rating"] = reports[-1].narrative
        assured = assurance_rating(given_ratings(now, pilot.uid))
        if assured is not None and assured.narrative:
            reasons[pilot.uid, "assurance_rating"] = assured.narrative
    reasons.update(_notes(now))
    return Facts(reasons, _slips(store, since), added=recorded)


def _judged(facts: Facts, before: Sight, now: Sight) -> Facts:
    """Fill in what all the evidence said on the two days: of each pilot that was in use on both, and of each metric."""
    in_use = {pilot.uid for pilot in before.visible.in_use}
    pilots = [pilot for pilot in now.visible.in_use if pilot.uid in in_use]
    old = judged_in_full(before, [before.full.by_uid(Pilot)[pilot.uid] for pilot in pilots])
    new = {pilot.uid: sayable_evidence(now, pilot) for pilot in pilots}
    verdicts = judged_in_full(now, []).verdicts
    reasons = {comparison.metric.uid: comparison.reason for comparison in compare_all(now.visible)}
    return facts._replace(
        levels={uid: (old.levels[uid], pilot.level, pilot.decided.sentence) for uid, pilot in new.items()},
        verdicts={
            uid: (old.verdicts[uid], verdict, reasons.get(uid, ""))
            for uid, verdict in verdicts.items()
            if uid in old.verdicts
        },
    )


def _notes(now: Day) -> dict[tuple[str, str], str]:
    """Return the note of the newest assessment of each risk, as the reason of its score."""
    notes = {}
    for risk in {assessment.risk for assessment in now.all(Assessment)}:
        newest = newest_of(now.of(Assessment, "risk", risk), "assessed_on")
        if newest is not None and newest.note:
            notes[risk, "score"] = newest.note
    return notes


def _slips(store: Store, since: date | None) -> dict[tuple[str, str], Slips]:
    """Return how often each date was moved that papers tell of, and what stood on ``since`` where it was cleared."""
    slips: dict[tuple[str, str], Slips] = {}
    for register in registers():
        fields = [field.name for field in told_dates(register)] if register.changes_rank else []
        for key, steps in moves_of_fields(store, register, *fields).items() if fields else ():
            stood = last_stood(step for step in steps if since is not None and step.day <= since)
            moves = date_moves(steps)
            slips[key] = Slips(len(moves), stood, moves[-1].reason if moves else "")
    return slips
