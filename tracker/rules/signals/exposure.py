"""How exposed the programme is against the appetite of its board, and what became of its risks since an earlier day.

Red when a risk of the red score is above appetite and uncovered; amber when any is above appetite, when a review is
overdue, when a risk has no score, or when a risk above appetite stagnates or one person holds too many; else green.
There is no sum of scores: it falls when people stop recording.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from tracker.entities import Assessment, Person, Risk
from tracker.fields import latest
from tracker.rules.apart import apart_refs, apart_words, standing
from tracker.rules.day import Day
from tracker.rules.late import apart
from tracker.rules.risk import (
    Exposure,
    covered,
    excess,
    exposure,
    is_live,
    live_threats,
    next_review,
    points,
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
    Finding,
    Signal,
    at_most,
    figure_texts,
    is_borderline,
    level_if,
    refs_of,
    signal_of,
)
from tracker.rules.wording import are, counted, listed, optional, show_date, verb
from tracker.text import natural_order

NAME = "exposure"
LABEL = "Risk exposure"
MOVES = {
    "new": "new",
    "raised": "raised",
    "lowered": "lowered",
    "closed": "closed",
    "became_issue": "became an issue",
    "removed": "removed",
}


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


class _Threats(NamedTuple):
    """The live threats of a day; those above appetite, the worst first, and which of these are uncovered, stagnant."""

    live: list[Risk]
    above: list[Risk]
    uncovered: list[Risk]
    overdue: list[Risk]
    stagnant: list[Risk]


def exposure_signal(evidence: Day, before: Day | None = None) -> ExposureSignal:
    """Return the exposure of the programme; with ``before``, also what changed since then. Grey with no live threat."""
    threats = _threats(evidence)
    figures = ExposureFigures(
        plain=exposure(standing(evidence, evidence.all(Risk)), evidence.settings, evidence.date),
        above=refs_of(threats.above),
        uncovered=refs_of(threats.uncovered),
        overdue=refs_of(threats.overdue),
        stagnant=refs_of(threats.stagnant),
        concentration=_largest_owner(evidence, threats.above),
        moved=_moved(before, evidence),
    )
    missing = [f"the score of {risk.ref}" for risk in threats.live if score(risk) is None]
    if before is None:
        missing.append("an earlier day to compare with")
    if not threats.live:
        sentence = "No live risk is recorded, so exposure is not known."
        findings = [
            Finding("exposure.recorded", GREY, sentence, "0", ""),
            *_apart(evidence),
            *_moves(figures.moved),
        ]
        return ExposureSignal(signal_of(NAME, LABEL, findings, ["the risks of the programme", *missing]), figures)
    findings = [
        *_uncovered(evidence, threats),
        _appetite(evidence, threats, figures.plain),
        _bands(threats, figures.plain),
        _reviews(evidence, threats, figures.plain),
        *_unscored(threats),
        *_stagnant(evidence, threats),
        *_concentration(evidence, threats, figures.concentration),
        *_left(evidence, threats),
        *_apart(evidence),
        *_moves(figures.moved),
    ]
    return ExposureSignal(signal_of(NAME, LABEL, findings, missing), figures)


def _threats(evidence: Day) -> _Threats:
    settings = evidence.settings
    live = live_threats(standing(evidence, evidence.all(Risk)))
    by_ref = _by_ref(live)
    above = sorted((risk for risk in by_ref if excess(risk, settings)), key=lambda risk: -points(risk))
    aside = apart(evidence, Risk)
    reviews = [(next_review(risk, settings), risk) for risk in by_ref if risk.uid not in aside]
    overdue = sorted((review for review in reviews if latest(review[0]) < evidence.date), key=itemgetter(0))
    bare = [risk for risk in above if not covered(evidence, risk)]
    return _Threats(
        live,
        above,
        uncovered=[risk for risk in bare if points(risk) >= settings.risk_red_score],
        overdue=[risk for _, risk in overdue],
        stagnant=[risk for risk in bare if _unmoved(evidence, risk)],
    )


def _by_ref(risks: Iterable[Risk]) -> list[Risk]:
    return sorted(risks, key=lambda risk: natural_order(risk.ref))


def _unmoved(evidence: Day, risk: Risk) -> bool:
    """Return whether the last assessments of a risk all came to the same score."""
    least = evidence.settings.stagnant_assessments
    assessments = sorted(evidence.of(Assessment, "risk", risk.uid), key=lambda assessment: assessment.assessed_on)
    scores = [assessment.likelihood * assessment.impact for assessment in assessments[-least:]]
    return len(scores) >= least and len(set(scores)) == 1


def _largest_owner(evidence: Day, above: list[Risk]) -> tuple[Fraction, str] | None:
    """Return the largest share in per cent and whose it is, of those who own two risks above appetite or more.

    The weight of a single risk is no concentration: its one owner is as it should be.
    """
    by_owner: dict[str | None, list[int]] = {}
    for risk in above:
        by_owner.setdefault(risk.owner, []).append(excess(risk, evidence.settings) or 0)
    total = sum(map(sum, by_owner.values()))
    shares = [
        (Fraction(100 * sum(excesses), total), owner)
        for owner, excesses in by_owner.items()
        if owner is not None and len(excesses) > 1
    ]
    return max(shares, default=None)


def _moved(before: Day | None, now: Day) -> Moved | None:
    """Return what became of the threats since an earlier day; None without one."""
    if before is None:
        return None
    old_risks = {risk.uid: risk for risk in before.all(Risk) if risk.risk_kind == "threat"}
    # A risk that was hidden on the earlier day and is not now is neither new nor worse: nobody can compare it.
    unseen = before.hidden.uids
    risks = {risk.uid: risk for risk in now.all(Risk) if risk.risk_kind == "threat" and risk.uid not in unseen}
    moves: dict[str, list[str]] = {name: [] for name in MOVES}
    for uid, risk in risks.items():
        move = _move(old_risks.get(uid), risk)
        if move:
            moves[move].append(risk.ref)
    moves["removed"] = [risk.ref for uid, risk in old_risks.items() if is_live(risk) and uid not in risks]
    return Moved(before.date, **{name: tuple(sorted(refs, key=natural_order)) for name, refs in moves.items()})


def _move(old: Risk | None, risk: Risk) -> str:
    """Return in which way a risk moved, as a field of Moved; empty when it did not."""
    was_live = old is not None and is_live(old)
    if risk.status in ("closed", "became_issue"):
        return str(risk.status) if was_live or old is None else ""
    if not is_live(risk):
        return ""
    if old is None or not was_live:
        return "new"
    before = score(old)
    now = score(risk)
    if before is None or now is None or before == now:
        return ""
    return "raised" if now > before else "lowered"


def _uncovered(evidence: Day, threats: _Threats) -> list[Finding]:
    red = evidence.settings.risk_red_score
    if not threats.uncovered:
        sentence = f"Every risk above appetite with a score of {red} or more has an open action that is not overdue."
        if not any(points(risk) >= red for risk in threats.above):
            sentence = f"No risk with a score of {red} or more is above appetite."
        return [Finding("exposure.uncovered", GREEN, sentence, "0", "0", refs_of(threats.above))]
    number = len(threats.uncovered)
    named = listed((f"{risk.ref} ({score(risk)})" for risk in threats.uncovered), MOST_NAMED)
    sentence = (
        f"{counted(number, 'risk')} with a score of {red} or more {verb(number)} above appetite without an action that "
        f"is open and not overdue: {named}."
    )
    near = all(is_borderline(points(risk), red) for risk in threats.uncovered)
    return [Finding("exposure.uncovered", RED, sentence, str(number), "0", refs_of(threats.uncovered), near)]


def _appetite(evidence: Day, threats: _Threats, plain: Exposure) -> Finding:
    if not threats.above:
        scored = plain.live - plain.unscored
        sentence = f"None of {counted(scored, 'scored risk')} is above the board's appetite."
        return Finding("exposure.appetite", level_if(not scored, GREY), sentence, "0", "0")
    tolerance = evidence.settings.tolerance
    named = listed(
        (f"{risk.ref} ({score(risk)}, appetite {tolerance(risk.category)})" for risk in threats.above), MOST_NAMED
    )
    sentence = f"{are(plain.above, 'risk')} above appetite, by {counted(plain.points, 'point')} in all: {named}."
    near = any(is_borderline(points(risk), tolerance(risk.category)) for risk in threats.above)
    return Finding("exposure.appetite", AMBER, sentence, f"{plain.above}", "0", refs_of(threats.above), near)


def _bands(threats: _Threats, plain: Exposure) -> Finding:
    named = listed(f"{number} {band.replace('_', ' ')}" for band, number in plain.bands if number)
    drafts = f", of which {counted(plain.drafts, 'draft')}" if plain.drafts else ""
    sentence = f"{counted(plain.live, 'live risk')}{drafts}{optional(': ', named)}."
    return Finding("exposure.bands", level_if(not named, GREY), sentence, str(plain.live), "", refs_of(threats.live))


def _reviews(evidence: Day, threats: _Threats, plain: Exposure) -> Finding:
    if not threats.overdue:
        return Finding("exposure.reviews", GREEN, "No review is overdue.", "0 days", "0 days")
    oldest = counted(plain.oldest_overdue, "day")
    since = ((risk.ref, show_date(next_review(risk, evidence.settings))) for risk in threats.overdue)
    named = listed((f"{ref} since {day}" for ref, day in since), MOST_NAMED)
    unset = unset_reviews(threats.overdue)
    sentence = f"{counted(plain.overdue, 'review')} overdue{unset}, the oldest by {oldest}: {named}."
    return Finding("exposure.reviews", AMBER, sentence, oldest, "0 days", refs_of(threats.overdue))


def _unscored(threats: _Threats) -> Iterable[Finding]:
    refs = refs_of(risk for risk in threats.live if score(risk) is None)
    if refs:
        named = listed(refs, MOST_NAMED)
        sentence = f"{counted(len(refs), 'live risk')} without a score, which counts in no band: {named}."
        yield Finding("exposure.unscored", AMBER, sentence, str(len(refs)), "0", refs)


def _stagnant(evidence: Day, threats: _Threats) -> Iterable[Finding]:
    refs = refs_of(threats.stagnant)
    if refs:
        sentence = (
            f"{listed(refs, MOST_NAMED)} {verb(len(refs))} above appetite with the same score in "
            f"{evidence.settings.stagnant_assessments} assessments or more, and without an action that is open and not "
            f"overdue."
        )
        yield Finding("exposure.stagnant", AMBER, sentence, str(len(refs)), "0", refs)


def _concentration(evidence: Day, threats: _Threats, concentration: tuple[Fraction, str] | None) -> Iterable[Finding]:
    if concentration is None:
        return
    share, owner = concentration
    limit = evidence.settings.concentration_percent
    check = at_most(share, limit, "%", figure_texts(share, limit))
    person = evidence.get(Person, owner)
    name = person.display_name if person is not None else "somebody who is no longer recorded"
    refs = refs_of(risk for risk in threats.above if risk.owner == owner)
    sentence = (
        f"{check.value}% of the points above appetite are with one owner, {name} ({listed(refs, MOST_NAMED)}); "
        f"more than {check.limit}% is a concentration."
    )
    yield check.finding("exposure.concentration", sentence, refs)


def _left(evidence: Day, threats: _Threats) -> Iterable[Finding]:
    """Yield who of those who answer for live risks has left; the gravest risks come first."""
    ownerless = _by_ref(risk for risk in threats.live if risk.owner is not None and _gone(evidence, risk.owner))
    parted = sorted(ownerless, key=lambda risk: -points(risk))
    if parted:
        parts = (f"{risk.ref} ({_weight(risk)}, {evidence.answering(risk.owner)})" for risk in parted)
        named = listed(parts, MOST_NAMED)
        owner = verb(len(parted), "an owner who has", "owners who have")
        sentence = f"{counted(len(parted), 'live risk')} with {owner} left: {named}."
        yield Finding("exposure.left", AMBER, sentence, str(len(parted)), "0", refs_of(parted))


def _weight(risk: Risk) -> str:
    return str(score(risk) or "no score")


def _gone(evidence: Day, uid: str | None) -> bool:
    person = evidence.get(Person, uid)
    if person is None:
        return uid in evidence.removed(Person)
    return person.has_left(evidence.date)


def _apart(evidence: Day) -> Iterable[Finding]:
    words = apart_words(evidence, Risk)
    if words:
        refs = apart_refs(evidence, Risk)
        yield Finding("exposure.apart", WATCH, words, str(len(refs)), "0", refs)


def _moves(moved: Moved | None) -> Iterable[Finding]:
    if moved is None:
        return
    moves = moved._asdict()
    refs = {words: moves[name] for name, words in MOVES.items() if moves[name]}
    changes = "; ".join(f"{len(moves)} {words} ({listed(moves, MOST_NAMED)})" for words, moves in refs.items())
    sentence = f"Since {show_date(moved.since)}: {changes or 'no risk was added, scored anew or closed'}."
    level = level_if(bool(moved.new or moved.raised or moved.became_issue), WATCH)
    yield Finding("exposure.moved", level, sentence, "", "", tuple(ref for moves in refs.values() for ref in moves))
