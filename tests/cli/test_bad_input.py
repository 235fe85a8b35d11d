"""Wrong things typed, and files that cannot be used: a plain sentence, the right exit code, nothing half done."""

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from shell import Shell, prepared

from tracker.cli import run
from tracker.cli.shell.session import Session
from tracker.storage.store import Store

ROOT = Path(__file__).parent.parent.parent


@prepared
def stocked(shell: Shell) -> None:
    """A programme with a pilot, two people of like names, and a risk."""
    shell.done("pilot", "add", "Parking permits")
    shell.done("person", "add", "Delivery lead, Parking")
    shell.done("person", "add", "Delivery lead, Housing")
    shell.done("risk", "add", "Lookups fail", "--likelihood", "4", "--impact", "3")


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        # Commands and options
        ("risk lst", 2, "There is no command “lst” in “tracker risk”. Did you mean “tracker risk list”?"),
        ("risks list", 2, "Did you mean “tracker risk”?"),
        ("people", 2, "Did you mean “tracker person”?"),
        ("hsitory", 2, "Did you mean “tracker history”?"),
        ("list", 2, "The register comes first, such as “tracker risk list”."),
        ("lsit", 2, "The register comes first, such as “tracker risk list”."),
        ("add win x", 2, "The register comes first, such as “tracker win add”."),
        ("help", 2, "Did you mean “tracker --help”?"),
        ("setting list", 2, "Did you mean “tracker settings”?"),
        ("win list --stor title", 2, "There is no option --stor for “tracker win list”. Did you mean --sort?"),
        ("--limit 3 win list", 2, "There is no option --limit for “tracker”."),
        ("win add -40%", 2, "A text that begins with a dash goes after two: tracker win add --"),
        ("win add", 2, "“tracker win add” needs TITLE."),
        ("win add two words", 2, "“words” is a word too many for “tracker win add”. Put a text of several words"),
        ("win add x --pilot", 2, "--pilot needs a value: --pilot REF."),
        ("win list --json=yes", 2, "--json takes no value."),
        ("win list --limit 0", 2, "--limit: “0” is not a whole number from 1 to"),
        ("win list --limit many", 2, "--limit: “many” is not a whole number from 1 to"),
        ("search x --limit 5000", 2, "from 1 to 500."),
        ("undo last", 2, "CHANGE: “last” is not a whole number"),
        ("report summary --format pfd", 2, "--format: “pfd” is not known. Did you mean “pdf”? Choose one of: pdf,"),
        ("completion bsh", 2, "SHELL: “bsh” is not known. Did you mean “bash”?"),
        ("risk remove R-001", 1, "Say why R-001 is removed (--reason “…”, at least 5 characters)."),
        ("risk set R-001", 2, "Say what to change, such as --title “…”."),
        ('--file "" win list', 2, "--file: it is empty."),
        ('win list --file " "', 2, "--file: it is empty."),
        # Fields, choices, comparisons
        (
            "risk list --where status",
            2,
            "--where “status” has no comparison. Write it like status=open",
        ),
        ("risk list --where score", 2, "in quotes: a shell takes < and > for itself."),
        ("risk list --where '=open'", 2, "has no comparison"),
        ("risk list --where staus=open", 2, "A risk has no field “staus”. Did you mean “status”?"),
        ("risk list --where 'status>open'", 2, "Status is compared with = or != or ~, not with >"),
        ("risk list --where 'tags!=x'", 2, "Tags is compared with = or ~, not with !="),
        ("risk list --where 'owner~lead'", 2, "Owner is compared with = or !=, not with ~"),
        ("risk list --where status=opn", 1, "Status cannot be “opn”. Did you mean “open”? Choose one of: draft, open"),
        ("risk list --where score=high", 1, "Score is a whole number; “high” is not one."),
        ("risk list --where 'owner=Data leed'", 1, "There is no person “Data leed”."),
        ("risk list --where 'owner=Delivery lead'", 1, "may be any of these people: PER-002 Delivery lead, Parking;"),
        ("risk list --where colour=red", 2, "“tracker risk set --help” lists them."),
        ("risk list --json --csv", 2, "--csv and --json exclude each other: leave one of them out."),
        ("risk list --sort scroe", 2, "A risk has no field “scroe”. Did you mean “score”?"),
        ("risk list --columns title,onwer", 2, "A risk has no field “onwer”. Did you mean “owner”?"),
        ("risk set R-001 --status opn", 1, "Status cannot be “opn”. Did you mean “open”?"),
        ("risk set R-001 --likelihood 9", 1, "Likelihood must be from 1 to 5; you gave 9."),
        ("risk set R-001 --likelihood four", 1, "Likelihood is a whole number; “four” is not one."),
        ("pilot set P-01 --budget lots", 1, "Budget is an amount such as 182,000 or 45.50; “lots” is not one."),
        ("win add x --publishable perhaps", 1, "Publishable is yes or no; “perhaps” is neither."),
        ('win add ""', 1, "Title is needed."),
        ("settings set soon_dys 3", 1, "There is no setting “soon_dys”. Did you mean “soon_days”?"),
        # References
        ("risk show R-9", 1, "There is no risk “R-9”."),
        ('win add x --pilot "Parking permit office"', 1, "There is no pilot “Parking permit office”. Did you mean"),
        ("risk set R-001 --owner Delivery", 1, "Owner: “Delivery” may be any of these people"),
        ("risk show ''", 1, "Name a risk, by its ref or its name."),
        ("history nowhere", 1, "“nowhere” is neither a ref, such as R-014 or P-03, nor the name of a record."),
        # Dates
        ("win add x --date 3/13", 1, "Date: “3/13” was read as day 3, month 13: the year is missing."),
        ("win add x --date 12/13/2026", 1, "was read as day 12, month 13, year 2026: there is no month 13."),
        ("win add x --date 31/9/2026", 1, "was read as day 31, month 9, year 2026: there is no such day."),
        ("win add x --date tomorrow", 1, "Date (2026-10-02) is later than today (2026-10-01)."),
        ("win list --as-of 3/13", 1, "“3/13” was read as day 3, month 13: the year is missing."),
        (
            "report summary --since thursday",
            1,
            "may be today or Thursday 24 September 2026",
        ),
        # Reasons
        ("risk remove R-001 --reason no", 1, "Say why R-001 is removed (--reason “…”, at least 5 characters)."),
        ("undo 1", 1, "Change 1 (init) cannot be undone."),
        ("init Again", 3, "holds a programme already. Open it with --file, or choose another place."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(stocked: Shell, typed: str, code: int, told: str) -> None:
    before = stocked.file.read_bytes()
    assert told in stocked.refused(code, *stocked.split(typed))
    assert len(stocked.words.splitlines()) <= 2
    assert stocked.file.read_bytes() == before


def test_all_that_is_wrong_is_told_at_once(stocked: Shell) -> None:
    told = stocked.refused(1, "risk", "add", "x", "--likelihood", "four", "--owner", "Nobody at all", "--pilot", "P-99")
    assert [line.split(":")[0].split(" ")[0] for line in told.splitlines()] == ["Likelihood", "Owner", "Pilot"]


def test_a_group_alone_shows_its_help(stocked: Shell) -> None:
    assert stocked.refused(2, "risk").startswith("Usage: tracker risk ")
    assert stocked.refused(2, "report").startswith("Usage: tracker report ")


def test_a_text_that_is_too_long_is_refused_and_never_cut(stocked: Shell) -> None:
    assert "200" in stocked.refused(1, "win", "add", "x" * 10_000)
    assert "200" in stocked.refused(1, "pilot", "set", "P-01", "--name", "x" * 201)
    assert stocked.json("win", "list") == []
    assert len(stocked.refused(1, "win", "list", "--as-of", "1" * 10_000)) < 200


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "foreign", "newer", "damaged", "folder", "no folder"])
@pytest.mark.parametrize("typed", [["win", "list"], ["win", "add", "x"], ["check"], ["history"], ["report", "summary"]])
def test_a_file_that_cannot_be_used_is_left_as_it_is(shell: Shell, tmp_path: Path, kind: str, typed: list[str]) -> None:
    file = tmp_path / f"{kind}.db"
    contents = {"empty": b"", "text": b"Dear board,\n" * 400}
    if kind in contents:
        file.write_bytes(contents[kind])
    elif kind == "folder":
        file.mkdir()
    elif kind == "no folder":
        file = tmp_path / "nowhere" / "x.db"
    elif kind != "missing":
        _spoil(shell.file, file, kind)
    before = file.read_bytes() if file.is_file() else None
    shell.file = file
    told = shell.refused(3, *typed)
    assert str(file) in told
    assert len(told.splitlines()) == 1
    assert (file.read_bytes() if file.is_file() else None) == before


