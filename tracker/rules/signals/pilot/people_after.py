"""What training achieved and how it goes on: learning, reaction, a check on the job, retraining, trainers, shows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

from tracker.entities.evaluation import TrainingEvaluation
from tracker.entities.iteration import Iteration
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.rules.day import Day
from tracker.rules.signals.judging import figures, is_past
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, is_borderline
from tracker.rules.signals.training_days import held_sessions, planned_sessions, show_rate
from tracker.rules.training import Coverage
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

POINTS = 5  # scores are told on a scale of five, whatever scale was used


def after_rules(evidence: Day, pilot: Pilot, known: Coverage) -> Iterator[Finding]:
    """Yield T4 to T9, each only when there is something to judge."""
    yield from _learning(evidence, pilot)
    yield from _reaction(evidence, pilot)
    yield from _follow_up(evidence, pilot)
    yield from _retraining(evidence, pilot)
    yield from _trainers(evidence, pilot, known)
    yield from _shows(evidence, pilot, known)


def evaluations(evidence: Day, pilot: Pilot, level: str) -> list[Any]:
    """Return the evaluations of a pilot at a level, by their own link or that of their session, up to the day."""
    own = list(evidence.of(TrainingEvaluation, "pilot", pilot.uid))
    for session in evidence.of(TrainingSession, "pilot", pilot.uid):
        own += [one for one in evidence.of(TrainingEvaluation, "session", session.uid) if one.pilot is None]
    return [one for one in own if one.level == level and one.measured_on <= evidence.date]


def _pooled(some: Iterable[Any], value: Callable[[Any], float | None]) -> tuple[Fraction, int, tuple[str, ...]] | None:
    """Return the mean of a figure over all who were asked, how many they are, and the refs; None without any."""
    known = [(Fraction(repr(got)), one) for one in some if (got := value(one)) is not None]
    people = sum(one.n for _, one in known)
    if not people:
        return None
    return sum((got * one.n for got, one in known), Fraction(0)) / people, people, tuple(one.ref for _, one in known)


def _gain(one: Any) -> float | None:
    if one.pre_mean is None or one.post_mean is None:
        return None
    return float(
        (Fraction(repr(one.post_mean)) - Fraction(repr(one.pre_mean))) * POINTS / Fraction(repr(one.scale_max))
    )


def _score(one: Any) -> float | None:
    return (
        None
        if one.mean_score is None
        else float(Fraction(repr(one.mean_score)) * POINTS / Fraction(repr(one.scale_max)))
    )


def _learning(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T4: how much was learned, and how many passed."""
    settings = evidence.settings
    least = settings.evaluation_least
    some = evaluations(evidence, pilot, "learning")
    gain = _pooled(some, _gain)
    if gain and gain[1] >= least:
        points, people, refs = gain
        low = Fraction(repr(settings.learning_gain_low))
        value, limit = figures(points, low, digits=1, sign=True)
        level = AMBER if points <= low else GREEN
        sentence = (
            f"Knowledge changed by {value} points of {POINTS} ({counted(people, 'person', 'people')}); "
            f"{limit} or less is too little."
        )
        yield Finding("T4", level, sentence, value, limit, refs, is_borderline(float(points), float(low)))
    tested = [one for one in some if one.passed_n is not None]
    people = sum(one.n for one in tested)
    if people >= least:
        passed, few = sum(one.passed_n for one in tested), settings.pass_rate_low
        rate = Fraction(100 * passed, people)
        value, limit = figures(rate, few)
        level, near = AMBER if rate < few else GREEN, is_borderline(float(rate), few)
        sentence = f"{passed:,} of {people:,} passed the test ({value} %); below {limit} % is too few."
        yield Finding("T4", level, sentence, f"{value} %", f"{limit} %", tuple(one.ref for one in tested), near)


