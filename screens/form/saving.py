"""What a form asks of the programme file; every function here is for worker threads."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple

from screens.form.drafts import Draft
from screens.form.reference_input import Candidate
from screens.work import Programme
from tracker.entities import Entity, entity
from tracker.errors import Conflict, Invalid, Note, Problem, TrackerError
from tracker.fields import BACK, FIRM, TODAY, Field, Show
from tracker.rules.reading import NotRead, read, write
from tracker.rules.typed.conventions import Conventions
from tracker.rules.wording import show_date
from tracker.services.browsing import link, named
from tracker.services.guards.guard import Values, choices_now
from tracker.services.reading import Store
from tracker.services.records.checking import LEAST_REASON, problems_of, stored
from tracker.services.records.finding import near_title, read_each, read_values
from tracker.services.records.people import parted, who_is
from tracker.services.records.writing import UNSAID, Fate, Saved, change
from tracker.services.typed.conventions import conventions_of

REASON = "(reason)"  # no field can have this name
TRUE_ON = Field(
    "(true on)",
    Annotated[
        date | None,
        BACK,
        FIRM,
        TODAY,
        Show("True on", "Where it was so on an earlier day; what is true later stays as it is"),
    ],
    None,
)
UNREASONED = "reason.change"
REFUSED_DAYS, BESIDE = ("as_at.to_come", "as_at.too_early"), "as_at.beside"


class RecordToEdit(NamedTuple):
    """A record as a form shows it: its title, the same as texts, what references may name, fewer choices.

    ``base`` is what the person starts from.
    """

    title: str
    base: Values
    texts: dict[str, str]
    candidates: dict[str, list[Candidate]]
    choices: dict[str, tuple[str, ...]]
    conventions: Conventions


class Entry(NamedTuple):
    """What somebody filled in: the texts to save, what the record held when they began, and why they change it.

    ``true_on`` is the day on which it was so, as it is typed; empty: today. ``waived`` are the codes of problems that
    do not count, ``fate`` is what becomes of what hangs on the record.
    """

    kind: str
    uid: str | None
    texts: dict[str, str]
    base: Values
    reason: str
    true_on: str = ""
    waived: tuple[str, ...] = ()
    fate: Fate = UNSAID


class Clashed(TrackerError):
    """A conflict, with what the record holds now as texts."""

    def __init__(self, conflict: Conflict, texts: dict[str, str]) -> None:
        super().__init__(str(conflict), conflict.code)
        self.conflict = conflict
        self.texts = texts


def open_record(programme: Programme, kind: str, uid: str | None, preset: Values) -> RecordToEdit:
    """Return what a form needs to know of a record, or of a new one. Raises TrackerError."""
    store = programme.store()
    register = entity(kind)
    targets = {field.target for field in register.settable() if field.target}
    candidates = {target: candidates_of(store, target, programme.today()) for target in targets}
    choices = choices_now(store, kind)
    conventions = conventions_of(store)
    if uid is None:
        article = "an" if register.noun[0] in "aeio" else "a"
        texts = _texts(store, register, preset)
        return RecordToEdit(f"Add {article} {register.noun}", {}, texts, candidates, choices, conventions)
    values, ref, _ = stored(store, register, uid)
    texts = _texts(store, register, values)
    title = f"Change {ref} {texts.get(register.name_field, '')}".strip()
    return RecordToEdit(title, values, texts, candidates, choices, conventions)


def candidates_of(store: Store, kind: str, today: date) -> list[Candidate]:
    """Return the records of a kind that may be meant; people who left are marked."""
    marks = parted(store, today)
    user = who_is(store, store.user) if kind == "person" else None
    return [Candidate(row.ref, row.name, marks.get(row, ""), row.uid == user) for row in named(store, kind)]


def _texts(store: Store, register: type[Entity], values: Values) -> dict[str, str]:
    texts = {}
    for field in register.settable():
        value = values.get(field.name)
        if field.target and value:
            value = link(store, field.target, value) or ""
        if value is not None:
            texts[field.name] = write(field, value)
    return texts


def values_before(programme: Programme, kind: str, draft: Draft | None) -> Values:
    """Return the values that stood in a record when a draft of it was begun."""
    if draft is None or not draft.uid:
        return {}
    texts = {name: text for name, text in draft.began.items() if name not in (REASON, TRUE_ON.name)}
    try:
        return read_values(programme.store(), kind, texts, programme.today())[0]
    except Invalid:
        return {}  # it named a record that is gone; the present values are then what counts


def save(programme: Programme, entry: Entry) -> Saved:
    """Save what somebody filled in. Raises Invalid with every problem at once, Clashed, TrackerError."""
    from tracker.services.records.making import add_with_parts

    store = programme.store()
    by = programme.acting()
    kind = entry.kind
    values, notes, unread = read_each(store, kind, entry.texts, by.today)
    true_on, misread = _true_on(store, entry.true_on, by.today)
    if unread or misread:
        problems = problems_of(store, kind, entry.uid, values, by, unread=unread) if unread else []
        raise Invalid([*problems, *misread])
    try:
        if entry.uid is None:
            saved = add_with_parts(store, kind, values, by, as_at=true_on, waived=entry.waived)
        else:
            reason = entry.reason.strip() or None
            saved = change(
                store,
                kind,
                entry.uid,
                values,
                by,
                base=entry.base if true_on is None else None,  # what stands today is true later, and stays
                reason=reason,
                as_at=true_on,
                fate=entry.fate,
                waived=entry.waived,
            )
    except Invalid as error:
        raise Invalid(_with_reason(error.problems)) from None
    except Conflict as conflict:
        raise Clashed(conflict, _texts(store, entity(kind), conflict.now)) from None
    except TrackerError as error:
        if error.code in REFUSED_DAYS:
            raise Invalid([Problem.of(TRUE_ON.name, error)]) from None
        raise
    all_notes = [*notes, *_recorded_as(true_on, saved), *saved.notes]
    return saved._replace(notes=(*all_notes, *near_title(store, kind, saved.uid, values)))


def wrong_now(programme: Programme, entry: Entry) -> list[Problem]:
    """Return what would be refused of what is filled in by now; nothing is written. Raises TrackerError."""
    store = programme.store()
    by = programme.acting()
    values, _, unread = read_each(store, entry.kind, entry.texts, by.today)
    _, misread = _true_on(store, entry.true_on, by.today)
    problems = problems_of(store, entry.kind, entry.uid, values, by, unread=unread, reason=entry.reason)
    return [*_with_reason(problems), *misread]


def _true_on(store: Store, text: str, today: date) -> tuple[date | None, list[Problem]]:
    """Return the day on which what is saved was so (None: today), and what is wrong with how it is typed."""
    try:
        return read(TRUE_ON, text, today, conventions_of(store)), []
    except NotRead as error:
        return None, [Problem(TRUE_ON.name, "value.unread", str(error))]


def _recorded_as(day: date | None, saved: Saved) -> Sequence[Note]:
    """Return of which day something was recorded, where no other note says it."""
    if day is None or not saved.tx or any(note.code == BESIDE for note in saved.notes):
        return ()
    return (Note("as_at.said", f"Recorded as true on {show_date(day)}."),)


def _with_reason(problems: list[Problem]) -> list[Problem]:
    """Return problems as a form tells them: a missing reason belongs to the line that asks for it."""
    unreasoned = [problem.message for problem in problems if problem.code == UNREASONED]
    if not unreasoned:
        return problems
    message = f"{' '.join(unreasoned)} Use {LEAST_REASON} characters or more."
    others = [problem for problem in problems if problem.code != UNREASONED]
    return [*others, Problem(REASON, UNREASONED, message)]
