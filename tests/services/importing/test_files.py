"""Files as tables: delimiters, encodings, workbooks, lists in JSON, Markdown, project plans."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from taken_tables import read, texts

from tracker.errors import TrackerError
from tracker.reports.render.odf.parts import SHEET, SPACES, VERSION, Part, packed, xml_part
from tracker.rules.importing.mapping import Layout


@pytest.mark.parametrize(
    ("content", "rows", "remark"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]], ""),
        ("a;b\n1,5;2,5\n3,5;4,5\n", [["a", "b"], ["1,5", "2,5"], ["3,5", "4,5"]], "semicolons"),
        ("sep=;\na;b\n1;2\n", [["a", "b"], ["1", "2"]], "semicolons"),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]], "tabs"),
        ("a|b\n1|2\n", [["a", "b"], ["1", "2"]], "upright bars"),
        ('Title\n"one, two"\nthree\n', [["Title"], ["one, two"], ["three"]], ""),
        ('a,b\n"x\ny",2\n', [["a", "b"], ["x\ny", "2"]], ""),
        ("\ufeffa,b\n1,2\n", [["a", "b"], ["1", "2"]], ""),
    ],
)
def test_texts_with_a_delimiter(content: str, rows: list[list[str]], remark: str) -> None:
    sheet = read("t.csv", content)
    assert texts(sheet) == rows
    assert remark in " ".join(sheet.remarks)


def test_rows_keep_the_numbers_of_their_lines() -> None:
    assert [row.number for row in read("t.csv", 'a,b\n"x\ny",2\n3,4\n').rows] == [1, 2, 4]
    assert [row.number for row in read("t.csv", "sep=;\na;b\n1;2\n").rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "text", "remark"),
    [
        ("a,b\n£5,é\n".encode("cp1252"), "£5", "cp1252"),
        ("a,b\n£5,é\n".encode("utf-16"), "£5", "UTF-16"),
        ("a,b\n£5,é\n".encode("utf-16-le"), "£5", "UTF-16-LE"),
        (b"a,b\n\xa35,x\x81\n", "£5", "1 byte stands for no letter (line 2)"),
    ],
)
def test_encodings_are_said(content: bytes, text: str, remark: str) -> None:
    sheet = read("t.csv", content)
    assert texts(sheet)[1][0] == text
    assert remark in " ".join(sheet.remarks)


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(TrackerError, match=r"Line 2 is not utf-8\."):
        read("t.csv", b"a,b\n\xa35,x\n", Layout(encoding="utf-8"))
    with pytest.raises(TrackerError, match="There is no encoding “klingon”"):
        read("t.csv", b"a,b\n", Layout(encoding="klingon"))


def workbook(rows: Sequence[Sequence[object]], *, hidden: bool = False) -> bytes:
    """Return a workbook with an empty sheet, and one that begins at B3."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Read me")
    sheet = book.add_worksheet("Risks")
    if hidden:
        sheet.hide()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number + 2, place + 1, value, day)
            elif isinstance(value, timedelta):
                sheet.write_datetime(number + 2, place + 1, value, book.add_format({"num_format": "[h]:mm"}))
            else:
                sheet.write(number + 2, place + 1, value)
    sheet.merge_range(6, 1, 8, 1, "over three")
    for number in (6, 7, 8):
        sheet.write(number, 2, number)
    book.close()
    return stream.getvalue()


def test_a_workbook_gives_values_with_the_numbers_of_its_rows() -> None:
    content = workbook(
        [["Risk", "Score", "Day", "Time"], ["Late", 5, date(2026, 4, 3), timedelta(hours=26)], ["Cost", 2.5, "TBC", ""]]
    )
    sheet = read("r.xlsx", content)
    assert sheet.name == "Risks"
    assert [row.number for row in sheet.rows][:3] == [3, 4, 5]
    assert texts(sheet)[1] == ["", "Late", "5", "2026-04-03", "26 h 0 min"]
    assert [cell.kind for cell in sheet.rows[2].cells] == ["empty", "text", "number", "text", "empty"]
    assert [row.cells[1].text for row in sheet.rows][-3:] == ["over three"] * 3
    assert "2 cells are filled from merged ones." in sheet.remarks


