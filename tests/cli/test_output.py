"""What is printed: JSON as docs/json.md says, CSV without formulas, tables that fit, text without tricks."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from shell import Shell, prepared

from tracker.cli.shell import output, tables
from tracker.entities import all_entities
from tracker.entities.base import STAMPS
from tracker.text import columns as text_columns

ROOT = Path(__file__).parent.parent.parent
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/] \u202egnp\u202c <b>&amp; \"q\" 'a' \\ =1+1\ttab"
HOSTILE_KEPT = "red [bold]x[/] gnp <b>&amp; \"q\" 'a' \\ =1+1 tab"


@prepared
def full(shell: Shell) -> None:
    """A programme with a pilot that has an amount, a person and tags, and a win that points at it."""
    shell.done("person", "add", "Data lead")
    shell.done(
        *("pilot", "add", "Parking permits", "--phase", "private-beta", "--budget", "182,000.50"),
        *("--delivery-lead", "Data lead", "--start", "2026-04-06", "--tags", "board, counter"),
    )
    shell.done("win", "add", "One field less", "--pilot", "P-01", "--date", "yesterday")


@pytest.mark.parametrize("which", [kind for kind in all_entities() if not kind.hidden], ids=lambda which: which.kind)
def test_the_keys_of_a_record_are_those_of_its_entity(shell: Shell, which: Any) -> None:
    if which.kind in ("person", "programme"):
        (found,) = shell.json(which.kind, "list")
        assert list(found) == ["kind", "uid", "ref", *which.fields(), *STAMPS, "states"]
    assert isinstance(shell.json(which.kind, "list"), list)


def test_json_is_as_documented(full: Shell) -> None:
    (pilot,) = full.json("pilot", "list")
    assert UID.fullmatch(pilot["uid"])
    assert {
        name: pilot[name] for name in ("kind", "ref", "name", "phase", "budget", "start", "tags", "sensitivity")
    } == {
        "kind": "pilot",
        "ref": "P-01",
        "name": "Parking permits",
        "phase": "private_beta",
        "budget": 18_200_050,
        "start": "2026-04-06",
        "tags": ["board", "counter"],
        "sensitivity": [],
    }
    lead = pilot["delivery_lead"]
    assert (list(lead), lead["ref"], lead["name"]) == (["ref", "name", "uid"], "PER-002", "Data lead")
    assert (pilot["service"], pilot["rating"], pilot["deleted_at"]) == (None, None, None)
    assert (pilot["created_at"], pilot["created_by"]["name"]) == ("2026-10-01T09:00:00Z", "ana")
    (win,) = full.json("win", "list")
    assert win["publishable"] is False
    assert win["pilot"] == {"ref": "P-01", "name": "Parking permits", "uid": pilot["uid"]}
    assert full.json("pilot", "show", "P-01") == {**pilot, "identifiers": [], "notes": [], "ratings": []}
    assert list(full.json("pilot", "list", "--columns", "phase,name")[0]) == [
        "kind",
        "uid",
        "ref",
        "phase",
        "name",
        "states",
    ]
    assert full.json("risk", "list") == []


def test_the_keys_of_the_other_lists_are_as_documented(full: Shell) -> None:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(): line.split("|")[2] for line in text.splitlines() if line.startswith("| `")}

    def documented(command: str) -> list[str]:
        return re.findall(r"(?:^|, )`(\w+)`", re.sub(r"\([^)]*\)", "", rows[command]).strip().replace(" ,", ","))

    assert list(full.json("history")[0]) == documented("`history`")
    assert list(full.json("history", "P-01")[0]) == documented("`history REF`, `history CHANGE`")
    assert list(full.json("history", "2")[0]) == documented("`history REF`, `history CHANGE`")
    assert list(full.json("search", "parking")[0]) == documented("`search`")
    assert list(full.json("settings", "list")[0]) == documented("`settings list`")
    assert list(full.json("undo")) == documented("`undo`, `redo`")
    assert list(full.json("redo")) == documented("`undo`, `redo`")
    assert list(full.json("check")) == documented("`check`")
    assert list(full.json("where")) == documented("`where`")


def test_hostile_text_is_recorded_as_plain_text_and_printed_so(shell: Shell) -> None:
    shell.done("win", "add", HOSTILE, "--what-changed", "one\r\ntwo\x07\nthree")
    assert shell.words.count("taken out") == 2
    (win,) = shell.json("win", "list")
    assert (win["title"], win["what_changed"]) == (HOSTILE_KEPT, "one\ntwo\nthree")
    for words in (
        ["win", "list", "--columns", "all"],
        ["win", "show", "W-001"],
        ["search", "red"],
        ["history", "W-001"],
    ):
        printed = shell.done(*words)
        assert not set(printed) & set("\x1b\x07\u202e\u202c\r")
        assert "[bold]x[/]" in printed or words[0] == "history"
    assert len(shell.done("win", "list", "--columns", "title,what_changed").splitlines()) == 2


def test_csv_is_read_back_whole_and_holds_no_formula(full: Shell) -> None:
    for title in ("=HYPERLINK(1)", "+1 call", "@sum", "- 40% calls", "-5", 'a, "b"; c'):
        full.done("win", "add", "--date", "today", "--", title)
    table = list(csv.reader(io.StringIO(full.done("win", "list", "--csv", "--columns", "title,pilot,publishable"))))
    assert table[0] == ["Ref", "Title", "Pilot", "Publishable"]
    assert [row[1] for row in table[2:]] == ["'=HYPERLINK(1)", "'+1 call", "'@sum", "'- 40% calls", "-5", 'a, "b"; c']
    assert table[1] == ["W-001", "One field less", "P-01", "no"]
    pilots = list(csv.DictReader(io.StringIO(full.done("pilot", "list", "--csv", "--columns", "all"))))
    assert (pilots[0]["Budget"], pilots[0]["Phase"], pilots[0]["Delivery lead"]) == (
        "182000.50",
        "Private beta",
        "Data lead",
    )
    full.done("confidence", "add", "P-01", "--rating", "green")
    assert ",Green," in full.done("confidence", "list", "--csv")
    for words in (["history"], ["history", "P-01"], ["search", "parking"], ["settings", "list"]):
        rows = list(csv.reader(io.StringIO(full.done(*words, "--csv"))))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1


def test_a_list_in_a_pipe_has_tabs_and_whole_texts(full: Shell) -> None:
    full.done("win", "add", "x" * 80, "--date", "2026-09-01")
    lines = full.done("win", "list", "--columns", "title,event_date").splitlines()
    assert lines == ["Ref\tTitle\tDate", "W-001\tOne field less\t2026-09-30", f"W-002\t{'x' * 80}\t2026-09-01"]


def test_data_and_words_do_not_mix(full: Shell) -> None:
    assert full.done("risk", "add", "Lookups fail") == "R-001\n"
    assert "draft" in full.words
    assert full.done("risk", "list", "--where", "status=closed", "--json") == "[]\n"
    assert full.words == ""


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日… "),
        ("e\u0301é", 2, "e\u0301é"),
    ],
)
def test_texts_are_cut_by_what_a_terminal_shows(text: str, width: int, shown: str) -> None:
    assert tables.fit(text, width) == shown
    assert text_columns(shown) == width


def test_columns_give_way_in_a_narrow_terminal() -> None:
    headers = ["Ref", "Title", "Status", "Forecast end", "Owner", "Pilot"]
    rows = [["R-001", "t" * 60, "Became issue", "2026-11-12", "o" * 40, "P-01"]]

    def widths(room: int) -> list[int]:
        return tables.column_widths(headers, rows, room, [1])

    assert widths(200) == [5, 60, 12, 12, 40, 5]
    for room in (80, 100, 120):
        found = widths(room)
        assert sum(found) + 2 * (len(found) - 1) <= room
        assert found[0] == 5
        assert found[1] >= tables.LEAST_WORDS
        assert found[2] == 12
        assert found[3] >= 10
    assert len(widths(120)) == 6
    assert len(widths(60)) < 6
    assert len(widths(10)) == 2
    assert tables.column_widths(["Ref", "Title"], [], 80, [1]) == [3, 5]


@pytest.mark.parametrize("room", [30, 34, 40])
def test_what_a_record_is_called_is_the_last_to_go(room: int) -> None:
    headers = ["Ref", "Late", "Name", "Phase"]
    rows = [["P-01", "Decision 4 days late", "Blue Badge renewals online", "Public beta"]]
    found = tables.column_widths(headers, rows, room, [2])
    assert len(found) == 3 and found[2] >= tables.FEWEST_WORDS
    assert sum(found) + 2 * (len(found) - 1) <= room


def on_a_terminal(columns: int, path: Path, *words: str, **more: str) -> str:
    """Return what a command prints on a terminal of so many columns, standard error apart."""
    primary, secondary = pty.openpty()
    env = {**os.environ, "TRACKER_FILE": str(path), "COLUMNS": str(columns), "TERM": "xterm", **more}
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", *words], stdout=secondary, stderr=subprocess.DEVNULL, env=env, cwd=ROOT
    ) as process:
        os.close(secondary)
        found = b""
        while True:
            try:
                part = os.read(primary, 65536)
            except OSError:  # Linux says so when the other side has closed
                break
            if not part:
                break
            found += part
    os.close(primary)
    assert process.returncode == 0
    return found.decode().replace("\r\n", "\n")


def test_a_table_fits_the_terminal_and_no_color_is_honoured(full: Shell) -> None:
    full.done("win", "add", "日本語" * 20)
    for columns in (60, 80):
        printed = on_a_terminal(columns, full.file, "win", "list")
        assert printed.startswith("\x1b[1mRef")
        assert all(text_columns(re.sub(r"\x1b\[\d*m", "", line)) <= columns for line in printed.splitlines())
        assert "日本" in printed
    assert "\x1b" not in on_a_terminal(80, full.file, "win", "list", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(80, full.file, "win", "list", TERM="dumb")
    log = on_a_terminal(80, full.file, "history", "P-01")
    assert re.match(r"3  2026-10-01 09:00  ana \(cli\)\n +P-01  added \(record\)\n", log)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_output_will_do(full: Shell, encoding: str) -> None:
    full.done("win", "add", "Plain letters: “where is it?” 日本 ●")

    def printed(*words: str) -> bytes:
        env = {**os.environ, "TRACKER_FILE": str(full.file), "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
        done = subprocess.run([sys.executable, "-m", "tracker", *words], capture_output=True, env=env, cwd=ROOT)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout

    assert json.loads(printed("win", "list", "--json"))[-1]["title"] == "Plain letters: “where is it?” 日本 ●"
    assert "“where is it?” 日本 ●" in printed("win", "list", "--csv").decode("utf-8")
    assert b"Plain letters: " in printed("win", "list")
    assert b"Example:" in printed("--help").replace(b"Examples:", b"Example:")


def test_a_cell_is_guarded_whatever_stands_before_the_sign() -> None:
    assert [output.guarded(cell) for cell in ("", "a=1", " =1", "-1.5", "-1.5.2", "-٣")] == [
        *("", "a=1", "' =1", "-1.5", "'-1.5.2", "'-٣")
    ]
