"""The commands of every register, as people type them."""

import contextlib
import io
import shlex

import pytest
from conftest import NOW
from shell import Shell

from tracker.cli import run
from tracker.cli.registers.commands import VERBS, set_example
from tracker.cli.shell.session import Session
from tracker.entities import ENTITIES, Entity, all_entities, entity

SHOWN = [kind for kind in ENTITIES if not entity(kind).hidden]
ADDED = [kind for kind in SHOWN if kind != "programme" and not entity(kind).made_with]

# An option of the example of each register whose records are never changed.
CHANGED = {
    "assessment": "--note",
    "confidence": "--narrative",
    "measurement": "--denominator",
    "correction": "--board",
    "acceptance": "--because",
}


@pytest.fixture(scope="module")
def furniture(new_programme: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a programme that has every record which the entities' examples name; made once."""
    file = tmp_path_factory.mktemp("furnished") / "programme.db"
    file.write_bytes(new_programme)
    on = ["--starts-on", "2026-09-01"]
    wanted = [
        *(["pilot", "add", f"Pilot {number}"] for number in range(1, 5)),
        *(["person", "add", name] for name in ("Data lead", "Delivery lead, Housing")),
        *(["service", "add", f"Service {number}"] for number in range(1, 9)),
        *(["session", "add", f"Session {number}", *on] for number in range(1, 6)),
        *(["risk", "add", f"Risk {number}"] for number in range(1, 15)),
        ["journey", "add", "Applying", "--service", "S-01"],
        ["metric", "add", "Completion", "--kind", "proportion", "--pilot", "P-01", "--definition", "Of those started"],
        *(["gate", "add", f"Gate {number}", "--pilot", "P-01"] for number in (1, 2)),
        ["standard", "add", "Address", "--kind", "data-standard"],
        *(["board", "add", f"Board {number}", "--meets-on", f"2026-11-1{number}"] for number in (1, 2)),
        ["body", "add", "Programme board"],
        ["decision", "add", "Scale it"],
        ["benefit", "add", "Fewer calls", "--kind", "qualitative"],
        ["supplier", "add", "A supplier"],
        ["audit", "add", "A review"],
    ]
    out, words = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(words):
        for typed in wanted:
            assert run(typed, Session(now=lambda: NOW, today=NOW.date, who="ana", file=str(file))) == 0, (
                words.getvalue()
            )
    return file.read_bytes()


@pytest.fixture
def furnished(shell: Shell, furniture: bytes) -> Shell:
    """A programme that has every record which the entities' examples name."""
    shell.file.write_bytes(furniture)
    return shell


@pytest.mark.parametrize("kind", ADDED)
def test_the_example_of_each_entity_works_as_it_stands(furnished: Shell, kind: str) -> None:
    before = len(furnished.json(kind, "list"))
    ref = furnished.done(kind, "add", *shlex.split(entity(kind).example)).strip()
    assert ref.startswith(entity(kind).prefix + "-")
    assert len(furnished.json(kind, "list")) == before + 1
    assert furnished.done(kind, "show", ref).startswith(ref)


@pytest.mark.parametrize("kind", ["programme", *ADDED])
def test_the_example_of_set_works_as_it_stands(furnished: Shell, kind: str) -> None:
    if kind != "programme":
        furnished.done(kind, "add", *shlex.split(entity(kind).example))
    words = shlex.split(set_example(entity(kind)))[1:]
    if entity(kind).append_only:
        option = CHANGED[kind]
        another = {"measurement": "599", "correction": "B-02"}
        words[words.index(option) + 1] = another.get(kind, "Another twenty characters.")
        assert "is never changed: add one that corrects" in furnished.refused(1, *words)
        return
    furnished.done(*words)


def test_there_is_one_programme_in_a_file(shell: Shell) -> None:
    words = shlex.split(entity("programme").example)
    assert "one programme in each file" in shell.refused(1, "programme", "add", *words)
    assert "cannot be removed" in shell.refused(1, "programme", "remove", "--reason", "Not needed")
    assert shell.done("programme", "show").startswith("PRG-01  Simpler Services")
    assert shell.done("programme", "set", "--purpose", "Fewer visits") == "PRG-01\n"
    assert "Fewer visits" in shell.done("programme", "show")


@pytest.mark.parametrize("which", [kind for kind in all_entities() if not kind.hidden], ids=lambda which: which.kind)
def test_every_help_reads_well_at_80_columns_and_has_an_example(shell: Shell, which: type[Entity]) -> None:
    verbs = [verb for verb in VERBS if not which.made_with or verb in ("list", "show")]
    for words in ([], *([verb] for verb in verbs)):
        told = shell.done(which.kind, *words, "--help")
        assert "Example:\n" in told
        assert f"tracker {which.kind}" in told.partition("Example:")[2]
        assert max(map(len, told.splitlines())) <= 80
    if which.made_with:
        assert f"are made with “{which.made_with}”" in shell.refused(2, which.kind, "add", "x")
        return
    told = shell.done(which.kind, "add", "--help")
    assert [field.name for field in which.settable() if f"--{field.option}" not in told][1:] == []


@pytest.mark.parametrize(
    "words",
    [
        *(["init"], ["demo"], ["open"], ["where"], ["search"], ["history"], ["undo"], ["redo"], ["check"], ["backup"]),
        *(["backups"], ["recover"], ["restore"], ["erase"], ["completion"], ["report"], ["report", "summary"]),
        *(["settings"], ["settings", "list"], ["settings", "set"], ["settings", "reset"]),
    ],
    ids=" ".join,
)
def test_every_other_help_has_an_example(shell: Shell, words: list[str]) -> None:
    told = shell.done(*words, "--help")
    assert f"Example:\n  tracker {words[0]}" in told.replace("\n    ", "\n  ")
    assert max(map(len, told.splitlines())) <= 80


def test_the_help_of_the_root_names_every_command_in_a_screenful(shell: Shell) -> None:
    told = shell.done("--help")
    requested = [kind for kind in SHOWN if entity(kind).on_request]
    for name in (*SHOWN, "init", "demo", "report", "settings", "register", "completion"):
        assert (f"\n  {name} " in told) == (name not in requested)
    assert max(map(len, told.splitlines())) <= 80
    assert shell.done("-h") == told


def test_add_show_set_remove_restore(shell: Shell) -> None:
    assert shell.done("pilot", "add", "Parking permits self-service") == "P-01\n"
    assert shell.done("win", "add", "One re-keyed field less", "--pilot", "P-01", "--date", "yesterday") == "W-001\n"
    assert "undo" in shell.words
    found = shell.json("win", "show", "w1")
    assert (found["title"], found["event_date"]) == ("One re-keyed field less", "2026-09-30")
    assert found["pilot"]["name"] == "Parking permits self-service"
    shell.done("win", "set", "One re-keyed field less", "--size", "weekly", "--pilot", "")
    assert (shell.json("win", "show", "W-001")["size"], shell.json("win", "show", "W-001")["pilot"]) == ("weekly", None)
    assert shell.done("win", "remove", "W-001", "--reason", "Recorded twice") == "W-001\n"
    assert shell.done("win", "list", "--columns", "title") == "Ref\tTitle\n"
    assert shell.words == "No wins to show.\n"
    assert "REMOVED on 2026-10-01 by ana: Recorded twice" in shell.done("win", "show", "W-001")
    assert shell.done("win", "list", "--deleted", "--columns", "deleted_reason") == (
        "Ref\tDeleted reason\nW-001\tRecorded twice\n"
    )
    assert "was removed" in shell.refused(1, "win", "set", "W-001", "--size", "weekly")
    shell.done("win", "restore", "W-001")
    assert shell.json("win", "list")[0]["title"] == "One re-keyed field less"


def test_a_text_may_begin_with_a_dash(shell: Shell) -> None:
    for words in (["- 40% calls"], ["--", "-40%"], ["--no double entry any more"]):
        shell.done("win", "add", *words, "--reason=- said so") if "--" not in words else shell.done(
            "win", "add", *words
        )
    titles = [one["title"] for one in shell.json("win", "list")]
    assert titles == ["- 40% calls", "-40%", "--no double entry any more"]
    shell.done("win", "set", "W-001", "--title", "- 50% calls")
    assert shell.json("win", "show", "W-001")["title"] == "- 50% calls"


def test_json_of_what_was_added_and_set(shell: Shell) -> None:
    added = shell.json("risk", "add", "Lookups fail", "--likelihood", "4", "--impact", "3")
    assert (added["ref"], added["score"], added["kind"]) == ("R-001", 12, "risk")
    assert shell.json("risk", "set", "R-001", "--likelihood", "5")["score"] == 15


def test_setting_what_is_so_already_changes_nothing(shell: Shell) -> None:
    shell.done("pilot", "add", "Parking")
    before = shell.json("history")[0]["change"]
    assert shell.done("pilot", "set", "P-01", "--name", "Parking") == "P-01\n"
    assert shell.words == "Nothing to change: it is so already.\n"
    assert shell.json("history")[0]["change"] == before


def test_lists_are_filtered_sorted_and_cut(shell: Shell) -> None:
    shell.done("person", "add", "Data lead")
    for title, likelihood, owner in (("A", 2, ""), ("B", 5, "Data lead"), ("C", 3, "Data lead")):
        shell.done("risk", "add", title, "--likelihood", str(likelihood), "--impact", "3", "--owner", owner)

    def titles(*words: str) -> list[str]:
        return [one["title"] for one in shell.json("risk", "list", *words)]

    assert titles("--sort", "-score") == ["B", "C", "A"]
    assert titles("--sort", "score", "--limit", "1") == ["A"]
    assert titles("--where", "likelihood>=3") == ["B", "C"]
    assert titles("--where", "score > 6", "--where", "Likelihood<=3") == ["C"]
    assert titles("--where", "owner=data lead") == ["B", "C"]
    assert titles("--where", "owner=") == ["A"]
    assert titles("--where", "owner!=") == ["B", "C"]
    assert titles("--where", "title~b") == ["B"]
    assert titles("--where", "status=draft", "--text", "data c") == ["C"]
    assert titles("--where", "created_by=ana") == ["A", "B", "C"]
    assert titles("--where", "date=today") == ["A", "B", "C"]
    assert titles("--where", "raised-on<today") == []
    assert (
        shell.done("risk", "list", "--columns", "score,ref,Title", "--limit", "1") == "Ref\tScore\tTitle\nR-001\t6\tA\n"
    )
