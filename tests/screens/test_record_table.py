"""The table of records: it holds keys, asks for what it shows, and draws exact lines."""

from array import array

import pytest
from quiet import quiet
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.strip import Strip
from textual.widgets import Input

from screens.lists.columns import Column, Row, cut, fit
from screens.lists.record_table import RecordTable
from screens.lists.row_lines import RowLines

COLUMNS = (
    Column("ref", "Ref", 5, 8, keep=True),
    Column("title", "Title", 10, 100, share=1, keep=True),
    Column("score", "Score", 5, 5, right=True),
)


def rows(first: int, last: int) -> dict[int, Row]:
    return {
        n: Row("risk", f"uid-{n}", (f"R-{n}", f"Title {n}", str(n)), ("muted", "", "red")) for n in range(first, last)
    }


class TableApp(App[None]):
    """A table over invented rows that come only when they are asked for."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.asked: list[RecordTable.Wanted] = []
        self.told: list[object] = []

    def compose(self) -> ComposeResult:
        yield RecordTable(COLUMNS, empty="Nothing here.")
        yield Input()

    def on_mount(self) -> None:
        self.table.focus()
        self.table.show(array("q", range(self.number)), rows(0, min(100, self.number)))

    @property
    def table(self) -> RecordTable:
        return self.query_one(RecordTable)

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

    def on_record_table_wanted(self, message: RecordTable.Wanted) -> None:
        self.asked.append(message)

    def answer(self) -> None:
        for message in self.asked:
            self.table.fill(rows(message.keys[0], message.keys[-1] + 1), message.token)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        self.told.append(message.row.uid)

    def on_record_table_sorted(self, message: RecordTable.Sorted) -> None:
        self.told.append(message.name)

    def on_record_table_edge(self, message: RecordTable.Edge) -> None:
        self.told.append(message.step)


async def test_it_shows_the_first_rows_and_the_cursor_on_one_of_them() -> None:
    app = TableApp(3)
    async with app.run_test(size=(40, 12)):
        await quiet(app)
        assert app.lines[0].split() == ["Ref", "Title", "Score"]
        assert app.lines[1].split() == ["R-0", "Title", "0", "0"]
        assert app.table.row is not None and app.table.row.uid == "uid-0"
        assert app.cursor_position.y == 1  # the terminal's own cursor, for screen readers


async def test_rows_that_are_not_there_are_asked_for_once_and_shown_when_they_come() -> None:
    app = TableApp(100_000)
    async with app.run_test(size=(40, 12)):
        app.simulate_key("end")
        await quiet(app)
        assert app.lines[5].strip() == "…"
        assert app.table.row is None
        starts = [message.keys[0] for message in app.asked]
        assert len(starts) == len(set(starts)) <= 4
        app.answer()
        await quiet(app)
        assert app.table.row is not None and app.table.row.cells[0] == "R-99999"
        assert "Title 99999" in "\n".join(app.lines)


async def test_rows_of_an_earlier_list_are_left() -> None:
    app = TableApp(1000)
    async with app.run_test(size=(40, 12)):
        app.simulate_key("end")
        await quiet(app)
        app.table.show(array("q", range(500)), {}, 499)
        app.answer()
        await quiet(app)
        assert app.table.row is None


async def test_the_cursor_stays_within_the_rows_and_in_the_window() -> None:
    app = TableApp(100)
    async with app.run_test(size=(40, 12)):
        for key, at in (("up", 0), ("j", 1), ("pagedown", 8), ("k", 7), ("G", 99), ("down", 99), ("g", 0)):
            app.simulate_key(key)
            await quiet(app)
            assert app.table.cursor == at, key
            assert f"Title {at}" in "\n".join(app.lines)
    assert app.told == [-1, 1]  # it says when it was to leave the list


async def test_moving_the_cursor_draws_two_lines_only() -> None:
    app = TableApp(100)
    async with app.run_test(size=(40, 12)):
        await quiet(app)
        drawn: list[int] = []
        draw = app.table.render_line

        def counted(y: int) -> Strip:
            drawn.append(y)
            return draw(y)

        app.table.render_line = counted  # type: ignore[method-assign]
        app.simulate_key("down")
        await quiet(app)
        assert sorted(drawn) == [1, 2]


async def test_letters_move_in_the_list_only() -> None:
    app = TableApp(10)
    async with app.run_test(size=(40, 12)):
        app.query_one(Input).focus()
        app.simulate_key("j")
        await quiet(app)
        assert (app.query_one(Input).value, app.table.cursor) == ("j", 0)


async def test_the_mouse_chooses_opens_sorts_and_scrolls() -> None:
    app = TableApp(100)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.click(RecordTable, offset=(3, 4))
        assert app.table.cursor == 3
        await pilot.click(RecordTable, offset=(3, 5), times=2)
        await pilot.click(RecordTable, offset=(10, 0))
        assert app.told == ["uid-4", "title"]
        await pilot._post_mouse_events([MouseScrollDown], RecordTable, offset=(3, 3))
        await quiet(app)
        assert app.table.scroll_offset.y > 0


async def test_enter_opens_the_row_and_an_empty_list_says_so() -> None:
    app = TableApp(0)
    async with app.run_test(size=(40, 12)):
        app.simulate_key("enter")
        await quiet(app)
        assert app.lines[1].strip() == "Nothing here."
        app.table.show(array("q", [5]), rows(5, 6))
        app.simulate_key("enter")
        await quiet(app)
    assert app.told == ["uid-5"]


async def test_the_heading_says_which_column_sorts() -> None:
    app = TableApp(3)
    async with app.run_test(size=(40, 12)):
        app.table.sort = ("title", True)
        app.table.refresh()
        await quiet(app)
        assert "Title ↓" in app.lines[0]


@pytest.mark.parametrize("width", [1, 5, 12, 17, 18, 24, 25, 60, 300])
def test_columns_never_take_more_than_the_line(width: int) -> None:
    shown = fit(COLUMNS, width)
    used = sum(cells for _, cells in shown) + 2 * (len(shown) - 1)
    assert used <= max(width, 8)  # below that a terminal shows a message instead
    assert [n for n, _ in shown] == sorted(n for n, _ in shown)


def test_the_loose_columns_go_first() -> None:
    assert [n for n, _ in fit(COLUMNS, 23)] == [0, 1]
    assert fit(COLUMNS, 60) == [(0, 5), (1, 46), (2, 5)]


@pytest.mark.parametrize("text", ["", "abc", "図書館カード", "a図書館", "👨‍👩‍👧 family", "e\u0301te\u0301", "x" * 50])
@pytest.mark.parametrize("width", [1, 2, 3, 7, 20])
def test_a_cell_has_exactly_its_width(text: str, width: int) -> None:
    for right in (False, True):
        shown = cut(text, width, right=right)
        assert cell_len(shown) == width
        assert ("…" in shown) == (cell_len(text) > width)


def test_refs_and_ratings_are_never_cut_and_take_no_more_room_than_they_need() -> None:
    def row(rating: str, ref: str) -> Row:
        return Row("risk", "uid", ("A title that is longer than its column", rating, ref), ("", "", ""))

    def drawn(row: Row) -> str:
        lines.set_width(40)
        return lines.row(row, row, Style(), None).text.rstrip()

    lines = RowLines((COLUMNS[1], Column("rating", "Rating", 13, 13, keep=True), COLUMNS[0]._replace(keep=False)))
    lines.give_room([row("● Green", "CI-1010")], anew=True)
    assert drawn(row("● Green", "CI-1010")) == " A title that is lo…  ● Green   CI-1010"
    lines.give_room([row("▲ Medium-high", "CI-1")])  # rows that come while one goes down
    assert drawn(row("▲ Medium-high", "CI-1010")) == " A title that …  ▲ Medium-high  CI-1010"
    assert drawn(row("● Green", "CI-1")) == " A title that …  ● Green        CI-1"
    lines.give_room([row("● Green", "CI-1010")], anew=True)
    assert drawn(row("● Red", "CI-1010")) == " A title that is lo…  ● Red     CI-1010"
