"""A record that is open again carries nothing of its closing, in every register that has one."""

import pytest
from shell import Shell

from tracker.entities import registers

P = ("--pilot", "P-01")
CAUSE = ("--cause", "old data", "--event", "lookups fail", "--consequence", "people wait")
DAY = ("--start", "1 Sep 2026", "--end", "11 Sep 2026")

# By register: what is added, what closes it, what opens it again, and what must be empty then.
CASES = {
    "risk": (
        ("risk", "add", "Lookups fail", *CAUSE),
        ("--status", "closed", "--closing-reason", "expired"),
        ("--status", "open"),
        ("closed_on", "closing_reason"),
    ),
    "action": (
        ("action", "add", "Ask", "--owner", "ana", "--due", "1 Nov 2026"),
        ("--status", "done", "--evidence", "A mail"),
        ("--status", "open"),
        ("done_on", "evidence"),
    ),
    "dropped": (
        ("action", "add", "Ask", "--owner", "ana", "--due", "1 Nov 2026"),
        ("--status", "dropped", "--dropped-reason", "No money"),
        ("--status", "in-progress"),
        ("dropped_reason",),
    ),
    "issue": (
        ("issue", "add", "No screen"),
        ("--status", "resolved", "--resolution", "Bought"),
        ("--status", "open"),
        ("resolved_on", "resolution"),
    ),
    "decision": (
        ("decision", "add", "Scale", "--question", "Scale?", "--options", "Scale; do nothing", "--status", "sought"),
        ("--status", "taken", "--outcome", "rejected", "--decided-by", "Board", "--rationale", "Too early"),
        ("--status", "sought"),
        ("outcome", "decided_on", "decided_by", "rationale"),
    ),
    "gate": (
        ("gate", "add", "Beta", *P),
        ("--outcome", "stopped", "--recommendation", "Stop it"),
        ("--outcome", "pending"),
        ("held_on", "recommendation"),
    ),
    "condition": (
        ("condition", "add", "Measure", "--gate", "G-01"),
        ("--closed-on", "today", "--evidence", "A mail"),
        ("--closed-on", ""),
        ("closed_on", "evidence"),
    ),
    "criterion": (
        ("criterion", "add", "People manage", "--gate", "G-01"),
        ("--result", "not-applicable", "--not-applicable-reason", "No people yet"),
        ("--result", "not-assessed"),
        ("not_applicable_reason",),
    ),
    "compliance": (
        ("compliance", "add", "dpia", *P),
        ("--status", "signed-off", "--signed-off-on", "1 Sep 2026", "--signed-off-by", "The officer"),
        ("--status", "in-progress"),
        ("signed_off_on", "signed_off_by"),
    ),
    "needless": (
        ("compliance", "add", "dpia", *P),
        ("--status", "not-needed", "--not-needed-reason", "No data"),
        ("--status", "in-progress"),
        ("not_needed_reason",),
    ),
    "feedback": (
        ("feedback", "add", "Too long", *P),
        ("--response", "wont-do", "--response-reason", "The law says so", "--loop-closed-on", "today"),
        ("--response", "none"),
        ("response_reason", "loop_closed_on"),
    ),
    "integration": (
        ("integration", "add", "Address", "--provider", "S-01", "--other-party", "Land registry"),
        ("--status", "retired", "--live-on", "1 Sep 2026", "--retired-on", "20 Sep 2026"),
        ("--status", "planned"),
        ("live_on", "retired_on"),
    ),
    "pilot": (
        ("pilot", "add", "Parking", "--phase", "alpha"),
        ("--phase", "stopped", "--outcome", "stopped", "--actual-end", "20 Sep 2026"),
        ("--phase", "alpha"),
        ("actual_end",),
    ),
    "milestone": (
        ("milestone", "add", "Old form off", "--baseline-on", "1 Sep 2026"),
        ("--status", "met"),
        ("--status", "planned"),
        ("actual_on",),
    ),
    "dropped milestone": (
        ("milestone", "add", "Old form off", "--baseline-on", "1 Sep 2026"),
        ("--status", "dropped", "--dropped-reason", "No money"),
        ("--status", "planned"),
        ("dropped_reason",),
    ),
    "benefit": (
        ("benefit", "add", "Fewer calls", "--kind", "economic"),
        ("--status", "dropped", "--dropped-reason", "No money"),
        ("--status", "expected"),
        ("dropped_reason",),
    ),
    "finding": (
        ("finding", "add", "No owner", "--audit", "AU-001"),
        ("--status", "closed", "--evidence", "A mail"),
        ("--status", "open"),
        ("closed_on", "evidence"),
    ),
    "incident": (
        ("incident", "add", "It failed"),
        ("--status", "resolved", "--restored-on", "today"),
        ("--status", "open"),
        ("restored_on", "resolved_on"),
    ),
    "assumption": (
        ("assumption", "add", "Callers have smartphones"),
        ("--status", "disproved"),
        ("--status", "open"),
        ("validated_on",),
    ),
    "dependency": (
        ("dependency", "add", "Address look-up"),
        ("--status", "met", "--agreed-on", "today"),
        ("--status", "open"),
        ("agreed_on", "met_on"),
    ),
    "person": (
        ("person", "add", "Data lead"),
        ("--left-on", "20 Sep 2026"),
        ("--active", "yes"),
        ("left_on",),
    ),
}


