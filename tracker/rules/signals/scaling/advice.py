"""Whether a pilot is ready to be scaled: twelve criteria with their evidence, never a score.

Ready needs every mandatory criterion met (or not applicable). Ready with conditions allows a few that are partly met,
each with an open condition of a gate that has a date still to come. Unknown is never met.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracker.entities.gate import Gate
from tracker.entities.iteration import TO_REAL_USERS, Iteration
from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, WORSENED
from tracker.rules.signals.judging import MOST_NAMED, has_real_users, is_past, stage_of
from tracker.rules.signals.result import RED, Signal
from tracker.rules.signals.rushed.before import approvals
from tracker.rules.signals.rushed.samples import has_target, samples
from tracker.rules.signals.scaling.criteria import NOT_MET, PARTLY, UNKNOWN, Criterion, criteria, open_conditions
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

READY, CONDITIONS, NOT_READY, STOPPING = "ready", "ready_with_conditions", "not_ready", "consider_stopping"
TOO_EARLY, SCALED = "too_early", "scaled"  # the question does not arise yet, or no more
STATUS_WORDS = {
    READY: "● Ready",
    CONDITIONS: "▲ Ready with conditions",
    NOT_READY: "■ Not ready",
    STOPPING: "■ Consider stopping",
    TOO_EARLY: "○ Too early to ask",
    SCALED: "○ Scaled already",
}
DECIDES = "The board decides."


class ScaleReadiness(NamedTuple):
    """The twelve criteria, the status (a key of ``STATUS_WORDS``), and what is recommended, with the reasons.

    The question does not arise in discovery and alpha without real users, and for a pilot that was scaled; it is then
    told what is known of the criteria, and ``recommendation`` may be empty.
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
            "decides": DECIDES,
            "headline": self.headline,
            "reasons": list(self.reasons),
            "criteria": [{**one._asdict(), "records": list(one.records)} for one in self.criteria],
        }


def scale_readiness(
    evidence: Day, pilot: Pilot, dimensions: Mapping[str, Signal], comparisons: Iterable[Any]
) -> ScaleReadiness:
    """Return the scale-readiness of a pilot; ``dimensions`` are its signals by name, ``comparisons`` of its metrics."""
    compared = list(comparisons)
    found = criteria(evidence, pilot, compared)
    stops = tuple(_reasons_to_stop(evidence, pilot, compared))
    status = STOPPING if stops else _status(evidence, pilot, found)
    status = _arises(evidence, pilot, status)
    word, why = _recommendation(evidence, pilot, status, found, dimensions, compared)
    reasons = why or stops
    said = STATUS_WORDS[status].split(" ", 1)[1]
    told = f" Recommendation: {word}. {DECIDES}" if word else ""
    headline = f"{said}: {_lower(reasons[0])}{told}"
    return ScaleReadiness(pilot.ref, found, status, word, reasons, headline)


def _lower(sentence: str) -> str:
    """Return a sentence as it stands after a colon; one that begins with a ref or a short form stays."""
    return sentence if sentence[1:2].isupper() or sentence[1:2] == "-" else sentence[0].lower() + sentence[1:]


def _of(found: Iterable[Criterion], *states: str) -> list[Criterion]:
    return [one for one in found if one.mandatory and one.state in states]


def _named(some: Iterable[Criterion]) -> str:
    return listed((f"{one.number} {one.label}" for one in some), MOST_NAMED)


def _status(evidence: Day, pilot: Pilot, found: tuple[Criterion, ...]) -> str:
    if _of(found, NOT_MET, UNKNOWN):
        return NOT_READY
    partly = _of(found, PARTLY)
    if not partly:
        return READY
    few = len(partly) <= evidence.settings.scale_partly
    return CONDITIONS if few and _conditioned(evidence, pilot, partly) else NOT_READY


def _arises(evidence: Day, pilot: Pilot, status: str) -> str:
    """Return the status, unless the question does not arise."""
    if pilot.outcome in ("scaled", "scaled_with_changes"):
        return SCALED
    early = stage_of(evidence, pilot) in EARLY_STAGES and not has_real_users(evidence, pilot)
    return TOO_EARLY if early and status != STOPPING else status


