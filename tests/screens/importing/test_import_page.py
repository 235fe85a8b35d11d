"""Taking in a table with keys: its columns, a trial run that writes nothing, writing it, and taking it back."""

from pathlib import Path
from threading import Event

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from screen_app import RISKS, SMALL, TODAY, USUAL, WIDE, Driver, opened
from textual.widgets import Static

from screens.dialogs import Choose, Confirm
from screens.importing.long_work import CANCELLED, Steps
from screens.importing.outcome import OutcomePage, OutcomeText
from screens.importing.page import FIRST, NEXT, NO_TABLE, ImportPage
from screens.widgets.one_line import OneLine
from screens.widgets.paths import completed
from tracker.entities import Risk
from tracker.storage import records
from tracker.storage.store import Store

LOG = """\
ID,Risk,L,I,Owner,Raised on,Cause of it
R1,Supplier leaves,High,3,"Delivery lead, Parking",2026-09-01,One supplier alone
R2,Data is late,2,9,Jane Doe,2026-09-01,Two systems
,,3,3,,,
R4,[red]x[/red] \x1b[31my,3,3,,2026-09-01,
"""
BEFORE = sorted(title for title, _, _ in RISKS)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A risk log with a row that says nothing, a figure that cannot be, and a name that nobody has."""
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


async def open_page(driver: Driver, path: Path | None = None) -> ImportPage:
    await driver.keys("colon", "text:import a table", "enter")
    page = driver.app.screen
    assert isinstance(page, ImportPage)
    if path is not None:
        await driver.keys(f"text:{path}", "enter")
    return page


def titles(file: Path) -> list[str]:
    with Store.open(file) as store:
        return sorted(risk.title for risk in records(store, Risk))


def commands(file: Path) -> int:
    with Store.open(file) as store:
        return int(str(store.read("SELECT count(*) FROM tx")[0][0]))


def about(driver: Driver) -> str:
    """Return what the line below the list says, also while a thread works."""
    return "".join(str(line.render()) for line in driver.app.screen.query("#about").results(Static))


def line_of(driver: Driver, words: str) -> str:
    return next(line for line in driver.lines if words in line)


async def test_it_is_tried_then_written_after_a_question_and_taken_back_by_one_key(file: Path, log: Path) -> None:
    before = commands(file)
    async with opened(file, WIDE) as driver:
        await open_page(driver, log)
        assert driver.lines[0] == " log.csv: 4 rows in 7 columns → risks"
        assert "Supplier leaves" in line_of(driver, " Title ")
        assert NEXT in driver.text
        await driver.keys("ctrl+s")
        page = driver.app.screen
        assert isinstance(page, OutcomePage)
        assert driver.lines[0].startswith(" log.csv · risks: 3 created, 1 refused; 1 incomplete · 2 notes")
        assert "A trial run: nothing was written." in driver.text
        assert commands(file) == before
        await driver.keys("u")  # takes nothing back that it did not write
        assert commands(file) == before
        await driver.keys("ctrl+s")
        question = driver.app.screen
        assert isinstance(question, Confirm)
        assert "Write 3 records as one change?" in question.question
        assert "1 refused row will be left out." in question.question
        await driver.keys("n")
        assert commands(file) == before
        await driver.keys("ctrl+s", "y")
        assert commands(file) == before + 1
        assert "✓ Written as one change: u takes all of it back." in driver.text
        assert driver.said[-1] == "log.csv: risks: 3 created, 1 refused; 1 incomplete. Press u to undo."
        assert titles(file) == sorted([*BEFORE, "Supplier leaves", "Data is late", "[red]x[/red] y"])
        await driver.keys("ctrl+s")
        assert not isinstance(driver.app.screen, Confirm)
        driver.write("risk", {"title": "Written by another since"})
        await driver.keys("u")
        assert titles(file) == sorted([*BEFORE, "Written by another since"])
        assert driver.said[-1] == "Undone: the import of log.csv. Ctrl+R does it again."
        assert driver.app.screen.__class__ is ImportPage


async def test_what_was_written_is_taken_back_from_the_page_of_a_row_too(file: Path, log: Path) -> None:
    async with opened(file, WIDE) as driver:
        await open_page(driver, log)
        await driver.keys("ctrl+s", "enter")
        assert "Undo" not in driver.lines[-1]
        await driver.keys("u")  # nothing was written yet
        assert isinstance(driver.app.screen, OutcomeText)
        await driver.keys("escape", "ctrl+s", "y", "enter")
        assert " u Undo" in driver.lines[-1]
        assert titles(file) != BEFORE
        await driver.keys("u")
        assert titles(file) == BEFORE
        assert not isinstance(driver.app.screen, OutcomeText | OutcomePage)


async def test_the_rows_are_walked_and_narrowed_and_each_says_why(file: Path, log: Path) -> None:
    async with opened(file, USUAL) as driver:
        await open_page(driver, log)
        await driver.keys("ctrl+s")
        assert "◒ created" in line_of(driver, "Data is late")
        assert "● created" in line_of(driver, "Supplier leaves")
        assert "[red]x[/red]" in driver.text
        assert "4 rows. Row 2: created" in driver.text
        await driver.keys("r")
        assert "1 row refused. Row 4: Nothing stands in “ID”" in driver.text
        assert "Supplier leaves" not in driver.text
        await driver.keys("i", "enter")
        assert "Likelihood must be" not in driver.text
        assert "Impact must be from 1 to 5; you gave 9" in driver.text
        await driver.keys("escape", "c")
        assert "No such rows." in driver.text
        await driver.keys("n")
        assert "Nobody here is called “Jane Doe” (1 row)." in driver.text
        await driver.keys("escape", "a")
        assert "4 rows. Row 2" in driver.text


async def test_a_field_gets_another_column_and_the_source_another_key_by_choosing(file: Path, log: Path) -> None:
    async with opened(file, WIDE) as driver:
        page = await open_page(driver, log)
        assert "no column" in line_of(driver, " Cause ")
        place = next(n for n, line in enumerate(page._lines) if line.name == "cause")
        await driver.keys(*["down"] * place, "enter")
        assert isinstance(driver.app.screen, Choose)
        await driver.keys("end", "enter")
        assert "One supplier alone" in line_of(driver, " Cause ")
        await driver.keys("home", "enter", "down", "enter")
        assert " ID " in line_of(driver, "Risk known by")
        await driver.keys("ctrl+s", "ctrl+s", "y")
        with Store.open(file) as store:
            causes = {risk.title: risk.cause for risk in records(store, Risk)}
        assert causes["Data is late"] == "Two systems"
        assert causes["Supplier leaves"] == "One supplier alone"
        await driver.keys("escape", "ctrl+s")  # the source knows them now
        assert "3 unchanged" in driver.lines[0]
        assert "Nothing to write: no row creates or changes a record." in driver.text


async def test_what_is_wrong_is_said_in_place_and_can_be_mended_there(file: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("Wer,Was\nSomebody,Something\n")
    async with opened(file, USUAL) as driver:
        page = await open_page(driver)
        assert FIRST[:40] in driver.text
        await driver.keys("ctrl+s")
        assert f"✗ {NO_TABLE}" in driver.text
        await driver.keys("text:/nowhere.csv", "enter")
        assert "✗ /nowhere.csv is not there: name a file with a table." in driver.text
        page.query_one("#file").value = str(strange)  # type: ignore[attr-defined]
        await driver.keys("enter")
        assert "✗ Nothing tells what the rows of “strange.csv” are" in driver.text
        assert "Choose above of which register they are." in " ".join(driver.text.split())
        assert driver.app.focused is page.query_one("#register")
        assert not driver.said


async def test_the_sheet_and_the_register_are_chosen_from_lists(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("Risks", [("Risk", "Cause"), ("A", "B")]), ("Other", [("Title", "Cause"), ("C", "D")])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    async with opened(file, USUAL) as driver:
        page = await open_page(driver, path)
        assert driver.lines[0] == " book.xlsx, sheet “Risks”: 1 row in 2 columns → risks"
        await driver.keys(*["shift+tab"] * 6)
        assert driver.app.focused is page.query_one("#sheet")
        await driver.keys("o", "enter")
        assert driver.lines[0].startswith(" book.xlsx, sheet “Other”: 1 row in 2 columns")
        page.query_one("#register").focus()
        await driver.keys("i", "s", "enter")
        assert driver.lines[0] == " book.xlsx, sheet “Other”: 1 row in 2 columns → issues"


async def test_the_day_of_which_it_is_true_is_read_and_a_wrong_one_said(file: Path, log: Path) -> None:
    async with opened(file, USUAL) as driver:
        page = await open_page(driver, log)
        page.query_one("#as-at").focus()
        await driver.keys("text:31 Foo", "ctrl+s")
        assert "✗ True on: " in driver.text
        page.query_one("#as-at").value = "2026-11-01"  # type: ignore[attr-defined]
        await driver.keys("ctrl+s", "ctrl+s", "y")
        with Store.open(file) as store:
            assert store.read("SELECT as_at FROM tx ORDER BY id DESC LIMIT 1")[0][0] == "2026-11-01"


async def test_a_trial_run_of_somebody_new_writes_nothing_and_names_are_kept_only_when_asked(
    file: Path, log: Path
) -> None:
    before = commands(file)
    async with opened(file, USUAL) as driver:
        driver.app.programme.who = "Somebody new"
        page = await open_page(driver, log)
        page.query_one("#people").focus()
        await driver.keys("a", "enter", "ctrl+s")
        assert "Jane Doe" not in driver.text
        assert commands(file) == before
        assert not driver.said


@pytest.mark.parametrize("writing", [False, True])
async def test_escape_ends_it_with_nothing_written(
    file: Path, log: Path, monkeypatch: pytest.MonkeyPatch, writing: bool
) -> None:
    began, go_on, step = Event(), Event(), Steps.__call__

    def held(steps: Steps, count: int, total: int) -> None:
        step(steps, count, total)
        began.set()
        assert go_on.wait(20)

    before = commands(file)
    async with opened(file, USUAL) as driver:
        await open_page(driver, log)
        if writing:
            await driver.keys("ctrl+s", "ctrl+s")
        monkeypatch.setattr(Steps, "__call__", held)
        driver.app.simulate_key("y" if writing else "ctrl+s")
        while not began.is_set():
            await driver.pilot.pause()
        while "row 0 of 4 … (esc cancels)" not in about(driver):
            await driver.pilot.pause()
        driver.app.simulate_key("escape")
        while "Cancelling" not in about(driver):
            await driver.pilot.pause()
        page = driver.app.screen
        go_on.set()
        await driver.settle()
        assert driver.app.screen is page
        assert f"✗ {CANCELLED}" in driver.text
        assert commands(file) == before
        assert titles(file) == BEFORE


async def test_on_an_earlier_day_nothing_is_tried(file: Path, log: Path) -> None:
    async with opened(file, USUAL) as driver:
        driver.app.programme.look_at(TODAY)
        await open_page(driver, log)
        await driver.keys("ctrl+s")
        assert isinstance(driver.app.screen, ImportPage)
        assert "nothing can be changed here" in driver.said[-1]


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_everything_stands_on_terminals_of_any_size(file: Path, log: Path, size: tuple[int, int]) -> None:
    async with opened(file, size) as driver:
        page = await open_page(driver, log)
        for label in ("File", "Sheet", "Register", "Source", "True on", "New names", "Risk known by", "Title"):
            assert any(line.startswith(f" {label}") for line in driver.lines), label
        assert driver.lines[-1].startswith(" ^s Try it")
        assert driver.lines[-1].endswith("esc Back")
        assert not page.show_vertical_scrollbar
        await driver.keys("ctrl+s")
        assert "^s Write" in driver.lines[-1]
        assert driver.lines[-1].endswith("esc Back")


async def test_a_mapping_is_kept_and_read_again(file: Path, log: Path) -> None:
    kept = log.with_suffix(".toml")
    async with opened(file, WIDE) as driver:
        page = await open_page(driver, log)
        await driver.keys("ctrl+o")
        assert "✓ The mapping is in" in driver.text
        kept.write_text(kept.read_text().replace('title = "Risk"', 'title = "Cause of it"'))
        page.query_one("#mapping").focus()
        await driver.keys("enter")
        assert "One supplier alone" in line_of(driver, " Title ")
        await driver.keys("ctrl+o")
        assert isinstance(driver.app.screen, Confirm)
        await driver.keys("n")
        assert 'title = "Cause of it"' in kept.read_text()
        kept.write_text("[record")
        page.query_one("#mapping").focus()
        await driver.keys("enter")
        assert "✗ log.toml" in about(driver)


async def test_a_path_is_completed(file: Path, log: Path) -> None:
    async with opened(file, WIDE) as driver:
        page = await open_page(driver)
        await driver.keys(f"text:{log.with_name('lo')}", "right", "enter")
        assert page.query_one("#file", OneLine).value == str(log)
        assert driver.lines[0].startswith(" log.csv: 4 rows")


def test_paths_go_on_with_folders_and_files_that_fit(tmp_path: Path) -> None:
    for name in ("logs", ".hidden"):
        (tmp_path / name).mkdir()
    for name in ("log.pdf", "logz.CSV", "other.csv"):
        (tmp_path / name).touch()
    completions = {typed: completed(f"{tmp_path}/{typed}", (".csv",)) for typed in ("l", "logz", "o", "log.", "", ".h")}
    assert completions == {
        "l": f"{tmp_path}/logs/",
        "logz": f"{tmp_path}/logz.CSV",
        "o": f"{tmp_path}/other.csv",
        "log.": None,
        "": f"{tmp_path}/logs/",
        ".h": f"{tmp_path}/.hidden/",
    }
    assert completed("~", (".csv",)) is completed(f"{tmp_path}/not/there", (".csv",)) is completed("", ()) is None
