"""What the steps of a journey come to, and how two journeys through a service compare."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from tracker.entities import Journey, JourneyStep
from tracker.fields import humanise
from tracker.rules.reading import minutes_text
from tracker.rules.wording import counted, folded, half_up, listed, number, optional, show_date, verb
from tracker.text import natural_order

STAFF = ("front_line", "back_office")
KINDS = ("as_is", "to_be", "measured_after")  # the order in which they come about
WANTED = {"as_is": ("measured_after", "to_be"), "to_be": ("as_is",), "measured_after": ("as_is",)}
NOT_RECORDED = "not recorded"
NOT_KNOWN = "not known"

Steps = Sequence[JourneyStep]
N = TypeVar("N", int, float)
StepsOf = Callable[[str], Steps]


class Measures(NamedTuple):
    """What the steps of a journey come to; None is “not recorded”, which zero never is.

    The touch times ``citizen``, ``staff`` (front line and back office) and ``other`` (third parties, systems), and
    ``waiting``, are minutes; ``handoffs`` are the manual ones; ``repeats`` the steps that ask again; ``pain`` the
    worst, 0 to 5, and ``painful`` the steps that have it, when it hurts at all. ``drop_out`` is the part of the
    people who begin that some step loses, 0 to 1: the steps' shares one after the other, those without one losing
    nobody. A journey without steps has nothing recorded.
    """

    steps: int = 0
    citizen: int | None = None
    staff: int | None = None
    other: int | None = None
    waiting: int | None = None
    handoffs: int | None = None
    repeats: int | None = None
    pain: int | None = None
    painful: tuple[JourneyStep, ...] = ()
    drop_out: float | None = None


class Measure(NamedTuple, Generic[N]):
    """One of the measures as people read it: its field, its label, and a value and a difference as text."""

    name: str
    label: str
    text: Callable[[N], str]
    difference: Callable[[N], str]


AnyMeasure = Measure[int] | Measure[float]


class Difference(NamedTuple):
    """A measure before and after, as text; ``change`` is the difference, in the unit of the measure.

    ``verdict`` is better, worse or same, and empty where a side is not recorded: less of any measure is better.
    """

    name: str
    label: str
    before: str
    after: str
    difference: str
    verdict: str
    change: float | None = None


class Comparison(NamedTuple):
    """Two journeys, the earlier state first; without ``rows`` they may not be compared, and ``warnings`` say why."""

    before: Journey
    after: Journey
    rows: tuple[Difference, ...]
    warnings: tuple[str, ...]

    @property
    def comparable(self) -> bool:
        """Whether both go the same way, from the same first to the same last step."""
        return bool(self.rows)

    def data(self) -> dict[str, object]:
        """Return the comparison as plain data for JSON."""
        return {
            "before": self.before.ref,
            "after": self.after.ref,
            "comparable": self.comparable,
            "differences": [row._asdict() for row in self.rows],
            "warnings": list(self.warnings),
        }


def touch_text(minutes: int) -> str:
    """Return a touch time in minutes, however long, so that two are compared at a glance: ``1,240 min``."""
    return f"{minutes:,} min"


def drop_text(share: float) -> str:
    """Return a drop-out in per cent with at most one decimal; what is not zero or all is never rounded to it."""
    if 0 < share < 0.0005:
        return "under 0.1%"
    if 0.9995 <= share < 1:
        return "over 99.9%"
    return number(share * 100, 1).removesuffix(".0") + "%"


def _signed(text: Callable[[N], str]) -> Callable[[N], str]:
    def signed(change: N) -> str:
        amount = text(abs(change))
        if change > 0:
            return f"+{amount}"
        if change < 0:
            return f"−{amount}"
        return amount

    return signed


def _points(share: float) -> str:
    return f"{number(share * 100, 1).removesuffix('.0')} points"


def count_text(count: int) -> str:
    """Return a count as text."""
    return str(count)


def pain_text(pain: int) -> str:
    """Return how much a step hurts, as text."""
    return f"{pain} of 5"


MEASURES: tuple[AnyMeasure, ...] = (
    Measure("citizen", "Citizen's time", touch_text, _signed(touch_text)),
    Measure("staff", "Staff time", touch_text, _signed(touch_text)),
    Measure("other", "Others' time", touch_text, _signed(touch_text)),
    Measure("waiting", "Waiting", minutes_text, _signed(minutes_text)),
    Measure("handoffs", "Manual hand-offs", count_text, _signed(count_text)),
    Measure("repeats", "Repeated questions", count_text, _signed(count_text)),
    Measure("pain", "Worst pain", pain_text, _signed(count_text)),
    Measure("drop_out", "Drop-out", drop_text, _signed(_points)),
)


def in_order(steps: Iterable[JourneyStep]) -> list[JourneyStep]:
    """Return the steps in the order in which they are gone; one without a place comes last."""
    return sorted(steps, key=lambda step: (step.step_order is None, step.step_order or 0, natural_order(step.ref)))


def measures(steps: Steps) -> Measures:
    """Return what the steps of one journey come to."""
    if not steps:
        return Measures()
    pains = [step.pain for step in steps if step.pain is not None]
    worst = max(pains, default=None)
    lost = [step.drop_out_share for step in steps if step.drop_out_share is not None]
    return Measures(
        steps=len(steps),
        citizen=sum(step.touch_minutes for step in steps if step.actor == "citizen"),
        staff=sum(step.touch_minutes for step in steps if step.actor in STAFF),
        other=sum(step.touch_minutes for step in steps if step.actor not in ("citizen", *STAFF)),
        waiting=sum(step.wait_minutes for step in steps),
        handoffs=sum(step.handoff == "manual" for step in steps),
        repeats=sum(bool(step.asks_again) for step in steps),
        pain=worst,
        painful=tuple(step for step in in_order(steps) if worst and step.pain == worst),
        drop_out=_combined(lost) if lost else None,
    )


def _combined(shares: Iterable[float]) -> float:
    stay = 1.0
    for share in shares:
        stay *= 1 - share
    return round(1 - stay, 12)  # 1 − 0.78 is 0.22 to people


def measure_text(measure: AnyMeasure, sums: Measures) -> str:
    """Return a measure of a journey as people read it."""
    value = getattr(sums, measure.name)
    if value is None:
        return NOT_RECORDED
    return measure.text(value)


def newest(journeys: Iterable[Journey], kind: str) -> Journey | None:
    """Return the newest journey of a kind: by the day it was true, then its version; None without any."""
    of_kind = [journey for journey in journeys if journey.journey_kind == kind]
    return max(
        of_kind, key=lambda journey: (journey.valid_on, journey.version, natural_order(journey.ref)), default=None
    )


def counterpart(journey: Journey, journeys: Iterable[Journey], steps_of: Callable[[str], Steps]) -> Journey | None:
    """Return the journey of the same service to compare one with; None when there is none of the kind wanted.

    As it is: what was measured after, else what is to be. To be, and measured after: as it is. Of several, one of
    the same name is taken before one of the same first and last step, and that before the newest. ``steps_of``
    gives the steps of a journey by its uid.
    """
    same_service = [
        candidate for candidate in journeys if candidate.service == journey.service and candidate.uid != journey.uid
    ]
    ends = _ends(steps_of(journey.uid))
    for kind in WANTED[journey.journey_kind]:
        candidates = [candidate for candidate in same_service if candidate.journey_kind == kind]
        named = [candidate for candidate in candidates if folded(candidate.name) == folded(journey.name)]
        alike = [candidate for candidate in candidates if ends and _ends(steps_of(candidate.uid)) == ends]
        match = newest(named or alike or candidates, kind)
        if match is not None:
            return match
    return None


def compare(journey: Journey, steps: Steps, other_journey: Journey, other_steps: Steps) -> Comparison:
    """Return how two journeys differ in each measure, the earlier state as “before”, whichever comes first here.

    Figures are given only when both begin and end with steps of the same names (case and spaces aside).
    """
    (before, first), (after, second) = sorted(
        ((journey, steps), (other_journey, other_steps)), key=lambda pair: _age(pair[0])
    )
    refusal = _not_the_same_way(before, first, after, second)
    if refusal:
        return Comparison(before, after, (), (refusal,))
    then = measures(first)
    now = measures(second)
    rows = tuple(_difference(measure, then, now) for measure in MEASURES)
    return Comparison(before, after, rows, tuple(_cautions(before, after)))


def _age(journey: Journey) -> tuple[int, date, int, str]:
    return KINDS.index(journey.journey_kind), journey.valid_on, journey.version, journey.ref


def _ends(steps: Steps) -> tuple[str, str] | None:
    ordered = in_order(steps)
    if not ordered:
        return None
    return folded(ordered[0].title), folded(ordered[-1].title)


def _not_the_same_way(before: Journey, first: Steps, after: Journey, second: Steps) -> str:
    for journey, steps in ((before, first), (after, second)):
        if not steps:
            return f"{journey.ref} has no steps yet, so there is nothing to compare."
    if _ends(first) == _ends(second):
        return ""
    ways = []
    for journey, steps in ((before, in_order(first)), (after, in_order(second))):
        ways.append(f"{journey.ref} goes from “{steps[0].title}” to “{steps[-1].title}”")
    return f"{ways[0]}, {ways[1]}. They do not cover the same way, so their figures are not compared."


def _cautions(before: Journey, after: Journey) -> Iterable[str]:
    if before.service != after.service:
        yield f"{before.ref} and {after.ref} are journeys through different services."
    if folded(before.actor_group) != folded(after.actor_group):
        groups = [journey.actor_group or NOT_RECORDED for journey in (before, after)]
        yield f"Not the same people may go them: {before.ref} {groups[0]}, {after.ref} {groups[1]}."
    if after.journey_kind == "to_be":
        yield f"{after.ref} is to be: the differences are planned, not measured."
    for journey in (before, after):
        if journey.evidence == "assumed" and journey.journey_kind != "to_be":
            yield f"The figures of {journey.ref} are assumed: nobody has observed or counted them."
    if after.valid_on < before.valid_on:
        days = show_date(after.valid_on), show_date(before.valid_on)
        yield f"{after.ref} was true on {days[0]}, before {before.ref} ({days[1]})."


def _verdict(change: float) -> str:
    if change < 0:
        return "better"
    if change > 0:
        return "worse"
    return "same"


def _difference(measure: AnyMeasure, before: Measures, now: Measures) -> Difference:
    first = getattr(before, measure.name)
    second = getattr(now, measure.name)
    texts = measure_text(measure, before), measure_text(measure, now)
    if first is None or second is None:
        return Difference(measure.name, measure.label, *texts, NOT_KNOWN, "")
    change = round(second - first, 12)
    difference = second - first
    if isinstance(second, float):
        difference = (half_up(second, 3) - half_up(first, 3)) / 1000  # so that it is that of what stands beside it
    return Difference(measure.name, measure.label, *texts, measure.difference(difference), _verdict(change), change)


def summary(sums: Measures) -> list[str]:
    """Return the measures of a journey in phrases: ``citizen 75 min``, ``staff 55 min``, ``11 d waiting`` and so on."""
    if not sums.steps:
        return [f"steps {NOT_RECORDED}"]
    parts = [
        f"citizen {touch_text(sums.citizen or 0)}",
        f"staff {touch_text(sums.staff or 0)}",
    ]
    if sums.other:
        parts.append(f"others {touch_text(sums.other)}")
    parts += [
        f"{minutes_text(sums.waiting or 0)} waiting",
        counted(sums.handoffs or 0, "manual hand-off"),
        counted(sums.repeats or 0, "repeated question"),
    ]
    if sums.pain is None:
        parts.append(f"pain {NOT_RECORDED}")
    else:
        places = [str(step.step_order or step.ref) for step in sums.painful]
        painful = optional(f" ({verb(len(places), 'step', 'steps')} ", listed(places, 4), ")")
        parts.append(f"worst pain {pain_text(sums.pain)}{painful}")
    if sums.drop_out is None:
        return [*parts, f"drop-out {NOT_RECORDED}"]
    return [*parts, f"drop-out {drop_text(sums.drop_out)}"]


def kind_text(journey: Journey) -> str:
    """Return the state a journey shows, with its day: ``as is, 12 Oct 2026``."""
    return f"{humanise(journey.journey_kind).lower()}, {show_date(journey.valid_on)}"
