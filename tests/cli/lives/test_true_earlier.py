"""What is recorded as true of an earlier day says whether what is shown today stays."""

from datetime import date

from shell import Shell


def test_an_earlier_judgement_of_a_risk_says_what_is_shown(shell: Shell) -> None:
    shell.done("risk", "add", "Late", "--likelihood", "2", "--impact", "4")
    shell.day = date(2026, 10, 20)
    shell.done("risk", "set", "R-001", "--likelihood", "3", "--as-at", "2026-10-10")
    assert "What is shown today stays" not in shell.words
    assert shell.json("risk", "show", "R-001")["likelihood"] == 3
    shell.done("risk", "set", "R-001", "--likelihood", "1", "--as-at", "2026-10-05")
    assert "What is shown today stays, for it is true later: Likelihood." in shell.words
    assert shell.json("risk", "show", "R-001")["likelihood"] == 3
