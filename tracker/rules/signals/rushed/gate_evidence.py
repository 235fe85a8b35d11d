"""The evidence of the gates that let a pilot to real users: how much of what they asked, and how late it came."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from tracker.entities import Gate, GateCriterion
from tracker.entities.pilot import STAGES_WITH_USERS, Pilot
from tracker.rules.day import Day
from tracker.rules.gates import LETS_THROUGH, settled
from tracker.rules.signals.result import GREEN, GREY, RED, Finding, at_most, is_borderline, refs_of
from tracker.rules.signals.rushed.rule import NONE, Outcome
from tracker.rules.signals.stage import is_past
from tracker.rules.wording import counted, listed, percent, show_date

SATURDAY = 5
NAMED = 4  # refs named in a sentence


class Share(NamedTuple):
    """So many of so many criteria of a gate; ``refs`` are the ones the rule is about."""

    gate: Gate
    part: int
    total: int
    refs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The gate by its ref and its name."""
        return f"{self.gate.ref} “{self.gate.name}”"

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.part / self.total


def evidenced(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP2: the mandatory criteria evidenced at the gates that let the pilot to real users, the worst of them."""
    gates = gates_to_users(evidence, pilot)
    shares = [share for gate in gates if (share := mandatory_evidenced(evidence, gate)).total]
    if not shares:
        missing = "the gate that let it to real users"
        if gates:
            missing = f"the mandatory criteria of {listed(refs_of(gates))}"
        refs = refs_of(gates) or (pilot.ref,)
        return Outcome(
            Finding("RP2", GREY, "No gate with mandatory criteria let it to real users.", records=refs), missing
        )
    worst = min(shares, key=lambda share: share.value)
    value = f"{percent(worst.part, worst.total)}%"
    if worst.part == worst.total:
        refs = refs_of(share.gate for share in shares)
        criteria = counted(sum(share.total for share in shares), "mandatory criterion", "mandatory criteria")
        sentence = f"The {criteria} of {listed(refs)}: all met with evidence, or not applicable."
        return Outcome(Finding("RP2", GREEN, sentence, value, "100%", refs, hard=True))
    sentence = (
        f"The gate {worst.name} was passed ({worst.gate.outcome}) with {worst.part} of {worst.total} mandatory "
        f"criteria evidenced ({value}); open: {listed(worst.refs, NAMED)}."
    )
    near = is_borderline(worst.value, 1)
    return Outcome(Finding("RP2", RED, sentence, value, "100%", (worst.gate.ref, *worst.refs), near, hard=True))


def late_evidence(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP3: the evidence added in the last working days up to and including the gate, the worst of the gates."""
    days = evidence.settings.late_evidence_days
    limit = evidence.settings.late_evidence_percent
    shares = [share for gate in gates_to_users(evidence, pilot) if (share := added_late(evidence, gate, days)).total]
    if not shares:
        return NONE._replace(missing="the days on which the evidence of its gates was added")
    worst = max(shares, key=lambda share: share.value)
    held_on = worst.gate.held_on or evidence.date
    value = percent(worst.part, worst.total, limit)
    if worst.part * 100 > limit * worst.total:
        value = percent(worst.part, worst.total)
        if value == limit:
            value += 1  # never rounded down onto a threshold that it is above
    sentence = (
        f"{worst.part} of {worst.total} pieces of evidence ({value}%) for {worst.name} were added in the last "
        f"{counted(days, 'working day')} up to the gate on {show_date(held_on)}."
    )
    late = Fraction(100 * worst.part, worst.total)
    check = at_most(late, limit, "%", (f"{value}", f"{limit}"))
    return Outcome(check.finding("RP3", sentence, (worst.gate.ref, *worst.refs)))


def gates_to_users(evidence: Day, pilot: Pilot) -> list[Gate]:
    """Return the gates that let a pilot to real users and those after it, if passed (green or amber); oldest first.

    That is a gate that opens private beta or a later phase, or one that opens no phase and was held from go-live on.
    Of two gates for the same phase the newer one counts: a gate can be held again.
    """
    gates: dict[str, Gate] = {}
    for gate in sorted(evidence.of_pilot(Gate, pilot), key=lambda gate: gate.held_on or date.max):
        if not is_past(gate.held_on, evidence.date) or gate.outcome not in LETS_THROUGH:
            continue
        if _is_to_users(gate, gate.held_on, pilot.first_real_user_on):
            key = gate.opens_phase or gate.uid
            gates.pop(key, None)
            gates[key] = gate
    return list(gates.values())


def _is_to_users(gate: Gate, held_on: date, go_live: date | None) -> bool:
    if gate.opens_phase is not None:
        return gate.opens_phase in STAGES_WITH_USERS
    return is_past(go_live, held_on)


def mandatory_evidenced(evidence: Day, gate: Gate) -> Share:
    """Return how many mandatory criteria are met with evidence or do not apply; ``refs`` are those that are not.

    The day on which the evidence was added does not count here: of a gate entered afterwards it says nothing.
    """
    criteria = [criterion for criterion in evidence.of(GateCriterion, "gate", gate.uid) if criterion.mandatory]
    not_settled = refs_of(criterion for criterion in criteria if not settled(criterion))
    return Share(gate, len(criteria) - len(not_settled), len(criteria), not_settled)


def added_late(evidence: Day, gate: Gate, days: int) -> Share:
    """Return how many pieces of a gate's evidence came in its last working days, of all that came by then.

    A piece is the evidence of one criterion, mandatory or not, with the day on which it was added; one without a day,
    or added after the gate, is left out.
    """
    if gate.held_on is None:
        return Share(gate, 0, 0, ())
    first = last_working_days(gate.held_on, days)
    pieces = [
        (criterion.ref, criterion.evidence_added_on)
        for criterion in evidence.of(GateCriterion, "gate", gate.uid)
        if criterion.evidence and is_past(criterion.evidence_added_on, gate.held_on)
    ]
    late = tuple(ref for ref, added_on in pieces if added_on >= first)
    return Share(gate, len(late), len(pieces), late)


def last_working_days(day: date, days: int) -> date:
    """Return the first of the last working days up to and including a day; ``days`` is 1 or more.

    Saturday and Sunday are no working days: the last two up to a Friday are Thursday and Friday, and up to a Monday
    they are Friday and Monday (with the weekend between them).
    """
    remaining = days
    while True:
        remaining -= day.weekday() < SATURDAY
        if not remaining:
            return day
        day -= timedelta(1)
