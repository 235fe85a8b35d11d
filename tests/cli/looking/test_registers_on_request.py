"""Registers on request: absent until they are used, and there at once for whoever uses them."""

from shell import Shell

from tracker.entities import registers

ON_REQUEST = [register for register in registers() if register.on_request]


def test_a_register_is_absent_from_help_until_its_first_record(shell: Shell) -> None:
    assert "\n  benefit " not in shell.done("--help")
    shell.done("benefit", "add", "Fewer calls", "--kind", "cash-releasing")
    told = shell.done("--help")
    assert "\n  benefit " in told and "\n  figure " in told  # a part comes with what it is of
    assert "\n  contract " not in told
    shell.done("benefit", "remove", "BN-001", "--reason", "Entered twice")
    assert "\n  benefit " in shell.done("--help")  # it can be brought back


def test_a_setting_shows_a_register_before_its_first_record(shell: Shell) -> None:
    shell.done("register", "on", "contract", "Supplier")
    assert "\n  contract " in shell.done("--help") and "\n  supplier " in shell.done("--help")
    shell.done("register", "off", "supplier")
    assert "\n  supplier " not in shell.done("--help")
    shell.done("undo")
    listed = {entry["kind"]: entry for entry in shell.json("register", "list")}
    assert [kind for kind, entry in listed.items() if entry["shown"]] == ["supplier", "contract"]
    assert list(listed) == [register.kind for register in ON_REQUEST]
    assert {entry["records"] for entry in listed.values()} == {0}


def test_what_cannot_be_shown_or_hidden_is_refused(shell: Shell) -> None:
    assert "“risk” is not shown on request." in shell.refused(1, "register", "on", "risk")
    assert "Did you mean “benefit”?" in shell.refused(1, "register", "on", "benifit")
    assert "is not shown on request" in shell.refused(
        1, "settings", "set", "registers_shown", "risk", "--reason", "Why not"
    )
    shell.done("incident", "add", "It failed")
    assert "There are incidents, or were" in shell.refused(1, "register", "off", "incident")


def test_every_register_on_request_is_named_by_the_command_that_lists_them(shell: Shell) -> None:
    told = shell.done("register", "list")
    assert all(f"\n{register.kind}\t" in told for register in ON_REQUEST)


def test_papers_say_nothing_of_registers_that_nobody_uses(shell: Shell) -> None:
    assert "Other registers" not in shell.done("report", "pack") + shell.done("report", "summary")
    shell.done("benefit", "add", "Fewer calls", "--kind", "cash-releasing")
    pack, summary = shell.done("report", "pack"), shell.done("report", "summary")
    assert "1 benefit open" in pack and "takeholder" not in pack.split("Annex B")[0]
    assert "Other registers: 2 concerns, in the pack." in " ".join(summary.split())
    for words in ("1 benefit has no owner: BN-001.", "Suppliers"):
        assert (words in shell.done("signals")) == (words != "Suppliers")


def test_days_are_in_order_and_follow_the_state(shell: Shell) -> None:
    shell.done("incident", "add", "It failed", "--detected-on", "2026-09-20")
    refused = shell.refused(1, "incident", "set", "INC-001", "--status", "resolved", "--resolved-on", "2026-09-19")
    assert "Detected on (2026-09-20) is after resolved on (2026-09-19)" in refused
    shell.done("incident", "set", "INC-001", "--status", "resolved")
    assert shell.json("incident", "show", "INC-001")["resolved_on"] == "2026-10-01"
    shell.done("milestone", "add", "Old form off", "--baseline-on", "2026-09-20")
    assert shell.json("milestone", "show", "MS-001")["forecast_on"] == "2026-09-20"


def test_what_is_late_is_late_everywhere(shell: Shell) -> None:
    shell.done("milestone", "add", "Old form off", "--baseline-on", "2026-09-20")
    shell.done("assumption", "add", "Callers have smartphones", "--validate-by", "2026-09-20")
    shell.done("dependency", "add", "Address look-up", "--needed-by", "2026-09-20")
    shell.done("contract", "add", "Forms platform", "--ends-on", "2026-09-20")
    shell.done("audit", "add", "Review")
    shell.done("finding", "add", "No owner", "--audit", "AU-001", "--due", "2026-09-20")
    shell.done("supplier", "add", "Brindle", "--check-by", "2026-09-20")
    assert sorted(entry["ref"] for entry in shell.json("due")) == [
        "AF-001",
        "AS-001",
        "CT-001",
        "DP-001",
        "MS-001",
        "SU-001",
    ]
    assert "6 late" in shell.done("report", "summary")


def test_an_incident_keeps_the_stated_duration_beside_its_times(shell: Shell) -> None:
    day = ["--detected-on", "2026-09-20", "--restored-on", "2026-09-20", "--status", "restored"]
    times = [*day, "--detected-at", "09:20", "--restored-at", "11:00"]
    shell.done("incident", "add", "It failed", *times, "--stated-duration", "1 h")
    assert "The times say 1 h 40 min, and 1 h is stated; both are kept." in shell.words
    shell.done("incident", "add", "It failed too", *times, "--stated-duration", "100 min")
    assert "is stated" not in shell.words
    refused = shell.refused(1, "incident", "add", "It fails", *day, "--detected-at", "11:00", "--restored-at", "09:20")
    assert "restored before it was detected" in refused


def test_what_was_looked_at_names_the_registers_that_are_used(shell: Shell) -> None:
    shell.done("due")
    assert "milestones" not in shell.words
    shell.done("register", "on", "milestone")
    shell.done("due")
    assert "milestones" in shell.words and "assumptions" not in shell.words
