"""What a form asks of the programme file; every function here is for worker threads."""

from typing import Any, NamedTuple

from screens.form.drafts import Draft
from screens.form.reference_input import Candidate
from screens.work import Programme
from tracker.entities import Entity, entity
from tracker.errors import Conflict, Invalid, Problem
from tracker.rules.reading import show, write
from tracker.services.guards.guard import choices_now
from tracker.services.records.checking import LEAST_REASON, problems_of
from tracker.services.records.finding import read_each, read_values
from tracker.services.records.writing import Saved, change
from tracker.storage.queries import Query, rows
from tracker.storage.rows import current, link
from tracker.storage.store import Store

REASON = "(reason)"  # no field can have this name

Values = dict[str, Any]


class Opened(NamedTuple):
    """A record as a form shows it: its title, values, the same as texts, what references may name, fewer choices.

    ``base`` is what the person started from: older than ``values`` where a draft was begun earlier.
    """

    title: str
    base: Values
    texts: dict[str, str]
    candidates: dict[str, list[Candidate]]
    choices: dict[str, tuple[str, ...]]


class Entry(NamedTuple):
    """What somebody filled in: the texts to save, what the record held when they began, and why they change it."""

    kind: str
    uid: str | None
    texts: dict[str, str]
    base: Values
    reason: str


class Clashed(Exception):
    """A conflict, with what the record held just before, as values (the base of the next try) and as texts."""

    def __init__(self, conflict: Conflict, now: Values, texts: dict[str, str]) -> None:
        super().__init__(str(conflict))
        self.conflict = conflict
        self.now = now
        self.texts = texts


def open_record(programme: Programme, kind: str, uid: str | None, preset: Values, draft: Draft | None) -> Opened:
    """Return what a form needs to know of a record, or of a new one. Raises TrackerError."""
    store, which = programme.store(), entity(kind)
    targets = {field.target for field in which.settable() if field.target}
    candidates = {target: _candidates(store, target) for target in targets}
    if uid is None:
        title = f"Add {_article(which.noun)} {which.noun}"
        return Opened(title, {}, _texts(store, which, preset), candidates, choices_now(store, kind))
    found = current(store, which, uid)
    if found is None:
        raise Invalid(
            [Problem("", "open_record.record", f"This {which.noun} does not exist any more: adding it was undone.")]
        )
    values, ref, _ = found
    name = _texts(store, which, {which.name_field: values.get(which.name_field)}).get(which.name_field, "")
    base = {**values, **_began(programme, kind, draft)}
    return Opened(
        f"Change {ref} {name}".strip(), base, _texts(store, which, values), candidates, choices_now(store, kind)
    )


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


def _candidates(store: Store, target: str) -> list[Candidate]:
    which = entity(target)
    name = which.fields()[which.name_field]
    found = rows(store, Query(target), [which.name_field])
    return [Candidate(ref, str(value) if name.target else show(name, value)) for _, ref, value in found]


def _texts(store: Store, which: type[Entity], values: Values) -> dict[str, str]:
    texts = {}
    for field in which.settable():
        value = values.get(field.name)
        if field.target and value:
            value = link(store, field.target, value) or ""
        if value is not None:
            texts[field.name] = write(field, value)
    return texts


def _began(programme: Programme, kind: str, draft: Draft | None) -> Values:
    """Return the values that stood in a record when a draft of it was begun."""
    began = {} if draft is None else {name: text for name, text in draft.began.items() if name != REASON}
    try:
        return read_values(programme.store(), kind, began, programme.today())[0]
    except Invalid:
        return {}  # it named a record that is gone; the present values are then what counts


def save(programme: Programme, entry: Entry) -> Saved:
    """Save what somebody filled in. Raises Invalid with every problem at once, Clashed, TrackerError."""
    from tracker.services.records.making import add_with_parts

    store, by, kind = programme.store(), programme.acting(), entry.kind
    values, notes, unread = read_each(store, kind, entry.texts, by.today)
    if unread:
        raise Invalid(problems_of(store, kind, entry.uid, values, by, unread=unread))
    reason = entry.reason.strip() or None
    try:
        if entry.uid is None:
            saved = add_with_parts(store, kind, values, by)
        else:
            saved = change(store, kind, entry.uid, values, by, base=entry.base, reason=reason)
    except Invalid as error:
        raise Invalid(_for_screens(error.problems)) from None
    except Conflict as conflict:
        raise Clashed(conflict, conflict.now, _texts(store, entity(kind), conflict.now)) from None
    return saved._replace(notes=(*notes, *saved.notes))


def _for_screens(problems: list[Problem]) -> list[Problem]:
    """Return problems as a form tells them: a missing reason belongs to the line that asks for it."""
    unreasoned = [problem.message for problem in problems if problem.code == "reason.change"]
    if not unreasoned:
        return problems
    asked = f"{' '.join(unreasoned)} Use {LEAST_REASON} characters or more."
    others = [problem for problem in problems if problem.code != "reason.change"]
    return [*others, Problem(REASON, "reason.change", asked)]
