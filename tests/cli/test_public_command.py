"""The public version from the shell: printed, written, as a dashboard, and refused where somebody may be named."""

from datetime import date
from pathlib import Path

import pytest
from shell import Shell


@pytest.fixture
def demo(shell: Shell, demo_file: bytes) -> Shell:
    shell.file.write_bytes(demo_file)
    shell.day = date(2026, 11, 12)
    return shell


def test_it_is_printed_and_says_what_stays_behind(demo: Shell) -> None:
    told = demo.done("report", "public", "--as-of", "2026-11-12")
    assert "open status" in told and "+14.1 (+9.3 to +18.8)" in told
    assert "records withheld" in told
    assert "Draft" not in told
    listed = demo.done("report", "public", "--withheld")
    assert "small numbers" in listed
    assert "Keep this list inside" in demo.words


def test_the_dashboard_is_written_once(demo: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    told = demo.done("report", "public", "--site", str(folder))
    assert str(folder / "index.html") in told
    assert (folder / "pilots" / "parking-permits-self-service.html").is_file()
    assert "holds a dashboard already" in demo.refused(1, "report", "public", "--site", str(folder))


def test_a_name_stops_it_until_it_is_accepted(shell: Shell, tmp_path: Path) -> None:
    shell.done("pilot", "add", "Permits", "--visibility", "public", "--problem", "Mrs Smith waits three weeks")
    told = shell.refused(1, "report", "public")
    assert "name of a person: “Mrs Smith”" in told
    assert "--accept" in shell.refused(2, "report", "public", "--accept", "Mrs Smith")
    assert "Mrs Smith" in shell.done("report", "public", "--accept", "Mrs Smith=The name of a street")


def test_ratings_are_published_only_when_the_board_agreed(demo: Shell) -> None:
    assert "Reported" not in demo.done("report", "public")
    demo.done("settings", "set", "publish_ratings", "yes", "--reason", "The board agreed on 8 October")
    assert "Reported: ● Green" in demo.done("report", "public")


def test_the_public_version_of_a_board_is_that_of_its_snapshot(demo: Shell) -> None:
    demo.done("pilot", "set", "P-01", "--problem", "Told only after the board")
    told = demo.done("report", "public", "--board", "B-01")
    frozen = demo.json("snapshot", "show", "SN-001")
    assert frozen["sha256"][:12] in told and "(frozen " in told
    assert "Told only after the board" not in told
    assert "leave --as-of out" in demo.refused(2, "report", "public", "--board", "B-01", "--as-of", "2026-10-08")
    assert "Nothing was frozen" in demo.refused(1, "report", "public", "--board", "B-02")
