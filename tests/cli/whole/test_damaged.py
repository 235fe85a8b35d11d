"""What a damaged file's sentence tells a person to do is something else than what they have just done."""

import pytest
from shell import Shell


def test_check_of_a_damaged_file_does_not_say_run_check(shell: Shell) -> None:
    whole = shell.file.read_bytes()
    shell.file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "“tracker recover”" in shell.refused(3, "win", "list")
    said = shell.refused(3, "check")
    assert "is damaged" in said
    assert "run “tracker check”" not in said
    assert "“tracker restore”" in said


def test_a_code_that_is_empty_is_none(shell: Shell) -> None:
    assert "is no code of the journal" in shell.refused(1, "check", "--head", "")


def test_a_demo_that_cannot_be_written_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tracker.services.demo.story.build_demo", fails)
    assert "cannot be made (Read-only file system)" in shell.refused(3, "demo", "--no-open")
