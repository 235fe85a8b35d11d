"""Whether a pilot is ready to be scaled: twelve criteria with their evidence, never a score.

Ready needs every mandatory criterion met (or not applicable). Ready with conditions allows a few that are partly met,
each with an open condition of a gate that has a date still to come. Unknown is never met, and no reason for advice:
stop, pause and change come from what is recorded, scale and extend only where every mandatory criterion is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.entities import Gate
from tracker.entities.iteration import TO_REAL_USERS, Iteration
from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, WORSENED, Comparison
from tracker.rules.signals import stage
from tracker.rules.signals.pilot.rhythm import RHYTHM
from tracker.rules.signals.result import MOST_NAMED, RED, Signal
from tracker.rules.signals.rushed.before import refused_approvals
from tracker.rules.signals.rushed.samples import has_target, samples
from tracker.rules.signals.scaling.criteria import NOT_MET, PARTLY, UNKNOWN, Criterion, criteria, open_conditions
from tracker.rules.signals.stage import is_past, stage_of
from tracker.rules.wording import counted, listed, lower_first, optional, show_date, verb

READY = "ready"
CONDITIONS = "ready_with_conditions"
NOT_READY = "not_ready"
STOPPING = "consider_stopping"
NOT_KNOWN = "not_known"  # nothing speaks against it, but too little is recorded
TOO_EARLY, SCALED = "too_early", "scaled"  # the question does not arise yet, or no more
STATUS_WORDS = {
    READY: "● Ready",
    CONDITIONS: "▲ Ready with conditions",
    NOT_READY: "■ Not ready",
    NOT_KNOWN: "○ Not known",
    STOPPING: "■ Consider stopping",
    TOO_EARLY: "○ Too early to ask",
    SCALED: "○ Scaled already",
}
DECIDES = "The board decides."
ADVICE_BY = "rules"  # in data: whose the advice is, since people recommend too
TO_NOBODY_REAL = ("nobody", "test_users")  # of ``released_to``: that nothing reached real users is recorded


class ScaleReadiness(NamedTuple):
    """The twelve criteria, the status (a key of ``STATUS_WORDS``), and what is recommended, with the reasons.

    The question does not arise in discovery and alpha without real users, and for a pilot that was scaled; what is
    known of the criteria is still given. ``recommendation`` is what the rules advise, never what a person recommends;
    it is empty where that cannot be told from what is recorded.
    """

    ref: str
    criteria: tuple[Criterion, ...]
    status: str
    recommendation: str
    reasons: tuple[str, ...]
    headline: str

    def data(self) -> dict[str, object]:
        """Return the result as plain data for JSON."""
        return {
            "pilot": self.ref,
            "status": self.status,
            "recommendation": self.recommendation,
            "advice_by": ADVICE_BY,
            "decides": DECIDES,
            "headline": self.headline,
            "reasons": list(self.reasons),
            "criteria": [{**criterion._asdict(), "records": list(criterion.records)} for criterion in self.criteria],
        }


def scale_readiness(
    evidence: Day, pilot: Pilot, dimensions: Mapping[str, Signal], comparisons: Sequence[Comparison]
) -> ScaleReadiness:
    """Return the scale-readiness of a pilot; ``dimensions`` are its signals by name, ``comparisons`` of its metrics."""
    points = criteria(evidence, pilot, comparisons)
    stops = tuple(_reasons_to_stop(evidence, pilot, comparisons))
    status = _status(evidence, pilot, points, bool(stops))
    word, reasons = _recommendation(evidence, pilot, status, points, dimensions, comparisons)
    reasons = reasons or stops
    _, _, status_words = STATUS_WORDS[status].partition(" ")
    advice = optional(" The rules advise: ", word, f". {DECIDES}")
    if not word and status in (NOT_READY, NOT_KNOWN):
        advice = f" {_no_advice(points)} {DECIDES}"
    headline = f"{status_words}: {_after_colon(reasons[0])}{advice}"
    return ScaleReadiness(pilot.ref, points, status, word, reasons, headline)


def _no_advice(points: Sequence[Criterion]) -> str:
    """Return which criteria nobody can tell, and that the rules advise nothing for that."""
    unknown = [point for point in points if point.state == UNKNOWN]
    number = f"{len(unknown)} of {len(points)} criteria {verb(len(unknown))} not known"
    return f"No advice: {number}: {_named(unknown)}."


def _after_colon(sentence: str) -> str:
    """Return a sentence as it stands after a colon; one that begins with a ref or a short form stays."""
    if sentence[1:2].isupper() or sentence[1:2] == "-":
        return sentence
    return lower_first(sentence)


def _mandatory(points: Iterable[Criterion], *states: str) -> list[Criterion]:
    return [point for point in points if point.mandatory and point.state in states]


def _named(points: Iterable[Criterion]) -> str:
    return listed((f"{point.number} {point.label}" for point in points), MOST_NAMED)


def _status(evidence: Day, pilot: Pilot, points: tuple[Criterion, ...], stops: bool) -> str:
    """Return the status; that of a pilot for which the question does not arise comes first."""
    if pilot.outcome in ("scaled", "scaled_with_changes"):
        return SCALED
    if stops:
        return STOPPING
    if stage.too_early(evidence, pilot):
        return TOO_EARLY
    partly = _mandatory(points, PARTLY)
    if _mandatory(points, UNKNOWN) and not _mandatory(points, NOT_MET):
        return NOT_KNOWN
    if _mandatory(points, NOT_MET) or len(partly) > evidence.settings.scale_partly:
        return NOT_READY
    if not partly:
        return READY
    return CONDITIONS if _is_conditioned(evidence, pilot, partly) else NOT_READY


def _is_conditioned(evidence: Day, pilot: Pilot, partly: list[Criterion]) -> bool:
    """Return whether there is a dated condition for each open point.

    Criterion 5 is partly met by the very conditions that stand for the others, and asks for none of its own.
    """
    gates = evidence.of_pilot(Gate, pilot)
    conditions = [condition for gate in gates for condition in open_conditions(evidence, gate)]
    dated = sum(condition.due is not None and condition.due >= evidence.date for condition in conditions)
    return dated >= max(1, sum(point.number != 5 for point in partly))


def _reasons_to_stop(evidence: Day, pilot: Pilot, comparisons: Sequence[Comparison]) -> Iterable[str]:
    targets = [comparison for comparison in comparisons if has_target(comparison.metric)]
    if is_past(pilot.decision_due, evidence.date) and not any(target.verdict == IMPROVED for target in targets):
        enough = {sample.metric.uid for sample in samples(evidence, pilot) if sample.reached}
        due = f"the decision was planned for {show_date(pilot.decision_due)}"
        for target in targets:
            name = f"{target.metric.name} ({target.metric.ref})"
            if target.verdict == WORSENED:
                yield f"{name} worsened, and {due}."
            elif target.verdict == NO_CHANGE and target.metric.uid in enough:
                yield f"{name} shows no detectable change with enough cases to see one, and {due}."
    if pilot.phase != "live":
        yield from _without_value(evidence, pilot)


def _without_value(evidence: Day, pilot: Pilot) -> Iterable[str]:
    """Yield that nothing has reached real users for too long, where that is recorded and not merely not said.

    It is recorded by an iteration since then that was released to nobody, or to test users only.
    """
    if pilot.first_real_user_on is None and stage_of(evidence, pilot) not in EARLY_STAGES:
        return
    began = pilot.start or pilot.phase_started
    last = max(filter(None, [*_releases(evidence, pilot), began]), default=evidence.date)
    days = (evidence.date - last).days
    limit = evidence.settings.no_value_days
    within = [
        iteration
        for iteration in evidence.of_pilot(Iteration, pilot)
        if iteration.released_to in TO_NOBODY_REAL and last < iteration.end <= evidence.date
    ]
    if days <= limit or not within:
        return
    fact = "nothing has reached real users" if last == began else "nothing new has reached real users"
    newest = max(within, key=lambda iteration: (iteration.end, iteration.number or 0))
    reached = humanise(newest.released_to or "").lower()
    yield (
        f"For {counted(days, 'day')}, since {show_date(last)}, {fact} ({newest.ref} was released to {reached}); more "
        f"than {limit} is too long."
    )


def _releases(evidence: Day, pilot: Pilot) -> Iterable[date]:
    """Yield the days on which a pilot gave something to real users."""
    if is_past(pilot.first_real_user_on, evidence.date):
        yield pilot.first_real_user_on
    for iteration in evidence.of_pilot(Iteration, pilot):
        released_on = iteration.release_on or iteration.end
        if iteration.released_to in TO_REAL_USERS and released_on <= evidence.date:
            yield released_on


def _recommendation(
    evidence: Day,
    pilot: Pilot,
    status: str,
    points: tuple[Criterion, ...],
    dimensions: Mapping[str, Signal],
    comparisons: Sequence[Comparison],
) -> tuple[str, tuple[str, ...]]:
    """Return the word for what to do, empty where too little is known to say it, and why."""
    open_points = _mandatory(points, NOT_MET, PARTLY)
    number = counted(len(open_points), "mandatory criterion is", "mandatory criteria are")
    still_open = f"{number} open: {_named(open_points)}." if open_points else "No mandatory criterion is known to fail."
    if status == SCALED:
        return "", (f"The outcome of the pilot is “{humanise(pilot.outcome).lower()}”.",)
    if status == READY:
        return "Scale", ("Every mandatory criterion is met.",)
    if status == CONDITIONS:
        return "Scale with conditions", (f"Partly met, with dated conditions: {_named(open_points)}.",)
    if status == STOPPING:
        return "Stop", ()
    refused = refused_approvals(evidence, pilot)
    if refused:
        return "Pause", (refused, still_open)
    rhythm = dimensions.get(RHYTHM.name)
    if pilot.phase != "live" and rhythm is not None and rhythm.level == RED:
        return "Pause", (rhythm.headline or "Work has stalled.", still_open)
    if status == TOO_EARLY:
        return "", ("There are no real users yet.", still_open)
    unimproved = _unimproved(comparisons)
    if unimproved:
        return "Change and re-test", (f"{unimproved} did not improve.", still_open)
    if _mandatory(points, UNKNOWN):
        return "", (still_open,)
    return "Extend", (still_open,)


def _unimproved(comparisons: Sequence[Comparison]) -> str:
    """Return the names of the metrics that did not improve: those with a target, then any that worsened."""
    without_change = [
        comparison.metric
        for comparison in comparisons
        if comparison.verdict in (NO_CHANGE, WORSENED) and has_target(comparison.metric)
    ]
    worse = [comparison.metric for comparison in comparisons if comparison.verdict == WORSENED]
    return listed(f"{metric.name} ({metric.ref})" for metric in dict.fromkeys((*without_change, *worse)))
