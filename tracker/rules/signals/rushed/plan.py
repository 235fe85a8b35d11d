"""Haste in the plan of a pilot: its time with real users, its first training, its decision date."""

from datetime import date

from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.signals.judging import has_real_users
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, is_borderline
from tracker.rules.signals.rushed.samples import Sample, samples
from tracker.rules.signals.training_days import first_session
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

Told = tuple[Finding | None, str]


def observation(evidence: Day, pilot: Pilot) -> Told:
    """Return RP1: the days from go-live to the end now planned, against the pilot's least observation time."""
    live, end = pilot.first_real_user_on, pilot.forecast_end or pilot.baseline_end
    if live is None:
        return None, ""
    if end is None:
        return Finding("RP1", GREY, "No planned end is recorded.", records=(pilot.ref,)), "the planned end"
    planned, least = (end - live).days, pilot.min_observation_days
    sentence = (
        f"{counted(planned, 'day')} with real users {'is' if planned == 1 else 'are'} planned "
        f"({show_date(live)} to {show_date(end)}); at least {least} are needed to judge the result."
    )
    level = AMBER if planned < least else GREEN
    near = is_borderline(planned, least)
    return Finding("RP1", level, sentence, f"{planned} days", f"{least} days", (pilot.ref,), near), ""


def first_training(evidence: Day, pilot: Pilot) -> Told:
    """Return RP7: the days from the first training session to go-live."""
    live, least = pilot.first_real_user_on, evidence.settings.training_lead_days
    needs = evidence.of(TrainingNeed, "pilot", pilot.uid)
    first = first_session(evidence, pilot)
    if live is None or (first is None and not needs):
        return None, "" if live is None else "a training need or session"
    if first is None:
        refs = tuple(need.ref for need in needs)
        if not has_real_users(evidence, pilot):
            return Finding("RP7", GREY, "No training session is planned yet.", "", "", refs), "a training session"
        sentence = f"Real users came on {show_date(live)}, and no training session is recorded."
        return Finding("RP7", AMBER, sentence, "", f"{least} days", refs), ""
    lead = (live - first.starts_on).days
    if lead < 0:
        when = f"{counted(-lead, 'day')} after go-live"
    else:
        when = f"{counted(lead, 'day')} before go-live" if lead else "on the day of go-live"
    sentence = (
        f"The first training session was on {show_date(first.starts_on)}, {when}; {least} days before are needed."
    )
    if first.starts_on > evidence.date:
        sentence = sentence.replace(" was on ", " is on ", 1)
    value = f"{lead} days".replace("-", "−")
    level, near = AMBER if lead < least else GREEN, is_borderline(lead, least)
    return Finding("RP7", level, sentence, value, f"{least} days", (first.ref,), near), ""


def decision(evidence: Day, pilot: Pilot) -> Told:
    """Return RP9: whether the decision is due before the observation time is over, or before there are cases enough.

    The cases count against it when no target metric, of those that can be worked out, will have enough by then: at
    the pace so far, for a power of 80 per cent.
    """
    live, due = pilot.first_real_user_on, pilot.decision_due
    if live is None:
        return None, ""
    if due is None:
        return None, "the date of the decision"
    time, least = (due - live).days, pilot.min_observation_days
    known = samples(evidence, pilot)
    short = [one for one in known if one.projected < one.needed]
    if time >= least and known and len(short) == len(known):
        return _too_few(pilot, due, short), ""
    when = f"The decision is due on {show_date(due)}, {counted(time, 'day')} after go-live"
    sentence = f"{when}; at least {least} are needed."
    if time >= least and known:
        enough = listed(_name(one) for one in known if one not in short)
        sentence = f"{when}, and there will be enough cases of {enough} to see the change that matters."
    level, near = AMBER if time < least else GREEN, is_borderline(time, least)
    return Finding("RP9", level, sentence, f"{time} days", f"{least} days", (pilot.ref,), near), ""


def _name(sample: Sample) -> str:
    return f"{sample.metric.ref} {sample.metric.name}"


def _too_few(pilot: Pilot, due: date, short: list[Sample]) -> Finding:
    nearest = max(short, key=lambda one: one.projected / one.needed)
    unit = "of exposure" if nearest.metric.metric_kind == "rate" else "cases"
    sentence = (
        f"By the decision on {show_date(due)} {_name(nearest)} will have about {nearest.projected:,} {unit}; "
        f"{nearest.needed:,} are needed to see the change that matters."
    )
    refs = (pilot.ref, *(one.metric.ref for one in short))
    near = is_borderline(nearest.projected, nearest.needed)
    return Finding("RP9", AMBER, sentence, f"{nearest.projected:,}", f"{nearest.needed:,}", refs, near)