def test_a_hidden_sheet_is_said_and_another_can_be_named() -> None:
    sheet = read("r.xlsx", workbook([["Risk"], ["Late"]], hidden=True), Layout(sheet="risks"))
    assert "The sheet “Risks” is hidden." in sheet.remarks
    with pytest.raises(TrackerError, match=r"There is no sheet “Costs”\. There are: “Read me”, “Risks”"):
        read("r.xlsx", workbook([["Risk"]]), Layout(sheet="Costs"))


def test_lists_in_json_are_tables_with_a_column_for_each_value() -> None:
    content = '{"total": 2, "issues": [{"key": "A-1", "fields": {"status": {"name": "Done"}, "labels": ["x", "y"]}}, '
    content += '{"key": "A-2", "fields": {"points": 3.5, "done": true, "more": [{"a": 1}]}}]}'
    sheet = read("jira.json", content)
    assert sheet.name == "issues"
    assert texts(sheet) == [
        ["key", "fields.status.name", "fields.labels", "fields.points", "fields.done", "fields.more"],
        ["A-1", "Done", "x; y", "", "", ""],
        ["A-2", "", "", "3.5", "yes", '[{"a": 1}]'],
    ]
    assert [row.number for row in sheet.rows] == [0, 1, 2]


def test_tables_in_markdown_are_named_by_their_headings() -> None:
    text = (
        "# Log\n\n```\n| no | table |\n|--|--|\n```\n\n## Risks\n\n| Risk | Owner |\n|:---|---:|\n"
        "| a \\| b | **Ana** |\n| [late](http://x) | |\n\nEnd\n"
    )
    sheet = read("log.md", text)
    assert sheet.name == "Risks"
    assert texts(sheet) == [["Risk", "Owner"], ["a | b", "Ana"], ["late (http://x)", ""]]
    assert [row.number for row in sheet.rows] == [10, 12, 13]


def test_a_project_plan_gives_its_tasks() -> None:
    text = """
    <?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><!-- made --><Tasks><Task><UID>1</UID>
    <Name>Build</Name><Start>2026-01-05T08:00:00</Start><Duration>PT120H30M0S</Duration></Task>
    <Task><UID>2</UID><Name>Test &amp; learn</Name><WBS>1.10</WBS></Task></Tasks></Project>"""
    assert texts(read("plan.xml", text)) == [
        ["UID", "Name", "Start", "Duration", "WBS"],
        ["1", "Build", "2026-01-05T08:00:00", "120 h 30 min", ""],
        ["2", "Test & learn", "", "", "1.10"],
    ]


def test_a_plan_of_primavera_gives_its_tasks() -> None:
    lines = (
        "ERMHDR\t18.8",
        "%T\tPROJECT",
        "%F\tproj_id",
        "%R\t1",
        "%T\tTASK",
        "%F\ttask_id\ttask_name",
        "%R\t7\tBuild",
        "%E",
    )
    sheet = read("plan.xer", "\n".join(lines))
    assert (sheet.name, texts(sheet)) == ("TASK", [["task_id", "task_name"], ["7", "Build"]])
    assert [row.number for row in sheet.rows] == [6, 7]
    with pytest.raises(TrackerError, match=r"is no plan of Primavera P6 \(XER\)"):
        read("plan.xer", "a\tb")


def test_cells_of_a_workbook_are_read_to_the_second() -> None:
    from tracker.services.importing.files.workbooks import cell_of

    assert cell_of(datetime(2026, 4, 3, 23, 59, 59, 999_999)).text == "2026-04-04"
    assert cell_of(datetime(2026, 4, 3, 10, 30)).text == "2026-04-03T10:30"
    assert cell_of("#REF!").kind == "error"
    assert cell_of(True).text == "yes"


