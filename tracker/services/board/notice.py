"""The notice of a meeting: when and where it is, what is on its agenda, and by when its papers go out."""

from datetime import date
from functools import partial

from tracker.entities import AgendaItem, BoardAttendee, Body, Decision, Holiday, Person, Programme
from tracker.reports.model import Report
from tracker.reports.papers.notice import Notice, build_notice
from tracker.reports.visible.paper import sayable_paper
from tracker.rules.boards.agenda import numbered
from tracker.rules.boards.cycle import notice_words
from tracker.rules.visible.sight import hidden_words, sight
from tracker.services.board.cycle import meeting, records_of_board
from tracker.services.evidence import closed_now, everything
from tracker.storage import Store, link, records
from tracker.storage.journal.history import head


def notice(store: Store, uid: str, today: date) -> Report:
    """Return the notice of a meeting with its agenda, as the file stands; restricted items are counted, and not told.

    Raises TrackerError when the meeting is gone.
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
    if not closed.uids and not views.hides:
        return make(views.visible)
    return sayable_paper(make(views.visible), make(views.masked), hidden_words(sight(today, everything(store))))
