"""Risk and issues: what is above appetite and uncovered, what is overdue, and whether anybody looked.

Only live threats count, drafts among them; closed risks show that somebody looked. A risk is covered by an open
action whose date has not passed.
"""

from collections.abc import Iterable
from datetime import date

from tracker.entities import Action, Issue, Pilot, Risk
from tracker.rules.day import Day
from tracker.rules.late import is_late
from tracker.rules.risk import (
    covered,
    excess,
    is_live,
    next_review,
    open_actions,
    points,
    review_overdue,
    score,
    unset_reviews,
)
from tracker.rules.signals.result import (
    AMBER,
    GREEN,
    GREY,
    MOST_NAMED,
    RED,
    WATCH,
    Dimension,
    Finding,
    Signal,
    is_borderline,
    level_if,
    refs_of,
)
from tracker.rules.signals.stage import is_stated, stage_of
from tracker.rules.totals import gap
from tracker.rules.wording import are, by_day, counted, listed, show_date, verb
from tracker.text import natural_order

RISK = Dimension("risk", "Risk and issues", "R")


def risk_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the risk dimension of a pilot; grey in discovery while no risk is scored and no issue is overdue."""
    recorded = [risk for risk in evidence.of_pilot(Risk, pilot) if risk.risk_kind == "threat"]
    live = [risk for risk in recorded if is_live(risk)]
    scored = [risk for risk in live if score(risk) is not None]
    issues = [issue for issue in evidence.of_pilot(Issue, pilot) if issue.is_open]
    findings = _appetite(evidence, scored) or [_unscored(evidence, pilot, recorded, live)]
    findings += _reviews(evidence, live)
    overdue = _overdue_issues(evidence, issues)
    # In discovery an issue that is in hand says nothing of the risks that nobody has looked for.
    if overdue or scored or not any(finding.level == GREY for finding in findings):
        findings += overdue or _in_hand(issues)
    missing = [f"the score of {risk.ref}" for risk in live if score(risk) is None]
    undated = [issue for issue in issues if issue.due is None and issue.severity != "minor"]
    missing += [due for issue in undated for due in gap(evidence, issue, "due", f"the due date of {issue.ref}")]
    if not recorded:
        missing.insert(0, "the risks of the pilot")
    return RISK.signal(findings, missing)


def _unscored(evidence: Day, pilot: Pilot, recorded: list[Risk], live: list[Risk]) -> Finding:
    """Return what there is to say when no live risk has a score."""
    level = AMBER
    need = "from alpha on a pilot has some"
    threshold = "1 risk"
    if stage_of(evidence, pilot) == "discovery":
        level = GREY
        need = "in discovery that is too early to judge"
        threshold = ""
    elif not is_stated(evidence, pilot):
        level = GREY
        need = "its phase is not stated, so nobody can tell whether some are missing"
        threshold = ""
    if live:
        refs = refs_of(live)
        named = f"{listed(refs, MOST_NAMED)} {verb(len(live))}"
        sentence = f"{named} recorded without a score, so exposure is not known; {need}."
        return Finding("risk.unscored", level, sentence, records=refs)
    if recorded:
        sentence = f"No risk is open; {counted(len(recorded), 'risk')} recorded before."
        return Finding("risk.recorded", GREEN, sentence, records=refs_of(recorded))
    return Finding("risk.recorded", level, f"No risk is recorded; {need}.", "0 risks", threshold)


def _appetite(evidence: Day, scored: list[Risk]) -> list[Finding]:
    if not scored:
        return []
    settings = evidence.settings
    tolerance = {risk.uid: settings.tolerance(risk.category) for risk in scored}

    def near(risk: Risk) -> bool:
        return is_borderline(points(risk), tolerance[risk.uid])

    scored = sorted(scored, key=lambda risk: natural_order(risk.ref))
    nearest = max(reversed(scored), key=lambda risk: points(risk) - tolerance[risk.uid])
    value = str(points(nearest))
    limit = str(tolerance[nearest.uid])
    above = sorted((risk for risk in scored if excess(risk, settings)), key=lambda risk: -points(risk))
    if above:
        named = listed(
            (f"{risk.ref} (score {points(risk)}, appetite {tolerance[risk.uid]})" for risk in above), MOST_NAMED
        )
        sentence = f"{are(len(above), 'risk')} above appetite: {named}."
        borderline = all(map(near, above))  # only if none is far above would a small change turn it
        finding = Finding("risk.appetite", AMBER, sentence, value, limit, refs_of(above), borderline)
        return [finding, *_cover(evidence, [risk for risk in above if points(risk) >= settings.risk_red_score])]
    highest = f"{nearest.ref} scores {value} against an appetite of {limit}"
    sentence = f"All {len(scored)} risks with a score are within appetite; the nearest, {highest}."
    if len(scored) == 1:
        sentence = f"The one risk with a score is within appetite: {highest}."
    return [Finding("risk.appetite", GREEN, sentence, value, limit, refs_of(scored), any(map(near, scored)))]


def _cover(evidence: Day, severe: list[Risk]) -> Iterable[Finding]:
    """Yield which risks above appetite, and with a score that is red without cover, nobody is treating in time."""
    limit = evidence.settings.risk_red_score
    actions = {risk.uid: open_actions(evidence, risk) for risk in severe}
    bare = [risk for risk in severe if not covered(evidence, risk)]
    if bare:
        named = listed(
            (f"{risk.ref} (score {points(risk)}, {_lateness(actions[risk.uid])})" for risk in bare), MOST_NAMED
        )
        sentence = (
            f"{are(len(bare), 'risk')} above appetite with a score of {limit} or more and nothing in hand: {named}."
        )
        refs = refs_of([*bare, *(action for risk in bare for action in actions[risk.uid])])
        value = str(max(map(points, bare)))
        near = all(is_borderline(points(risk), limit) for risk in bare)
        yield Finding("risk.uncovered", RED, sentence, value, str(limit), refs, near)
    in_hand = [(risk, max(actions[risk.uid], key=_due)) for risk in severe if risk not in bare]
    if in_hand:
        named = listed(
            (f"{risk.ref} by {action.ref} (due {show_date(action.due)})" for risk, action in in_hand), MOST_NAMED
        )
        refs = refs_of([*(risk for risk, _ in in_hand), *(action for _, action in in_hand)])
        yield Finding("risk.covered", GREEN, f"In hand by an open action: {named}.", records=refs)


def _due(action: Action) -> date:
    return action.due or date.min


def _lateness(actions: list[Action]) -> str:
    if not actions:
        return "no open action"
    return f"{listed(refs_of(actions))} overdue since {show_date(max(map(_due, actions)))}"


def _reviews(evidence: Day, live: list[Risk]) -> Iterable[Finding]:
    if not live:
        return
    settings = evidence.settings
    day = evidence.date
    overdue = [risk for risk in live if review_overdue(risk, settings, day)]
    if overdue:
        days = sorted(((next_review(risk, settings), risk.ref) for risk in overdue), key=by_day)
        yield _late("risk.reviews", AMBER, "risk review", days, day, unset_reviews(overdue))
        return
    due, ref = min(((next_review(risk, settings), risk.ref) for risk in live), key=by_day)
    first = show_date(due)
    # That reviews are in time says nothing of a risk that nobody has scored.
    level = level_if(all(score(risk) is None for risk in live), WATCH)
    sentence = f"No review of a risk is overdue; the next is {ref} on {first}."
    yield Finding("risk.reviews", level, sentence, records=(ref,))


def _late(rule: str, level: str, noun: str, overdue: list[tuple[date, str]], day: date, how: str = "") -> Finding:
    """Return the finding about what is overdue, each with its due date and ref, the oldest first.

    ``how`` says in brackets how the days came about, where nobody set them.
    """
    named = listed((f"{ref} since {show_date(due)}" for due, ref in overdue), MOST_NAMED)
    sentence = f"{are(len(overdue), noun)} overdue{how}: {named}."
    oldest = counted((day - overdue[0][0]).days, "day")
    return Finding(rule, level, sentence, oldest, "0 days", tuple(ref for _, ref in overdue))


def _overdue_issues(evidence: Day, issues: list[Issue]) -> list[Finding]:
    """Return the critical and the major issues that are overdue."""
    findings = []
    for severity, level in (("critical", RED), ("major", AMBER)):
        late = (issue for issue in issues if issue.severity == severity and is_late(evidence, issue))
        overdue = sorted(((issue.due, issue.ref) for issue in late if issue.due is not None), key=by_day)
        if overdue:
            findings.append(_late(f"issue.{severity}", level, f"{severity} issue", overdue, evidence.date))
    return findings


def _in_hand(issues: list[Issue]) -> list[Finding]:
    if not issues:
        return []
    sentence = f"No major or critical issue is overdue; {are(len(issues), 'issue')} open."
    return [Finding("issue.overdue", GREEN, sentence, records=refs_of(issues))]
