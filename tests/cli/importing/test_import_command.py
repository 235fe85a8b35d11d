"""“tracker import” as it is typed: a trial run, writing, mappings, and files that cannot be taken in."""

import json
from pathlib import Path

import pytest
from shell import Shell

RISKS = "ID,Risk,L,I,Owner\nR1,Supplier leaves,High,3,Jane Doe\nR2,Data is late,2,2,\n"


@pytest.fixture
def risks(tmp_path: Path) -> str:
    """Return the path of a risk log in CSV."""
    path = tmp_path / "risks.csv"
    path.write_text(RISKS, encoding="utf-8")
    return str(path)


def test_a_trial_run_and_then_writing(shell: Shell, risks: str) -> None:
    out = shell.done("import", risks)
    assert "risks.csv: 2 rows in 5 columns" in out
    assert "Each row is a risk; “risks” knows it by ID." in out
    assert "risk         2 created" in out
    assert "Jane Doe (1)" in out
    assert "A trial run: nothing was written." in shell.words
    assert "R-001" not in shell.done("risk", "list")
    shell.done("import", risks, "--write")
    assert "Written in" in shell.words
    assert "Supplier leaves" in shell.done("risk", "list")
    assert "Supplier leaves" in shell.done("show", "R1")
    shell.done("import", risks, "--write")
    assert "Nothing to write: all of it is here already." in shell.words
    shell.done("undo")
    assert "R-001" not in shell.done("risk", "list")


def test_a_trial_run_records_nobody(shell: Shell, risks: str) -> None:
    shell.who = "Somebody New"
    shell.done("import", risks)
    assert "Somebody New" not in shell.words
    assert "Somebody New" not in shell.done("person", "list")
    shell.done("import", risks, "--write")
    assert "Somebody New" in shell.done("person", "list")


def test_a_mapping_is_saved_corrected_and_used(shell: Shell, risks: str, tmp_path: Path) -> None:
    mapping = tmp_path / "risks.toml"
    shell.done("import", risks, "--save-mapping", str(mapping))
    text = mapping.read_text(encoding="utf-8")
    assert 'key = "ID"' in text
    mapping.write_text(text.replace('title = "Risk"', 'title = "Risc"'), encoding="utf-8")
    assert "There is no column “Risc”. Did you mean “Risk”?" in shell.refused(1, "import", risks, "-m", str(mapping))
    mapping.write_text(f'{text}\n[people]\n"Jane Doe" = "ana"\n', encoding="utf-8")
    shell.done("import", risks, "--mapping", str(mapping), "--write")
    assert "ana" in shell.done("risk", "show", "R-001")


