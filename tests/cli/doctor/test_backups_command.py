"""Backups as people type them: what is said before and after, what is refused, and what happens by itself."""

import io
import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from copies_help import alter
from shell import Shell

from tracker.cli.shell import session

LOOKED_AFTER = session._looked_after  # before the tests of other things do without it


@pytest.fixture
def copy(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with one win; the file has two more, one of them a day later."""
    target = tmp_path_factory.mktemp("copies") / "copy.db"
    shell.done("win", "add", "Before the copy")
    assert shell.done("backup", str(target)) == f"{target}\n"
    assert shell.words == "The copy was opened and verified: pages, journal and chain hold.\n"
    shell.done("win", "add", "After the copy")
    shell.day = date(2026, 10, 3)
    shell.done("win", "add", "Later")
    return target


def test_restoring_says_whose_backup_it_is_how_old_and_what_goes(
    shell: Shell, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    words = shell.refused(1, "restore", str(copy)).splitlines()
    assert words[0] == (
        f"{copy} is of “Simpler Services” and holds 2 changes; the last was recorded 2 days ago (2026-10-01 09:00 UTC)."
    )
    assert words[1] == f"2 changes that {shell.file} has and the backup lacks would go."
    assert "Nothing was done: nobody was there to agree." in words[-1]
    assert shell.done("restore", str(copy), "--yes") == f"{shell.file}\n"
    assert "The state before is kept at" in shell.words and shell.words.endswith("and was verified.\n")
    assert [win["title"] for win in shell.json("win", "list")] == ["Before the copy"]


def test_backups_are_listed_with_what_they_hold(shell: Shell) -> None:
    assert shell.done("backups") == ""
    assert "There are no backups beside" in shell.words
    kept = shell.done("backup").strip()
    shell.day = date(2026, 10, 5)
    row = ["4 days", "Simpler Services", "1", "yes", "backup"]
    for words in (["backups"], ["backups", "--check"], ["restore"]):
        assert shell.done(*words).splitlines()[1] == "\t".join([kept, *row])
    (held,) = shell.json("backups")
    assert (held["path"], held["verified"], held["changes"], held["problems"]) == (kept, True, 1, [])
    assert held["at"] == "2026-10-01T09:00:00Z"
    Path(kept).write_bytes(b"spilt coffee" * 500)
    assert shell.type("backups", "--check") == 3
    assert "does not hold" in shell.out and "is not a programme file" in shell.words


def test_each_refusal_names_its_option(shell: Shell, copy: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    alter(copy)
    assert shell.refused(1, "restore", str(copy), "--yes").endswith("say --even-altered.\n")
    shell.done("restore", str(copy), "--yes", "--even-altered")
    other = tmp_path_factory.mktemp("other") / "other.db"
    shell.done("init", "Other", "--file", str(other))
    assert shell.refused(1, "restore", str(other), "--yes").endswith("say --another-programme.\n")
    shell.done("restore", str(other), "--yes", "--another-programme")
    note = other.with_name("note.txt")
    note.write_text("my shopping list\n" * 90)
    assert shell.refused(1, "restore", str(other), "--yes", "--file", str(note)).endswith("say --replace-anything.\n")
    assert note.read_text().startswith("my shopping list")
    shell.done("restore", str(other), "--yes", "--replace-anything", "--file", str(note))
    foreign = other.with_name("foreign.db")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE notes(x)")
    connection.close()
    for words in ([], ["--replace-anything", "--another-programme", "--even-altered"]):
        assert "another program" in shell.refused(3, "restore", str(other), "--yes", "--file", str(foreign), *words)


def test_a_file_that_is_not_in_order_is_backed_up_and_called_so(shell: Shell, copy: Path) -> None:
    alter(shell.file)
    target = copy.with_name("altered.db")
    assert shell.type("backup", str(target)) == 3
    assert shell.out == f"{target}\n"
    assert "is not in order:" in shell.words and "verified" not in shell.words
    assert target.exists()


def test_a_damaged_file_is_saved_recovered_and_never_told_to_check(shell: Shell, copy: Path) -> None:
    with sqlite3.connect(shell.file) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change'").fetchall()
    connection.close()
    content = bytearray(shell.file.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    shell.file.write_bytes(content)
    assert shell.type("check") == 3
    assert "tracker check" not in shell.words + shell.out
    saved, new = copy.with_name("saved.db"), copy.with_name("new.db")
    assert "backup --as-it-is PATH" in shell.refused(3, "backup", str(saved))
    assert not saved.exists()
    assert "Say where the copy goes" in shell.refused(1, "backup", "--as-it-is")
    assert shell.type("backup", "--as-it-is", str(saved)) == 3
    assert saved.read_bytes() == content
    assert shell.type("recover", str(new)) == 3
    assert shell.out.startswith(f"{new}\nWhat\tCame\t")
    assert shell.words.startswith("The journal did not come whole")
    assert shell.refused(2, "recover", "a", "b", "c").startswith("“c” is a word too many")
    assert shell.done("check", "--file", str(new)).startswith("Everything holds")


def test_recovering_a_sound_file_says_that_all_of_it_came(shell: Shell, copy: Path) -> None:
    new = copy.with_name("new.db")
    done = shell.json("recover", str(shell.file), str(new))
    assert (done["chain"], done["problems"], done["path"]) == ("whole", [], str(new))
    assert {"table": "win", "rows": 3, "from_journal": 0, "lost": 0, "refused": 0} in done["tables"]
    assert shell.words.startswith("The journal came whole: its chain is the old one")


def test_once_a_day_a_command_that_writes_makes_a_backup(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_looked_after", LOOKED_AFTER)
    mark = Path(f"{shell.file}{session.LOOK_MARK}")
    shell.done("win", "add", "On the first day")
    assert mark.exists()
    shell.day = date(2026, 10, 2)
    shell.done("win", "add", "Nobody looks twice a day")
    assert list(mark.parent.glob("*.db")) == []
    os.utime(mark, (0, 0))
    shell.done("win", "list")
    assert list(mark.parent.glob("*.db")) == []
    shell.done("win", "add", "On the second")
    (made,) = mark.parent.glob("*.db")
    assert shell.words.startswith(f"Backed up by itself: {made}\n")
    with sqlite3.connect(made) as connection:
        assert connection.execute("SELECT count(*) FROM win").fetchone() == (2,)
    connection.close()


def test_a_command_of_its_own_process_backs_up_too(shell: Shell) -> None:
    shell.done("win", "add", "Long ago")
    command = [sys.executable, "-m", "tracker", "win", "add", "Today", "--file", str(shell.file)]
    words = [subprocess.run(command, capture_output=True, text=True, check=True).stderr for _ in range(2)]
    assert "Backed up by itself: " in words[0]
    assert "Backed up" not in words[1]


def test_no_backup_is_made_just_before_a_name_is_erased(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.done("person", "add", "Zebulon Quirke")
    monkeypatch.setattr(session, "_looked_after", LOOKED_AFTER)
    shell.day = date(2026, 10, 9)
    shell.done("erase", "Zebulon Quirke", "--reason", "Left the council", "--yes")
    assert list(shell.file.parent.glob("*.backups/*.db")) == []
    shell.done("win", "add", "And then")
    (made,) = shell.file.parent.glob("*.backups/*.db")
    assert b"Quirke" not in made.read_bytes()
