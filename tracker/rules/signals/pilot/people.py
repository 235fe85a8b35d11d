"""Whether the people whose work a pilot changes are trained for it: ten flags, of which a hard one is red.

Coverage is judged for the groups that are due together, and each mandatory group for itself against the floor: in a
small group a single absence would else turn the colour. In discovery and alpha, with no real users yet, it is too
early for a colour; what is known of the training is said all the same.
"""

from fractions import Fraction
from math import floor

from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.entities.session import TrainingSession
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.judging import figures, has_real_users, is_past, stage_of
from tracker.rules.signals.pilot.people_after import after_rules
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, Signal, is_borderline, worst
from tracker.rules.signals.training_days import (
    booked_by_group,
    first_session,
    pilot_coverage,
    show_rate,
    unsaid_sessions,
)
from tracker.rules.training import Coverage, Group, group_key, group_text
from tracker.rules.when import show_date
from tracker.rules.wording import counted, percent

NAME, LABEL = "people", "People"
# How far above its threshold a coverage is borderline: a quarter would be more than everybody.
ABOVE_FLOOR, ABOVE_REQUIRED = 0.10, 0.05


def people_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the people dimension of a pilot: green, amber, red; grey when too early. The worst group is named."""
    known = pilot_coverage(evidence, pilot)
    missing = list(_missing(evidence, pilot, known))
    if stage_of(evidence, pilot) in EARLY_STAGES and not has_real_users(evidence, pilot):
        sentence = "Too early to judge: no real users yet, and nobody's work has changed."
        if known.groups:
            go_live = f" (go-live {show_date(pilot.first_real_user_on)})" if pilot.first_real_user_on else ""
            sentence = f"Too early to judge{go_live}: {known.trained:,} of {known.affected:,} trained so far."
        refs = tuple(need.ref for need in evidence.of(TrainingNeed, "pilot", pilot.uid))
        return Signal(NAME, LABEL, GREY, (Finding("T0", GREY, sentence, records=refs),), tuple(missing), sentence)
    if not known.groups:
        sentence = "No training need is recorded, although the pilot is past alpha: nobody knows whom it affects."
        findings = [Finding("T0", AMBER, sentence, "0 needs", "1 need", (pilot.ref,))]
    else:
        findings = [*_coverage(evidence, pilot, known), *_projected(evidence, pilot, known)]
    findings += _first_session(evidence, pilot)
    findings += after_rules(evidence, pilot, known)
    level = worst(one.level for one in findings)
    headline = next((one.sentence for one in findings if one.level == level), "")
    return Signal(NAME, LABEL, level, tuple(findings), tuple(dict.fromkeys(missing)), headline)


def _missing(evidence: Day, pilot: Pilot, known: Coverage) -> list[str]:
    found = [] if known.groups else ["the training need"]
    if pilot.first_real_user_on is None:
        found.append("the go-live date (the first day with real users)")
    found += [f"the attendance of {group.name}" for group in known.groups if not group.recorded]
    return found + [f"whether {one.ref} was held" for one in unsaid_sessions(evidence, pilot)]


def _days_left(evidence: Day, group: Group) -> int | None:
    return (group.due - evidence.date).days if group.due is not None else None


def _coverage(evidence: Day, pilot: Pilot, known: Coverage) -> list[Finding]:
    """Return T1 of the groups that are due, and of those that soon will be."""
    due = [group for group in known.groups if (left := _days_left(evidence, group)) is not None and left <= 0]
    asked = [group for group in due if group.mandatory] or due
    later = [group for group in known.groups if group not in due]
    found = [_of_due(evidence, pilot, asked)] if asked else []
    return found + _of_later(evidence, pilot, later)


def _refs(evidence: Day, pilot: Pilot) -> tuple[str, ...]:
    needs = (need.ref for need in evidence.of(TrainingNeed, "pilot", pilot.uid))
    sessions = (one.ref for one in evidence.of(TrainingSession, "pilot", pilot.uid) if one.status != "cancelled")
    return (*needs, *sessions)


def _of_due(evidence: Day, pilot: Pilot, groups: list[Group]) -> Finding:
    settings = evidence.settings
    low, required = settings.training_floor, settings.training_required
    trained, people = sum(one.trained for one in groups), sum(one.headcount for one in groups)
    behind = min(groups, key=lambda one: (Fraction(one.trained, one.headcount), -one.headcount, one.name))
    told = f"{trained:,} of {people:,} are trained ({percent(trained, people, low, required)} %)"
    go_live = pilot.first_real_user_on
    after = (evidence.date - go_live).days if is_past(go_live, evidence.date) else None
    when = f", {counted(after, 'day')} after go-live" if after else ""
    group = f" Furthest behind: {group_text(behind, settings)}." if len(groups) > 1 else f" {_single(behind)}"
    if trained * 100 >= low * people and behind.trained * 100 < low * behind.headcount:
        value, limit, level = Fraction(100 * behind.trained, behind.headcount), low, RED
        sentence = f"{told} in all, but one group is below {low} %: {group_text(behind, settings)}."
    else:
        value = Fraction(100 * trained, people)
        level = RED if value < low else AMBER if value < required else GREEN
        limit = low if level == RED else required
        need = f"at least {limit} % must be" if level != GREEN else f"{limit} % are required"
        sentence = f"{told}{when}; {need}.{group}".rstrip()
    shown = f"{percent(floor(value * 100), 10_000, low, required)} %"
    near = _near(float(value), low, required)
    return Finding("T1", level, sentence, shown, f"{limit} %", _refs(evidence, pilot), near, hard=level == RED)


def _single(group: Group) -> str:
    said = "" if group.recorded else "; no session is recorded"
    return f"{group.name}: {group.trained:,} of {group.headcount:,}{said}."


def _near(value: float, low: float, required: float) -> bool:
    """Return whether a coverage is so near a threshold that a small change would turn the colour."""
    for threshold, above in ((low, ABOVE_FLOOR), (required, ABOVE_REQUIRED)):
        if is_borderline(value, threshold) and value <= threshold * (1 + above):
            return True
    return False


def _needed_by_now(settings: Settings, days_left: int | None) -> int | None:
    """Return the per cent of a group that must be trained so many days before it is needed; None: nothing yet."""
    if days_left is None or days_left > settings.training_early_days:
        return None
    if days_left <= settings.training_soon_days:
        return settings.training_soon_percent
    return settings.training_early_percent


def _of_later(evidence: Day, pilot: Pilot, groups: list[Group]) -> list[Finding]:
    """Return T1 of groups that must be trained by a later day: what is required now grows as the day comes nearer."""
    settings, found = evidence.settings, []
    for group in groups:
        left = _days_left(evidence, group)
        need = _needed_by_now(settings, left)
        if left is None or need is None:
            when = f", needed by {show_date(group.due)}" if group.due else ", with no day by which it is needed"
            sentence = f"{group_text(group, settings)}{when}; nothing is required of it yet."
            found.append(Finding("T1", GREY, sentence, records=_refs(evidence, pilot)))
            continue
        behind = group.trained * 100 < need * group.headcount
        sentence = (
            f"{group_text(group, settings)}, {counted(left, 'day')} before it is needed; {need} % are required by now."
        )
        value = percent(group.trained, group.headcount, need)
        level, near = AMBER if behind else GREEN, is_borderline(100 * group.trained / group.headcount, need)
        found.append(Finding("T1", level, sentence, f"{value} %", f"{need} %", _refs(evidence, pilot), near))
    return found


def _projected(evidence: Day, pilot: Pilot, known: Coverage) -> list[Finding]:
    """Return T2: the coverage to be expected when those booked come at the usual rate, people rounded nowhere."""
    settings = evidence.settings
    horizon = settings.training_early_days
    groups = [one for one in known.groups if (left := _days_left(evidence, one)) is not None and left <= horizon]
    groups = [one for one in groups if one.mandatory] or groups
    if not groups:
        return []
    rate = show_rate(evidence)
    expected = sum((_expected(evidence, pilot, one, rate.percent) for one in groups), Fraction(0))
    people = sum(one.headcount for one in groups)
    value = 100 * expected / people
    low, required = settings.training_projected_red, settings.training_required
    level = RED if value < low else AMBER if value < required else GREEN
    limit = low if level == RED else required
    booked = sum(_booked(evidence, pilot, one) for one in groups)
    # What is only expected is never rounded up.
    shown = floor(value) if booked else percent(sum(one.trained for one in groups), people, low, required)
    usual = f"{rate.percent:.0f} % of those booked {'are assumed to come' if rate.assumed else 'come'}"
    told = f"With the {counted(booked, 'person', 'people')} booked, {shown} % of {people:,} will be trained ({usual})"
    if not booked:
        told = f"Nobody else is booked, so {shown} % of {people:,} will be trained"
    sentence = f"{told}; {required} % are required."
    near = _near(float(value), low, required)
    return [Finding("T2", level, sentence, f"{shown} %", f"{limit} %", _refs(evidence, pilot), near)]


def _booked(evidence: Day, pilot: Pilot, group: Group) -> int:
    """Return how many of a group are booked on sessions to come, by the day they are needed when that is to come."""
    until = group.due if group.due is not None and group.due > evidence.date else None
    return booked_by_group(evidence, pilot, until).get(group_key(group.name), 0)


def _expected(evidence: Day, pilot: Pilot, group: Group, rate: float) -> Fraction:
    more = Fraction(rate) * _booked(evidence, pilot, group) / 100
    return min(Fraction(group.headcount), group.trained + more)


def _first_session(evidence: Day, pilot: Pilot) -> list[Finding]:
    """Return T3 or T3a: when the first session was, or will be, against go-live."""
    live, first = pilot.first_real_user_on, first_session(evidence, pilot)
    if live is None or first is None:
        return []
    lead, least = (live - first.starts_on).days, evidence.settings.training_lead_days
    verb = "was" if first.starts_on <= evidence.date else "is"
    told = f"The first session ({first.ref}) {verb} on {show_date(first.starts_on)}"
    if lead < 0:
        sentence = f"{told}, {counted(-lead, 'day')} after go-live on {show_date(live)}."
        return [Finding("T3", RED, sentence, f"{-lead} days after", "before", (first.ref,), hard=True)]
    value, limit = figures(lead, least)
    sentence = f"{told}, {counted(lead, 'day')} before go-live on {show_date(live)}; at least {limit} days are needed."
    near = is_borderline(lead, least)
    level = AMBER if lead < least else GREEN
    return [Finding("T3a", level, sentence, f"{value} days", f"{limit} days", (first.ref,), near)]
