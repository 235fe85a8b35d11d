"""Papers from a programme file, for every front."""

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
from tracker.rules.boards.cycle import counts
from tracker.rules.boards.met import HELD, boards_met
from tracker.rules.boards.preflight import Accepted, Warned, preflight, sorted_out
from tracker.rules.changes.since import Facts
from tracker.rules.changes.told_fields import Slips, told_dates
from tracker.rules.day import Day, date_moves, last_stood, newest_of
from tracker.rules.impact.before_after import compare_all
from tracker.rules.signals.pilot.given_ratings import assurance_rating, given_ratings
from tracker.rules.signals.programme import ProgrammeSignals, judged, programme_signals
from tracker.rules.wording import date_or, optional, show_date
from tracker.services.board.cycle import body_of, last_shown
from tracker.services.evidence import gather_shown, moves_of_fields
from tracker.storage import Store, record, records
from tracker.storage.journal.asof import on_day
from tracker.storage.journal.history import after, effective_changes, first_day, head
from tracker.storage.journal.moments import anything_on, erased_since
from tracker.text import natural_order


class Papers(NamedTuple):
    """The two papers of one position."""

    summary: Report
    pack: Report


def summary(
    store: Store, *, day: date, since: date | None = None, board: str | None = None, known: bool = False
) -> Report:
    """Return the status summary of the position at the end of a day, with the changes since the end of another.

    ``board`` is the uid of the meeting that it is for. ``known``: what is now known of that day, whenever it was
    recorded; such a paper cannot be frozen. Raises TrackerError when ``since`` is not before ``day``, when
    nothing had been recorded by ``day``, or when there is no such meeting.
    """
    return build(_gathered(store, day, since, board, known=known))


def pack(
    store: Store, *, day: date, since: date | None = None, board: str | None = None, known: bool = False
) -> Report:
    """Return the full pack of the position at the end of a day; like ``summary`` otherwise."""
    return build_pack(_gathered(store, day, since, board, known=known))


def papers(store: Store, *, day: date, since: date | None = None, board: str | None = None) -> Papers:
    """Return both papers from one reading of the file; like ``summary`` otherwise."""
    data = _gathered(store, day, since, board)
    return Papers(build(data), build_pack(data))


def render(report: Report, kind: str) -> bytes:
    """Return a paper in one of the formats of tracker.reports.formats. Raises TrackerError for another."""
    papers = [format_.name for format_ in FORMATS.values() if not format_.calendar]
    if kind not in papers:
        raise TrackerError(f"A paper cannot be made as “{kind}”. Choose one of: {', '.join(papers)}.")
    return make(report, kind).data


def _gathered(store: Store, day: date, since: date | None, board: str | None, *, known: bool = False) -> SummaryData:
    if since is not None and since >= day:
        raise TrackerError(
            f"The earlier day ({show_date(since)}) must be before the day of the paper ({show_date(day)})."
        )
    if not anything_on(store, day, true=known):
        first = first_day(store)
        begins = optional(" The file begins on ", date_or(first), ".")
        raise TrackerError(f"Nothing had been recorded by {show_date(day)}.{begins}")
    before = None
    if since is not None and anything_on(store, since, true=known):
        with on_day(store, since, known=known) as past:
            before = gather_shown(past, since)
    with on_day(store, day, known=known) as past:
        now = gather_shown(past, day)
        boards = tuple(boards_met(now))
        facts = Facts(slips=_slips(past, since))
        if since is not None:
            facts = _facts(past, now, since)
        facts = facts._replace(updated=now.updated, boards=tuple(board.day for board in boards))
        signals = programme_signals(now, before)
        if before is not None:
            facts = _judged(facts, before, now, signals)
        journal_head = head(past)
    erased = 0
    if known:
        journal_head = head(store)
    else:
        erased = erased_since(store, day)
    meeting = None
    if board is not None:
        meeting = _meeting(store, board)
        meeting = meeting._replace(accepted=_accepted(store, meeting.board, now))
    return SummaryData(
        now, before, since, facts, now.updated, journal_head, signals, meeting, boards, known=known, erased=erased
    )


def _meeting(store: Store, uid: str) -> Meeting:
    """Return a meeting as it is planned now: agenda and minutes are written when the position has long been taken."""
    board = record(store, BoardMeeting, uid)
    if board is None or board.deleted_at is not None:
        raise TrackerError("There is no such board meeting.", "board.unknown")
    expected = sum(
        member.attendance in ("expected", "present", "deputy") and counts(member)
        for member in records(store, BoardAttendee, board=uid)
    )
    meeting = Meeting(board, _shown_body(store, board), _items(store, uid), expected)
    earlier = [
        other
        for other in records(store, BoardMeeting)
        if other.visibility != "restricted"
        and other.body == board.body
        and other.status in HELD
        and (other.meets_on, natural_order(other.ref)) < (board.meets_on, natural_order(board.ref))
    ]
    if not earlier:
        return meeting
    last = max(earlier, key=lambda other: (other.meets_on, natural_order(other.ref)))
    return meeting._replace(last=last, minutes=_items(store, last.uid))


def _accepted(store: Store, board: BoardMeeting, now: Day) -> tuple[tuple[Warned, Accepted], ...]:
    """Return what the papers of a day are warned of and go out with, each with why; nothing of what is not shown."""
    acceptances = [
        Accepted(warning.warning, warning.because, warning.ref)
        for warning in records(store, AcceptedWarning, board=board.uid)
        if warning.visibility != "restricted"
    ]
    if not acceptances:
        return ()
    return sorted_out(preflight(now, last_shown(store, board, now.date)), acceptances).accepted


def _shown_body(store: Store, board: BoardMeeting) -> Body | None:
    body = body_of(store, board)
    return None if body is not None and body.visibility == "restricted" else body


def _items(store: Store, board: str) -> tuple[AgendaItem, ...]:
    open_items = [item for item in records(store, AgendaItem, board=board) if item.visibility != "restricted"]
    return tuple(
        sorted(open_items, key=lambda item: (item.item_order is None, item.item_order or 0, natural_order(item.ref)))
    )


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


def _judged(facts: Facts, earlier: Day, evidence: Day, signals: ProgrammeSignals) -> Facts:
    """Fill in what the evidence said on the two days: of each pilot that was in use on both, and of each metric."""
    levels = {pilot.uid: judged(earlier, pilot).level for pilot in earlier.in_use}
    pilots = [pilot.evidence for pilot in signals.pilots if pilot.evidence.uid in levels]
    verdicts = {comparison.metric.uid: comparison.verdict for comparison in compare_all(earlier)}
    compared = [comparison for comparison in compare_all(evidence) if comparison.metric.uid in verdicts]
    return facts._replace(
        levels={pilot.uid: (levels[pilot.uid], pilot.level, pilot.decided.sentence) for pilot in pilots},
        verdicts={
            comparison.metric.uid: (verdicts[comparison.metric.uid], comparison.verdict, comparison.reason)
            for comparison in compared
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
