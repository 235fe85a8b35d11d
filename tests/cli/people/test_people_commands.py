"""People in the shell: who acts, two records that become one, and erasing with a list before."""

import io
import sys

import pytest
from shell import Shell


class Terminal(io.StringIO):
    """Somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def zebulon(shell: Shell) -> Shell:
    """A programme in which somebody is named in some places."""
    shell.done("person", "add", "Zebulon Quirke", "--role-title", "Trainer")
    shell.done("risk", "add", "Ask  zebulon\u00a0 quirke", "--likelihood", "2", "--impact", "2")
    shell.done("win", "add", "Says Dr Quirke")
    shell.done("win", "add", "In Quirke Street")
    return shell


def test_somebody_new_is_said(shell: Shell) -> None:
    shell.done("person", "add", "Data lead")
    shell.done("win", "add", "One", "--as", "data  LEAD")
    assert "new person" not in shell.words
    shell.done("win", "add", "Two", "--as", "Data leed")
    assert "PER-003 “Data leed” was recorded as a new person; near: PER-002 Data lead." in shell.words
    shell.done("win", "add", "Three", "--as", "Data leed")
    assert "new person" not in shell.words
    shell.done("risk", "add", "Rain", "--likelihood", "2", "--impact", "2", "--owner", "data  lead")
    assert shell.json("risk", "show", "R-001")["owner"]["ref"] == "PER-002"


def test_somebody_new_is_recorded_with_what_they_do_or_not_at_all(shell: Shell) -> None:
    shell.refused(1, "win", "set", "W-001", "--title", "x", "--as", "Zoe")
    shell.refused(1, "win", "add", "x", "--date", "tomorrow", "--as", "Zoe")
    assert "new person" not in shell.words
    shell.refused(1, "undo", "--as", "Zoe")
    shell.refused(1, "settings", "set", "board_week", "900", "--reason", "A slip", "--as", "Zoe")
    assert [person["display_name"] for person in shell.json("person", "list")] == ["ana"]
    shell.done("win", "add", "x", "--as", "Zoe")
    assert "PER-002 “Zoe” was recorded as a new person." in shell.words
    shell.done("undo", "--as", "Zoe")
    assert shell.json("win", "list") == [] and shell.json("person", "show", "PER-002")["login"] == "Zoe"
    assert shell.done("check").startswith("Everything holds")


def test_two_records_become_one(shell: Shell) -> None:
    shell.done("person", "add", "Data lead")
    shell.done("win", "add", "One", "--as", "Data leed")
    shell.done("risk", "add", "Rain", "--likelihood", "2", "--impact", "2", "--owner", "PER-003")
    merge = ("person", "merge", "PER-003", "--into", "PER-002", "--reason", "A slip of the keys")
    assert shell.done(*merge) == "PER-002\n"
    assert "PER-003 Data leed is the same person as PER-002 Data lead now; 1 record points there" in shell.words
    assert shell.json("risk", "show", "R-001")["owner"]["ref"] == "PER-002"
    assert [person["ref"] for person in shell.json("person", "list")] == ["PER-001", "PER-002"]
    assert "Data lead" in shell.done("person", "show", "PER-003")
    assert shell.words == "PER-003 Data leed is the same person.\n"
    for verb in ("remove", "restore"):
        refused = shell.refused(1, "person", verb, "per-3", "--reason", "A slip of the keys")
        assert "is the same person as PER-002 Data lead" in refused
    assert [person["ref"] for person in shell.json("person", "list")] == ["PER-001", "PER-002"]
    shell.done("undo", "--as", "Data leed")
    assert shell.json("win", "list") == []
    assert "one record already" in shell.refused(1, *merge)
    shell.done("undo")
    assert shell.json("risk", "show", "R-001")["owner"]["ref"] == "PER-003"
    assert shell.json(*merge)["alias"]["ref"] == "PER-003"
    assert shell.done("check").startswith("Everything holds")


def test_where_the_name_stands_is_listed(zebulon: Shell) -> None:
    before = zebulon.file.read_bytes()
    text = zebulon.done("erase", "PER-002", "--list")
    assert "Certain: these go." in text
    assert "R-001\tTitle\tzebulon quirke\tAsk zebulon quirke\tgoes" in text
    assert "W-001\tTitle\tQuirke\tSays Dr Quirke\tgoes" in text
    listed = zebulon.json("erase", "PER-002", "--list", "--leave", "W-002")
    assert (listed["person"]["ref"], listed["erased"], listed["backups"]) == ("PER-002", None, [])
    goes = {(mention["key"], mention["goes"]) for mention in listed["mentions"] if mention["where"] == "record"}
    assert goes == {("PER-002", True), ("R-001", True), ("W-001", True), ("W-002", False)}
    assert zebulon.file.read_bytes() == before
    assert "--list" in zebulon.refused(2, "erase", "PER-002")


@pytest.mark.parametrize("wrong", [("--leave", "W-002x"), ("--take", "NOPE"), ("--take", "NOPE", "--leave", "R-001")])
def test_a_place_that_is_not_there_stops_the_erasure(zebulon: Shell, wrong: tuple[str, ...]) -> None:
    before = zebulon.file.read_bytes()
    said = zebulon.refused(1, "erase", "PER-002", "--reason", "Asked for it", "--yes", *wrong)
    assert "Nothing was erased" in said and wrong[1].lower() in said
    assert zebulon.file.read_bytes() == before


def test_scripts_leave_and_take_by_name(zebulon: Shell) -> None:
    zebulon.done("win", "add", "In May")
    zebulon.done("backup")
    typed = ("erase", "PER-002", "--reason", "Asked for it", "--yes", "--leave", "W-002", "--json")
    erased = zebulon.json(*typed[:-1])
    assert erased["erased"]["texts"] == 2
    assert len(erased["backups"]) == 1
    assert "“Quirke” in W-002" in zebulon.words
    assert f"rm -- {erased['backups'][0]}" in zebulon.words
    titles = [win["title"] for win in zebulon.json("win", "list")]
    assert titles == ["Says Dr [name removed]", "In Quirke Street", "In May"]
    assert zebulon.done("check").startswith("Everything holds")


def test_somebody_at_a_terminal_is_asked_for_each(zebulon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("y\nn\ny\n"))
    assert zebulon.done("erase", "PER-002", "--reason", "Asked for it") == "PER-002\n"
    assert "Take “Quirke” out of W-002: In Quirke Street? [Y/n]" in zebulon.words
    assert [win["title"] for win in zebulon.json("win", "list")] == ["Says Dr [name removed]", "In Quirke Street"]


def test_ordinary_words_are_looked_at_when_somebody_wants_to(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.done("person", "add", "May Mark")
    shell.done("win", "add", "Marks in May, says May")
    shell.done("win", "add", "So May says")
    shell.done("win", "add", "Mark the date")
    monkeypatch.setattr(sys, "stdin", Terminal("n\ny\nn\nn\ny\ny\n"))
    shell.done("erase", "PER-002", "--reason", "Asked for it")
    assert "“May” means something else too, and stays in 4 places. Look at each? [y/N]" in shell.words
    titles = [win["title"] for win in shell.json("win", "list")]
    assert titles == ["Marks in May, says May", "So [name removed] says", "Mark the date"]
