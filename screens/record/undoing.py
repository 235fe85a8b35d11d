"""Undo on the page of a record, which asks first where the last change was elsewhere."""

from screens.commands import undo_last
from screens.dialogs import Confirm
from screens.earlier import changing
from screens.widgets.pages import FullPage
from screens.widgets.typing_ahead import interrupt
from screens.work import Done, Programme, read_beside, write
from tracker.services.browsing import link, undoable_changes

DONE_BY = {"add": "added", "set": "changed", "remove": "removed", "restore": "brought back"}


class UndoesHere(FullPage):
    """A page of the record with a ``uid``, on which the last change can be turned back."""

    uid: str

    @changing
    def action_undo(self) -> None:
        """Turn back what the person did last; ask first when that was somewhere else."""
        read_beside(self, self._undo_here, self._after_undo, "write", keys_wait=True)

    def _undo_here(self, programme: Programme) -> Done | str:
        """Undo, or return what an undo would turn back that this page does not show; for a worker thread."""
        store = programme.store()
        changes = undoable_changes(store, programme.who)
        if not changes or any(change.uid == self.uid for change in changes):
            return undo_last(programme)
        first = changes[0]
        action = first.command.rpartition(".")[2]
        record = link(store, first.kind, first.uid) or "a record"
        return f"{record} was {DONE_BY.get(action, first.command)}"

    def _after_undo(self, result: Done | str) -> None:
        if isinstance(result, Done):
            self.app.post_message(result)
            return
        question = f"Your last change was elsewhere: {result}. Undo it?"
        interrupt(self, Confirm(question, "Undo", "Leave it"), self._undo_elsewhere)

    def _undo_elsewhere(self, answer: str | None) -> None:
        if answer is not None:
            write(self, undo_last)
