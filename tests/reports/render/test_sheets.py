"""Which sheets a workbook has: one for each kind of table, by names that are words, and nothing lost."""

from dataclasses import replace

from sample_report import data, sample

from tracker.reports.model import Chart, Column, Heading, Report, Section, Series, Table
from tracker.reports.render.native_charts import rounded
from tracker.reports.render.sheets import Sheet, sheets_of, unique_names

GATES = (Column("Gate"), Column("Outcome"))


def paper(*sections: Section) -> Report:
    return replace(sample(), sections=sections)


def pilot(ref: str, *blocks: Table | Chart | Heading) -> Section:
    return Section(f"pilot-{ref.lower()}", f"{ref} A pilot", blocks)


def gates(ref: str, *rows: tuple[str, str]) -> Table:
    return Table(f"{ref.lower()}-gates", f"Gates of {ref}, the earliest first", GATES, rows, note="Held or planned.")


def only(report: Report) -> Sheet:
    (found,) = [one for one in sheets_of(report) if one.name != "Text"]
    return found


def test_tables_of_every_pilot_stand_on_one_sheet_and_say_whose_a_row_is() -> None:
    one = only(paper(pilot("P-01", gates("P-01", ("G-01", "Held"))), pilot("P-02", gates("P-02"))))
    assert one.name == "Gates by pilot" and one.table.caption == "Gates, the earliest first"
    assert [column.title for column in one.table.columns] == ["Pilot", "Gate", "Outcome"]
    assert one.table.rows == (("P-01 A pilot", "G-01", "Held"), ("P-02 A pilot", "None recorded.", "–"))
    assert one.table.note == "Held or planned." and one.source == "2 parts of the paper"


def test_a_table_of_another_record_says_of_which() -> None:
    criteria = Table("g-09-criteria", "G-09: criteria", (Column("Criterion"),), (("A",), ("B",)))
    one = only(paper(pilot("P-01", criteria), pilot("P-02", replace(criteria, id="g-08-criteria"))))
    assert [column.title for column in one.table.columns] == ["Pilot", "Table", "Criterion"]
    assert one.table.rows[0] == ("P-01 A pilot", "G-09: criteria", "A") and one.table.caption == "Criteria"


def test_pieces_of_one_table_in_a_section_are_put_together_and_others_are_not() -> None:
    action, late = (Column("Action"), Column("Due")), (Column("Action"), Column("Due"), Column("Days late", "right"))
    tables = (
        Table("actions-overdue", "Overdue", late, (("A-1", "1 Nov 2026", "11"),)),
        Table("actions-open", "Open", action, (("A-2", "1 Dec 2026"),)),
        Table("actions-settled", "Settled", (Column("Action"), Column("How")), (("A-3", "Done"),)),
        Table("forward-2026-11", "Nov 2026", (Column("What"),), (("A gate",),)),
        Table("forward-2026-12", "Dec 2026", (Column("What"),), (("A board",),)),
    )
    found = [one for one in sheets_of(paper(Section("s", "All of it", tables))) if one.name != "Text"]
    assert [one.name for one in found] == ["Actions", "Actions settled", "Forward"]
    assert found[0].table.rows == (("Overdue", "A-1", "1 Nov 2026", "11"), ("Open", "A-2", "1 Dec 2026", "–"))
    assert found[2].table.caption == "All of it" and found[2].table.rows[1] == ("Dec 2026", "A board")


def test_charts_go_with_the_figures_of_their_kind() -> None:
    series = Series("Days", (14.0, 21.0))

    def rhythm(ref: str) -> Chart:
        table = data(f"{ref.lower()}-rhythm", ("One", "Two"), series)
        return Chart("rhythm", "rhythm", "Days between ends", "Words.", ("One", "Two"), (series,), table)

    report = paper(pilot("P-01", Heading("Rhythm"), rhythm("P-01")), pilot("P-02", rhythm("P-02")))
    one = only(report)
    assert (one.name, one.table.caption, len(one.charts)) == ("Rhythm by pilot", "Days between ends", 2)
    assert [row[0] for row in one.table.rows] == ["P-01 A pilot"] * 2 + ["P-02 A pilot"] * 2


def test_every_cell_is_on_some_sheet() -> None:
    cells = {cell for one in sheets_of(sample()) for row in one.table.rows for cell in row}
    for section in sample().sections:
        for block in section.blocks:
            table = block.data if isinstance(block, Chart) else block
            if isinstance(table, Table):
                assert {cell for row in table.rows for cell in row} <= cells


def test_names_are_short_words_and_told_apart() -> None:
    names = unique_names(["cover", "history", "A" * 40, "a" * 40, "x/[y]:*?'", "", "''", "😀" * 20])
    assert len({one.casefold() for one in names}) == 8 and names[:2] == ["Cover 2", "History 2"]
    assert all(0 < len(one.encode("utf-16-le")) // 2 <= 31 for one in names)
    assert not set("".join(names)) & set("[]:*?/\\'")


def test_charts_have_the_figures_that_the_paper_prints() -> None:
    table = Table(
        "m-01-data", "Figures", (Column("Period"), Column("Value", "right")), (("Before", "69 %"), ("After", "7.5 %"))
    )
    line = Series("Value", (68.89632107023411, 7.4519), (65.0512, None), (72.4444, None))
    chart = Chart("m-01", "interval", "Completion", "It rose.", ("Before", "After"), (line,), table)
    assert rounded(chart).series == (Series("Value", (68.9, 7.5), (65.1, None), (72.4, None)),)
    whole = replace(chart, data=replace(table, rows=(("Before", "69 %"), ("After", "7 %"))))
    assert rounded(whole).series[0].values == (69.0, 7.0)
    nothing = replace(chart, data=replace(table, rows=()))
    assert rounded(nothing) == nothing
