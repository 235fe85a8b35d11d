"""Templates in the shell: list, show, check, and making pilots and gates from them."""

from pathlib import Path

import pytest
from shell import Shell


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder with a gate template that is good and one that is not."""
    folder = tmp_path / "mine"
    (folder / "gates").mkdir(parents=True)
    good = 'title = "T"\nsummary = "S \\u001b[31m"\n\n[gate]\nname = "G"\n\n[[criterion]]\ntext = "C"\n'
    (folder / "gates" / "good.toml").write_text(good)
    (folder / "gates" / "bad.toml").write_text(good.replace("text", "txet"))
    monkeypatch.setenv("TRACKER_TEMPLATES", str(folder))
    return folder


def test_the_list_says_where_each_is_from_and_what_is_wrong(shell: Shell, own: Path) -> None:
    lines = [line.split("\t") for line in shell.done("template", "list").splitlines()]
    assert lines[0] == ["Template", "For", "From", "Title", "What it is for"]
    assert ["good", "a gate", "your own", "T", "S"] in lines
    assert ["back-office", "a pilot", "shipped"] in [line[:3] for line in lines]
    assert "bad.toml, line 8: There is no “txet” here. Did you mean “text”?" in shell.words
    assert str(own) in shell.words
    listed = {(one["kind"], one["name"]): one for one in shell.json("template", "list")}
    assert listed["gate", "good"]["own"] is True
    assert ("gate", "bad") not in listed


def test_a_template_can_be_read(shell: Shell) -> None:
    text = shell.done("template", "show", "supplier-trial")
    assert "Gate: Supplier trial: start (supplier-trial-start)" in text
    assert "[Service Standard 10]" in text and "(not mandatory)" in text
    assert "Because people get used to the product" in text
    assert "variant task_list_unaided" in " ".join(text.split())
    assert all(len(line) <= 100 for line in text.splitlines())
    found = shell.json("template", "show", "data sharing")
    assert found["gates"][-1]["criteria"][-1]["code"] == "audited"
    assert found["needs"][0]["role_group"].startswith("Case workers")
    assert "There is no template “bck-office”. Did you mean “back-office”?" in shell.refused(
        1, "template", "show", "bck-office"
    )


def test_a_shown_file_is_a_start_for_ones_own(shell: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(shell.done("template", "show", "back-office", "--toml"))
    assert shell.done("template", "check", str(copy)) == "Everything holds: 1 template.\n"
    assert shell.type("template", "check") == 0


def test_a_check_names_file_line_and_reason(shell: Shell, own: Path) -> None:
    bad = own / "gates" / "bad.toml"
    for words in (["template", "check"], ["template", "check", str(bad)]):
        assert shell.type(*words) == 1
        assert f"{bad}, line 8: There is no “txet” here." in shell.out
        assert "cannot be used until it is mended" in shell.words
    assert shell.type("template", "check", str(own / "gates" / "good.toml")) == 0
    assert shell.type("template", "check", "--json") == 1
    assert '"line": 8' in shell.out


def test_a_pilot_is_added_from_a_template(shell: Shell) -> None:
    heads = ["--headcount", "Case workers of the pilot team=12"]
    assert shell.done("pilot", "add", "Permits", "--template", "back-office", *heads) == "P-01\n"
    assert shell.words.startswith("Made with it: 3 gates (G-01 to G-03), ")
    assert "Recorded in" in shell.words
    assert "Case workers of the pilot team" in shell.done("need", "list")
    shell.done("undo")
    assert shell.json("gate", "list") == shell.json("pilot", "list") == []


def test_a_pilot_is_added_like_another(shell: Shell) -> None:
    shell.done("pilot", "add", "Permits", "--template", "supplier-trial")
    made = shell.json("pilot", "add", "Permits, South", "--like", "P-01", "--phase", "alpha")
    assert (made["ref"], made["template"]) == ("P-02", "supplier-trial")
    assert len(shell.json("gate", "list", "--where", "pilot=P-02")) == 2
    assert shell.json("risk", "list", "--where", "pilot=P-02") == []
    assert "There is no pilot “P-09”" in shell.refused(1, "pilot", "add", "x", "--like", "P-09")


def test_a_gate_is_made_from_a_template(shell: Shell) -> None:
    shell.done("pilot", "add", "Permits")
    made = ["gate", "make", "p1", "--template", "beta-to-live", "--planned-on", "2026-12-10"]
    assert shell.done(*made) == "G-01\n"
    assert shell.done("gate", "add", "Second", "--pilot", "P-01", "--template", "alpha-to-private-beta") == "G-02\n"
    gates = shell.json("gate", "list", "--columns", "name,planned_on,template")
    assert [(one["name"], one["planned_on"]) for one in gates] == [
        ("Beta to live: scale decision", "2026-12-10"),
        ("Second", None),
    ]
    funding = shell.json("criterion", "list", "--where", "code=funding", "--columns", "gate")
    assert [one["gate"]["ref"] for one in funding] == ["G-01"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("pilot add x --template back-office --like P-01", 2, "Say --template or --like, not both."),
        ("pilot add x --headcount a=1", 2, "--headcount goes with --template or --like."),
        ("pilot add x --template back-office --headcount a", 2, "is not a group with a number"),
        ("pilot add x --template back-office --headcount a=0", 2, "is not a group with a number"),
        ("pilot add x --template back-office --headcount Wardens=3", 1, "has no role group “Wardens”"),
        ("pilot add x --template beta-to-live", 1, "There is no pilot template “beta-to-live”"),
        ("gate make P-01 --template beta-to-live", 1, "There is no pilot “P-01”"),
        ("gate make P-01", 2, "--template"),
    ],
)
def test_what_cannot_be_made_is_refused(shell: Shell, words: str, code: int, said: str) -> None:
    assert said in shell.refused(code, *words.split())
    assert shell.json("pilot", "list") == []
