"""What was left undone before real users came: gate evidence, a baseline, testing, approvals, research."""

from typing import Any

from tracker.entities.compliance import ComplianceItem
from tracker.entities.iteration import Iteration
from tracker.entities.pilot import Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.signals.gates import Share, added_late, gates_to_users, mandatory_evidenced
from tracker.rules.signals.judging import figures, has_real_users, is_past
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, is_borderline
from tracker.rules.signals.rushed.samples import baselines, target_metrics
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed, percent

Told = tuple[Finding | None, str]
MOST = 4  # refs named in a sentence


def evidenced(evidence: Day, pilot: Pilot) -> Told:
    """Return RP2: the mandatory criteria evidenced at the gates that let the pilot to real users, the worst of them."""
    gates = gates_to_users(evidence, pilot)
    shares = [share for gate in gates if (share := mandatory_evidenced(evidence, gate)).whole]
    if not shares:
        refs = tuple(gate.ref for gate in gates) or (pilot.ref,)
        missing = f"the mandatory criteria of {listed(refs)}" if gates else "the gate that let it to real users"
        return Finding("RP2", GREY, "No gate with mandatory criteria let it to real users.", records=refs), missing
    worst = min(shares, key=lambda share: share.part / share.whole)
    value = f"{percent(worst.part, worst.whole)} %"
    if worst.part == worst.whole:
        refs = tuple(share.gate.ref for share in shares)
        asked = counted(sum(share.whole for share in shares), "mandatory criterion", "mandatory criteria")
        sentence = f"The {asked} of {listed(refs)}: all met with evidence, or not applicable."
        return Finding("RP2", GREEN, sentence, value, "100 %", refs, hard=True), ""
    sentence = (
        f"The gate {worst.gate.ref} “{worst.gate.name}” was passed ({worst.gate.outcome}) with {worst.part} of "
        f"{worst.whole} mandatory criteria evidenced ({value}); open: {listed(worst.refs, MOST)}."
    )
    near = is_borderline(worst.part / worst.whole, 1)
    return Finding("RP2", RED, sentence, value, "100 %", (worst.gate.ref, *worst.refs), near, hard=True), ""


def late_evidence(evidence: Day, pilot: Pilot) -> Told:
    """Return RP3: the evidence added in the last working days up to and including the gate, the worst of the gates."""
    days, most = evidence.settings.late_evidence_days, evidence.settings.late_evidence_percent
    shares = [share for gate in gates_to_users(evidence, pilot) if (share := added_late(evidence, gate, days)).whole]
    if not shares:
        return None, "the days on which the evidence of its gates was added"
    worst = max(shares, key=lambda share: share.part / share.whole)
    late = worst.part * 100 > most * worst.whole
    held_on = worst.gate.held_on or evidence.date
    value = f"{percent(worst.part, worst.whole, most)} %" if not late else f"{_above(worst, most)} %"
    sentence = (
        f"{worst.part} of {worst.whole} pieces of evidence ({value}) for {worst.gate.ref} “{worst.gate.name}” were "
        f"added in the last {counted(days, 'working day')} up to the gate on {show_date(held_on)}."
    )
    level, near = AMBER if late else GREEN, is_borderline(100 * worst.part / worst.whole, most)
    return Finding("RP3", level, sentence, value, f"{most} %", (worst.gate.ref, *worst.refs), near), ""


def _above(share: Share, edge: int) -> int:
    """Return the share in per cent, rounded, but never down onto an edge that it is above."""
    rounded = percent(share.part, share.whole)
    return edge + 1 if rounded == edge else rounded


def baseline(evidence: Day, pilot: Pilot) -> Told:
    """Return RP4: whether any target metric was measured before real users came."""
    live = pilot.first_real_user_on
    if live is None:
        return None, ""
    metrics = target_metrics(evidence, pilot)
    refs = tuple(one.ref for one in metrics) or (pilot.ref,)
    without = [one for one in metrics if not baselines(evidence, one, live)]
    missing = f"the baseline of {listed(one.ref for one in without)}" if without else ""
    if len(without) < len(metrics):
        first = next(one for one in metrics if one not in without)
        before = baselines(evidence, first, live)[-1]
        told = f"{first.name} was measured before go-live, up to {show_date(before.period_end)}"
        more = f"; not so {listed(f'{one.ref} {one.name}' for one in without)}" if without else ""
        return Finding("RP4", GREEN, f"{told}{more}.", records=refs, hard=True), missing
    missing = missing or "a metric with a target, and its baseline"
    if not has_real_users(evidence, pilot):
        sentence = f"No baseline is measured yet; it must be before {show_date(live)}."
        return Finding("RP4", GREY, sentence, records=refs, hard=True), missing
    what = listed(f"{one.ref} {one.name}" for one in metrics)
    what = f"No baseline of {what}" if metrics else "No metric with a target, and so no baseline,"
    sentence = f"{what} was measured before real users came on {show_date(live)}, so no effect can be shown."
    return Finding("RP4", RED, sentence, "none", "1 or more", refs, hard=True), missing