def changed_part(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook in one part of which a text is another."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(stream, "w") as copy:
        for name in parts.namelist():
            text = parts.read(name)
            assert name != part or old.encode() in text
            copy.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return stream.getvalue()


def risky_workbook() -> bytes:
    """Return a workbook with an error in B2, formulas in B3 and B4, a hidden row and a hidden column."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Risks")
    for place, row in enumerate((("Risk", "Cost"), ("Late",), ("Dear",), ("Dull",))):
        sheet.write_row(place, 0, row)
    sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B3", "=1+1", None, 2)
    sheet.write_formula("B4", "=2+2", None, 4)
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column("B:B", 9, None, {"hidden": True})
    book.close()
    return stream.getvalue()


def test_what_the_values_of_a_workbook_do_not_say_is_said() -> None:
    sheet = read("r.xlsx", risky_workbook())
    assert [row.cells[1] for row in sheet.rows[1:]] == [("#DIV/0!", "error"), ("2", "number"), ("4", "number")]
    assert sheet.remarks == (
        "1 row is hidden (4); what stands there is taken in like the rest.",
        "1 column is hidden (B); what stands there is taken in like the rest.",
        "Its 3 formulas are to be calculated when it is opened: values here may be others until a spreadsheet program "
        "has saved it.",
    )
    saved = changed_part(risky_workbook(), "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    assert len(read("r.xlsx", saved).remarks) == 2


def test_formulas_without_values_are_named() -> None:
    never = changed_part(risky_workbook(), "xl/worksheets/sheet1.xml", "<v>2</v>", "<v></v>")
    assert read("r.xlsx", never).remarks[-1] == (
        "1 formula was never calculated (B3): open the file in a spreadsheet program and save it."
    )


def test_macros_are_said_and_not_run() -> None:
    stream = io.BytesIO(workbook([["Risk"], ["Late"]]))
    with zipfile.ZipFile(stream, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")
    assert "It holds macros; they are not run." in read("r.xlsm", stream.getvalue()).remarks


ROWS = """<table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>Risk</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Cost</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2" table:visibility="filter">
<table:table-cell office:value-type="string"><text:p>Late</text:p></table:table-cell>
<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" x:value-type="error">
<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>Dear</text:p></table:table-cell>
<table:table-cell table:formula="of:=1+1"/></table:table-row>"""


def open_document(*more: Part) -> bytes:
    """Return a spreadsheet with hidden rows and a hidden column, errors and a formula without a value."""
    shown = 'xmlns:x="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    table = f'<table:table table:name="Risks">{"".join(ROWS.splitlines())}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet>"
    xml = f"<office:document-content {SPACES} {shown} {VERSION}>{body}</office:body></office:document-content>"
    return packed(SHEET, [xml_part("content.xml", xml), *more])


def test_what_the_values_of_an_open_document_do_not_say_is_said() -> None:
    sheet = read("r.ods", open_document())
    assert [row.cells[1] for row in sheet.rows[1:]] == [("#DIV/0!", "error"), ("#DIV/0!", "error"), ("", "empty")]
    assert sheet.remarks == (
        "2 rows are hidden (2, 3); what stands there is taken in like the rest.",
        "1 column is hidden (B); what stands there is taken in like the rest.",
        "1 formula was never calculated (B4): open the file in a spreadsheet program and save it.",
    )
    with_macros = read("r.ods", open_document(Part("Basic/Standard/Module1.xml", b"<x/>")))
    assert with_macros.remarks[0] == "It holds macros; they are not run."
    with pytest.raises(TrackerError, match=r"^“r\.ods” has a password: save it without one\.$"):
        read(
            "r.ods",
            changed_part(open_document(), "META-INF/manifest.xml", "</manifest:manifest>", "<encryption-data/>"),
        )


def test_an_old_workbook_says_what_it_cannot_tell_and_that_it_is_locked() -> None:
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + bytes.fromhex("09081000") + bytes(16) + b"/\0\x36\0"
    with pytest.raises(TrackerError, match="has a password"):
        read("t.xls", locked)
    with pytest.raises(TrackerError, match="cannot be read as a workbook"):
        read("t.xls", locked[:500])


def test_what_is_too_large_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join(f"c{number}" for number in range(16_000))
    with pytest.raises(TrackerError, match=r"^“t\.csv” has 16,000 columns; 2,000 can be taken in\.$"):
        read("t.csv", wide)
    with pytest.raises(TrackerError, match=r"^The sheet “Risks” has 2,002 columns; 2,000 can be taken in\.$"):
        read("r.xlsx", workbook([["Risk"] * 2_001]))
    monkeypatch.setattr("tracker.services.importing.files.opening.MOST_ROWS", 3)
    with pytest.raises(TrackerError, match=r"“t\.csv” has more than 3 rows, which is as many as"):
        read("t.csv", "a\n" * 4)
    assert len(read("t.csv", "a\n" * 3).rows) == 3


def test_a_workbook_with_a_password_is_one_sentence() -> None:
    content = Path(__file__).with_name("locked.xlsx").read_bytes()
    for name in ("locked.xlsx", "locked.xls"):
        with pytest.raises(TrackerError, match=rf"^“{name}” has a password: save it without one\.$"):
            read(name, content)
