"""Haste in the plan of a pilot: its time with real users, its first training, its decision date."""

from datetime import date

from tracker.entities import Pilot, TrainingNeed
from tracker.rules.day import Day
from tracker.rules.signals.result import AMBER, GREY, Finding, at_least, is_borderline, refs_of
from tracker.rules.signals.rushed.rule import NONE, Outcome
from tracker.rules.signals.rushed.samples import Sample, samples
from tracker.rules.signals.stage import has_real_users
from tracker.rules.signals.training_days import first_session
from tracker.rules.totals import absent, gap
from tracker.rules.wording import counted, listed, show_date, verb


def observation(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP1: the days from go-live to the end now planned, against the pilot's least observation time."""
    go_live = pilot.first_real_user_on
    end = pilot.forecast_end or pilot.baseline_end
    if go_live is None:
        return NONE
    if end is None:
        sentence = f"{absent(evidence, pilot, 'forecast_end', 'planned end')}."
        missing = listed(gap(evidence, pilot, "forecast_end", "the planned end"))
        return Outcome(Finding("RP1", GREY, sentence, records=(pilot.ref,)), missing)
    planned = (end - go_live).days
    least = pilot.min_observation_days
    days = f"{counted(planned, 'day')} with real users {verb(planned)} planned"
    sentence = f"{days} ({show_date(go_live)} to {show_date(end)}); at least {least} are needed to judge the result."
    return Outcome(at_least(planned, least, " days").finding("RP1", sentence, (pilot.ref,)))


def first_training(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP7: the days from the first training session to go-live."""
    go_live = pilot.first_real_user_on
    least = evidence.settings.training_lead_days
    session = first_session(evidence, pilot)
    if go_live is None:
        return NONE
    if session is None:
        return _no_training(evidence, pilot, go_live)
    lead = (go_live - session.starts_on).days
    distance = "on the day of go-live"
    if lead:
        side = "before" if lead > 0 else "after"
        distance = f"{counted(abs(lead), 'day')} {side} go-live"
    tense = "is" if session.starts_on > evidence.date else "was"
    first = f"The first training session {tense} on {show_date(session.starts_on)}"
    sentence = f"{first}, {distance}; {least} days before are needed."
    check = at_least(lead, least, " days", (f"{lead}".replace("-", "−"), f"{least}"))
    return Outcome(check.finding("RP7", sentence, (session.ref,)))


def _no_training(evidence: Day, pilot: Pilot, go_live: date) -> Outcome:
    refs = refs_of(evidence.of_pilot(TrainingNeed, pilot))
    if not refs:
        return NONE._replace(missing="a training need or session")
    if not has_real_users(evidence, pilot):
        finding = Finding("RP7", GREY, "No training session is planned yet.", records=refs)
        return Outcome(finding, "a training session")
    sentence = f"Real users came on {show_date(go_live)}, and no training session is recorded."
    return Outcome(Finding("RP7", AMBER, sentence, "", f"{evidence.settings.training_lead_days} days", refs))


def decision(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP9: whether the decision is due before the observation time is over, or before there are cases enough.

    The cases count against it when no target metric, of those that can be worked out, will have enough by then: at
    the pace so far, for a power of 80 per cent.
    """
    go_live = pilot.first_real_user_on
    due = pilot.decision_due
    if go_live is None:
        return NONE
    if due is None:
        return NONE._replace(missing=listed(gap(evidence, pilot, "decision_due", "the date of the decision")))
    time = (due - go_live).days
    least = pilot.min_observation_days
    when = f"The decision is due on {show_date(due)}, {counted(time, 'day')} after go-live"
    sentence = f"{when}; at least {least} are needed."
    targets = samples(evidence, pilot)
    if time >= least and targets:
        enough = listed(_name(sample) for sample in targets if sample.projected >= sample.needed)
        if not enough:
            return Outcome(_too_few(pilot, due, targets))
        sentence = f"{when}, and there will be enough cases of {enough} to see the change that matters."
    return Outcome(at_least(time, least, " days").finding("RP9", sentence, (pilot.ref,)))


def _name(sample: Sample) -> str:
    return f"{sample.metric.ref} {sample.metric.name}"


def _too_few(pilot: Pilot, due: date, samples: list[Sample]) -> Finding:
    nearest = max(samples, key=lambda sample: sample.projected / sample.needed)
    unit = "of exposure" if nearest.metric.metric_kind == "rate" else "cases"
    value = f"{nearest.projected:,}"
    limit = f"{nearest.needed:,}"
    sentence = (
        f"By the decision on {show_date(due)} {_name(nearest)} will have about {value} {unit}; {limit} are needed to "
        f"see the change that matters."
    )
    refs = (pilot.ref, *(sample.metric.ref for sample in samples))
    near = is_borderline(nearest.projected, nearest.needed)
    return Finding("RP9", AMBER, sentence, value, limit, refs, near)
