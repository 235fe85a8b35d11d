"""Whether the people whose work a pilot changes are trained for it: ten flags, of which a hard one is red.

Coverage is judged for the groups that are due together, and each mandatory group for itself against the floor: in a
small group a single absence would else turn the colour. In discovery and alpha, with no real users yet, it is too
early for a colour; what is known of the training is given all the same.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from tracker.entities import Pilot, TrainingNeed, TrainingSession
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.pilot.people_after import after_rules
from tracker.rules.signals.result import (
    AMBER,
    GREY,
    RED,
    Check,
    Dimension,
    Finding,
    Signal,
    at_least,
    figure_texts,
    is_borderline,
    level_if,
    refs_of,
)
from tracker.rules.signals.stage import is_past, is_stated, too_early
from tracker.rules.signals.training_days import (
    booked_by_group,
    first_session,
    pilot_coverage,
    show_rate,
    show_rate_texts,
    unreported_sessions,
)
from tracker.rules.totals import gap
from tracker.rules.training import Coverage, Group, group_key, group_text, trained_percent
from tracker.rules.wording import counted, optional, show_date
from tracker.text import natural_order

PEOPLE = Dimension("people", "People", "P")
# How far above its threshold a coverage is borderline: a quarter would be more than everybody.
ABOVE_FLOOR = 0.10
ABOVE_REQUIRED = 0.05


def people_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the people dimension of a pilot: green, amber, red; grey when too early. The worst group is named."""
    coverage = pilot_coverage(evidence, pilot)
    missing = _missing(evidence, pilot, coverage)
    if too_early(evidence, pilot):
        return PEOPLE.signal([_too_early(evidence, pilot, coverage)], missing)
    if coverage.groups:
        findings = [*_coverage(evidence, pilot, coverage), *_projected(evidence, pilot, coverage)]
    elif not is_stated(evidence, pilot) and not is_past(pilot.first_real_user_on, evidence.date):
        sentence = "No training need is recorded, and the phase is not stated: nobody can tell whether one is missing."
        findings = [Finding("T0", GREY, sentence, records=(pilot.ref,))]
    else:
        sentence = "No training need is recorded, although the pilot is past alpha: nobody knows whom it affects."
        findings = [Finding("T0", AMBER, sentence, "0 needs", "1 need", (pilot.ref,))]
    findings += _first_session(evidence, pilot)
    findings += after_rules(evidence, pilot, coverage)
    return PEOPLE.signal(findings, missing)


def _missing(evidence: Day, pilot: Pilot, coverage: Coverage) -> Iterator[str]:
    if not coverage.groups:
        yield "the training need"
    if pilot.first_real_user_on is None:
        yield from gap(evidence, pilot, "first_real_user_on", "the go-live date (the first day with real users)")
    for group in coverage.groups:
        if not group.recorded:
            yield f"the attendance of {group.name}"
    for session in unreported_sessions(evidence, pilot):
        yield f"whether {session.ref} was held"


def _too_early(evidence: Day, pilot: Pilot, coverage: Coverage) -> Finding:
    """Return T0: that there is no colour yet, with what is known of the training."""
    sentence = "Too early to judge: no real users yet, and nobody's work has changed."
    if coverage.groups:
        go_live = f" (go-live {show_date(pilot.first_real_user_on)})" if pilot.first_real_user_on else ""
        sentence = f"Too early to judge{go_live}: {coverage.trained:,} of {coverage.affected:,} trained so far."
    return Finding("T0", GREY, sentence, records=refs_of(evidence.of_pilot(TrainingNeed, pilot)))


def _due_by(groups: Iterable[Group], day: date) -> list[Group]:
    return [group for group in groups if is_past(group.due, day)]


def _mandatory(groups: list[Group]) -> list[Group]:
    """Return the mandatory groups; all when none is."""
    return [group for group in groups if group.mandatory] or groups


def _coverage(evidence: Day, pilot: Pilot, coverage: Coverage) -> Iterator[Finding]:
    """Yield T1 of the groups that are due, and of those that soon will be."""
    refs = _refs(evidence, pilot)
    due = _due_by(coverage.groups, evidence.date)
    if due:
        yield _of_due(evidence, pilot, _mandatory(due), refs)
    for group in coverage.groups:
        if group not in due:
            yield _of_later(evidence, group, refs)


def _refs(evidence: Day, pilot: Pilot) -> tuple[str, ...]:
    needs = evidence.of_pilot(TrainingNeed, pilot)
    sessions = evidence.of_pilot(TrainingSession, pilot)
    return refs_of([*needs, *(session for session in sessions if session.status != "cancelled")])


def _check(value: Fraction, text: int, red: int, required: int) -> Check:
    """Return the check of a coverage in per cent: red below a threshold, amber below what is required."""
    near = _is_near(float(value), red, required)
    if value < red:
        return Check(RED, f"{text}", f"{red}", "%", near)
    return Check(level_if(value < required), f"{text}", f"{required}", "%", near)


def _is_near(value: float, red: float, required: float) -> bool:
    """Return whether a coverage is so near a threshold that a small change would turn the colour."""
    return any(
        is_borderline(value, threshold) and value <= threshold * (1 + above)
        for threshold, above in ((red, ABOVE_FLOOR), (required, ABOVE_REQUIRED))
    )


