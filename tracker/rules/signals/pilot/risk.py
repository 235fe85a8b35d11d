"""Risk and issues: what is above appetite and uncovered, what is overdue, and whether anybody looked.

Only live threats count, drafts among them; closed risks show that somebody looked. A risk is covered by an open
action whose date has not passed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.entities.action import Action
from tracker.entities.issue import Issue
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.rules.day import Day
from tracker.rules.risk import excess, is_live, next_review, review_overdue, score
from tracker.rules.signals.judging import MOST_NAMED, WATCH, are, signal_of, stage_of
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, Signal, is_borderline
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

NAME, LABEL = "risk", "Risk and issues"


def risk_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the risk dimension of a pilot; grey in discovery while no risk is scored and no issue is overdue."""
    recorded = [one for one in evidence.of(Risk, "pilot", pilot.uid) if one.risk_kind == "threat"]
    live = [one for one in recorded if is_live(one)]
    scored = [one for one in live if score(one) is not None]
    issues = [one for one in evidence.of(Issue, "pilot", pilot.uid) if one.is_open]
    findings = [*_recorded(evidence, pilot, recorded, live, scored)]
    if scored:
        findings += _appetite(evidence, scored)
    findings += _reviews(evidence, live)
    late = _issues(issues, evidence.date)
    # In discovery an issue that is in hand says nothing of the risks that nobody has looked for.
    if late or scored or not any(one.level == GREY for one in findings):
        findings += late or _in_hand(issues)
    missing = [f"the score of {one.ref}" for one in live if score(one) is None]
    missing += [f"the due date of {one.ref}" for one in issues if one.due is None and one.severity != "minor"]
    if not recorded:
        missing.insert(0, "the risks of the pilot")
    return signal_of(NAME, LABEL, findings, missing)


def _recorded(evidence: Day, pilot: Pilot, recorded: list[Any], live: list[Any], scored: list[Any]) -> list[Finding]:
    """Return what there is to say when no live risk has a score."""
    if scored:
        return []
    early = stage_of(evidence, pilot) == "discovery"
    level = GREY if early else AMBER
    need = "in discovery that is too early to judge" if early else "from alpha on a pilot has some"
    if live:
        refs = tuple(one.ref for one in live)
        verb = "is" if len(live) == 1 else "are"
        sentence = f"{listed(refs, MOST_NAMED)} {verb} recorded without a score, so exposure is not known; {need}."
        return [Finding("risk.unscored", level, sentence, records=refs)]
    if recorded:
        sentence = f"No risk is open; {counted(len(recorded), 'risk')} recorded before."
        return [Finding("risk.recorded", GREEN, sentence, records=tuple(one.ref for one in recorded))]
    return [Finding("risk.recorded", level, f"No risk is recorded; {need}.", "0 risks", "" if early else "1 risk")]


def _appetite(evidence: Day, scored: list[Any]) -> Iterable[Finding]:
    settings = evidence.settings
    tolerance = {one.uid: settings.tolerance(one.category) for one in scored}
    above = sorted((one for one in scored if excess(one, settings)), key=lambda one: (-_score(one), one.ref))
    near = any(is_borderline(_score(one), tolerance[one.uid]) for one in scored)
    if not above:
        worst = max(scored, key=lambda one: (_score(one) - tolerance[one.uid], one.ref))
        highest = f"{worst.ref} scores {_score(worst)} against an appetite of {tolerance[worst.uid]}"
        sentence = (
            f"The one risk with a score is within appetite: {highest}."
            if len(scored) == 1
            else f"All {len(scored)} risks with a score are within appetite; the nearest, {highest}."
        )
        value, limit = str(_score(worst)), str(tolerance[worst.uid])
        return [Finding("risk.appetite", GREEN, sentence, value, limit, tuple(one.ref for one in scored), near)]
    named = listed((f"{one.ref} (score {_score(one)}, appetite {tolerance[one.uid]})" for one in above), MOST_NAMED)
    most = max(above, key=lambda one: (_score(one) - tolerance[one.uid], one.ref))
    return [
        Finding(
            "risk.appetite",
            AMBER,
            f"{are(len(above), 'risk')} above appetite: {named}.",
            str(_score(most)),
            str(tolerance[most.uid]),
            tuple(one.ref for one in above),
            # Only if none is far above would a small change turn it.
            all(is_borderline(_score(one), tolerance[one.uid]) for one in above),
        ),
        *_cover(evidence, [one for one in above if _score(one) >= settings.risk_red_score]),
    ]