@pytest.fixture
def begun(shell: Shell) -> Shell:
    shell.done("pilot", "add", "Blue badges", "--phase", "alpha")
    shell.done("gate", "add", "Alpha", *P)
    shell.done("service", "add", "Badges")
    shell.done("audit", "add", "Review")
    return shell


@pytest.mark.parametrize("case", CASES)
def test_what_is_open_again_carries_nothing_of_its_closing(begun: Shell, case: str) -> None:
    added, closed, opened, empty = CASES[case]
    kind, ref = added[0], begun.done(*added).strip()
    before = begun.json(kind, "show", ref)
    begun.done(kind, "set", ref, *closed, "--reason", "It was agreed")
    ended = begun.json(kind, "show", ref)
    assert all(ended[name] for name in empty)
    begun.done(kind, "set", ref, *opened, "--reason", "It was not so")
    again = begun.json(kind, "show", ref)
    assert {name: again[name] for name in empty} == dict.fromkeys(empty)
    assert again.get("outcome", "none") == before.get("outcome", "none")
    assert "taken out; the history keeps what was there." in _said_again(begun, kind, ref, opened)


def _said_again(shell: Shell, kind: str, ref: str, opened: tuple[str, ...]) -> str:
    shell.done("undo")
    shell.done(kind, "set", ref, *opened, "--reason", "It was not so")
    return shell.words


def test_every_register_with_a_closing_was_tried() -> None:
    """A law holds what belongs to the end of a record; board attendees have a deputy, which is no closing."""
    tried = {CASES[case][0][0] for case in CASES}
    assert {register.kind for register in registers() if register.closings} - tried == {"attendee"}


@pytest.mark.parametrize(
    ("kind", "option", "value"),
    [
        ("risk", "--closed-on", "today"),
        ("risk", "--closing-reason", "expired"),
        ("action", "--done-on", "today"),
        ("action", "--dropped-reason", "No money"),
        ("issue", "--resolved-on", "today"),
        ("decision", "--outcome", "rejected"),
        ("decision", "--decided-on", "today"),
        ("gate", "--held-on", "today"),
        ("compliance", "--signed-off-on", "today"),
    ],
)
def test_what_is_open_is_given_no_closing(begun: Shell, kind: str, option: str, value: str) -> None:
    ref = begun.done(*CASES[kind][0]).strip()
    assert "or leave it empty" in begun.refused(1, kind, "set", ref, option, value)


def test_a_duplicate_names_of_which(begun: Shell) -> None:
    for title in ("Lookups fail", "Address lookups fail", "Rain"):
        begun.done("risk", "add", title, *CAUSE)
    close = ("--status", "closed", "--closing-reason", "duplicate")
    assert "Duplicate of is needed" in begun.refused(1, "risk", "set", "R-002", *close)
    assert "R-002 is this risk itself" in begun.refused(1, "risk", "set", "R-002", *close, "--duplicate-of", "R-002")
    begun.done("risk", "set", "R-002", *close, "--duplicate-of", "R-001")
    assert "R-001 Lookups fail" in begun.done("risk", "show", "R-002")
    assert "R-002 (duplicate of)" in begun.done("risk", "show", "R-001")
    words = begun.refused(1, "risk", "set", "R-001", *close, "--duplicate-of", "R-002")
    assert "R-002 is a duplicate of this risk" in words
    begun.done("risk", "set", "R-003", *close, "--duplicate-of", "R-002")
    assert "R-002 is closed as a duplicate of R-001" in begun.words
    assert begun.refused(1, "risk", "set", "R-003", "--closing-reason", "expired", "--duplicate-of", "R-001")
    begun.done("risk", "set", "R-002", "--status", "open")
    assert begun.json("risk", "show", "R-002")["duplicate_of"] is None
