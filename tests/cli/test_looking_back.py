"""Looking back, taking back, searching and keeping the file, as people type it."""

import json
from datetime import date

import pytest
from shell import Shell


def test_an_earlier_day_is_shown_as_it_was(shell: Shell) -> None:
    shell.done("pilot", "add", "Parking", "--forecast-end", "2026-12-01")
    shell.day = date(2026, 10, 20)
    shell.done("pilot", "set", "P-01", "--forecast-end", "2027-01-29", "--reason", "The supplier is late")
    shell.done("pilot", "add", "Libraries")
    assert [one["forecast_end"] for one in shell.json("pilot", "list", "--as-of", "8 Oct")] == ["2026-12-01"]
    assert "2026-12-01" in shell.done("pilot", "show", "P-01", "--as-of", "2026-10-08")
    assert "did not exist on that day" in shell.refused(1, "pilot", "show", "P-02", "--as-of", "2026-10-08")
    told = shell.done("pilot", "show", "P-01")
    assert "Forecast end moved on 2026-10-20 from 2026-12-01 to 2027-01-29: The supplier is late" in told


def test_undo_and_redo_say_what_they_did(shell: Shell) -> None:
    shell.done("person", "add", "Data lead")
    shell.done("risk", "add", "Lookups fail", "--likelihood", "4", "--impact", "3")
    shell.done("risk", "set", "R-001", "--likelihood", "5", "--owner", "Data lead")
    number = shell.json("history")[0]["change"]
    assert shell.done("undo") == f"{number + 1}\n"
    assert shell.words.splitlines()[0] == f"Undid change {number} (risk set):"
    assert set(shell.words.splitlines()[1:]) == {"  R-001: Likelihood 5 → 4", "  R-001: Owner Data lead → (empty)"}
    shell.done("redo")
    assert "  R-001: Likelihood 4 → 5\n" in shell.words
    told = shell.json("undo")
    assert (told["of"], told["command"]) == (number, "risk.set")
    assert "R-001: Likelihood 5 → 4" in told["what"]
    shell.done("undo")
    assert shell.words.splitlines()[1:] == ["  R-001 Lookups fail: not in the list any more"]
    shell.done("redo")
    assert shell.words.splitlines()[1:] == ["  R-001 Lookups fail: back in the list"]
    assert "There is no change 999" in shell.refused(1, "undo", "999")
    shell.who = "ben"
    assert "nothing of yours" in shell.refused(1, "redo")


def test_history_of_a_record_of_a_change_and_of_the_programme(shell: Shell) -> None:
    shell.done("pilot", "add", "Parking", "--phase", "alpha")
    shell.done("pilot", "set", "P-01", "--phase", "private-beta", "--reason", "Gate passed")
    added, newest, _ = shell.json("history", "P-01")
    assert (newest["field"], newest["old"], newest["new"]) == ("phase", "alpha", "private_beta")
    assert (newest["who"], newest["reason"], newest["at"]) == ("ana", "Gate passed", "2026-10-01T09:00:00Z")
    assert newest["record"]["ref"] == "P-01"
    assert (added["field"], added["old"], added["new"]["name"]) == ("*", None, "Parking")
    assert "Alpha\tPrivate beta\tGate passed" in shell.done("history", "p1")
    assert len(shell.json("history", "P-01", "--limit", "1")) == 1
    one = shell.json("history", str(newest["change"]))
    assert [change["field"] for change in one] == ["phase", "phase_started"]
    assert "Parking" not in shell.done("history", str(newest["change"]))
    assert [command["command"] for command in shell.json("history", "--limit", "2")] == ["pilot.set", "pilot.add"]
    assert "There is no change 99" in shell.refused(1, "history", "99")
    assert shell.json("history", "parking") == shell.json("history", "P-01")
    assert "neither a ref, such as R-014 or P-03, nor the name" in shell.refused(1, "history", "Barking")


