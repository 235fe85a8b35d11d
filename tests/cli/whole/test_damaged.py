"""What a damaged file's sentence tells a person to do is something else than what they have just done."""

from shell import Shell


def test_check_of_a_damaged_file_does_not_say_run_check(shell: Shell) -> None:
    whole = shell.file.read_bytes()
    shell.file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "“tracker recover”" in shell.refused(3, "win", "list")
    said = shell.refused(3, "check")
    assert "is damaged" in said
    assert "run “tracker check”" not in said
    assert "“tracker restore”" in said
