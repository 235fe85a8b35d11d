"""What the registers on request say that a board should ask about; nothing where a programme keeps none of them."""

from collections.abc import Iterator
from datetime import date

from tracker.entities import (
    AuditFinding,
    Benefit,
    Contract,
    Entity,
    Incident,
    Iteration,
    Milestone,
    Pilot,
    Stakeholder,
    Supplier,
)
from tracker.fields import earliest, latest
from tracker.rules.apart import standing
from tracker.rules.day import Day, E
from tracker.rules.late import is_late
from tracker.rules.signals.result import AMBER, Finding, Signal, faults, signal_of
from tracker.rules.wording import show_date

NAME = "registers"
LABEL = "Other registers"


def on_request_signal(evidence: Day) -> Signal:
    """Return what the registers on request say together: grey, and without findings, where none of them is kept."""
    rules = {
        Milestone: _milestones,
        Stakeholder: _stakeholders,
        Supplier: _suppliers,
        Contract: _contracts,
        Benefit: _benefits,
        Incident: _incidents,
        AuditFinding: _recommendations,
    }
    findings = [finding for register, rule in rules.items() if evidence.all(register) for finding in rule(evidence)]
    return signal_of(NAME, LABEL, findings)


def _milestones(evidence: Day) -> Iterator[Finding]:
    """Yield which open milestones are forecast later than first planned, and which have passed without being met."""
    milestones = _open(evidence, Milestone)
    planned = [milestone for milestone in milestones if milestone.baseline_on and milestone.forecast_on]
    yield faults(
        "registers.slips",
        planned,
        [milestone for milestone in planned if _slips(milestone)],
        ("milestone is", "milestones are"),
        "forecast later than first planned",
        "No milestone is forecast later than first planned.",
        "no open milestone has a baseline and a forecast",
    )
    forecast = [milestone for milestone in milestones if milestone.forecast_on]
    yield faults(
        "registers.milestones",
        forecast,
        [milestone for milestone in forecast if is_late(evidence, milestone)],
        ("milestone has", "milestones have"),
        "passed without being met",
        "No milestone has passed without being met.",
        "no open milestone has a forecast",
    )


def _slips(milestone: Milestone) -> bool:
    """Return whether the forecast is later than the baseline, whichever days an imprecise one may mean."""
    baseline, forecast = milestone.baseline_on, milestone.forecast_on
    return baseline is not None and forecast is not None and earliest(forecast) > latest(baseline)


def _stakeholders(evidence: Day) -> Iterator[Finding]:
    """Yield who was involved only after the first iteration, or (none recorded) after the pilot began, or not yet."""
    judged = []
    late = []
    for stakeholder in _open(evidence, Stakeholder):
        begun = _begun(evidence, stakeholder.pilot)
        involved = stakeholder.first_involved_on
        silent = involved is None and not _is_missing(evidence, stakeholder, "first_involved_on")
        if begun is None or silent:
            continue
        judged.append(stakeholder)
        if earliest(involved or evidence.date) > begun:
            late.append(stakeholder)
    yield faults(
        "registers.stakeholders",
        judged,
        late,
        ("stakeholder was", "stakeholders were"),
        "involved after the first iteration or the start, or not yet",
        "Every stakeholder was involved by the first iteration or the start.",
        "no stakeholder is recorded of something whose start is known",
    )


def _begun(evidence: Day, pilot: str | None) -> date | None:
    """Return by when people should have been involved: the end of the first iteration, else the day of the start."""
    if pilot is None:
        return evidence.about.start
    ends = [iteration.end for iteration in evidence.of(Iteration, "pilot", pilot)]
    record = evidence.get(Pilot, pilot)
    if record is not None and record.start is not None:
        ends = ends or [record.start]
    return min(map(latest, ends), default=None)


def _suppliers(evidence: Day) -> Iterator[Finding]:
    suppliers = [supplier for supplier in evidence.all(Supplier) if supplier.is_open]
    none = "no supplier is current"
    nouns = ("supplier has", "suppliers have")
    yield faults(
        "registers.policies",
        suppliers,
        [supplier for supplier in suppliers if not supplier.policies],
        nouns,
        "no policy that anybody has seen",
        "Policies of every supplier were seen.",
        none,
    )
    yield faults(
        "registers.checks",
        suppliers,
        [supplier for supplier in suppliers if not supplier.checks or supplier.checked_on is None],
        nouns,
        "no dated check",
        "Every supplier was checked.",
        none,
    )


def _contracts(evidence: Day) -> Iterator[Finding]:
    """Yield each contract that ends before the pilot that needs it goes live, for itself."""
    judged = []
    amber = False
    for contract in _open(evidence, Contract):
        pilot = evidence.get(Pilot, contract.pilot)
        if pilot is None or pilot.first_real_user_on is None or contract.ends_on is None:
            continue
        live = pilot.first_real_user_on
        judged.append(contract)
        if latest(contract.ends_on) < earliest(live):
            amber = True
            ends, goes_live = show_date(contract.ends_on), show_date(live)
            sentence = f"{contract.ref} ends on {ends}, before {pilot.ref} goes live on {goes_live}."
            yield Finding("registers.contracts", AMBER, sentence, ends, goes_live, (contract.ref, pilot.ref))
    if not amber:
        yield faults(
            "registers.contracts",
            judged,
            (),
            ("", ""),
            "",
            "Every contract lasts until its pilot goes live.",
            "no open contract names its end and a pilot with a day on which it goes live",
        )


def _benefits(evidence: Day) -> Iterator[Finding]:
    benefits = _open(evidence, Benefit)
    none = "no benefit is still to come"
    nouns = ("benefit has", "benefits have")
    unowned = [benefit for benefit in benefits if benefit.owner is None and _is_missing(evidence, benefit, "owner")]
    unmeasured = [benefit for benefit in benefits if benefit.metric is None]
    yield faults("registers.owners", benefits, unowned, nouns, "no owner", "Every benefit has an owner.", none)
    yield faults(
        "registers.measures", benefits, unmeasured, nouns, "no metric", "Every benefit is measured by a metric.", none
    )


def _incidents(evidence: Day) -> Iterator[Finding]:
    resolved = [incident for incident in evidence.all(Incident) if incident.has_ended]
    yield faults(
        "registers.lessons",
        resolved,
        [incident for incident in resolved if not incident.lessons],
        ("resolved incident has", "resolved incidents have"),
        "no lesson",
        "Every resolved incident has its lessons.",
        "no incident is resolved",
    )


def _recommendations(evidence: Day) -> Iterator[Finding]:
    findings = _open(evidence, AuditFinding)
    yield faults(
        "registers.recommendations",
        findings,
        [finding for finding in findings if is_late(evidence, finding)],
        ("audit recommendation is", "audit recommendations are"),
        "overdue",
        "No audit recommendation is overdue.",
        "no audit finding is open",
    )


def _open(evidence: Day, register: type[E]) -> list[E]:
    return [record for record in standing(evidence, evidence.all(register)) if record.is_open]


def _is_missing(evidence: Day, record: Entity, field: str) -> bool:
    """Return whether a field without a value lacks it: it is neither withheld nor without a place here."""
    return evidence.nothing(record, field).kind in ("missing", "not_yet_known")
