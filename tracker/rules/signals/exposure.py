"""How exposed the programme is against the appetite of its board, and what became of its risks since an earlier day.

Red when a risk of the red score is above appetite and uncovered; amber when any is above appetite, when a review is
overdue, when a risk has no score, or when a risk above appetite stagnates or one person holds too many; else green.
There is no sum of scores: it falls when people stop recording.
"""

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from tracker.entities.action import Action
from tracker.entities.assessment import Assessment
from tracker.entities.person import Person
from tracker.entities.risk import Risk
from tracker.rules.day import Day
from tracker.rules.risk import Exposure, excess, exposure, is_live, next_review, review_overdue, score
from tracker.rules.signals.judging import MOST_NAMED, WATCH, figures, signal_of
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, Signal, is_borderline
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

NAME, LABEL = "exposure", "Risk exposure"


class Moved(NamedTuple):
    """The refs of the threats that are new, and of those whose score or state changed, since a day."""

    since: date
    new: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    became_issue: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class ExposureFigures(NamedTuple):
    """The figures of the risk section; those of ``plain`` count live threats, the rest are refs.

    ``uncovered`` are above appetite at the red score or more, without an action that is open and not overdue.
    ``stagnant`` are above appetite with the same score in their last assessments and no such action either.
    ``concentration``: the largest share of the points above appetite with one owner, in per cent, and the owner's
    uid; None when nobody owns two such risks. ``moved`` is None without an earlier day.
    """

    plain: Exposure
    above: tuple[str, ...]
    uncovered: tuple[str, ...]
    overdue: tuple[str, ...]
    stagnant: tuple[str, ...]
    concentration: tuple[Fraction, str] | None
    moved: Moved | None


class ExposureSignal(NamedTuple):
    """The signal, and the figures behind it."""

    signal: Signal
    figures: ExposureFigures


def exposure_signal(evidence: Day, before: Day | None = None) -> ExposureSignal:
    """Return the exposure of the programme; with ``before``, also what changed since then. Grey with no live threat."""
    threats = [one for one in evidence.all(Risk) if one.risk_kind == "threat"]
    live = [one for one in threats if is_live(one)]
    found = _figures(evidence, threats, live, before)
    missing = [f"the score of {one.ref}" for one in live if score(one) is None]
    if before is None:
        missing.append("an earlier day to compare with")
    if not live:
        sentence = "No live risk is recorded, so exposure is not known."
        findings = [Finding("exposure.recorded", GREY, sentence, "0", ""), *_moves(found.moved)]
        return ExposureSignal(signal_of(NAME, LABEL, findings, ["the risks of the programme", *missing]), found)
    findings = [
        *_uncovered(evidence, live, found),
        _appetite(evidence, live, found),
        _bands(live, found),
        _reviews(evidence, live, found),
        *_unscored(live),
        *_stagnant(evidence, found),
        *_concentration(evidence, found),
        *_moves(found.moved),
    ]
    return ExposureSignal(signal_of(NAME, LABEL, findings, missing), found)


def _figures(evidence: Day, threats: list[Any], live: list[Any], before: Day | None) -> ExposureFigures:
    settings, day = evidence.settings, evidence.date
    above = sorted((one for one in live if excess(one, settings)), key=lambda one: (-(score(one) or 0), one.ref))
    red = settings.risk_red_score
    late = sorted(
        (one for one in live if review_overdue(one, settings, day)),
        key=lambda one: (next_review(one, settings), one.ref),
    )
    open_above = [one for one in above if not covered(evidence, one)]
    return ExposureFigures(
        plain=exposure(threats, settings, day),
        above=tuple(one.ref for one in above),
        uncovered=tuple(one.ref for one in open_above if (score(one) or 0) >= red),
        overdue=tuple(one.ref for one in late),
        stagnant=tuple(one.ref for one in open_above if _unmoved(evidence, one)),
        concentration=_largest_owner(evidence, above),
        moved=_moved(before, evidence) if before is not None else None,
    )


def covered(evidence: Day, risk: Risk) -> bool:
    """Return whether a risk has an action that is open and not overdue."""
    actions = evidence.of(Action, "risk", risk.uid)
    return any(one.is_open and one.due >= evidence.date for one in actions)


