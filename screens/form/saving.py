"""What a form asks of the programme file; every function here is for worker threads."""

from typing import Any, NamedTuple

from screens.form.drafts import Draft
from screens.form.reference_input import Candidate
from screens.work import Programme
from tracker.entities import Entity, entity
from tracker.entities.checking import problems as problems_of
from tracker.errors import Conflict, Invalid, Problem
from tracker.fields import MISSING, TODAY
from tracker.rules.reading import show, write
from tracker.services.guards.guard import choices_now, guard
from tracker.services.records.adding import add
from tracker.services.records.finding import read_values
from tracker.services.records.writing import LEAST_REASON, Saved, change
from tracker.storage.queries import Query, rows
from tracker.storage.rows import current, link
from tracker.storage.store import Acting, Store

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
    store, by = programme.store(), programme.acting()
    values, notes, unread = _read(store, entry, by)
    before = current(store, entity(entry.kind), entry.uid) if entry.uid else None
    now = before[0] if before else {}
    if unread:
        raise Invalid(unread + _more_problems(store, entry, values, now, unread, by))
    reason = entry.reason.strip() or None
    try:
        if entry.uid is None:
            saved = add(store, entry.kind, values, by)
        else:
            saved = change(store, entry.kind, entry.uid, values, by, base=entry.base, reason=reason)
    except Invalid as error:
        raise Invalid(_for_screens(error.problems)) from None
    except Conflict as conflict:
        raise Clashed(conflict, now, _texts(store, entity(entry.kind), now)) from None
    return saved._replace(notes=(*notes, *saved.notes))


def _read(store: Store, entry: Entry, by: Acting) -> tuple[Values, list[str], list[Problem]]:
    values: Values = {}
    notes: list[str] = []
    unread: list[Problem] = []
    for name, text in entry.texts.items():  # one by one: what can be read is still checked for other problems
        try:
            value, noted = read_values(store, entry.kind, {name: text}, by.today)
        except Invalid as error:
            unread += error.problems
        else:
            values |= value
            notes += noted
    return values, notes, unread


def _more_problems(
    store: Store, entry: Entry, values: Values, now: Values, unread: list[Problem], by: Acting
) -> list[Problem]:
    """Return what else is wrong while some texts cannot be read, so that all is told at once."""
    which = entity(entry.kind)
    full = dict(now) if entry.uid else {}
    for field in which.settable():
        if field.name in entry.texts or not entry.uid:
            value = values.get(field.name)
            default = by.today if TODAY in field.flags else None if field.default is MISSING else field.default
            full[field.name] = default if value is None and not entry.uid else value
    full = which.completed(full, now or None, by.today)
    full, problems, _ = guard(store, entry.kind, full, now or None, by)
    told = {problem.field for problem in (*unread, *problems)}
    problems += [problem for problem in problems_of(which, full) if problem.field not in told]
    known = {problem.field for problem in unread}
    return [problem for problem in problems if problem.field not in known]


def _for_screens(problems: list[Problem]) -> list[Problem]:
    """Return problems as a form tells them: a missing reason belongs to the line that asks for it."""
    unreasoned = [problem.message for problem in problems if problem.code == "reason.change"]
    if not unreasoned:
        return problems
    asked = f"{' '.join(unreasoned)} Use {LEAST_REASON} characters or more."
    others = [problem for problem in problems if problem.code != "reason.change"]
    return [*others, Problem(REASON, "reason.change", asked)]
