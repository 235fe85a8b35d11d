"""Everything that is wrong with a record before it is saved, from the register's own rules and beside other records."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import lacking as lacking_fields
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import FIRM, KNOWN, MISSING, PAST, REASONED, TODAY, Carried, Field, WorkedOut, earliest
from tracker.rules.reading import show
from tracker.services.guards.guard import RELABELLED, Proposal, Values, guard, settle_closing
from tracker.storage import Acting, Store
from tracker.storage.rows import alias_of, current

LEAST_REASON = 5


class Newer(NamedTuple):
    """A record of another register from which fields of one are read: its own values, and how it points at that one."""

    kind: str
    link: str
    on: str
    values: Values

    @property
    def register(self) -> type[Entity]:
        """The register of the record; loaded when one is written or explained."""
        return entity(self.kind)


def newer_records(register: type[Entity], values: Values) -> dict[str, Newer]:
    """Return, by kind, the records that values ask for since they are carried by another register."""
    newer: dict[str, Newer] = {}
    for name, carried in _carried(register.settable()):
        if values.get(name) is not None:
            record = newer.setdefault(carried.kind, Newer(carried.kind, carried.link, carried.on, {}))
            record.values[name] = values[name]
    return newer


@cache
def _carried(fields: tuple[Field, ...]) -> tuple[tuple[str, Carried], ...]:
    """Return which fields are read from records of another register, and how."""
    return tuple((field.name, field.carried) for field in fields if field.carried)


@cache
def stored_names(fields: tuple[Field, ...]) -> tuple[str, ...]:
    """Return the names of fields in their order; asked of each record of an import."""
    return tuple(field.name for field in fields)


def defaults(register: type[Entity]) -> Values:
    """Return what the stored fields of a new record hold by themselves."""
    return {field.name: field.default for field in register.stored() if field.default is not MISSING}


def with_defaults(register: type[Entity], values: Values, today: date, *, from_elsewhere: bool = False) -> Values:
    """Return the values of a new record, every settable field among them.

    One ``from_elsewhere`` did not begin today, unless its day cannot be left open.
    """
    full: Values = {}
    for field in register.settable():
        value = values.get(field.name)
        if value is None:
            open_day = from_elsewhere and not field.flags & {FIRM, KNOWN}
            if TODAY in field.flags and not open_day and not _was_before(register, values, today):
                value = today
            elif field.default is not MISSING:
                value = field.default
        full[field.name] = value
    return full


def _was_before(register: type[Entity], values: Values, today: date) -> bool:
    """Return whether a new record says that something of it happened before today: it did not begin today, then."""
    days = (values.get(field.name) for field in register.stored() if PAST in field.flags)
    return any(isinstance(day, date) and day < today for day in days)


def own_day(register: type[Entity], values: Values, today: date) -> date:
    """Return the day that a judgement which comes with a new record is of: the record's own, else today."""
    day = values.get(register.date_field) if register.date_field else None
    return earliest(day) if isinstance(day, date) and earliest(day) < today else today


class Stored(NamedTuple):
    """The settable values of a record as the file holds them, its ref, and whether it was removed."""

    values: Values
    ref: str
    removed: bool


def stored(store: Store, register: type[Entity], uid: str) -> Stored:
    """Return a record, removed or not. Raises TrackerError when it is gone, or another took its place."""
    row = current(store, register, uid)
    if row is None:
        raise gone(register)
    record = Stored(*row)
    if register.kind == "person":
        refuse_alias(store, uid, record.ref)
    return record


def refuse_alias(store: Store, uid: str, ref: str) -> None:
    """Raise TrackerError when another record took the place of a person's: that is the one to change."""
    successor = alias_of(store, uid)
    if successor is not None:
        raise TrackerError(f"{ref} is the same person as {successor}: that record counts.", "merge.alias")


def gone(register: type[Entity]) -> TrackerError:
    """Return the error for a record that does not exist any more."""
    return TrackerError(f"This {register.noun} does not exist any more: adding it was undone.")


def present(store: Store, register: type[Entity], uid: str) -> Stored:
    """Return a record that may be changed. Raises TrackerError when it is gone or was removed."""
    record = stored(store, register, uid)
    if record.removed:
        raise TrackerError(f"{record.ref} was removed.", "removed", kind=register.kind, ref=record.ref)
    return record


def check(proposal: Proposal, *, complete: bool = True, from_elsewhere: bool = False) -> None:
    """Complete a record and hold it to the rules that the file cannot hold it to.

    Of a record ``from_elsewhere`` nothing is taken to have been done on the day on which it is recorded.
    """
    given = dict(proposal.values)
    if complete:
        proposal.values = proposal.register.completed(proposal.values, proposal.before, proposal.by.today)
    settle_closing(proposal)
    guard(proposal)
    if from_elsewhere:
        _leave_undated(proposal, given)
    proposal.settle()
    proposal.problems = [problem for problem in proposal.problems if not proposal.excuses(problem.field)]


