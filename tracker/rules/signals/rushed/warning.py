"""Whether a pilot is being rushed: eleven flags, of which any hard one, or three of any kind, is a warning.

In discovery and alpha, with no real users yet, only what is known then counts: the dates of the decision (RP9, RP10)
and short stages (RP11). With real users the burden is on the record: what nobody recorded (a baseline, a DPIA) was
not done. RP9 is not counted beside RP1: a planned end that is too near and a decision at that end are one cause.
"""

from collections.abc import Callable, Iterable

from tracker.entities import Pilot
from tracker.rules.day import Day
from tracker.rules.signals import stage
from tracker.rules.signals.result import AMBER, GREY, RED, WATCH, Finding, Signal
from tracker.rules.signals.rushed import before, gate_evidence, plan
from tracker.rules.signals.rushed.rule import Outcome
from tracker.rules.signals.rushed.stages import earlier_decision, short_stage
from tracker.rules.totals import gap
from tracker.rules.wording import counted, listed

NAME = "rushed"
LABEL = "Rushed pilot"
WARNING = "warning"
CLEAR = "clear"
TOO_EARLY = "too_early"
NO_FLAGS = {
    TOO_EARLY: "Too early to say whether it is rushed: no real users yet.",
    GREY: "Whether it is rushed is not known: no go-live date is recorded.",
    CLEAR: "No sign that it is rushed.",
}

WITH_USERS: tuple[Callable[[Day, Pilot], Outcome], ...] = (
    plan.observation,
    gate_evidence.evidenced,
    gate_evidence.late_evidence,
    before.baseline,
    before.tested,
    before.approvals,
    plan.first_training,
    before.iterations,
)


def rushed_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the rushed-pilot warning: ``warning``, ``watch``, ``clear``, ``too_early``, or grey without a go-live.

    Flags are the findings at amber or red; those that warn alone are ``hard``.
    """
    level = CLEAR
    missing: list[str] = []
    outcomes = []
    if stage.too_early(evidence, pilot):
        level = TOO_EARLY
    else:
        outcomes = [rule(evidence, pilot) for rule in WITH_USERS]
        if pilot.first_real_user_on is None:
            level = GREY
            missing += gap(evidence, pilot, "first_real_user_on", "the go-live date (the first day with real users)")
    if "RP1" not in [flag.id for flag in flags(_findings(outcomes))]:
        outcomes.append(plan.decision(evidence, pilot))
    outcomes += [earlier_decision(evidence, pilot), short_stage(evidence, pilot)]
    findings = _findings(outcomes)
    fired = flags(findings)
    headline = NO_FLAGS[level]
    if fired:
        level = WATCH
        if any(flag.hard for flag in fired) or len(fired) >= evidence.settings.rushed_flags:
            level = WARNING
        named = listed(flag.id + "!" * flag.hard for flag in fired)
        headline = f"{counted(len(fired), 'flag')} ({named}): {fired[0].sentence}"
    missing += [outcome.missing for outcome in outcomes if outcome.missing]
    return Signal(NAME, LABEL, level, tuple(findings), tuple(dict.fromkeys(missing)), headline)


def _findings(outcomes: Iterable[Outcome]) -> list[Finding]:
    return [outcome.finding for outcome in outcomes if outcome.finding is not None]


def flags(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are flags: those at amber or red."""
    return [finding for finding in findings if finding.level in (AMBER, RED)]
