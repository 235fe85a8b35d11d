"""What may leave the organisation: what registers and fields say is public, and small numbers that stay behind.

It fails closed: a register, a field or a record that nothing here lets through is not there for whoever builds a
public paper, since all that is handed on are copies with nothing else in them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.entities import Entity, Measurement, Metric, Win, registers
from tracker.fields import Nothing, Value
from tracker.rules.day import Day, Nothings
from tracker.rules.public.subtraction import cell_count, given_away
from tracker.rules.visible.sight import Sight
from tracker.rules.wording import counted

KEPT = ("uid", "ref")  # to find what belongs together; a public paper prints neither
COUNTS = ("numerator", "denominator", "n", "units", "events", *(f"count_{mark}" for mark in range(1, 6)))
NOT_PUBLIC = "not public"
NEVER = "its kind is never published"
SMALL = "small numbers"
NOT_FINAL = "not final"
NOT_VERIFIED = "not verified"


class Withheld(NamedTuple):
    """A record that a public paper leaves out, and why: for those who run the programme, never for the paper."""

    kind: str
    ref: str
    why: str


class Public(NamedTuple):
    """Stripped copies of what may be shown, by register, and what was withheld.

    ``suppressed`` are the uids of metrics of which a measurement stays behind for its small numbers.
    """

    records: Mapping[str, list[Entity]]
    withheld: tuple[Withheld, ...]
    suppressed: frozenset[str] = frozenset()


def counts_of(measurement: Measurement, metric: Metric | None = None) -> list[int]:
    """Return the counts of cases in a measurement, those that can be worked out from it among them."""
    counts = [getattr(measurement, name) for name in COUNTS]
    if metric is not None:
        counts.append(cell_count(metric, measurement))
    if measurement.numerator is not None and measurement.denominator is not None:
        counts.append(measurement.denominator - measurement.numerator)
    return [count for count in counts if count is not None]


def publishable(position: Day, threshold: int) -> Public:
    """Return what of a position may be published; counts of 1 up to below ``threshold`` stay behind.

    So does the whole metric of such a count, and another one from which it could be worked out.
    """
    public: dict[str, list[Entity]] = {}
    uids: set[str | None] = {None}
    withheld: list[Withheld] = []
    for register in registers():
        if not register.published or register is Measurement:
            continue
        for record in position.all(register):
            reason = _why_not(record)
            # What belongs to something that is not published is not published either.
            if not reason and getattr(record, record.belongs_to, None) not in uids:
                reason = NOT_PUBLIC
            if reason:
                withheld.append(Withheld(record.kind, record.ref, reason))
                continue
            uids.add(record.uid)
            public.setdefault(record.kind, []).append(stripped(record))
    suppressed = _publish_figures(position, threshold, public, withheld)
    return Public(public, (*withheld, *_never(position)), frozenset(suppressed))


def _publish_figures(
    position: Day, threshold: int, public: dict[str, list[Entity]], withheld: list[Withheld]
) -> set[str]:
    """Put the figures of published metrics where they belong; return the metrics whose figures stay behind."""
    metrics = {metric.uid: metric for metric in position.all(Metric)}
    open_metrics = {metric.uid for metric in public.get(Metric.kind, ())}
    open_figures = []
    for figures in position.all(Measurement):
        reason = _why_not(figures) or ("" if figures.metric in open_metrics else NOT_PUBLIC)
        if reason:
            withheld.append(Withheld(figures.kind, figures.ref, reason))
        else:
            open_figures.append(figures)
    suppressed = {figures.metric for figures in open_figures if _is_small(figures, metrics, threshold)}
    suppressed |= given_away(position, open_figures, suppressed, threshold)
    for figures in open_figures:
        if figures.metric in suppressed:
            withheld.append(Withheld(figures.kind, figures.ref, SMALL))
        else:
            public.setdefault(figures.kind, []).append(stripped(figures))
    return suppressed


def _is_small(figures: Measurement, metrics: Mapping[str, Metric], threshold: int) -> bool:
    return any(0 < count < threshold for count in counts_of(figures, metrics.get(figures.metric)))


def _why_not(record: Entity) -> str:
    """Return why a record of a register that is published stays behind; empty when it does not."""
    if record.sensitivity or not (record.visibility == "public" or record.as_public_as_owner):
        return NOT_PUBLIC
    if record.public_states and record.state not in record.public_states:
        return NOT_FINAL
    if isinstance(record, Win):
        return _why_not_win(record)
    return ""


def _why_not_win(win: Win) -> str:
    if not win.publishable:
        return NOT_PUBLIC
    if not win.verified_by:
        return NOT_VERIFIED
    return ""


def _never(position: Day) -> list[Withheld]:
    """Return the records of registers that a public paper never shows, though they were marked public."""
    return [
        Withheld(register.kind, record.ref, NEVER)
        for register in registers()
        if not register.published
        for record in position.all(register)
        if record.visibility == "public"
    ]


def restricted(views: Sight) -> Iterator[Withheld]:
    """Yield the live records that are restricted or belong to one that is: they are withheld like others."""
    for register in registers():
        why = NOT_PUBLIC
        if not register.published:
            why = NEVER
        for record in views.full.all(register):
            if record.uid in views.visible.hidden.uids and not record.detail:
                yield Withheld(record.kind, record.ref, why)


def stripped(record: Entity) -> Entity:
    """Return a copy of a record that holds nothing but the fields that may be published."""
    empty: dict[str, Value] = {"list": ()}
    values = {name: empty.get(field.kind) for name, field in record.fields().items()}
    for name in (*KEPT, *record.public_fields()):
        values[name] = getattr(record, name)
    return type(record)(**values)


def kinds_of_nothing(position: Day, public: Public) -> Nothings:
    """Return which kind of nothing the published fields of published records hold; the words for it stay behind."""
    fields = {record.uid: record.public_fields() for records in public.records.values() for record in records}
    return {
        (uid, field): Nothing(nothing.kind)
        for (uid, field), nothing in position.nothings.items()
        if field in fields.get(uid, ())
    }


def small(count: int, threshold: int) -> str:
    """Return a count as it may be published: zero stays zero, a small one is ``<10``."""
    if 0 < count < threshold:
        return f"<{threshold}"
    return f"{count:,}"


def rounded(count: int, threshold: int) -> str:
    """Return a count as it may be published beside others and in one edition after another.

    It is rounded to the nearest multiple of ``threshold``, so that no two of them differ by a small number.
    """
    if count < threshold:
        return small(count, threshold)
    return f"{(count + threshold // 2) // threshold * threshold:,}"


def share_of(part: int, total: int, threshold: int) -> str:
    """Return a part of a total, rounded; empty when those who are not in the part are few, and so it stays behind."""
    if part >= threshold and 0 < total - part < threshold:
        return ""
    if part == total >= threshold:
        return f"all of about {rounded(total, threshold)}"
    parts = (f"{'about ' * (count >= threshold)}{rounded(count, threshold)}" for count in (part, total))
    return " of ".join(parts)


def summed_up(withheld: Iterable[Withheld], figures: int = 0) -> str:
    """Return how much was withheld, as a public paper says it; empty for nothing.

    ``figures`` are counts that are no records and stay behind because they are small.
    """
    reasons = [record.why for record in withheld]
    sentences = []
    if reasons:
        records = counted(len(reasons), "record")
        small_numbers = reasons.count(SMALL)
        others = len(reasons) - small_numbers
        sentences.append(f"{records} withheld: {small_numbers:,} for small numbers, {others:,} not for publication.")
    if figures:
        sentences.append(f"{counted(figures, 'count')} of people withheld for small numbers.")
    return " ".join(sentences)
