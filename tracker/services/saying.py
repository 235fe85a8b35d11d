"""What an undo or a redo did, in words, the same in the shell and on the screens."""

from tracker.entities import entity
from tracker.services.undoing import TurnedBack
from tracker.storage.history import Change
from tracker.storage.rows import link
from tracker.storage.store import Store

SHOWN = 40


def said(store: Store, turned: TurnedBack) -> str:
    """Return what an undo or redo did: to which record, or to how many."""
    touched = list(dict.fromkeys((change.kind, change.uid) for change in turned.changes))
    if not touched:
        return "nothing had to be changed"
    if len({kind for kind, _ in touched}) == 1 and len(touched) > 1:
        return f"{len(touched):,} {entity(touched[0][0]).plural}"
    kind, uid = touched[0]
    found = link(store, kind, uid)
    changes = [change for change in turned.changes if change.uid == uid]
    if found is None:
        gone = changes[0].old or {}
        name = f"{gone.get('ref', '')} {gone.get(entity(kind).name_field) or ''}"
        return f"{_short(name)} is not in the list any more"
    if changes[0].field == "*":
        return f"{_short(str(found))} is back in the list"
    return f"{_short(str(found))}: {_fields(kind, changes)}"


def _fields(kind: str, changes: list[Change]) -> str:
    fields = entity(kind).fields()
    if any(change.field == "deleted_at" for change in changes):
        return "back in the list" if changes[0].new is None else "removed"
    labels = [fields[change.field].label.lower() for change in changes if change.field in fields]
    return ", ".join(labels) + " set back" if labels else "set back"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
