"""The agenda of a board meeting, as it is presented item by item."""

from typing import NamedTuple

from tracker.entities import Action, AgendaItem, BoardAttendee, BoardMeeting, Decision, Person
from tracker.rules.boards.cycle import has_left, quorum_of_item, stands_aside
from tracker.rules.wording import counted, optional
from tracker.services.board.cycle import body_of, desk, meeting, records_of_board
from tracker.storage import Store, links, records


class AgendaAction(NamedTuple):
    """An action that a meeting gave rise to, and the name of its owner (empty: nobody)."""

    action: Action
    owner: str


class AgendaEntry(NamedTuple):
    """An agenda item with the decision that is sought under it (None without) and the actions it gave rise to.

    ``aside`` says how many stand aside from it with an interest, and what quorum is left (empty: nobody does).
    """

    item: AgendaItem
    decision: Decision | None
    actions: tuple[AgendaAction, ...]
    aside: str = ""

    @property
    def settled(self) -> bool:
        """Whether it was decided, or has minutes."""
        return bool(self.item.minutes) or (self.decision is not None and self.decision.status == "taken")


class Agenda(NamedTuple):
    """A meeting, its items in their order, and who is there, in words."""

    board: BoardMeeting
    items: tuple[AgendaEntry, ...]
    quorum: str


def agenda(store: Store, uid: str) -> Agenda:
    """Return the agenda of a meeting. Raises TrackerError when it is gone or was removed."""
    decisions = {decision.uid: decision for decision in records(store, Decision)}
    owners = links(store, Person.kind)
    actions: dict[str, list[AgendaAction]] = {}
    for action in records_of_board(store, Action, uid):
        owner = owners.get(action.owner or "")
        actions.setdefault(action.decision or "", []).append(AgendaAction(action, owner.name if owner else ""))
    board = meeting(store, uid)
    body = body_of(store, board)
    attendees = records_of_board(store, BoardAttendee, uid)
    on_the_agenda = records_of_board(store, AgendaItem, uid)
    items = []
    for item in on_the_agenda:
        agreed = actions.get(item.decision, []) if item.decision else []
        number = sum(stands_aside(attendee, item) for attendee in attendees)
        gone = sum(has_left(attendee, item, on_the_agenda) for attendee in attendees)
        quorum = quorum_of_item(board, attendees, item, on_the_agenda, body).words
        parts = (
            optional("", number and counted(number, "attendee"), " with an interest in it"),
            optional("", gone and counted(gone, "attendee"), " had left"),
        )
        aside = optional("", ", ".join(filter(None, parts)), f"; without: {quorum}")
        items.append(AgendaEntry(item, decisions.get(item.decision or ""), tuple(agreed), aside))
    return Agenda(board, tuple(items), desk(store, uid).quorum.words)
