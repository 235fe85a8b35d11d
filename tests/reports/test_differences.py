"""Two papers compared: records are the same by their refs, whatever they are called in each."""

from datetime import date

from tracker.reports.model import Bullets, Column, Facts, Header, Paragraph, Report, Section, Table
from tracker.reports.papers.differences import differences
from tracker.reports.papers.renames import Renamed

LONG = "A programme with a name that is rather long for a cell of a table"
RENAMED = [Renamed("P-01", "Parking permits", "Street permits"), Renamed("P-10", LONG, "Short")]


def paper(*rows: tuple[str, ...], texts: tuple[str, ...] = (), facts: tuple[tuple[str, str], ...] = ()) -> Report:
    table = Table("pilots", "Pilots", (Column("Pilot"), Column("Rating")), rows)
    blocks = (table, Facts(facts), Bullets(texts), *map(Paragraph, texts))
    header = Header("Pack", "Simpler", "", date(2026, 10, 1), None, "Internal", "", "", "")
    return Report(header, (Section("pilots", "Pilots", blocks),))


def told(old: Report, new: Report, renamed: list[Renamed] | None = None) -> list[str]:
    found = differences(old, new, RENAMED if renamed is None else renamed)
    return [sentence for difference in found for sentence in difference.sentences]


def test_a_renamed_record_is_renamed_and_neither_gone_nor_new() -> None:
    old = paper(
        ("P-01 Parking permits", "Green"),
        texts=("P-01 Parking permits has 2 of 3 facts",),
        facts=(("P-01 Parking permits", "a"),),
    )
    new = paper(
        ("P-01 Street permits", "Red"),
        texts=("P-01 Street permits has 2 of 3 facts",),
        facts=(("P-01 Street permits", "a"),),
    )
    assert told(old, new) == [
        "P-01 is renamed: was “Parking permits”, is “Street permits”.",
        "P-01 Street permits: Rating was “Green”, is “Red”.",
    ]


def test_a_level_that_an_older_program_worded_otherwise_is_no_change() -> None:
    assert told(paper(("P-10 A", "○ Not enough evidence")), paper(("P-10 A", "○ Not enough")), []) == []
    assert told(paper(("P-10 A", "○ Not enough evidence")), paper(("P-10 A", "● Green")), []) != []


def test_names_that_were_cut_are_the_same_record() -> None:
    old = paper(("P-10 A programme with a name that…", "Green"), texts=("P-10 A programme with…: late",))
    new = paper(("P-10 Short", "Green"), texts=("P-10 Short: late",))
    assert told(old, new) == [RENAMED[1].sentence]


def test_a_paper_of_old_that_holds_no_refs_is_read_by_the_journal() -> None:
    old, new = paper(("Parking permits", "Green")), paper(("Street permits", "Green"), ("Parking permits", "Red"))
    taken = [RENAMED[0]]
    assert told(old, new, taken) == [RENAMED[0].sentence, "Parking permits: new. Rating Red"]


def test_a_name_that_another_record_took_is_not_that_record() -> None:
    old = paper(("P-01 Parking permits", "Green"), ("P-02 Bins", "Red"))
    new = paper(("P-01 Street permits", "Green"), ("P-02 Parking permits", "Red"))
    renamed = [RENAMED[0], Renamed("P-02", "Bins", "Parking permits")]
    assert told(old, new, renamed) == [each.sentence for each in renamed]


def test_without_a_journal_the_ref_alone_says_which_row_it_is() -> None:
    old, new = paper(("P-01 Parking permits", "Green")), paper(("P-01 Street permits", "Red"))
    assert told(old, new, []) == [
        "P-01 Street permits: was “P-01 Parking permits”.",
        "P-01 Street permits: Rating was “Green”, is “Red”.",
    ]


def test_what_really_comes_and_goes_is_said_and_a_rename_nowhere_printed_is_not() -> None:
    old, new = paper(("P-02 Bins", "Green")), paper(("P-03 Trees", "Red"))
    assert told(old, new) == ["P-03 Trees: new. Rating Red", "P-02 Bins: not listed any more."]
