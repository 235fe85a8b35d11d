"""Leaving a form that holds text which is not saved: what becomes of the text is asked first."""

from functools import partial

from textual.screen import Screen

from screens.dialogs import Answer, Confirm
from screens.form.draft_notice import DraftNotice
from screens.widgets.pages import hidden
from screens.work import read_beside
from tracker.services.records.writing import Saved

THROW_AWAY = "throw away"
QUESTION = "Leave without saving? What you typed can be kept: it is offered when you open this form again."


class Leave(Confirm):
    """Gives ``yes`` to leave and keep the text, ``throw away`` to forget it, or None to go on typing."""

    CSS_PATH = "../dialogs.tcss"
    BINDINGS = [hidden("d", "throw_away", "Throw away", "leave.throw_away")]

    def __init__(self) -> None:
        super().__init__(QUESTION, yes="Leave, keep it", no="Go on typing")

    @property
    def answers(self) -> list[Answer]:
        """The buttons, in their order."""
        keep, stay = super().answers
        return [keep, Answer("throw_away", "Throw away", "d"), stay]

    def action_throw_away(self) -> None:
        """Answer that the text is to be forgotten."""
        self.dismiss(THROW_AWAY)


def close_without_saving(form: Screen[Saved | None], notice: DraftNotice, *, keep: bool) -> None:
    """Close a form once its draft is written, so that the form finds it when it is opened again at once."""

    def close(trouble: str) -> None:
        notice.warn(trouble)
        form.dismiss(None)

    draft = notice.leave(keep=keep)
    read_beside(form, partial(notice.leave_in_thread, draft), close, "leave", keys_wait=True)
