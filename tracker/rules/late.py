"""What is late, due soon, or stale: one rule, which every list, screen, signal and paper reads.

A register says by its class which of its days are to be kept (``Entity.dues``); those that need other records or
settings are worked out in ``outstanding``: reviews of risks, steps of boards, ratings, targets, criteria, training, and
pilots that nobody has updated. On its day nothing is late yet; a month, quarter or year ends with its last day.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from tracker.entities import Entity, Pilot, entity, registers
from tracker.entities.base import Due, called
from tracker.fields import WorkedOut
from tracker.rules.apart import grounds
from tracker.rules.day import Day
from tracker.rules.outstanding import worked_out
from tracker.rules.wording import counted, listed, optional, show_date, upper_first
from tracker.text import natural_order


class Deadline(NamedTuple):
    """Something of a record that is to be done by a day, the last one on which it is not late.

    ``field`` holds the day (empty: it is worked out). ``what`` says it in a word or two, ``many`` the same of several;
    ``title`` is the record's name. ``owner`` is a person's uid, or ``role`` a role in words. ``pilot`` is the uid of
    the pilot that the record belongs to, ``pilot_ref`` its ref. ``apart``: that pilot has ended or was removed, so that
    the record is no late work. ``words`` says that the day has passed; empty where “what changed” does not tell of it.
    """

    day: date
    field: str
    what: str
    many: str
    kind: str
    uid: str
    ref: str
    title: str
    owner: str | None
    role: str
    pilot: str | None
    pilot_ref: str
    apart: bool
    words: str

    @property
    def is_worked_out(self) -> bool:
        """Whether nobody set the day: a rule worked it out."""
        return not self.field or isinstance(self.day, WorkedOut)

    @property
    def day_text(self) -> str:
        """The day in words, which say so where nobody set it."""
        day = self.day
        return show_date(WorkedOut(day.year, day.month, day.day) if self.is_worked_out else day)

    def days_late(self, today: date) -> int:
        """Return by how many days it is late; 0 when it is not."""
        return max(0, (today - self.day).days)


class Lateness(NamedTuple):
    """What is late on a day, what is due from that day on, and what is late of pilots that have ended or are gone."""

    late: tuple[Deadline, ...]
    due: tuple[Deadline, ...]
    apart: tuple[Deadline, ...]


def lateness(deadlines: Iterable[Deadline], today: date, ahead: int) -> Lateness:
    """Return deadlines by how they stand on a day, the most urgent first; ``ahead``: due within so many days."""
    by_day = sorted(deadlines, key=urgency)
    until = today + timedelta(ahead)
    return Lateness(
        tuple(deadline for deadline in by_day if deadline.day < today and not deadline.apart),
        tuple(deadline for deadline in by_day if today <= deadline.day <= until and not deadline.apart),
        tuple(deadline for deadline in by_day if deadline.day < today and deadline.apart),
    )


def urgency(deadline: Deadline) -> tuple[date, str, str]:
    """Return what puts deadlines in order: the earliest first, of one day by what they are and by ref."""
    return deadline.day, deadline.what, natural_order(deadline.ref)


def deadlines(evidence: Day) -> list[Deadline]:
    """Return all that is still to be done by a day, of every register that people see."""
    return [
        deadline
        for register in registers()
        for record in evidence.all(register)
        for deadline in deadlines_of(evidence, record)
    ]


def deadlines_of(evidence: Day, record: Entity) -> list[Deadline]:
    """Return what is still to be done about one record by a day."""
    outstanding = [*record.outstanding(evidence.date), *worked_out(evidence, record)]
    if not outstanding:
        return []
    pilot, apart = _pilot_of(evidence, record)
    owner, role = _owner(evidence, record, pilot)
    title = _title(evidence, record)
    return [
        Deadline(
            day,
            due.field,
            due.label or upper_first(record.noun),
            _plural(record, due),
            record.kind,
            record.uid,
            record.ref,
            optional("", due.part, ": ") + title,
            owner,
            role,
            getattr(pilot, "uid", None),
            getattr(pilot, "ref", ""),
            apart,
            due.words,
        )
        for due, day in outstanding
    ]


def _plural(record: Entity, due: Due) -> str:
    """Return what several are called that are due in the same way."""
    if due.label:
        return f"{due.label.lower()}s"
    return record.plural


def is_late(evidence: Day, record: Entity) -> bool:
    """Return whether a record is late by the day of its ``due_field``, and not counted apart."""
    by_field = (last for due, last in record.outstanding(evidence.date) if due.field == record.due_field)
    return any(last < evidence.date for last in by_field) and not _pilot_of(evidence, record)[1]


def apart(evidence: Day, register: type[Entity]) -> frozenset[str]:
    """Return the uids of the records of a register that belong to a pilot that has ended or was removed."""
    return frozenset(record.uid for record in evidence.all(register) if _pilot_of(evidence, record)[1])


def late_words(evidence: Day, record: Entity) -> dict[str, str]:
    """Return what of a record is late on a day: a sentence by what should have happened.

    Nothing of a pilot that has ended, or that is known to have been removed by then.
    """
    removed = any(ground.record is None and ground.lost for ground in grounds(evidence, record))
    return {
        deadline.what: deadline.words.format(day=show_date(deadline.day))
        for deadline in deadlines_of(evidence, record)
        if deadline.words and deadline.days_late(evidence.date) and not (deadline.apart and (deadline.pilot or removed))
    }


def tally(deadlines: Iterable[Deadline], most: int = 0) -> str:
    """Return how many there are of each kind, the most first: ``12 actions, 4 reviews``; ``most``: kinds named."""
    numbers: dict[tuple[str, str], int] = {}
    for deadline in deadlines:
        words = deadline.what.lower(), deadline.many
        numbers[words] = numbers.get(words, 0) + 1
    in_order = sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))
    if most and len(in_order) > most + 1:
        remaining = sum(number for _, number in in_order[most:])
        return listed([*(counted(number, *words) for words, number in in_order[:most]), f"{remaining:,} others"])
    return listed(counted(number, *words) for words, number in in_order)


def _owner(evidence: Day, record: Entity, pilot: Pilot | None) -> tuple[str | None, str]:
    """Return who answers for a record: a person's uid, or a role in words where nobody is named.

    For records that have no owner of their own it is the delivery lead of their pilot.
    """
    owner: str | None = getattr(record, record.owner_field, None)
    if record.kind == "criterion" and owner is None:
        owner = getattr(_parent(evidence, record), "chair", None)
    role = getattr(record, record.role_field, None) or ""
    if pilot is not None and not (role or record.owner_field):
        owner = pilot.delivery_lead
    return owner, role


def owner_name(evidence: Day, deadline: Deadline) -> str:
    """Return the name (marked where they have left) or the role of whoever answers for something; empty for nobody."""
    return evidence.answering(deadline.owner) or deadline.role


def _title(evidence: Day, record: Entity) -> str:
    """Return the name of a record; where that is another record or a choice, with what the record is about."""
    field = record.fields()[record.name_field]
    name = called(type(record), getattr(record, record.name_field))
    if record.named_by != "itself" or field.target or field.kind == "choice":
        owner = _parent(evidence, record)
        if owner is not None:
            return f"{name} ({owner.ref})"
    return name


def _parent(evidence: Day, record: Entity) -> Entity | None:
    if not record.belongs_to:
        return None
    return evidence.get(entity(record.fields()[record.belongs_to].target), getattr(record, record.belongs_to))


def _pilot_of(evidence: Day, record: Entity) -> tuple[Pilot | None, bool]:
    """Return the pilot that a record belongs to, and whether what it belongs to has ended or is gone."""
    pilot = record if isinstance(record, Pilot) else None
    apart = False
    for ground in grounds(evidence, record):
        apart = apart or ground.record is None or bool(ground.lost)
        if isinstance(ground.record, Pilot):
            pilot = ground.record
    return pilot, apart


def late_mark(deadlines: Iterable[Deadline], today: date) -> str:
    """Return what a list says of a record that is late, in words that stand without a colour: ``17 days late``.

    What is late is named where it is not the record itself. What is counted apart is not called late.
    """
    words = []
    for deadline in sorted(deadlines, key=attrgetter("day", "what")):
        days = deadline.days_late(today)
        if days and deadline.apart:
            words.append(f"day passed {counted(days, 'day')} ago, pilot ended or gone")
        elif days:
            text = f"{counted(days, 'day')} late"
            if deadline.many != entity(deadline.kind).plural:
                text = f"{deadline.what} {text}"
            words.append(text)
    return "; ".join(words)


def summed(result: Lateness, most: int = 0) -> str:
    """Return how much is late, of what, and what is counted apart; that nothing is, only where nothing is.

    ``most``: how many kinds are named.
    """
    sentence = "Nothing is late"
    if result.late:
        sentence = f"{len(result.late):,} late: {tally(result.late, most)}"
    if result.apart:
        sentence += f"; counted apart, {len(result.apart):,} of pilots that have ended or were removed"
    return f"{sentence}."