def _unmoved(evidence: Day, risk: Risk) -> bool:
    """Return whether the last assessments of a risk all came to the same score."""
    least = evidence.settings.stagnant_assessments
    judged = sorted(evidence.of(Assessment, "risk", risk.uid), key=lambda one: one.assessed_on)[-least:]
    return len(judged) >= least and len({one.likelihood * one.impact for one in judged}) == 1


def _largest_owner(evidence: Day, above: list[Any]) -> tuple[Fraction, str] | None:
    """Return the largest share in per cent and whose it is, of those who own two risks above appetite or more.

    The weight of a single risk is no concentration: its one owner is as it should be.
    """
    points: dict[str, list[int]] = {}
    for one in above:
        if one.owner is not None:
            points.setdefault(one.owner, []).append(excess(one, evidence.settings) or 0)
    total = sum(excess(one, evidence.settings) or 0 for one in above)
    shares = [(Fraction(100 * sum(some), total), owner) for owner, some in points.items() if len(some) > 1]
    return max(shares, default=None)


def _moved(before: Day, now: Day) -> Moved:
    was = {one.uid: one for one in before.all(Risk) if one.risk_kind == "threat"}
    is_ = {one.uid: one for one in now.all(Risk) if one.risk_kind == "threat"}
    found: dict[str, list[str]] = {}
    for uid, one in is_.items():
        old = was.get(uid)
        known = old is not None and is_live(old)
        if one.status in ("closed", "became_issue") and (known or old is None):
            found.setdefault(one.status, []).append(one.ref)
        elif is_live(one) and not known:
            found.setdefault("new", []).append(one.ref)
        elif is_live(one) and old is not None:
            first, second = score(old), score(one)
            if first is not None and second is not None and first != second:
                found.setdefault("raised" if second > first else "lowered", []).append(one.ref)
    found["removed"] = [one.ref for uid, one in was.items() if is_live(one) and uid not in is_]
    return Moved(before.date, **{name: tuple(sorted(refs)) for name, refs in found.items()})


def _by_ref(live: list[Any], refs: tuple[str, ...]) -> list[Any]:
    known = {one.ref: one for one in live}
    return [known[ref] for ref in refs]


def _uncovered(evidence: Day, live: list[Any], found: ExposureFigures) -> list[Finding]:
    red = evidence.settings.risk_red_score
    if not found.uncovered:
        sentence = f"Every risk above appetite with a score of {red} or more has an open action that is not overdue."
        if not any((score(one) or 0) >= red for one in _by_ref(live, found.above)):
            sentence = f"No risk with a score of {red} or more is above appetite."
        return [Finding("exposure.uncovered", GREEN, sentence, "0", "0", found.above)]
    named = listed((f"{one.ref} ({score(one)})" for one in _by_ref(live, found.uncovered)), MOST_NAMED)
    count = counted(len(found.uncovered), "risk")
    verb = "is" if len(found.uncovered) == 1 else "are"
    sentence = (
        f"{count} with a score of {red} or more {verb} above appetite without an action that is open and not overdue: "
        f"{named}."
    )
    near = all(is_borderline(score(one) or 0, red) for one in _by_ref(live, found.uncovered))
    return [Finding("exposure.uncovered", RED, sentence, str(len(found.uncovered)), "0", found.uncovered, near)]


def _appetite(evidence: Day, live: list[Any], found: ExposureFigures) -> Finding:
    plain = found.plain
    if not plain.above:
        sentence = f"None of {counted(plain.live - plain.unscored, 'scored risk')} is above the board's appetite."
        return Finding("exposure.appetite", GREEN if plain.live > plain.unscored else GREY, sentence, "0", "0")
    tolerance = evidence.settings.tolerance
    named = listed(
        (f"{one.ref} ({score(one)}, appetite {tolerance(one.category)})" for one in _by_ref(live, found.above)),
        MOST_NAMED,
    )
    sentence = (
        f"{counted(plain.above, 'risk')} {'is' if plain.above == 1 else 'are'} above appetite, by "
        f"{counted(plain.points, 'point')} in all: {named}."
    )
    near = any(is_borderline(score(one) or 0, tolerance(one.category)) for one in _by_ref(live, found.above))
    return Finding("exposure.appetite", AMBER, sentence, f"{plain.above}", "0", found.above, near)


