"""The notice of a meeting: when and where it is, what is on its agenda, and by when its papers go out."""

from dataclasses import replace
from datetime import date
from functools import partial

from tracker.entities import AgendaItem, BoardAttendee, Body, Decision, Holiday, Person, Programme
from tracker.errors import TrackerError
from tracker.reports.model import Report
from tracker.reports.papers.data import Exempt, for_members
from tracker.reports.papers.notice import Notice, build_notice
from tracker.reports.sections.exempt import RESOLUTION, kept_back, restricted
from tracker.reports.visible.paper import sayable_paper
from tracker.rules.boards.agenda import numbered
from tracker.rules.boards.cycle import notice_words
from tracker.rules.visible.sight import hidden_words, sight
from tracker.services.board.cycle import meeting, records_of_board
from tracker.services.evidence import closed_now, everything
from tracker.services.papers.exempt import exempt_of
from tracker.storage import Store, link, records
from tracker.storage.journal.history import head

KEPT_APART = RESOLUTION.replace("a pack", "a notice")


def notice(store: Store, uid: str, today: date, *, members: bool = False) -> Report:
    """Return the notice of a meeting with its agenda, as the file stands; restricted items are counted, and not told.

    ``members``: they are there, for members alone. Raises TrackerError when the meeting is gone, or nothing is
    restricted that members alone could read.
    """
    board = meeting(store, uid)
    closed = closed_now(store)
    items = numbered(records_of_board(store, AgendaItem, uid))
    around = (record for register in (Programme, Person, Body, Decision) for record in records(store, register))
    attendees = records_of_board(store, BoardAttendee, uid)
    views = sight(today, (*items, *attendees, *around), closed=closed)
    frozen = link(store, "snapshot", board.snapshot)
    body = views.visible.get(Body, board.body)
    words = notice_words(board, body, records(store, Holiday))
    make = partial(build_notice, notice=Notice(board, body, words, frozen.ref if frozen else "", head(store)))
    restricted_records: tuple[Exempt, ...] = ()
    if closed.uids:
        in_file = sight(today, everything(store))
        restricted_records = exempt_of(store, in_file, {record.uid for record in (*items, *attendees)})
    if members and not restricted_records:
        raise TrackerError(f"Nothing is restricted in the notice of {board.ref}: members have that of everybody.")
    if members:
        report = make(views.full, apart=[restricted(restricted_records, "notice of the same meeting")])
        return replace(report, header=for_members(report.header))
    if not closed.uids and not views.hides:
        return make(views.visible)
    kept_sections = [kept_back(restricted_records, paper="this notice", closing=KEPT_APART)][: len(restricted_records)]
    visible, masked = make(views.visible, apart=kept_sections), make(views.masked, apart=kept_sections)
    return sayable_paper(visible, masked, hidden_words(in_file))