def _cover(evidence: Day, severe: list[Any]) -> Iterable[Finding]:
    """Return which risks above appetite, and with a score that is red without cover, nobody is treating in time."""
    if not severe:
        return
    limit = evidence.settings.risk_red_score
    actions = {one.uid: [act for act in evidence.of(Action, "risk", one.uid) if act.is_open] for one in severe}
    covered = [one for one in severe if any(act.due >= evidence.date for act in actions[one.uid])]
    bare = [one for one in severe if one not in covered]
    if bare:
        told = listed((f"{one.ref} (score {_score(one)}, {_uncovered(actions[one.uid])})" for one in bare), MOST_NAMED)
        yield Finding(
            "risk.uncovered",
            RED,
            f"{are(len(bare), 'risk')} above appetite with a score of {limit} or more and nothing in hand: {told}.",
            str(max(_score(one) for one in bare)),
            str(limit),
            (*(one.ref for one in bare), *(act.ref for one in bare for act in actions[one.uid])),
            all(is_borderline(_score(one), limit) for one in bare),
        )
    if covered:
        last = {one.uid: max(actions[one.uid], key=lambda act: act.due) for one in covered}
        told = listed(
            (f"{one.ref} by {last[one.uid].ref} (due {show_date(last[one.uid].due)})" for one in covered), MOST_NAMED
        )
        refs = (*(one.ref for one in covered), *(last[one.uid].ref for one in covered))
        yield Finding("risk.covered", GREEN, f"In hand by an open action: {told}.", records=refs)


def _uncovered(actions: list[Action]) -> str:
    if not actions:
        return "no open action"
    last = max(act.due for act in actions)
    return f"{listed(act.ref for act in actions)} overdue since {show_date(last)}"


def _reviews(evidence: Day, live: list[Any]) -> Iterable[Finding]:
    if not live:
        return []
    late = [one for one in live if review_overdue(one, evidence.settings, evidence.date)]
    if not late:
        first = min(live, key=lambda one: (next_review(one, evidence.settings), one.ref))
        when = show_date(next_review(first, evidence.settings))
        # That reviews are in time says nothing of a risk that nobody has scored.
        level = GREEN if any(score(one) is not None for one in live) else WATCH
        sentence = f"No review of a risk is overdue; the next is {first.ref} on {when}."
        return [Finding("risk.reviews", level, sentence, records=(first.ref,))]
    due = {one.uid: next_review(one, evidence.settings) for one in late}
    late.sort(key=lambda one: (due[one.uid], one.ref))
    named = listed((f"{one.ref} since {show_date(due[one.uid])}" for one in late), MOST_NAMED)
    return [
        Finding(
            "risk.reviews",
            AMBER,
            f"{are(len(late), 'risk review')} overdue: {named}.",
            counted((evidence.date - due[late[0].uid]).days, "day"),
            "0 days",
            tuple(one.ref for one in late),
        )
    ]


def _issues(issues: list[Issue], day: date) -> list[Finding]:
    """Return the critical and the major issues that are overdue."""
    found = []
    for severity, level in (("critical", RED), ("major", AMBER)):
        late = sorted(
            (issue.due, issue.ref)
            for issue in issues
            if issue.severity == severity and issue.due is not None and issue.due < day
        )
        if late:
            named = listed((f"{ref} since {show_date(due)}" for due, ref in late), MOST_NAMED)
            sentence = f"{are(len(late), f'{severity} issue')} overdue: {named}."
            days = counted((day - late[0][0]).days, "day")
            refs = tuple(ref for _, ref in late)
            found.append(Finding(f"issue.{severity}", level, sentence, days, "0 days", refs))
    return found


def _in_hand(issues: list[Issue]) -> list[Finding]:
    if not issues:
        return []
    sentence = f"No major or critical issue is overdue; {are(len(issues), 'issue')} open."
    return [Finding("issue.overdue", GREEN, sentence, records=tuple(one.ref for one in issues))]


def _score(risk: Risk) -> int:
    return score(risk) or 0
