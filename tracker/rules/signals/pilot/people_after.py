"""What training achieved and how it goes on: learning, reaction, a check on the job, retraining, trainers, shows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

from tracker.entities import Iteration, Pilot, TrainingEvaluation, TrainingSession
from tracker.fields import WorkedOut
from tracker.rules.day import Day
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, at_least, at_most, figure_texts, refs_of
from tracker.rules.signals.stage import is_past
from tracker.rules.signals.training_days import held_sessions, planned_sessions, show_rate, show_rate_texts
from tracker.rules.training import Coverage
from tracker.rules.wording import by_day, counted, folded, listed, show_date

POINTS = 5  # scores are given on a scale of five, whatever scale was used


def after_rules(evidence: Day, pilot: Pilot, coverage: Coverage) -> Iterator[Finding]:
    """Yield T4 to T9, each only when there is something to judge."""
    yield from _learning(evidence, pilot)
    yield from _reaction(evidence, pilot)
    yield from _follow_up(evidence, pilot)
    yield from _retraining(evidence, pilot)
    yield from _trainers(evidence, pilot, coverage)
    yield from _shows(evidence, pilot, coverage)


def evaluations(evidence: Day, pilot: Pilot, level: str) -> list[TrainingEvaluation]:
    """Return the evaluations of a pilot at a level, by their own link or that of their session, up to the day."""
    candidates = list(evidence.of_pilot(TrainingEvaluation, pilot))
    for session in evidence.of_pilot(TrainingSession, pilot):
        of_session = evidence.of(TrainingEvaluation, "session", session.uid)
        candidates += [evaluation for evaluation in of_session if evaluation.pilot is None]
    return [
        evaluation for evaluation in candidates if evaluation.level == level and evaluation.measured_on <= evidence.date
    ]


Measure = Callable[[TrainingEvaluation], Fraction | None]


def _pooled(evaluations: Iterable[TrainingEvaluation], measure: Measure) -> tuple[Fraction, int, tuple[str, ...]]:
    """Return the mean of a figure over all who were asked, how many they are (0 without any), and the refs."""
    values = [(measure(evaluation), evaluation) for evaluation in evaluations]
    measured = [(value, evaluation) for value, evaluation in values if value is not None]
    people = sum(evaluation.n for _, evaluation in measured)
    total = sum((value * evaluation.n for value, evaluation in measured), Fraction(0))
    return total / max(people, 1), people, refs_of(evaluation for _, evaluation in measured)


def _exact(value: float) -> Fraction:
    """Return a number as it was typed, without the error of its binary form."""
    return Fraction(repr(value))


def _rescaled(value: Fraction, evaluation: TrainingEvaluation) -> Fraction:
    return Fraction(repr(float(value * POINTS / _exact(evaluation.scale_max))))


def _gain(evaluation: TrainingEvaluation) -> Fraction | None:
    if evaluation.pre_mean is None or evaluation.post_mean is None:
        return None
    return _rescaled(_exact(evaluation.post_mean) - _exact(evaluation.pre_mean), evaluation)


def _score(evaluation: TrainingEvaluation) -> Fraction | None:
    if evaluation.mean_score is None:
        return None
    return _rescaled(_exact(evaluation.mean_score), evaluation)


def _learning(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T4: how much was learned, and how many passed."""
    settings = evidence.settings
    learning = evaluations(evidence, pilot, "learning")
    gain, people, refs = _pooled(learning, _gain)
    if people >= settings.evaluation_least:
        low = _exact(settings.learning_gain_low)
        check = at_least(gain, low, texts=figure_texts(gain, low, digits=1, sign=True))
        if gain == low:
            check = check._replace(level=AMBER)
        sentence = (
            f"Knowledge changed by {check.value} points of {POINTS} ({counted(people, 'person', 'people')}); "
            f"{check.limit} or less is too little."
        )
        yield check.finding("T4", sentence, refs)
    tested = [(evaluation, evaluation.passed_n) for evaluation in learning if evaluation.passed_n is not None]
    people = sum(evaluation.n for evaluation, _ in tested)
    if people >= settings.evaluation_least:
        passed = sum(number for _, number in tested)
        low_rate = settings.pass_rate_low
        rate = Fraction(100 * passed, people)
        check = at_least(rate, low_rate, "%", figure_texts(rate, low_rate))
        sentence = f"{passed:,} of {people:,} passed the test ({check.value}%); below {check.limit}% is too few."
        yield check.finding("T4", sentence, refs_of(evaluation for evaluation, _ in tested))