def test_a_record_of_any_register_is_shown_by_its_name(shell: Shell) -> None:
    shell.done("pilot", "add", "Parking permits")
    shell.done("service", "add", "Parking")
    shell.done("risk", "add", "Lookups fail")
    assert shell.done("show", "lookups  FAIL").startswith("R-001  Lookups fail")
    assert shell.done("show", "parking").startswith("S-01  Parking\n")  # the whole name goes before a part of one
    assert shell.done("show", "permits").startswith("P-01  Parking permits")
    refused = shell.refused(1, "show", "park")
    assert "“park” may be any of these: S-01 Parking (service); P-01 Parking permits (pilot). Use the ref." in refused
    shell.done("pilot", "set", "P-01", "--name", "Kerbside", "--reason", "The board renamed it")
    assert shell.done("show", "Parking permits").startswith("P-01  Kerbside")
    assert "P-01 was called “Parking permits” before; now: Kerbside." in shell.words
    assert "was called" in shell.refused(1, "note", "Parking permits", "Not written")
    shell.done("pilot", "remove", "P-01", "--reason", "Recorded twice")
    assert "REMOVED on" in shell.done("show", "Kerbside")
    for text in ("", "  ", "%", "_", "x" * 5000, "\x1b[31mred", "[bold]b[/]", "=1+1"):
        assert "nor the name of a record" in shell.refused(1, "show", text)


def test_search_finds_records_of_every_kind(shell: Shell) -> None:
    shell.done("pilot", "add", "Parking permits")
    shell.done("win", "add", "Fewer parking calls")
    assert {(hit["kind"], hit["ref"]) for hit in shell.json("search", "park")} == {("pilot", "P-01"), ("win", "W-001")}
    assert shell.done("search", "parking", "permits").splitlines()[1].startswith("P-01\tpilot\tParking permits")
    assert shell.done("search", "nothing like it") == "Ref\tKind\tTitle\tWhere\n"
    assert shell.words.startswith("Nothing found.")
    assert shell.json("search", '"*(') == []


def test_settings(shell: Shell) -> None:
    assert shell.json("settings", "list")[0]["name"] == "band_medium"
    shell.done("settings", "set", "appetite_legal", "averse", "--reason", "Agreed by the board")
    assert {one["name"]: one["value"] for one in shell.json("settings", "list")}["appetite_legal"] == "averse"
    shell.done("settings", "reset", "appetite_legal")
    assert "Did you mean “appetite_legal”?" in shell.refused(1, "settings", "set", "apetite_legal", "averse")


def test_check_backup_and_restore(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = tmp_path_factory.mktemp("copies") / "copy.db"
    shell.done("win", "add", "Before the copy")
    assert shell.done("check").startswith("Everything holds")
    assert shell.json("check")["problems"] == []
    assert shell.done("backup", str(copy)) == f"{copy}\n"
    shell.done("win", "add", "After the copy")
    assert "exists already" in shell.refused(1, "backup", str(copy))
    shell.done("restore", str(copy), "--yes")
    assert [one["title"] for one in shell.json("win", "list")] == ["Before the copy"]
    assert "before-restore" in shell.done("restore")
    assert "There is no backup" in shell.refused(1, "restore", "nowhere.db", "--yes")


def test_erasing_a_person(shell: Shell) -> None:
    shell.done("person", "add", "Zebulon Quirke", "--role-title", "Trainer")
    shell.done("erase", "Zebulon Quirke", "--reason", "Left the council", "--yes")
    assert "Former staff (Trainer)" in shell.words
    assert "Quirke" not in json.dumps(shell.json("history", "PER-002"))
    assert shell.done("check").startswith("Everything holds")


def test_the_summary_is_printed_or_written(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("papers") / "summary.md"
    shell.done("pilot", "add", "Parking permits")
    text = shell.done("report", "summary")
    assert "Simpler Services" in text
    assert shell.done("report", "summary") == text
    assert json.loads(shell.done("report", "summary", "--format", "json"))
    assert shell.done("report", "summary", "-o", str(target)) == ""
    assert target.read_text(encoding="utf-8").startswith("#")
    assert "exists already" in shell.refused(1, "report", "summary", "-o", str(target))
    shell.done("report", "summary", "-o", str(target), "--force")
    shell.done("report", "summary", "--format", "md", "-o", str(target.parent))
    assert (target.parent / "summary-2026-10-01.md").read_bytes() == target.read_bytes()
    assert "before" in shell.refused(1, "report", "summary", "--since", "2026-10-01", "--as-of", "2026-10-01")
