"""“tracker export” and “tracker init --from” as they are typed."""

from pathlib import Path

from shell import Shell


def test_a_programme_goes_out_and_comes_into_a_new_file(shell: Shell, tmp_path: Path) -> None:
    shell.done("pilot", "add", "Parking")
    shell.done("risk", "add", "Late", "--pilot", "P-01", "--likelihood", "3", "--impact", "2")
    package = tmp_path / "programme.zip"
    assert shell.done("export", str(package)).strip() == str(package)
    assert "the history stays in the file" in shell.words
    assert package.stat().st_mode & 0o077 == 0
    workbook = tmp_path / "programme.xlsx"
    shell.done("export", "--history", str(workbook))
    assert "with 5 changes of its history" in shell.words
    assert "says no format" in shell.refused(2, "export", str(tmp_path / "programme.ods"))
    assert "exists" in shell.refused(1, "export", str(package))
    assert "“tracker init --from FILE --file NEW” does." in shell.refused(1, "import", str(package))
    before = shell.done("risk", "list", "--csv")
    shell.file = tmp_path / "new.db"
    shell.done("init", "--from", str(package))
    assert shell.done("risk", "list", "--csv") == before
    shell.file = tmp_path / "of_workbook.db"
    shell.done("init", "--from", str(workbook))
    assert shell.done("risk", "list", "--csv") == before
    assert "holds a programme already" in shell.refused(3, "init", "--from", str(package))
    assert "--from takes the programme as it was" in shell.refused(2, "init", "Other", "--from", str(package))