def test_refused_rows_end_with_1_and_nothing_is_written(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("ID,Risk\n1,Late\n,No key\n", encoding="utf-8")
    mapping = tmp_path / "log.toml"
    mapping.write_text(
        'source = "log"\n[[record]]\nregister = "risk"\nkey = "ID"\n[record.fields]\ntitle = "Risk"\n', encoding="utf-8"
    )
    typed = ("import", str(path), "-m", str(mapping))
    assert shell.type(*typed) == 1
    assert "row 3: risk: Nothing stands in “ID”, by which the source knows a risk." in shell.out
    assert shell.type(*typed, "--write") == 1
    assert "Nothing was written, since rows are refused." in shell.words
    assert "R-001" not in shell.done("risk", "list")
    assert shell.type(*typed, "--write", "--without-refused") == 0
    assert "Late" in shell.done("risk", "list")


def test_json_holds_every_row(shell: Shell, risks: str) -> None:
    taken = json.loads(shell.done("import", risks, "--json"))
    assert taken["totals"] == {"risk": {"created": 2}}
    assert [(row["row"], row["status"], row["title"]) for row in taken["outcomes"]] == [
        (2, "created", "Supplier leaves"),
        (3, "created", "Data is late"),
    ]
    assert taken["people"] == {"Jane Doe": 1}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n\n,,\n", "The file is empty: there is no row in which anything stands."),
        ("paper.csv", b"%PDF-1.7 something", "“paper.csv” is a PDF, whatever its name says."),
        ("log.doc", b"x,y\n1,2\n", "is of no kind that can be taken in"),
        ("broken.xlsx", b"PK\x03\x04 no zip", "“broken.xlsx” cannot be read as a workbook: it was cut off on its way"),
        ("list.json", b"{", "“list.json” is no JSON"),
        ("plan.xml", b"<a><b></a>", "“plan.xml” is no XML that can be read"),
        ("other.xml", b"<a/>", "“other.xml” is no project plan of Microsoft Project (MSPDI)."),
        ("text.md", b"# No table here\n", "There is no table in “text.md”."),
        ("unknown.csv", b"foo,bar\n1,2\n", "Nothing tells what the rows of “unknown.csv” are"),
    ],
)
def test_what_cannot_be_taken_in_is_one_sentence(
    shell: Shell, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    said = shell.refused(1, "import", str(path))
    assert words in said
    assert len(said.strip().splitlines()) == 1


def test_what_is_not_there_is_said(shell: Shell, tmp_path: Path, risks: str) -> None:
    assert "is not there: name a file with a table." in shell.refused(1, "import", str(tmp_path / "none.csv"))
    assert "is a folder" in shell.refused(1, "import", str(tmp_path))
    assert "There is no sheet “Risks”" in shell.refused(1, "import", risks, "--sheet", "Risks")
    assert "cannot be read: No such file" in shell.refused(1, "import", risks, "--mapping", "none.toml")
    assert "There is no register “rsik”. Did you mean “risk”?" in shell.refused(1, "import", risks, "-r", "rsik")


def test_a_file_that_changed_since_its_trial_run_is_not_written(shell: Shell, risks: str) -> None:
    shell.done("import", risks)
    begun = shell.words.rpartition("--sha256 ")[2].strip()
    assert shell.json("import", risks)["sha256"].startswith(begun)
    content = Path(risks).read_text(encoding="utf-8")
    Path(risks).write_text(content.replace("leaves", "stays"), encoding="utf-8")
    refusal = shell.refused(1, "import", risks, "--write", "--sha256", begun)
    assert "“risks.csv” is not the file of that trial run: its SHA-256 is " in refusal
    assert "“12” is no SHA-256" in shell.refused(1, "import", risks, "--sha256", "12")
    assert "R-001" not in shell.done("risk", "list")
    Path(risks).write_text(content, encoding="utf-8")
    shell.done("import", risks, "--write", "--sha256", begun.upper())
    assert "Supplier leaves" in shell.done("risk", "list")


def test_a_table_without_rows_says_so_and_offers_no_writing(shell: Shell, tmp_path: Path) -> None:
    empty = tmp_path / "header.csv"
    empty.write_text("ID,Title,Likelihood,Impact\n", encoding="utf-8")
    for options in ((), ("--write",)):
        assert shell.type("import", str(empty), *options) == 1
        assert "Nothing to write: no row stands below the header." in shell.words
        assert "To write this file" not in shell.words


def test_a_trial_run_that_would_change_nothing_offers_no_writing(shell: Shell, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("ID,Title,Likelihood,Impact\n1,Late,2,3\n", encoding="utf-8")
    shell.done("import", str(log), "--write")
    shell.done("import", str(log))
    assert "Nothing to write: all of it is here already." in shell.words
    assert "To write this file" not in shell.words


def test_refused_rows_are_mended_in_a_workbook_and_taken_in(shell: Shell, tmp_path: Path) -> None:
    log, mapping, mend = (str(tmp_path / name) for name in ("log.csv", "log.toml", "mend.xlsx"))
    Path(log).write_text("Our log,,\nID,Risk,More\n1,Late,\n2,=1+1,007\n2,Dear,\n3,Dull,\n", encoding="utf-8")
    Path(mapping).write_text(
        'source = "log"\n[file]\nheader = [2]\n[[record]]\nregister = "risk"\nkey = "ID"\nnote = ["*"]\n'
        '[record.fields]\ntitle = "Risk"\n',
        encoding="utf-8",
    )
    typed = ("import", log, "-m", mapping)
    shell.type(*typed, "--write", "--without-refused", "--refused", mend)
    assert f"The refused rows are in {mend}, each with why." in shell.words
    from tracker.rules.importing.mapping import Layout
    from tracker.services.importing.files.opening import read_source, sheets_of

    (sheet,) = sheets_of(read_source(Path(mend)), Layout())
    why = "Why it was refused"
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [
        ["Our log", "", "", ""],
        ["ID", "Risk", "More", why],
        ["2", "=1+1", "007", "“2” stands in row 5 too, with other values."],
        ["2", "Dear", "", "“2” stands in row 4 too, with other values."],
    ]
    mended = Path(mend).read_bytes()
    assert shell.type("import", mend, "-m", mapping) == 1
    Path(log).write_text("x,,\nID,Risk,More\n2,=1+1,007\n", encoding="utf-8")
    shell.done(*typed, "--write", "--refused", mend)
    assert "No row is refused" in shell.words
    assert Path(mend).read_bytes() == mended
    assert "More: 007" in shell.done("risk", "show", "R-003")
    assert why not in shell.out
