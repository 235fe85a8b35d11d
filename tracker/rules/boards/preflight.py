"""What a secretary mends, or accepts with a reason, before a board's papers are frozen.

Each warning has an id that stays the same from day to day, so that accepting it holds; the id of a hit of personal
data changes with what was found, so that accepting one hit lets no other through.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from tracker.entities import Entity, registers
from tracker.entities.action import Action
from tracker.entities.confidence import Confidence
from tracker.entities.pilot import Pilot
from tracker.entities.programme import Programme
from tracker.fields import PERSONAL, humanise
from tracker.rules.day import Day
from tracker.rules.public.personal_data import scan, told
from tracker.rules.signals.programme import judged
from tracker.rules.signals.quality import quality_signal
from tracker.rules.signals.result import GREEN
from tracker.rules.wording import counted, show_date

HIGH, MEDIUM = "high", "medium"
SEVERITIES = (HIGH, MEDIUM)
IN_THE_QUESTION = ("sought",)


class Warned(NamedTuple):
    """One thing to be mended or accepted: its id, a sentence, the refs it is about, and how grave it is.

    ``mend`` is a command, or the beginning of one, that puts it right.
    """

    id: str
    sentence: str
    refs: tuple[str, ...]
    severity: str = MEDIUM
    mend: str = ""


class Accepted(NamedTuple):
    """A warning that somebody accepted: its id, why, and by whom (a name)."""

    id: str
    because: str
    by: str = ""


class Preflight(NamedTuple):
    """The list before freezing: what is open, and what was accepted, each with its acceptance."""

    open: tuple[Warned, ...]
    accepted: tuple[tuple[Warned, Accepted], ...]

    @property
    def clear(self) -> bool:
        """Whether the papers can be frozen."""
        return not self.open


def sorted_out(warned: Iterable[Warned], accepted: Iterable[Accepted]) -> Preflight:
    """Return the warnings apart: those open, and those that were accepted; the last acceptance of an id counts."""
    known = {one.id: one for one in accepted}
    found = list(warned)
    return Preflight(
        tuple(one for one in found if one.id not in known),
        tuple((one, known[one.id]) for one in found if one.id in known),
    )


def preflight(evidence: Day, since: date | None) -> list[Warned]:
    """Return every warning about a position, the gravest first; ``since`` is the day of the last board.

    Restricted records are not in the papers: the evidence may hold them, and no text of theirs is looked at.
    """
    found = [
        *_ratings(evidence, since),
        *_quality(evidence),
        *_actions(evidence),
        *_visibility(evidence),
        *_personal(evidence),
    ]
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def _ratings(evidence: Day, since: date | None) -> Iterator[Warned]:
    after = since or evidence.date - timedelta(_programme(evidence).board_interval_days)
    for pilot in sorted(evidence.running, key=lambda pilot: pilot.ref):
        refs = (pilot.ref,)
        newest = max((one.as_of for one in _reports(evidence, pilot)), default=None)
        if newest is None or newest <= after:
            last = f"the last one is of {show_date(newest)}" if newest else "there has never been one"
            sentence = f"{pilot.ref} {pilot.name} has no rating since {show_date(after)}: {last}."
            mend = f"tracker confidence add {pilot.ref} --rating …"
            yield Warned(f"rating.missing.{pilot.ref}", sentence, refs, HIGH, mend)
        seen = judged(evidence, pilot)
        if seen.divergence > 0 and seen.override.state != "active":
            rating, level = humanise(str(seen.reported)).lower(), humanise(seen.level).lower()
            why = seen.override.sentence or "no reason is given."
            sentence = f"{pilot.ref} {pilot.name} is reported {rating}, the evidence says {level}, and {_lower(why)}"
            mend = f"tracker confidence add {pilot.ref} --rating … --divergence-reason …"
            yield Warned(f"divergence.unexplained.{pilot.ref}", sentence, refs, HIGH, mend)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _programme(evidence: Day) -> Programme | type[Programme]:
    return evidence.programme if evidence.programme is not None else Programme


def _reports(evidence: Day, pilot: Pilot) -> Iterator[Confidence]:
    for one in evidence.of(Confidence, "pilot", pilot.uid):
        if (one.rating_kind, one.dimension) == ("reported", "overall") and one.rating != "not_rated":
            yield one


def _quality(evidence: Day) -> Iterator[Warned]:
    """Yield what the signal of data quality knows, each record for itself."""
    told_of = {
        "quality.provisional": ("figure.provisional", "is provisional: it may still change.", MEDIUM, "measurement"),
        "quality.people": ("person.unknown", "names somebody who was removed.", MEDIUM, ""),
        "quality.decisions": ("options.missing", "is sought with fewer than two options.", HIGH, "decision"),
    }
    for finding in quality_signal(evidence).findings:
        if finding.level == GREEN:
            continue
        if finding.id == "quality.fresh":
            (ref,) = finding.records
            yield Warned(f"pilot.stale.{ref}", finding.sentence, (ref,), MEDIUM, f"tracker pilot set {ref} …")
        if finding.id in told_of:
            name, words, severity, kind = told_of[finding.id]
            for ref in finding.records:
                mend = f"tracker {kind} set {ref} …" if kind else f"tracker show {ref}"
                yield Warned(f"{name}.{ref}", f"{ref} {words}", (ref,), severity, mend)


def _actions(evidence: Day) -> Iterator[Warned]:
    for one in sorted(evidence.all(Action), key=lambda one: (one.due, one.ref)):
        if not one.is_late(evidence.date) or one.evidence:
            continue
        late = counted((evidence.date - one.due).days, "day")
        sentence = f"{one.ref} is {late} overdue and has no note of how it stands: {one.text}"
        mend = f"tracker action set {one.ref} --evidence …"
        yield Warned(f"action.overdue.{one.ref}", sentence, (one.ref,), MEDIUM, mend)


def _printed(evidence: Day) -> Iterator[Entity]:
    for register in registers():
        if register.printed:
            yield from (record for record in evidence.all(register) if record.visibility != "restricted")


def _visibility(evidence: Day) -> Iterator[Warned]:
    """Yield the records that are marked as sensitive while nobody has said who may read them."""
    for record in _printed(evidence):
        if record.sensitivity:
            marks = ", ".join(record.sensitivity)
            sentence = f"{record.ref} is marked {marks} and is not restricted: the papers will show it."
            mend = f"tracker {record.kind} set {record.ref} --visibility restricted"
            yield Warned(f"visibility.open.{record.ref}", sentence, (record.ref,), HIGH, mend)


def _personal(evidence: Day) -> Iterator[Warned]:
    for record in _printed(evidence):
        for field in record.stored():
            if field.kind != "text" or field.glob or PERSONAL in field.flags:
                continue
            text = getattr(record, field.name)
            hits = scan(text) if text and any(sign in text for sign in _SIGNS) else []
            if not hits:
                continue
            mark = sha256("\n".join(hit.part for hit in hits).encode()).hexdigest()[:4]
            sentence = f"{record.ref}: {' '.join(told(field.label, hits))}"
            mend = f"tracker {record.kind} set {record.ref} --{field.option} …"
            yield Warned(f"personal.{record.ref}.{field.name}.{mark}", sentence, (record.ref,), HIGH, mend)


_SIGNS = "@0123456789MmDd"  # without one of these no pattern of tracker.rules.public.personal_data fits