def _reaction(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T5: how those who were trained liked it."""
    found = _pooled(evaluations(evidence, pilot, "reaction"), _score)
    if found is None or found[1] < evidence.settings.evaluation_least:
        return
    score, people, refs = found
    low = Fraction(repr(evidence.settings.reaction_low))
    value, limit = figures(score, low, digits=1)
    sentence = f"Staff give the training {value} of {POINTS} ({counted(people, 'answer')}); below {limit} is too low."
    level, near = AMBER if score < low else GREEN, is_borderline(float(score), float(low))
    yield Finding("T5", level, sentence, value, limit, refs, near)


def _follow_up(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T6: whether somebody looked, from a month after go-live, at what people do on the job.

    It is due when its time begins, and a flag from the day after on: by the end of that time help comes too late.
    A check before its time is none; one after it is late, but made.
    """
    settings, live = evidence.settings, pilot.first_real_user_on
    if not is_past(live, evidence.date):
        return
    first = live + timedelta(settings.follow_up_from)
    last = live + timedelta(settings.follow_up_to)
    made = [one for one in evaluations(evidence, pilot, "behaviour") if one.measured_on >= first]
    limit = f"{settings.follow_up_from} days"
    value = counted((evidence.date - live).days, "day")
    if made:
        newest = max(made, key=lambda one: (one.measured_on, one.ref))
        sentence = f"What people do on the job was checked on {show_date(newest.measured_on)}."
        yield Finding("T6", GREEN, sentence, records=(newest.ref,))
        return
    span = f"{show_date(first)} and {show_date(last)}"
    if evidence.date <= first:
        sentence = f"A check on the job is to be made between {span}."
        yield Finding("T6", GREY, sentence, value, limit, (pilot.ref,))
        return
    when = f"it is due between {span}" if evidence.date <= last else f"it was due between {span}"
    sentence = f"Nobody has checked on the job whether people work in the new way; {when}."
    yield Finding("T6", AMBER, sentence, value, limit, (pilot.ref,))


def _retraining(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T7 for each release that changed how people work: whether a session was held within days of it."""
    within = timedelta(evidence.settings.retraining_days)
    held, planned = held_sessions(evidence, pilot), planned_sessions(evidence, pilot)
    for one in evidence.of(Iteration, "pilot", pilot.uid):
        released = one.release_on or one.end
        if not one.needs_retraining or released > evidence.date:
            continue
        fit = [s for s in (*held, *planned) if abs(s.starts_on - released) <= within]
        told = f"The release of {show_date(released)} ({one.ref}) changed how people work"
        refs = (one.ref, *(session.ref for session in fit))
        value, limit = counted((evidence.date - released).days, "day"), f"{within.days} days"
        if fit:
            verb = "was held" if fit[0] in held else "is planned"
            sentence = f"{told}, and a session {verb} ({listed(s.ref for s in fit)})."
            yield Finding("T7", GREEN, sentence, records=refs)
        elif evidence.date <= released + within:
            sentence = f"{told}; a session is due by {show_date(released + within)}, and none is planned."
            yield Finding("T7", GREY, sentence, value, limit, refs)
        else:
            sentence = f"{told}, and no session was held within {within.days} days of it."
            yield Finding("T7", AMBER, sentence, value, limit, refs)


def _trainers(evidence: Day, pilot: Pilot, known: Coverage) -> Iterator[Finding]:
    """Yield T8: whether one trainer alone carries many people; silent while a session has no trainer recorded."""
    sessions = [*held_sessions(evidence, pilot), *planned_sessions(evidence, pilot)]
    names = {" ".join((one.trainer or "").split()).casefold(): one.trainer for one in sessions}
    most = evidence.settings.one_trainer_people
    if not sessions or "" in names or not known.affected:
        return
    refs = tuple(one.ref for one in sessions)
    alone = len(names) == 1
    who = f"One trainer alone ({sessions[0].trainer}) trains" if alone else f"{len(names)} trainers train"
    sentence = f"{who} {counted(known.affected, 'person', 'people')}; more than {most:,} is too many for one."
    level = AMBER if alone and known.affected > most else GREEN
    near = alone and is_borderline(known.affected, most)
    yield Finding("T8", level, sentence, f"{known.affected:,}", f"{most:,}", refs, near)


def _shows(evidence: Day, pilot: Pilot, known: Coverage) -> Iterator[Finding]:
    """Yield T9: how many of those booked come, over the programme, while this pilot still has people to train."""
    settings, rate = evidence.settings, show_rate(evidence)
    behind = known.trained * 100 < settings.training_required * known.affected
    if rate.assumed or not behind:
        return
    low = settings.show_rate_low
    exact = Fraction(100 * rate.present, rate.booked)
    value, limit = figures(exact, low)
    sentence = (
        f"In the whole programme {rate.present:,} of {rate.booked:,} people booked in the last "
        f"{settings.show_rate_days} days came ({value} %); below {limit} % is too few."
    )
    level, near = AMBER if exact < low else GREEN, is_borderline(float(exact), low)
    yield Finding("T9", level, sentence, f"{value} %", f"{limit} %", (pilot.ref,), near)