def _of_due(evidence: Day, pilot: Pilot, groups: list[Group], refs: tuple[str, ...]) -> Finding:
    settings = evidence.settings
    red = settings.training_floor
    required = settings.training_required
    trained = sum(group.trained for group in groups)
    people = sum(group.headcount for group in groups)
    behind = min(groups, key=lambda group: (_share(group), -group.headcount, natural_order(group.name)))
    share = Fraction(100 * trained, people)
    lowest = _share(behind)
    total = f"{trained:,} of {people:,} are trained ({trained_percent(settings, trained, people)}%)"
    if share >= red > lowest:
        share = lowest
        sentence = f"{total} in all, but one group is below {red}%: {group_text(behind, settings)}."
    else:
        need = f"at least {red if share < red else required}% must be"
        if share >= required:
            need = f"{required}% are required"
        worst = f"Furthest behind: {group_text(behind, settings)}." if len(groups) > 1 else _single(behind)
        sentence = f"{total}{_after_go_live(evidence, pilot)}; {need}. {worst}"
    check = _check(share, trained_percent(settings, floor(share * 100), 10_000), red, required)
    return check.finding("T1", sentence, refs, hard=check.level == RED)


def _share(group: Group) -> Fraction:
    return Fraction(100 * group.trained, group.headcount)


def _after_go_live(evidence: Day, pilot: Pilot) -> str:
    go_live = pilot.first_real_user_on
    if go_live is None or go_live >= evidence.date:
        return ""
    return f", {counted((evidence.date - go_live).days, 'day')} after go-live"


def _single(group: Group) -> str:
    return f"{group.name}: {group.trained:,} of {group.headcount:,}" + optional("; ", group.lacking) + "."


def _needed_by_now(settings: Settings, days_left: int) -> int:
    """Return the per cent of a group that must be trained so many days before it is needed; 0: nothing yet."""
    if days_left <= min(settings.training_soon_days, settings.training_early_days):
        return settings.training_soon_percent
    if days_left <= settings.training_early_days:
        return settings.training_early_percent
    return 0


def _of_later(evidence: Day, group: Group, refs: tuple[str, ...]) -> Finding:
    """Return T1 of a group that is due on a later day: what is required now grows as the day comes nearer."""
    settings = evidence.settings
    text = group_text(group, settings)
    if group.due is None:
        sentence = f"{text}, with no day by which it is needed; nothing is required of it yet."
        return Finding("T1", GREY, sentence, records=refs)
    days_left = (group.due - evidence.date).days
    need = _needed_by_now(settings, days_left)
    if not need:
        sentence = f"{text}, needed by {show_date(group.due)}; nothing is required of it yet."
        return Finding("T1", GREY, sentence, records=refs)
    texts = f"{trained_percent(settings, group.trained, group.headcount)}", f"{need}"
    sentence = f"{text}, {counted(days_left, 'day')} before it is needed; {need}% are required by now."
    return at_least(_share(group), need, "%", texts).finding("T1", sentence, refs)


def _projected(evidence: Day, pilot: Pilot, coverage: Coverage) -> Iterator[Finding]:
    """Yield T2: the coverage to be expected when those booked come at the usual rate, people rounded nowhere."""
    settings = evidence.settings
    horizon = evidence.date + timedelta(settings.training_early_days)
    groups = _mandatory(_due_by(coverage.groups, horizon))
    if not groups:
        return
    red = settings.training_projected_red
    required = settings.training_required
    rate = show_rate(evidence)
    people = sum(group.headcount for group in groups)
    booked = [_booked(evidence, pilot, group) for group in groups]
    expected = (
        min(Fraction(group.headcount), group.trained + Fraction(rate.percent) * bookings / 100)
        for group, bookings in zip(groups, booked, strict=True)
    )
    value = 100 * sum(expected, Fraction(0)) / people
    if any(booked):
        rounded = floor(value)  # what is only expected is never rounded up
        come = "are assumed to come" if rate.assumed else "come"
        rate_text = f"{show_rate_texts(settings, rate)[0]}% of those booked {come}"
        bookings = f"With the {counted(sum(booked), 'person', 'people')} booked"
        forecast = f"{bookings}, {rounded}% of {people:,} will be trained ({rate_text})"
    else:
        rounded = trained_percent(settings, sum(group.trained for group in groups), people)
        forecast = f"Nobody else is booked, so {rounded}% of {people:,} will be trained"
    sentence = f"{forecast}; {required}% are required."
    yield _check(value, rounded, red, required).finding("T2", sentence, _refs(evidence, pilot))


def _booked(evidence: Day, pilot: Pilot, group: Group) -> int:
    """Return how many of a group are booked on sessions to come, by the day they are needed when that is to come."""
    until = date.max
    if group.due is not None and group.due > evidence.date:
        until = group.due
    return booked_by_group(evidence, pilot, until).get(group_key(group.name), 0)


def _first_session(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield T3 or T3a: when the first session was, or will be, against go-live."""
    go_live = pilot.first_real_user_on
    session = first_session(evidence, pilot)
    if go_live is None or session is None:
        return
    lead = (go_live - session.starts_on).days
    least = evidence.settings.training_lead_days
    tense = "was" if session.starts_on <= evidence.date else "is"
    first = f"The first session ({session.ref}) {tense} on {show_date(session.starts_on)}"
    if lead < 0:
        sentence = f"{first}, {counted(-lead, 'day')} after go-live on {show_date(go_live)}."
        yield Finding("T3", RED, sentence, f"{-lead} days after", "before", (session.ref,), hard=True)
        return
    check = at_least(lead, least, " days", figure_texts(lead, least))
    distance = f"{counted(lead, 'day')} before go-live on {show_date(go_live)}"
    sentence = f"{first}, {distance}; at least {check.limit} days are needed."
    yield check.finding("T3a", sentence, (session.ref,))