def _reaction(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T5: how those who were trained liked it."""
    score, people, refs = _pooled(evaluations(evidence, pilot, "reaction"), _score)
    if people < evidence.settings.evaluation_least:
        return
    low = _exact(evidence.settings.reaction_low)
    check = at_least(score, low, texts=figure_texts(score, low, digits=1))
    answers = counted(people, "answer")
    sentence = f"Staff give the training {check.value} of {POINTS} ({answers}); below {check.limit} is too low."
    yield check.finding("T5", sentence, refs)


def _follow_up(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T6: whether somebody looked, from a month after go-live, at what people do on the job.

    It is due when its time begins, and a flag from the day after on: by the end of that time help comes too late.
    A check before its time is none; one after it is late, but made.
    """
    settings = evidence.settings
    go_live = pilot.first_real_user_on
    if not is_past(go_live, evidence.date):
        return
    first = go_live + timedelta(settings.follow_up_from)
    last = go_live + timedelta(settings.follow_up_to)
    checks = [
        (evaluation.measured_on, evaluation.ref)
        for evaluation in evaluations(evidence, pilot, "behaviour")
        if evaluation.measured_on >= first
    ]
    if checks:
        measured_on, ref = max(checks, key=by_day)
        sentence = f"What people do on the job was checked on {show_date(measured_on)}."
        yield Finding("T6", GREEN, sentence, records=(ref,))
        return
    days = f"{settings.follow_up_from} and {settings.follow_up_to} days after go-live"
    span = f"{days}, {show_date(first)} to {show_date(WorkedOut.of(last))}"
    level = GREY
    sentence = f"A check on the job is to be made between {span}."
    if evidence.date > first:
        tense = "is" if evidence.date <= last else "was"
        nobody = "Nobody has checked on the job whether people work in the new way"
        level = AMBER
        sentence = f"{nobody}; it {tense} due between {span}."
    value = counted((evidence.date - go_live).days, "day")
    yield Finding("T6", level, sentence, value, f"{settings.follow_up_from} days", (pilot.ref,))


def _retraining(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T7 for each release that changed how people work: whether a session was held within days of it."""
    within = timedelta(evidence.settings.retraining_days)
    past = held_sessions(evidence, pilot)
    sessions = [*past, *planned_sessions(evidence, pilot)]
    for iteration in evidence.of_pilot(Iteration, pilot):
        released = iteration.release_on or iteration.end
        if not iteration.needs_retraining or released > evidence.date:
            continue
        near = [session for session in sessions if abs(session.starts_on - released) <= within]
        release = f"The release of {show_date(released)} ({iteration.ref}) changed how people work"
        if near:
            state = "was held" if near[0] in past else "is planned"
            sentence = f"{release}, and a session {state} ({listed(refs_of(near))})."
            yield Finding("T7", GREEN, sentence, records=refs_of([iteration, *near]))
            continue
        level = AMBER
        sentence = f"{release}, and no session was held within {within.days} days of it."
        if evidence.date <= released + within:
            due = show_date(released + within)
            level = GREY
            sentence = f"{release}; a session is due by {due}, and none is planned."
        value = counted((evidence.date - released).days, "day")
        yield Finding("T7", level, sentence, value, f"{within.days} days", (iteration.ref,))


def _trainers(evidence: Day, pilot: Pilot, coverage: Coverage) -> Iterator[Finding]:
    """Yield T8: whether one trainer alone carries many people; silent while a session has no trainer recorded."""
    sessions = [*held_sessions(evidence, pilot), *planned_sessions(evidence, pilot)]
    trainers = {folded(session.trainer) for session in sessions}
    if not sessions or "" in trainers or not coverage.affected:
        return
    affected = coverage.affected
    limit = evidence.settings.one_trainer_people
    check = at_most(affected, limit, texts=(f"{affected:,}", f"{limit:,}"))
    subject = f"One trainer alone ({sessions[0].trainer}) trains"
    if len(trainers) > 1:
        check = check._replace(level=GREEN, borderline=False)
        subject = f"{len(trainers)} trainers train"
    people = counted(affected, "person", "people")
    sentence = f"{subject} {people}; more than {check.limit} is too many for one."
    yield check.finding("T8", sentence, refs_of(sessions))


def _shows(evidence: Day, pilot: Pilot, coverage: Coverage) -> Iterator[Finding]:
    """Yield T9: how many of those booked come, over the programme, while this pilot still has people to train."""
    settings = evidence.settings
    rate = show_rate(evidence)
    behind = coverage.trained * 100 < settings.training_required * coverage.affected
    if rate.assumed or not behind:
        return
    check = at_least(rate.percent, settings.show_rate_low, "%", show_rate_texts(settings, rate))
    sentence = (
        f"In the whole programme {rate.present:,} of {rate.booked:,} people booked in the last "
        f"{settings.show_rate_days} days came ({check.value}%); below {check.limit}% is too few."
    )
    yield check.finding("T9", sentence, (pilot.ref,))