def _bands(live: list[Any], found: ExposureFigures) -> Finding:
    plain = found.plain
    named = listed(f"{number} {name.replace('_', ' ')}" for name, number in plain.bands if number)
    drafts = f", of which {counted(plain.drafts, 'draft')}" if plain.drafts else ""
    told = f": {named}" if named else ""
    sentence = f"{counted(plain.live, 'live risk')}{drafts}{told}."
    level = GREEN if named else GREY
    return Finding("exposure.bands", level, sentence, str(plain.live), "", tuple(one.ref for one in live))


def _reviews(evidence: Day, live: list[Any], found: ExposureFigures) -> Finding:
    if not found.overdue:
        return Finding("exposure.reviews", GREEN, "No review is overdue.", "0 days", "0 days")
    oldest = found.plain.oldest_overdue
    named = listed(
        (f"{o.ref} since {show_date(next_review(o, evidence.settings))}" for o in _by_ref(live, found.overdue)),
        MOST_NAMED,
    )
    sentence = f"{counted(found.plain.overdue, 'review')} overdue, the oldest by {counted(oldest, 'day')}: {named}."
    return Finding("exposure.reviews", AMBER, sentence, counted(oldest, "day"), "0 days", found.overdue)


def _unscored(live: list[Any]) -> list[Finding]:
    refs = tuple(one.ref for one in live if score(one) is None)
    if not refs:
        return []
    sentence = (
        f"{counted(len(refs), 'live risk')} without a score, which counts in no band: {listed(refs, MOST_NAMED)}."
    )
    return [Finding("exposure.unscored", AMBER, sentence, str(len(refs)), "0", refs)]


def _stagnant(evidence: Day, found: ExposureFigures) -> list[Finding]:
    least = evidence.settings.stagnant_assessments
    if not found.stagnant:
        return []
    sentence = (
        f"{listed(found.stagnant, MOST_NAMED)} {'is' if len(found.stagnant) == 1 else 'are'} above appetite with the "
        f"same score in {least} assessments or more, and without an action that is open and not overdue."
    )
    return [Finding("exposure.stagnant", AMBER, sentence, str(len(found.stagnant)), "0", found.stagnant)]


def _concentration(evidence: Day, found: ExposureFigures) -> list[Finding]:
    if found.concentration is None:
        return []
    share, owner = found.concentration
    most = evidence.settings.concentration_percent
    person = evidence.get(Person, owner)
    who = person.display_name if person is not None else "somebody who is no longer recorded"
    value, threshold = figures(share, most)
    above = {one.ref: one for one in evidence.all(Risk)}
    refs = tuple(ref for ref in found.above if above[ref].owner == owner)
    sentence = (
        f"{value} % of the points above appetite are with one owner, {who} ({listed(refs, MOST_NAMED)}); "
        f"more than {threshold} % is a concentration."
    )
    level, near = AMBER if share > most else GREEN, is_borderline(float(share), most)
    return [Finding("exposure.concentration", level, sentence, f"{value} %", f"{threshold} %", refs, near)]


def _moves(moved: Moved | None) -> list[Finding]:
    if moved is None:
        return []
    words = {"new": "new", "raised": "raised", "lowered": "lowered", "closed": "closed"}
    words |= {"became_issue": "became an issue", "removed": "removed"}
    parts = [(word, getattr(moved, name)) for name, word in words.items() if getattr(moved, name)]
    told = "; ".join(f"{len(refs)} {word} ({listed(refs, MOST_NAMED)})" for word, refs in parts)
    sentence = f"Since {show_date(moved.since)}: {told or 'no risk was added, scored anew or closed'}."
    level = WATCH if moved.new or moved.raised or moved.became_issue else GREEN
    return [Finding("exposure.moved", level, sentence, "", "", tuple(ref for _, refs in parts for ref in refs))]
