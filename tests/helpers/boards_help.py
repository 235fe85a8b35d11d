"""What tests of the board's cycle share: a decision that is asked for, a meeting taken to its end, what is refused."""

from datetime import date
from typing import Any

import pytest

from tracker.cli.shell.mending import in_shell
from tracker.errors import TrackerError
from tracker.services.board.checking import accept, checked
from tracker.services.board.cycle import approve, hold
from tracker.services.board.freezing import Frozen, freeze
from tracker.services.board.minutes import draft
from tracker.services.records.finding import resolve_ref
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

UNNAMED = {"Programme not published": "Known to its readers"}  # lets papers of a programme that is not public go out
TODAY, MEETS = date(2026, 10, 1), date(2026, 10, 8)


def refused(action: Any, *given: Any, **more: Any) -> str:
    """Return the sentence with which something is refused."""
    with pytest.raises(TrackerError) as caught:
        action(*given, **more)
    return in_shell(caught.value)


def asked(store: Store, by: Acting, board: str | None, **more: Any) -> str:
    """Put a decision down for a meeting, or for none; return its uid."""
    values = {
        "title": "Scale it",
        "status": "sought",
        "question": "Shall it be scaled?",
        "options": "Do nothing\nScale it",
        "board": board,
    }
    return add(store, "decision", {**values, **more}, by).uid


def restrict(store: Store, kind: str, ref: str, by: Acting) -> None:
    """Restrict a record by its ref, with a reason that papers may print."""
    uid = resolve_ref(store, kind, ref).uid
    change(store, kind, uid, {"visibility": "restricted"}, by, reason="Counsel's advice is privileged")


def frozen(store: Store, by: Acting, board: str) -> Frozen:
    """Accept whatever is warned of and freeze the papers of a meeting (a uid)."""
    warnings = [warning.id for warning in checked(store, board, by.today).open]
    if warnings:
        accept(store, board, warnings, "Known to the board", by)
    return freeze(store, board, by)


def closed(store: Store, by: Acting, board: str) -> None:
    """Take a meeting through to approved minutes."""
    hold(store, board, by)
    draft(store, board, by)
    approve(store, board, by.person, by)
