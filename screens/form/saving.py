"""What a form asks of the programme file; every function here is for worker threads."""

import re
from typing import Any, NamedTuple

from screens.form.drafts import Draft
from screens.form.reference_input import Candidate
from screens.work import Programme
from tracker.entities import Entity, entity
from tracker.entities.checking import problems as check
from tracker.errors import Conflict, Invalid, Problem, TrackerError
from tracker.fields import MISSING, REASONED, TODAY
from tracker.rules.reading import write
from tracker.services.guards.guard import choices_now, guard
from tracker.services.reading import Acting, Store, link, named, settable_values
from tracker.services.records.adding import add
from tracker.services.records.finding import read_values
from tracker.services.records.writing import LEAST_REASON, Saved, change

REASON = "(reason)"  # no field can have this name
FOR_COMMANDS = r" \(--reason “…”[^)]*\)"

Values = dict[str, Any]


class RecordToEdit(NamedTuple):
    """A record as a form shows it: its title, the same as texts, what references may name, fewer choices.

    ``base`` is what the person started from: older than the record where a draft was begun earlier.
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


class Clashed(TrackerError):
    """A conflict, with what the record held just before, as values (the base of the next try) and as texts."""

    def __init__(self, conflict: Conflict, now: Values, texts: dict[str, str]) -> None:
        super().__init__(str(conflict))
        self.conflict = conflict
        self.now = now
        self.texts = texts


def open_record(programme: Programme, kind: str, uid: str | None, preset: Values, draft: Draft | None) -> RecordToEdit:
    """Return what a form needs to know of a record, or of a new one. Raises TrackerError."""
    store, register = programme.store(), entity(kind)
    targets = {field.target for field in register.settable() if field.target}
    candidates = {target: [Candidate(row.ref, row.name) for row in named(store, target)] for target in targets}
    choices = choices_now(store, kind)
    if uid is None:
        article = "an" if register.noun[0] in "aeio" else "a"
        texts = _texts(store, register, preset)
        return RecordToEdit(f"Add {article} {register.noun}", {}, texts, candidates, choices)
    row = settable_values(store, kind, uid)
    if row is None:
        raise Invalid([Problem("", f"This {register.noun} does not exist any more: adding it was undone.")])
    ref, values = row
    texts = _texts(store, register, values)
    title = f"Change {ref} {texts.get(register.name_field, '')}".strip()
    return RecordToEdit(title, {**values, **_values_before(programme, kind, draft)}, texts, candidates, choices)


def _texts(store: Store, register: type[Entity], values: Values) -> dict[str, str]:
    texts = {}
    for field in register.settable():
        value = values.get(field.name)
        if field.target and value:
            value = link(store, field.target, value) or ""
        if value is not None:
            texts[field.name] = write(field, value)
    return texts


def _values_before(programme: Programme, kind: str, draft: Draft | None) -> Values:
    """Return the values that stood in a record when a draft of it was begun."""
    if draft is None:
        return {}
    texts = {name: text for name, text in draft.began.items() if name != REASON}
    try:
        return read_values(programme.store(), kind, texts, programme.today())[0]
    except Invalid:
        return {}  # it named a record that is gone; the present values are then what counts


def save(programme: Programme, entry: Entry) -> Saved:
    """Save what somebody filled in. Raises Invalid with every problem at once, Clashed, TrackerError."""
    store, by = programme.store(), programme.acting()
    values, notes, unread = _read(store, entry, by)
    now: Values = {}
    if entry.uid:
        _, now = settable_values(store, entry.kind, entry.uid) or ("", {})
    if unread:
        raise Invalid(unread + _more_problems(store, entry, values, now, unread, by))
    try:
        if entry.uid is None:
            saved = add(store, entry.kind, values, by)
        else:
            reason = entry.reason.strip() or None
            saved = change(store, entry.kind, entry.uid, values, by, base=entry.base, reason=reason)
    except Invalid as error:
        raise Invalid(_for_screens(entry, error.problems)) from None
    except Conflict as conflict:
        raise Clashed(conflict, now, _texts(store, entity(entry.kind), now)) from None
    return saved._replace(notes=(*notes, *saved.notes))


def _read(store: Store, entry: Entry, by: Acting) -> tuple[Values, list[str], list[Problem]]:
    values: Values = {}
    notes: list[str] = []
    unread: list[Problem] = []
    for name, text in entry.texts.items():  # one by one: what can be read is still checked for other problems
        try:
            value, cleaned = read_values(store, entry.kind, {name: text}, by.today)
        except Invalid as error:
            unread += error.problems
        else:
            values |= value
            notes += cleaned
    return values, notes, unread


def _more_problems(
    store: Store, entry: Entry, values: Values, now: Values, unread: list[Problem], by: Acting
) -> list[Problem]:
    """Return what else is wrong while some texts cannot be read, so that all is told at once."""
    register = entity(entry.kind)
    full = {**now, **dict.fromkeys(entry.texts), **values}
    if not entry.uid:
        full = {field.name: values.get(field.name) for field in register.settable()}
        for field in register.settable():
            if full[field.name] is None and TODAY in field.flags:
                full[field.name] = by.today
            elif full[field.name] is None and field.default is not MISSING:
                full[field.name] = field.default
    full = register.completed(full, now or None, by.today)
    full, problems, _ = guard(store, entry.kind, full, now or None, by)
    unreadable = {problem.field for problem in unread}
    reported = unreadable | {problem.field for problem in problems}
    problems += [problem for problem in check(register, full) if problem.field not in reported]
    return [problem for problem in problems if problem.field not in unreadable]


def _for_screens(entry: Entry, problems: list[Problem]) -> list[Problem]:
    """Return problems as a form tells them: a missing reason belongs to the line that asks for it."""
    fields = entity(entry.kind).fields()
    told = [Problem(field, re.sub(FOR_COMMANDS, "", sentence)) for field, sentence in problems]
    unreasoned = [
        old
        for old, new in zip(problems, told, strict=True)
        if old != new and old.field in fields and REASONED in fields[old.field].flags
    ]
    if not unreasoned:
        return told
    asked = " ".join(sentence for old, (_, sentence) in zip(problems, told, strict=True) if old in unreasoned)
    kept = [new for old, new in zip(problems, told, strict=True) if old not in unreasoned]
    return [*kept, Problem(REASON, f"{asked} Use {LEAST_REASON} characters or more.")]
