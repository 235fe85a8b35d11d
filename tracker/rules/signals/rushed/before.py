"""What was left undone before real users came: a baseline, testing, approvals, research."""

from tracker.entities import ComplianceItem, Iteration, Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, at_least, figure_texts, refs_of
from tracker.rules.signals.rushed.rule import NONE, Outcome
from tracker.rules.signals.rushed.samples import baselines, target_metrics
from tracker.rules.signals.stage import has_real_users, is_past
from tracker.rules.totals import gap
from tracker.rules.wording import counted, listed, optional, show_date, upper_first, verb


def baseline(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP4: whether any target metric was measured before real users came."""
    go_live = pilot.first_real_user_on
    if go_live is None:
        return NONE
    metrics = target_metrics(evidence, pilot)
    refs = refs_of(metrics) or (pilot.ref,)
    measured = {metric.ref: baselines(evidence, metric, go_live) for metric in metrics}
    without = [metric for metric in metrics if not measured[metric.ref]]
    missing = optional("the baseline of ", listed(refs_of(without)))
    names = listed(f"{metric.ref} {metric.name}" for metric in without)
    if len(without) < len(metrics):
        first = next(metric for metric in metrics if measured[metric.ref])
        period_end = measured[first.ref][-1].period_end
        fact = f"{first.name} was measured before go-live, up to {show_date(period_end)}"
        sentence = f"{fact}{optional('; not so ', names)}."
        return Outcome(Finding("RP4", GREEN, sentence, records=refs, hard=True), missing)
    missing = missing or "a metric with a target, and its baseline"
    if not has_real_users(evidence, pilot):
        sentence = f"No baseline is measured yet; it must be before {show_date(go_live)}."
        return Outcome(Finding("RP4", GREY, sentence, records=refs, hard=True), missing)
    subject = optional("No baseline of ", names) or "No metric with a target, and so no baseline,"
    sentence = f"{subject} was measured before real users came on {show_date(go_live)}, so no effect can be shown."
    return Outcome(Finding("RP4", RED, sentence, "none", "1 or more", refs, hard=True), missing)


def tested(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP5: how many users it was tested with before go-live, as recorded or by its iterations."""
    if pilot.first_real_user_on is None:
        return NONE
    users = pilot.users_tested
    refs = refs_of([pilot])
    if users is None:
        before = _before(evidence, pilot)
        researched = [iteration for iteration in before if iteration.users_researched is not None]
        if not researched:
            tested = gap(evidence, pilot, "users_tested", "how many users it was tested with")
            return NONE._replace(missing=listed(tested))
        users = sum(iteration.users_researched or 0 for iteration in researched)
        refs = refs_of(researched)
    least = evidence.settings.users_tested_least
    level = AMBER if has_real_users(evidence, pilot) else GREY
    check = at_least(users, least, texts=(f"{users:,}", f"{least:,}"), below=level)
    sentence = f"It was tested with {counted(users, 'user')} before go-live; at least {least} are needed."
    return Outcome(check.finding("RP5", sentence, refs))


def approvals(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP6: whether the DPIA is signed off (where personal data is used) and security is approved."""
    items: dict[str, ComplianceItem] = {item.item_kind: item for item in evidence.of_pilot(ComplianceItem, pilot)}
    needed = _needed(pilot)
    states = {name: _state(items.get(name)) for name in needed if not _is_settled(items.get(name))}
    missing = listed(f"a record of {needed[name]}" for name in states if name not in items)
    refs = (pilot.ref, *(items[name].ref for name in needed if name in items))
    if not states:
        names = upper_first(listed(needed.values()))
        sentence = f"{names} {verb(len(needed))} signed off, or not needed."
        return Outcome(Finding("RP6", GREEN, sentence, records=refs, hard=True))
    gaps = listed(f"{needed[name]} is not signed off ({state})" for name, state in states.items())
    go_live = pilot.first_real_user_on
    if not is_past(go_live, evidence.date):
        sentence = f"{upper_first(gaps)}; it must be before real users come."
        return Outcome(Finding("RP6", GREY, sentence, records=refs, hard=True), missing)
    sentence = f"Real users have used it since {show_date(go_live)}, and {gaps}."
    if pilot.personal_data == "unknown":
        sentence += " Whether it uses personal data is not recorded."
    return Outcome(Finding("RP6", RED, sentence, listed(states.values()), "signed off", refs, hard=True), missing)


def refused_approvals(evidence: Day, pilot: Pilot) -> str:
    """Return that real users use it while an approval is recorded as not given; empty where none is recorded so.

    What nobody recorded is a reason to ask, and none to pause.
    """
    go_live = pilot.first_real_user_on
    if not is_past(go_live, evidence.date):
        return ""
    recorded = [item for item in evidence.of_pilot(ComplianceItem, pilot) if item.item_kind in _needed(pilot)]
    gaps = listed(
        f"{_needed(pilot)[item.item_kind]} is not signed off ({_state(item)})"
        for item in recorded
        if not _is_settled(item)
    )
    return optional(f"Real users have used it since {show_date(go_live)}, and ", gaps, ".")


def _needed(pilot: Pilot) -> dict[str, str]:
    """Return the approvals that a pilot needs before real users come, by the kind of their record."""
    needed = {"dpia": "the DPIA", "security": "the security approval"}
    if pilot.personal_data == "none":
        del needed["dpia"]
    return needed


def _is_settled(item: ComplianceItem | None) -> bool:
    return item is not None and item.has_ended


def _state(item: ComplianceItem | None) -> str:
    return humanise(item.status).lower() if item is not None else "not recorded"


def iterations(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP8: the closed iterations with research that ended by go-live."""
    if not has_real_users(evidence, pilot):
        return NONE
    good = [
        iteration
        for iteration in _before(evidence, pilot)
        if iteration.goal_result != "open" and (iteration.users_researched or 0) > 0
    ]
    number = len(good)
    least = evidence.settings.iterations_before_live
    check = at_least(number, least, texts=figure_texts(number, least))
    sentence = f"{counted(number, 'closed iteration')} with user research before go-live; {least} are needed."
    return Outcome(check.finding("RP8", sentence, refs_of(good) or (pilot.ref,)))


def _before(evidence: Day, pilot: Pilot) -> list[Iteration]:
    """Return the iterations of a pilot that ended by its go-live."""
    go_live = pilot.first_real_user_on
    if go_live is None:
        return []
    until = min(go_live, evidence.date)
    return [iteration for iteration in evidence.of_pilot(Iteration, pilot) if iteration.end and iteration.end <= until]