def _leave_undated(proposal: Proposal, given: Values) -> None:
    """Take out of a record the days that rules made up from the day on which it is recorded, and say so of each."""
    today = proposal.by.today
    for field in _days(proposal.register.stored()):
        day = proposal[field.name]
        if day in (None, given.get(field.name)) or isinstance(day, WorkedOut):
            continue
        if day == today or day not in given.values():
            proposal.values[field.name] = None
            proposal.undated[field.name] = f"{field.label} is not known."


@cache
def _days(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields that hold a day, and may hold none."""
    return tuple(field for field in fields if field.kind == "date" and not field.flags & {FIRM, KNOWN})


def lacking(proposal: Proposal, note: str | None = None) -> bool:
    """Whether a record lacks what its register asks for; what it lacked before and nobody touched does not count.

    ``note`` is that of the records that it asks for.
    """
    register = proposal.register
    before = proposal.before
    lacks = {name for name in lacking_fields(register, proposal.values) if not proposal.excuses(name)}
    if lacks and before is not None:
        lacks -= {name for name in lacking_fields(register, before) if not proposal.changed(name)}
    newer = newer_records(register, proposal.values).values()
    return bool(lacks) or any(
        lacking_fields(record.register, {**_complete(record, proposal), "note": note}) for record in newer
    )


def _complete(newer: Newer, proposal: Proposal) -> Values:
    """Return the values of a record that another asks for; whose it is and of which day is certain."""
    certain = {newer.link: "0" * 36, newer.on: proposal[newer.on] or _newer_day(proposal)}
    return {**defaults(newer.register), **newer.values, **certain}


def _newer_day(proposal: Proposal) -> date:
    today = proposal.by.today
    return own_day(proposal.register, proposal.values, today) if proposal.before is None else today


def check_reason(proposal: Proposal, reason: str | None) -> None:
    """Report the fields that change without the reason that they need."""
    before = proposal.before
    given = (reason or "").strip()
    if before is None or len(given) >= LEAST_REASON:
        return
    length = f", in {LEAST_REASON} characters or more" if given else ""
    for field in proposal.register.stored():
        if REASONED in field.flags and before[field.name] is not None and proposal.changed(field.name):
            proposal.refuse(
                field.name,
                "reason.change",
                f"{field.label} was {show(field, before[field.name])}: say why it changes{length}.",
            )
    for note in proposal.notes:
        if note.code == RELABELLED:
            proposal.refuse("currency", "reason.change", f"{note} Say why the currency changes.")


def require_reason(reason: str | None, deed: str, code: str = "reason") -> str:
    """Return a reason without spaces around it. Raises TrackerError when it is too short to say why ``deed``."""
    text = (reason or "").strip()
    if len(text) < LEAST_REASON:
        raise TrackerError(
            f"Say why {deed}, in {LEAST_REASON} characters or more.", code, deed=deed, least=LEAST_REASON
        )
    return text


def all_problems(proposal: Proposal) -> list[Problem]:
    """Return what was reported of a record, and of other fields what breaks the rules of its register."""
    from tracker.entities.checking import problems

    broken = [
        problem for problem in problems(proposal.register, proposal.values) if not proposal.excuses(problem.field)
    ]
    for newer in newer_records(proposal.register, proposal.values).values():
        newer_broken = problems(newer.register, _complete(newer, proposal))
        broken += [problem for problem in newer_broken if problem.field != newer.on and problem not in broken]
    reported = {problem.field for problem in proposal.problems}
    return [*proposal.problems, *(problem for problem in broken if problem.field not in reported)]


def explained(proposal: Proposal, error: Exception) -> TrackerError:
    """Return what a refusal of the database means, from the same rules that made its CHECKs."""
    problems = all_problems(proposal)
    if problems:
        return Invalid(problems)
    return TrackerError(f"The {proposal.register.noun} breaks a rule of the file ({error}). Nothing was saved.")


def problems_of(
    store: Store,
    kind: str,
    uid: str | None,
    values: Values,
    by: Acting,
    *,
    unread: Sequence[Problem] = (),
    reason: str | None = None,
) -> list[Problem]:
    """Return everything that is wrong with a record as somebody would save it now; nothing is written.

    ``uid`` is None for a new record; a ``reason`` that is None is not judged. ``unread`` are the problems of fields
    whose texts could not be read: they come first, and nothing else is said of those fields. Raises TrackerError when
    the record is gone or was removed.
    """
    register = entity(kind)
    before = None
    values = {**values, **dict.fromkeys(problem.field for problem in unread)}
    if uid is None:
        values = with_defaults(register, values, by.today)
    else:
        before = present(store, register, uid).values
        values = {**before, **values}
    proposal = Proposal(store, register, values, before, by)
    check(proposal)
    if reason is not None:
        check_reason(proposal, reason)
    fields = {problem.field for problem in unread}
    return [*unread, *(problem for problem in all_problems(proposal) if problem.field not in fields)]
