"""Whether a pilot is being rushed: eleven flags, of which any hard one, or three of any kind, is a warning.

In discovery and alpha, with no real users yet, only what is known then counts: the dates of the decision (RP9, RP10)
and short stages (RP11). With real users the burden is on the record: what nobody recorded (a baseline, a DPIA) was
not done. RP9 is not counted beside RP1: a planned end that is too near and a decision at that end are one cause.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.rules.day import Day
from tracker.rules.signals.judging import has_real_users, stage_of
from tracker.rules.signals.result import AMBER, GREY, RED, Finding, Signal
from tracker.rules.signals.rushed import before as rushed_before
from tracker.rules.signals.rushed import plan as rushed_plan
from tracker.rules.signals.rushed.stages import earlier_decision, short_stage
from tracker.rules.wording import counted, listed

NAME, LABEL = "rushed", "Rushed pilot"
WARNING, WATCHED, CLEAR, TOO_EARLY = "warning", "watch", "clear", "too_early"


class Ruled(NamedTuple):
    """What a rule found (None: it does not apply) and what it would have needed."""

    finding: Finding | None
    missing: str = ""


Rule = Callable[[Day, Any], tuple[Finding | None, str]]

WITH_USERS: tuple[Rule, ...] = (
    rushed_plan.observation,
    rushed_before.evidenced,
    rushed_before.late_evidence,
    rushed_before.baseline,
    rushed_before.tested,
    rushed_before.approvals,
    rushed_plan.first_training,
    rushed_before.iterations,
)


def rushed_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the rushed-pilot warning: ``warning``, ``watch``, ``clear``, ``too_early``, or grey without a go-live.

    Flags are the findings at amber or red; those that warn alone are ``hard``.
    """
    early = stage_of(evidence, pilot) in EARLY_STAGES and not has_real_users(evidence, pilot)
    ruled = [] if early else [Ruled(*rule(evidence, pilot)) for rule in WITH_USERS]
    if not any(one.finding and one.finding.id == "RP1" and one.finding.level == AMBER for one in ruled):
        ruled.append(Ruled(*rushed_plan.decision(evidence, pilot)))
    ruled += [Ruled(earlier_decision(evidence, pilot)), Ruled(short_stage(evidence, pilot))]
    findings = tuple(one.finding for one in ruled if one.finding is not None)
    unknown = not early and pilot.first_real_user_on is None
    missing = ["the go-live date (the first day with real users)"] if unknown else []
    missing += [one.missing for one in ruled if one.missing]
    level = _level(evidence, flags(findings), early, unknown)
    return Signal(NAME, LABEL, level, findings, tuple(dict.fromkeys(missing)), _headline(level, findings))


def flags(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are flags: those at amber or red."""
    return [one for one in findings if one.level in (AMBER, RED)]


def _level(evidence: Day, fired: list[Finding], early: bool, unknown: bool) -> str:
    if any(one.hard for one in fired) or len(fired) >= evidence.settings.rushed_flags:
        return WARNING
    if fired:
        return WATCHED
    return TOO_EARLY if early else GREY if unknown else CLEAR


def _headline(level: str, findings: tuple[Finding, ...]) -> str:
    if level == TOO_EARLY:
        return "Too early to say whether it is rushed: no real users yet."
    if level == GREY:
        return "Whether it is rushed is not known: no go-live date is recorded."
    fired = flags(findings)
    if not fired:
        return "No sign that it is rushed."
    named = listed(f"{one.id}{'!' if one.hard else ''}" for one in fired)
    return f"{counted(len(fired), 'flag')} ({named}): {fired[0].sentence}"
