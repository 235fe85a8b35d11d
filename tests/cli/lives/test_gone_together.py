"""What was removed or closed with a record is said, and comes back with it in one command."""

import pytest
from shell import Shell, prepared

OF_PILOT = ("--pilot", "P-01")
CAUSE = ("--cause", "old data", "--event", "lookups fail", "--consequence", "people wait")


@prepared
def busy(shell: Shell) -> None:
    """A pilot with a risk, an action, and a metric that has been measured."""
    shell.done("pilot", "add", "Blue badges")
    shell.done("risk", "add", "Lookups fail", *OF_PILOT, *CAUSE)
    shell.done("action", "add", "Ask", *OF_PILOT, "--owner", "me", "--due", "1 Dec 2026")
    kind = ("--kind", "mean", "--unit", "days", "--better", "down", "--definition", "Working days")
    shell.done("metric", "add", "Days", *OF_PILOT, *kind)
    period = ("--period-start", "2026-08-01", "--period-end", "2026-08-31")
    shell.done("measurement", "add", "M-01", "--phase", "baseline", *period, "--n", "9", "--mean", "4", "--sd", "1")


@pytest.fixture
def removed(busy: Shell) -> Shell:
    busy.done("pilot", "remove", "P-01", "--reason", "Entered twice", "--with")
    assert "“tracker pilot restore P-01 --with”" in busy.words
    return busy


def there(shell: Shell, kind: str) -> list[str]:
    return [record["ref"] for record in shell.json(kind, "list")]


def test_all_that_went_with_a_record_comes_back_with_it(removed: Shell) -> None:
    removed.done("pilot", "restore", "P-01", "--with")
    kinds = ("pilot", "risk", "action", "metric", "measurement")
    assert [len(there(removed, kind)) for kind in kinds] == [1, 1, 1, 1, 1]
    assert removed.json("action", "show", "A-001")["status"] == "open"
    removed.done("undo")
    assert there(removed, "pilot") == there(removed, "measurement") == []


def test_what_stays_gone_is_said_and_can_still_come_back(removed: Shell) -> None:
    removed.done("pilot", "restore", "P-01")
    for ref in ("R-001", "M-01", "ME-001"):
        assert ref in removed.words
    assert "“tracker pilot restore P-01 --with” brings it all back" in removed.words
    removed.done("pilot", "restore", "P-01", "--with")
    assert there(removed, "measurement") == ["ME-001"]
    assert "nothing to bring back" in removed.refused(1, "pilot", "restore", "P-01", "--with")


def test_risks_of_a_stopped_pilot_are_not_called_expired(busy: Shell) -> None:
    busy.done("pilot", "set", "P-01", "--phase", "stopped", "--reason", "The board stopped it", "--with")
    assert busy.json("risk", "show", "R-001")["closing_reason"] == "avoided"


def test_a_pilot_that_goes_on_says_what_was_closed_with_it(busy: Shell) -> None:
    before = busy.json("pilot", "show", "P-01")["phase"]
    busy.done("pilot", "set", "P-01", "--phase", "stopped", "--reason", "The board stopped it", "--with")
    busy.done("risk", "set", "R-001", "--status", "open")
    busy.done("pilot", "set", "P-01", "--phase", before or "alpha", "--reason", "It goes on after all")
    assert "A-001 (closed with it)" in busy.words
    assert "R-001" not in busy.words


@pytest.mark.parametrize(
    ("kind", "ref", "parent"),
    [("risk", "R-001", "pilot P-01"), ("action", "A-001", "pilot P-01"), ("measurement", "ME-001", "metric M-01")],
)
def test_what_comes_back_under_something_removed_says_so_and_how_both_come_back(
    busy: Shell, kind: str, ref: str, parent: str
) -> None:
    said = f"{ref} belongs to {parent.split()[1]}, which is removed."
    busy.done(kind, "remove", ref, "--reason", "Entered twice")
    busy.done("pilot", "remove", "P-01", "--reason", "Entered twice", "--with")
    busy.done(kind, "restore", ref)
    assert said in busy.words
    assert f"“tracker {parent.replace(' ', ' restore ')} --with” brings back that" in busy.words
    busy.done("undo")
    assert said not in busy.words
    busy.done("redo")
    assert said in busy.words
    for words in (("pilot", "restore", "P-01", "--with"), ("undo",)):
        busy.done(*words)
        assert (said in busy.words) == (words == ("undo",))  # it was there before, and is left alone again


def test_undoing_the_removal_of_a_child_says_that_its_parent_is_removed(busy: Shell) -> None:
    busy.done("risk", "remove", "R-001", "--reason", "Entered twice")
    change = max(entry["change"] for entry in busy.json("history", "R-001"))
    busy.done("pilot", "remove", "P-01", "--reason", "Entered twice", "--with")
    busy.done("undo", str(change))
    assert "R-001 belongs to P-01, which is removed." in busy.words