def _spoil(source: Path, file: Path, kind: str) -> None:
    import sqlite3

    file.write_bytes(source.read_bytes())
    if kind == "damaged":
        whole = bytearray(source.read_bytes())
        whole[1000:] = b"\xff" * (len(whole) - 1000)
        file.write_bytes(whole)
        return
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA application_id = 7" if kind == "foreign" else "PRAGMA user_version = 999")
    connection.close()


def test_a_file_that_may_only_be_read_is_read(stocked: Shell) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    stocked.file.chmod(0o400)
    assert len(stocked.json("pilot", "list")) == 1
    assert "can be read but not written" in stocked.refused(3, "win", "add", "x")


def test_a_question_without_anybody_to_answer_does_nothing(
    stocked: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    before = stocked.file.read_bytes()
    told = stocked.refused(1, "erase", "PER-002", "--reason", "Left the council")
    assert "Say --yes" in told
    copy = tmp_path / "copy.db"
    copy.write_bytes(before)
    assert "Say --yes" in stocked.refused(1, "restore", str(copy))
    assert stocked.file.read_bytes() == before
    stocked.file = tmp_path / "new.db"
    assert "Name the programme: tracker init" in stocked.refused(1, "init")
    assert not stocked.file.exists()


def test_a_word_before_the_command_may_choose_the_file(stocked: Shell, tmp_path: Path) -> None:
    file, stocked.file = stocked.file, tmp_path / "other.db"
    for words in (["--file", str(file), "pilot", "list"], ["pilot", "--file", str(file), "list"]):
        assert "Parking permits" in stocked.done(*words)
    assert "Parking permits" in stocked.done("pilot", "list", f"--file={file}")


def tracker(*words: str, file: Path, **more: object) -> "subprocess.CompletedProcess[bytes]":
    env = {**os.environ, "TRACKER_FILE": str(file), "TRACKER_USER": "ana"}
    command = [sys.executable, "-m", "tracker", *words]
    return subprocess.run(command, env=env, cwd=ROOT, check=False, **({"capture_output": True} | more))  # type: ignore


def test_exit_codes_and_words_of_whole_processes(stocked: Shell) -> None:
    for words, code in ((["pilot", "list"], 0), (["risk", "show", "R-9"], 1), (["risk"], 2), ([], 1)):
        done = tracker(
            *words, file=stocked.file if words else stocked.file.with_name("no.db"), stdin=subprocess.DEVNULL
        )
        assert (done.returncode, bool(done.stdout)) == (code, code == 0), done
        assert b"Traceback" not in done.stderr
    assert tracker("check", file=ROOT / "README.md").returncode == 3


def test_a_reader_who_leaves_early_is_no_error(stocked: Shell) -> None:
    for number in range(3):
        stocked.done("win", "add", f"Win {number}")
    read, write = os.pipe()
    os.close(read)  # before anything is written
    for words in (["win", "list"], ["win", "list", "--json"], ["win", "add", "Written all the same"], ["--help"]):
        done = tracker(*words, file=stocked.file, capture_output=False, stdout=write, stderr=subprocess.PIPE)
        assert done.returncode == 0, done
        assert b"Error" not in done.stderr
        assert b"Exception" not in done.stderr
    os.close(write)
    assert stocked.json("win", "list")[-1]["title"] == "Written all the same"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is found on Linux only")
def test_an_output_that_is_full_is_told(stocked: Shell) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = tracker("pilot", "list", file=stocked.file, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.startswith(b"The output could not be written: No space left on device.")


def in_a_shell(stocked: Shell, words: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "TRACKER_FILE": str(stocked.file)}
    command = f"exec {sys.executable} -m tracker {words}"
    return subprocess.run(["/bin/sh", "-c", command], env=env, cwd=ROOT, capture_output=True, check=False)


@pytest.mark.parametrize("words", ["report summary", "risk list", "due", "signals", "history", "--version", "--help"])
def test_what_is_printed_to_a_closed_output_has_failed(stocked: Shell, words: str) -> None:
    done = in_a_shell(stocked, f"{words} >&-")
    assert done.returncode == 1
    assert done.stderr.decode().endswith(
        "The output could not be written: it is closed. Send it elsewhere, or make room.\n"
    )


def test_a_process_without_any_output_records_and_fails(stocked: Shell) -> None:
    assert in_a_shell(stocked, "win add Silently <&- >&- 2>&-").returncode == 1
    assert [win["title"] for win in stocked.json("win", "list")] == ["Silently"]


def test_a_process_without_an_input_reads_nothing(stocked: Shell) -> None:
    done = in_a_shell(stocked, "note P-01 - <&-")
    assert done.returncode == 1
    assert done.stderr.endswith(b"Write what the note is to say.\n")


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(
    ("words", "called"),
    [
        (["due", "--owner", "{}"], "--owner"),
        (["due", "--as-of", "{}"], "--as-of"),
        (["risk", "list", "--as-of={}"], "--as-of"),
        (["risk", "list", "--where", "{}"], "--where"),
        (["pilot", "show", "P-01", "--true-on", "{}"], "--true-on"),
        (["history", "--since", "{}"], "--since"),
        (["history", "--who", "{}"], "--who"),
        (["history", "--field", "{}"], "--field"),
        (["search", "parking", "--as-of", "{}"], "--as-of"),
        (["win", "add", "A line", "--as-at", "{}"], "--as-at"),
        (["pilot", "remove", "P-01", "--reason", "Entered twice", "--move-to", "{}"], "--move-to"),
        (["gate", "take", "G-01", "--outcome", "{}"], "--outcome"),
        (["report", "summary", "--since", "{}"], "--since"),
        (["board", "collect", "{}"], "[BOARD]"),
        (["board", "freeze", "{}"], "BOARD"),
        (["id", "list", "{}"], "[REF]"),
    ],
)
def test_an_empty_value_is_not_taken_for_none(stocked: Shell, words: list[str], called: str, blank: str) -> None:
    said = stocked.refused(2, *(word.replace("{}", blank) for word in words))
    assert said.startswith(f"{called}: it is empty.")


def test_a_pasted_page_is_not_repeated(stocked: Shell) -> None:
    page = "x" * 10_000
    for words in (
        ["due", page],
        ["due", "--days", page],
        ["due", "--owner", page],
        ["due", "--kind", page],
        ["history", "--field", page],
        ["risk", "list", "--where", f"{page}=1"],
        ["risk", "show", page],
        ["gate", "take", "G-01", "--outcome", page],
        ["template", page],
        ["completion", page],
        ["settings", "set", page, "1"],
    ):
        code = stocked.type(*words)
        assert code in (1, 2)
        assert len(stocked.words) < 1_500, words


def test_reasons_are_cleaned_as_all_text_is(stocked: Shell) -> None:
    assert stocked.type("settings", "set", "band_high", "12", "--reason", "As \x01agreed \x1b[31mby all") == 0
    assert "Reason: 6 characters that cannot be shown were taken out." in stocked.words
    assert stocked.json("history", "--limit", "1")[0]["reason"] == "As agreed by all"


def test_a_setting_that_is_so_already_is_not_set(stocked: Shell) -> None:
    stocked.type("settings", "set", "band_high", "12", "--reason", "As agreed")
    assert stocked.type("settings", "set", "band_high", "12", "--reason", "As agreed") == 0
    assert stocked.words == "Nothing to change: it is so already.\n"


def test_what_is_not_there_is_listed_by_a_command_that_there_is(stocked: Shell) -> None:
    assert stocked.refused(1, "id", "remove", "ID-999", "--reason", "Wrong one").endswith(
        "There is no identifier “ID-999”. “tracker id list” shows them.\n"
    )
    assert "“tracker notes REF”" in stocked.refused(1, "note", "N-999", "--remove", "--reason", "Wrong one")
    assert "“tracker settings list” shows them." in stocked.refused(1, "settings", "set", "nope", "1")


def test_what_is_taken_out_of_identifiers_is_said(stocked: Shell) -> None:
    assert stocked.type("id", "add", "P-01", "GM\x01PP", "\x1b[31m7") == 0
    assert stocked.words.splitlines()[-3:] == [
        "Source: 1 character that cannot be shown was taken out.",
        "Identifier: 5 characters that cannot be shown were taken out.",
        "P-01 is GMPP 7. “tracker undo” takes it back.",
    ]


def test_bytes_that_are_no_text_are_taken_out(stocked: Shell) -> None:
    done = tracker("win", "add", os.fsdecode(b"caf\xe9 and \xff more"), file=stocked.file)
    assert (done.returncode, done.stdout) == (0, b"W-001\n")
    assert b"taken out" in done.stderr
    assert stocked.json("win", "list")[0]["title"] == "caf and  more"
    done = tracker("win", "show", os.fsdecode(b"\x1b[31m\xff"), file=stocked.file)
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr


def test_an_interruption_ends_with_130(stocked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt  # not a signal: those who start jobs in the background let them ignore it

    monkeypatch.setattr(Store, "open", interrupted)
    assert stocked.refused(130, "win", "list") == "\nInterrupted; nothing more was done.\n"


def test_an_error_of_the_program_itself_is_a_sentence(stocked: Shell) -> None:
    spoilt = (
        "import tracker.cli.root as r; r.Root.get_command = lambda *_: 1/0; from tracker.cli import main; main(['win'])"
    )
    done = subprocess.run([sys.executable, "-c", spoilt], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The tracker failed in a way that was not foreseen (ZeroDivisionError). ")
    env = {**os.environ, "TRACKER_DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-c", spoilt], capture_output=True, text=True, cwd=ROOT, env=env, check=False
    )
    assert "Traceback" in done.stderr


def test_two_people_of_one_name_are_asked_which(capsys: pytest.CaptureFixture[str], stocked: Shell) -> None:
    for _ in range(2):
        stocked.done("person", "add", "Twin")
    code = run(["win", "add", "x"], Session(today=lambda: date(2026, 10, 1), who="Twin", file=str(stocked.file)))
    assert (code, "may be PER-004 or PER-005" in capsys.readouterr().err) == (1, True)


def test_what_may_be_a_share_or_a_number_is_not_guessed(shell: Shell) -> None:
    shell.done("pilot", "add", "Parking")
    words = ("metric", "add", "Completion", "--kind", "proportion", "--pilot", "P-01", "--definition", "Done of begun")
    refusal = shell.refused(1, *words, "--target", "180%")
    assert "0% to 100%; you gave 180% (1.8)." in refusal