def tested(evidence: Day, pilot: Pilot) -> Told:
    """Return RP5: how many users it was tested with before go-live, as recorded or by its iterations."""
    if pilot.first_real_user_on is None:
        return None, ""
    n = pilot.users_tested
    before = _before(evidence, pilot)
    refs: tuple[str, ...] = (pilot.ref,)
    if n is None:
        known = [one for one in before if one.users_researched is not None]
        if not known:
            return None, "how many users it was tested with"
        n, refs = sum(one.users_researched for one in known), tuple(one.ref for one in known)
    least = evidence.settings.users_tested_least
    level = GREEN if n >= least else AMBER if has_real_users(evidence, pilot) else GREY
    sentence = f"It was tested with {counted(n, 'user')} before go-live; at least {least} are needed."
    near = is_borderline(n, least)
    return Finding("RP5", level, sentence, f"{n:,}", f"{least:,}", refs, near), ""


def approvals(evidence: Day, pilot: Pilot) -> Told:
    """Return RP6: whether the DPIA is signed off (where personal data is used) and security is approved."""
    items = {one.item_kind: one for one in evidence.of(ComplianceItem, "pilot", pilot.uid)}
    asked = {"security": "the security approval"}
    if pilot.personal_data != "none":
        asked = {"dpia": "the DPIA", **asked}
    still = {name: words for name, words in asked.items() if name not in items or items[name].is_open}
    missing = listed(f"a record of {words}" for name, words in still.items() if name not in items)
    refs = (pilot.ref, *(items[name].ref for name in asked if name in items))
    if not still:
        need = listed(asked.values()).replace("the ", "The ", 1)
        verb = "are" if len(asked) > 1 else "is"
        return Finding("RP6", GREEN, f"{need} {verb} signed off, or not needed.", records=refs, hard=True), ""
    states = {name: humanise(items[name].status).lower() if name in items else "not recorded" for name in still}
    told = listed(f"{words} is not signed off ({states[name]})" for name, words in still.items())
    go_live = pilot.first_real_user_on
    if not is_past(go_live, evidence.date):
        sentence = f"{told[0].upper()}{told[1:]}; it must be before real users come."
        return Finding("RP6", GREY, sentence, records=refs, hard=True), missing
    doubt = " Whether it uses personal data is not recorded." if pilot.personal_data == "unknown" else ""
    sentence = f"Real users have used it since {show_date(go_live)}, and {told}.{doubt}"
    return Finding("RP6", RED, sentence, listed(states.values()), "signed off", refs, hard=True), missing


def iterations(evidence: Day, pilot: Pilot) -> Told:
    """Return RP8: the closed iterations with research that ended by go-live."""
    if not has_real_users(evidence, pilot):
        return None, ""
    good = [one for one in _before(evidence, pilot) if one.goal_result != "open" and (one.users_researched or 0) > 0]
    least = evidence.settings.iterations_before_live
    value, threshold = figures(len(good), least)
    sentence = f"{counted(len(good), 'closed iteration')} with user research before go-live; {least} are needed."
    level, near = AMBER if len(good) < least else GREEN, is_borderline(len(good), least)
    return Finding("RP8", level, sentence, value, threshold, tuple(o.ref for o in good) or (pilot.ref,), near), ""


def _before(evidence: Day, pilot: Pilot) -> list[Any]:
    """Return the iterations of a pilot that ended by its go-live."""
    live = pilot.first_real_user_on
    some = evidence.of(Iteration, "pilot", pilot.uid)
    return [one for one in some if live is not None and one.end <= min(live, evidence.date)]