def _conditioned(evidence: Day, pilot: Pilot, partly: list[Criterion]) -> bool:
    """Return whether there is a dated condition for each open point.

    Criterion 5 is partly met by the very conditions that stand for the others, and asks for none of its own.
    """
    gates = evidence.of(Gate, "pilot", pilot.uid)
    still = [one for gate in gates for one in open_conditions(evidence, gate)]
    dated = [one for one in still if one.due is not None and one.due >= evidence.date]
    return len(dated) >= max(1, sum(one.number != 5 for one in partly))


def _reasons_to_stop(evidence: Day, pilot: Pilot, compared: list[Any]) -> Iterable[str]:
    targets = [one for one in compared if has_target(one.metric)]
    reached = {one.metric.uid for one in samples(evidence, pilot) if one.reached}
    decision_due = pilot.decision_due
    if is_past(decision_due, evidence.date) and not any(one.verdict == IMPROVED for one in targets):
        due = f"the decision was planned for {show_date(decision_due)}"
        for one in targets:
            if one.verdict == WORSENED:
                yield f"{one.metric.name} ({one.metric.ref}) worsened, and {due}."
            elif one.verdict == NO_CHANGE and one.metric.uid in reached:
                name = f"{one.metric.name} ({one.metric.ref})"
                yield f"{name} shows no detectable change with enough cases to see one, and {due}."
    unknown = pilot.first_real_user_on is None and stage_of(evidence, pilot) not in EARLY_STAGES
    if pilot.phase == "live" or unknown:
        return
    began = pilot.start or pilot.phase_started
    last = max((day for day in (began, *_given(evidence, pilot)) if day is not None), default=None)
    most = evidence.settings.no_value_days
    if last is not None and (evidence.date - last).days > most:
        what = "nothing has reached real users" if last == began else "nothing new has reached real users"
        days = counted((evidence.date - last).days, "day")
        yield f"For {days}, since {show_date(last)}, {what}; more than {most} is too long."


def _given(evidence: Day, pilot: Pilot) -> Iterable[Any]:
    """Yield the days on which a pilot gave something to real users."""
    if has_real_users(evidence, pilot):
        yield pilot.first_real_user_on
    for one in evidence.of(Iteration, "pilot", pilot.uid):
        released = one.release_on or one.end
        if one.released_to in TO_REAL_USERS and released <= evidence.date:
            yield released


def _recommendation(
    evidence: Day,
    pilot: Pilot,
    status: str,
    found: tuple[Criterion, ...],
    dimensions: Mapping[str, Signal],
    compared: list[Any],
) -> tuple[str, tuple[str, ...]]:
    """Return the word for what to do, and why."""
    open_ones = _of(found, NOT_MET, PARTLY, UNKNOWN)
    left = f"{counted(len(open_ones), 'mandatory criterion is', 'mandatory criteria are')} open: {_named(open_ones)}."
    if status == SCALED:
        return "", (f"The outcome of the pilot is “{humanise(pilot.outcome).lower()}”.",)
    if status == READY:
        return "Scale", ("Every mandatory criterion is met.",)
    if status == CONDITIONS:
        return "Scale with conditions", (f"Partly met, with dated conditions: {_named(open_ones)}.",)
    if status == STOPPING:
        return "Stop", ()
    unapproved, _ = approvals(evidence, pilot)
    if unapproved is not None and unapproved.level == RED:
        return "Pause", (unapproved.sentence, left)
    rhythm = dimensions.get("rhythm")
    if pilot.phase != "live" and rhythm is not None and rhythm.level == RED:
        return "Pause", (rhythm.headline or "Work has stalled.", left)
    if status == TOO_EARLY:
        return "", ("There are no real users yet.", left)
    without = [one for one in compared if has_target(one.metric) and one.verdict in (NO_CHANGE, WORSENED)]
    worse = [one for one in compared if one.verdict == WORSENED]
    if without or worse:
        named = listed(f"{one.metric.name} ({one.metric.ref})" for one in dict.fromkeys((*without, *worse)))
        return "Change and re-test", (f"{named} did not improve.", left)
    return "Extend", (left,)
