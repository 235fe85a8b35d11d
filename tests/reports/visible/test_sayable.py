"""What may be said of what is shown, where something is hidden: sentence by sentence, and block by block."""

from tracker.reports.model import Bullets, Facts, Missing, Paragraph, Section, Table
from tracker.reports.papers.data import columns
from tracker.reports.visible.blocks import sayable_blocks
from tracker.reports.visible.paper import blacked
from tracker.reports.visible.texts import sayable_cell, sayable_text, without

MASK = "\ue0007\ue001"


def test_a_sentence_that_everything_bears_out_stays() -> None:
    assert sayable_text("No review is overdue.", "No review is overdue.") == "No review is overdue."


def test_a_figure_says_how_many_are_not_shown() -> None:
    assert sayable_text("4 of 9 risks.", "5 of 10 risks.") == "4 of 9 risks (1 more, not shown)."
    assert sayable_text("By 25 points.", "By 39 points.") == "By 25 points (of what is shown)."


def test_none_is_never_said_of_what_is_hidden() -> None:
    assert sayable_text("No risk is open.", f"{MASK} is open.") == "1 recorded, not shown."
    assert sayable_text("2 high; 0 very high.", "2 high; 1 very high.") == "2 high (of what is shown)."
    assert sayable_cell("None", f"{MASK}") == "1 recorded, not shown"
    assert sayable_cell("0", "1") == "Not shown"
    assert sayable_cell("● Green", "■ Red") == "Not shown"
    assert sayable_cell("New", "→ same") == "Not shown"


def test_what_says_itself_that_it_is_not_shown_stays() -> None:
    assert sayable_cell("Name not shown", MASK) == "Name not shown"


def test_a_figure_in_a_cell_stays_a_figure() -> None:
    assert sayable_cell("12", "13") == "12"


def test_a_table_counts_the_rows_that_it_leaves_out() -> None:
    titles = columns("Risk", "Score>")
    shown = Table("t", "Risks", titles, (("R-001 Late", "4"),))
    masked = Table("t", "Risks", titles, ((f"{MASK} {MASK}", "20"), ("R-001 Late", "4")))
    (table,) = sayable_blocks([shown], [masked])
    assert table == Table("t", "Risks", titles, (("R-001 Late", "4"),), note="1 more, not shown.")


def test_that_nothing_is_recorded_gives_way_to_how_many_are_not_shown() -> None:
    masked = Table("t", "Risks", columns("Risk"), ((MASK,), (f"{MASK}b",)))
    assert list(sayable_blocks([Missing("No risk.")], [masked])) == [Missing("2 recorded, not shown.")]


def test_lists_and_facts_count_what_they_leave_out() -> None:
    (bullets,) = sayable_blocks([Bullets(("One",))], [Bullets((f"About {MASK}", "One"))])
    assert bullets == Bullets(("One", "1 more, not shown."))
    (facts,) = sayable_blocks([Facts((("Above", "R-1"),))], [Facts((("Above", f"R-1 and {MASK}"),))])
    assert facts == Facts((("Above", "R-1 (1 more, not shown)"),))


def test_words_are_blacked_out_wherever_they_stand_and_no_longer_ones() -> None:
    words = {"R-002", "The legal basis"}
    assert without("See r-002, R-0021 and the LEGAL basis.", words, "[x]") == "See [x], R-0021 and [x]."
    section = Section("risk-r-002", "R-002", (Paragraph("R-002 fell"),))
    assert blacked(section, words, "[x]") == Section("risk-r-002", "[x]", (Paragraph("[x] fell"),))
