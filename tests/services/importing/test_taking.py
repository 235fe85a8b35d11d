"""What becomes of the rows of a table: added, changed, left alone or refused; once more, nothing; undone, all gone."""

from datetime import date

import pytest
from conftest import at
from taken_tables import counts, table

from tracker.entities import Action, Person, Pilot, Risk
from tracker.errors import FileTrouble, TrackerError
from tracker.rules.importing.layout import SourceRow
from tracker.services.importing.running import KEY, remapped, take_in, try_out
from tracker.services.importing.taking import Importer
from tracker.services.records.notes import known_as, notes_of
from tracker.services.records.people import acting
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change
from tracker.storage.queries import Query, records, rows
from tracker.storage.store import Acting, Store

RISKS = """\
ID,Risk,L,I,Owner,Review date
R1,Supplier leaves,High,3,Data lead,2026-12-01
R2,Data is late,2,Very high,Jane Doe,TBC
"""


def test_a_trial_run_says_all_and_writes_nothing(store: Store, ana: Acting) -> None:
    before = list(store.connection.iterdump())
    taken = try_out(store, table(RISKS), lambda _: ana)
    assert counts(taken) == {"risk": {"created": 2}}
    assert taken.tx == 0
    assert list(store.connection.iterdump()) == before
    assert taken.people == {"Data lead": 1, "Jane Doe": 1}


def test_what_is_written_is_one_change_and_the_second_time_nothing(store: Store, ana: Acting) -> None:
    add(store, "person", {"display_name": "Data lead"}, ana)
    before = store.read("SELECT count(*) FROM tx")[0][0]
    assert counts(take_in(store, table(RISKS), ana)) == {"risk": {"created": 2}}
    assert store.read("SELECT count(*) FROM tx")[0][0] == before + 1
    first, second = records(store, Risk)
    assert (first.title, first.likelihood, first.impact) == ("Supplier leaves", 4, 3)
    assert (second.likelihood, second.impact, second.owner) == (2, 5, None)
    assert [known.code for known in known_as(store, first.uid)] == ["R1"]
    again = take_in(store, table(RISKS), at(ana, date(2026, 10, 2)))
    assert counts(again) == {"risk": {"unchanged": 2}}
    assert again.tx == 0
    assert store.read("SELECT count(*) FROM tx")[0][0] == before + 1
    undo(store, at(ana, date(2026, 10, 3)))
    assert not list(records(store, Risk))
    assert not list(rows(store, Query("identifier"), []))


def test_only_what_changed_in_the_source_changes_and_a_rename_is_one(store: Store, ana: Acting) -> None:
    take_in(store, table(RISKS), ana)
    later = RISKS.replace("Supplier leaves,High", "Supplier gives notice,2") + "R3,New one,1,1,,\n"
    taken = take_in(store, table(later), at(ana, date(2026, 10, 8)))
    assert counts(taken) == {"risk": {"changed": 1, "unchanged": 1, "created": 1}}
    changed = next(outcome for outcome in taken.outcomes if outcome.status == "changed")
    assert [(c.label, c.before, c.after) for c in changed.changes if c.label in ("Title", "Likelihood")] == [
        ("Title", "Supplier leaves", "Supplier gives notice"),
        ("Likelihood", "4", "2"),
    ]
    assert changed.ref == "R-001"


def test_what_was_changed_here_stays(store: Store, ana: Acting) -> None:
    take_in(store, table(RISKS), ana)
    uid = next(risk.uid for risk in records(store, Risk))
    change(store, "risk", uid, {"title": "Supplier goes"}, at(ana, date(2026, 10, 2)))
    taken = take_in(store, table(RISKS), at(ana, date(2026, 10, 3)))
    assert counts(taken) == {"risk": {"unchanged": 2}}
    assert [remark.kind for outcome in taken.outcomes for remark in outcome.remarks if remark.column == "Risk"] == [
        "kept"
    ]
    both = RISKS.replace("Supplier leaves", "Supplier is sold")
    taken = try_out(store, table(both), lambda _: at(ana, date(2026, 10, 3)))
    assert [r.words for o in taken.outcomes for r in o.remarks if r.kind == "clash"] == [
        "“Supplier goes” stays, as it was changed here; the source says “Supplier is sold”"
    ]


def test_what_the_source_has_no_more_is_said_and_stays(store: Store, ana: Acting) -> None:
    take_in(store, table(RISKS), ana)
    taken = take_in(store, table(RISKS.replace("R2,Data is late,2,Very high,Jane Doe,TBC\n", "")), ana)
    assert [name.partition(" ")[0] for name in taken.absent] == ["R-002"]
    assert len(list(records(store, Risk))) == 2


def test_a_key_that_stands_twice_is_refused_with_both_rows_and_nothing_is_written(store: Store, ana: Acting) -> None:
    text = RISKS + "R1,Something else,1,1,,\n"
    mapping = 'source = "log"\n[[record]]\nregister = "risk"\nkey = "ID"\n[record.fields]\ntitle = "Risk"\n'
    taken = take_in(store, table(text, mapping), ana)
    assert [(outcome.row, outcome.why) for outcome in taken.refused] == [
        (2, ("“R1” stands in row 4 too, with other values.",)),
        (4, ("“R1” stands in row 2 too, with other values.",)),
    ]
    assert taken.tx == 0
    assert not list(records(store, Risk))
    assert take_in(store, table(text, mapping), ana, without_refused=True).tx
    assert [risk.title for risk in records(store, Risk)] == ["Data is late"]


def test_a_row_that_calls_its_record_nothing_is_refused_and_clears_no_title(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("ID,Risk,L\nR1,Late,2\nR2,,3\n"), ana, without_refused=True)
    assert [(outcome.row, outcome.why) for outcome in taken.refused] == [
        (3, ("It is called nothing: its Title is empty.",))
    ]
    later = take_in(store, table("ID,Risk,L\nR1,,4\n"), at(ana, date(2026, 10, 2)))
    assert counts(later) == {"risk": {"changed": 1}}
    assert [risk.title for risk in records(store, Risk)] == ["Late"]


def test_a_file_of_refused_rows_misses_nothing(store: Store, ana: Acting) -> None:
    take_in(store, table(RISKS), ana)
    mended = "ID,Risk,Why it was refused\nR3,Mended,It was called nothing\n"
    taken = take_in(store, table(mended, register="risk"), ana)
    assert counts(taken) == {"risk": {"created": 1}}
    assert taken.absent == ()


def test_rows_that_are_the_same_give_one_record(store: Store, ana: Acting) -> None:
    mapping = 'source = "log"\n[[record]]\nregister = "risk"\nkey = "ID"\n[record.fields]\ntitle = "Risk"\n'
    taken = take_in(store, table("ID,Risk\nR1,Late\nR1,Late\n", mapping), ana)
    assert counts(taken) == {"risk": {"created": 1, "skipped": 1}}
    assert (taken.outcomes[1].row, taken.outcomes[1].why) == (3, ("row 2 says the same of what is taken in",))


def test_equal_titles_without_a_key_are_refused_where_their_rows_differ(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("Risk,Cause\nLate,Haste\nLate,Haste\nLate,Rest\nOther,\n", register="risk"), ana)
    assert counts(taken) == {"risk": {"refused": 3, "created": 1}}
    assert taken.refused[0].why == (
        "“Late” stands in row 3, 4 too, with other values. No key tells the two apart: name the column that does.",
    )


def test_what_a_register_asks_for_and_the_source_lacks_is_listed(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("Action,Who,By when\nCall the supplier,,\n"), ana)
    assert [outcome.lacks for outcome in taken.incomplete] == [("Owner is needed.", "Due is needed.")]
    (action,) = records(store, Action)
    assert action.text == "Call the supplier"
    assert not (action.owner or action.due)


def test_names_of_people_are_left_out_unless_the_mapping_knows_them(store: Store, ana: Acting) -> None:
    add(store, "person", {"display_name": "Delivery lead"}, ana)
    mapping = (
        'source = "log"\n[[record]]\nregister = "action"\n[record.fields]\ntext = "Action"\nowner = "Who"\n'
        '[people]\n"Jane Doe" = "Delivery lead"\n'
    )
    text = "Action,Who\nCall,Jane Doe\nWrite,Max Muster\n"
    taken = take_in(store, table(text, mapping), ana)
    assert taken.people == {"Max Muster": 1}
    called, written = records(store, Action)
    assert called.owner is not None
    assert not written.owner
    dump = "\n".join(store.connection.iterdump())
    assert "Muster" not in dump
    assert "Jane Doe" not in dump


def test_names_of_people_are_kept_when_somebody_says_so(store: Store, ana: Acting) -> None:
    mapping = (
        'source = "log"\nother_people = "keep"\n[[record]]\nregister = "action"\n[record.fields]\ntext = "Action"\n'
        'owner = "Who"\n'
    )
    take_in(store, table("Action,Who\nCall,Max Muster\n", mapping), ana)
    assert "Max Muster" in [person.display_name for person in records(store, Person)]


def test_a_row_gives_several_records_or_none(store: Store, ana: Acting) -> None:
    mapping = """\
source = "portfolio"
[[record]]
register = "pilot"
key = "No"
[record.fields]
name = "Project"
budget = { columns = "Cost (£m)", factor = "1000000" }
[[record]]
register = "confidence"
key = "No"
filled = "RAG"
[record.fields]
pilot = { record = "pilot" }
rating = "RAG"
"""
    text = "No,Project,Cost (£m),RAG\n1,Permits,1.5,Amber\n2,Fines,2,\n3,Fees,2,Mauve\n"
    taken = take_in(store, table(text, mapping), ana, as_at=date(2026, 3, 31))
    assert counts(taken) == {"pilot": {"created": 3}, "confidence": {"created": 2}}
    permits, fines, fees = records(store, Pilot)
    assert (permits.rating, permits.budget) == ("amber", 150_000_000)
    assert (fines.rating, fees.rating) == (None, None)
    assert [(o.row, [r.kind for r in o.remarks]) for o in taken.incomplete] == [(4, ["unmapped"])]
    again = take_in(store, table(text, mapping), ana, as_at=date(2026, 3, 31))
    assert counts(again) == {"pilot": {"unchanged": 3}, "confidence": {"unchanged": 2}}
    next_year = take_in(store, table(text.replace("Amber", "Green").replace("3,Fees,2,Mauve\n", ""), mapping), ana)
    assert counts(next_year) == {"pilot": {"unchanged": 2}, "confidence": {"created": 1}}


def test_whole_texts_are_kept_in_a_note_once(store: Store, ana: Acting) -> None:
    long = "This is a sentence that goes on and on. " * 20
    text = f"ID,Risk,Remarks\nR1,{long},see annex\n"
    mapping = 'source = "log"\n[[record]]\nregister = "risk"\nkey = "ID"\nnote = "*"\n[record.fields]\ntitle = "Risk"\n'
    take_in(store, table(text, mapping), ana)
    (risk,) = records(store, Risk)
    (note,) = notes_of(store, risk.uid)
    assert long.strip() in note.text
    assert "Remarks: see annex" in note.text
    assert counts(take_in(store, table(text, mapping), ana)) == {"risk": {"unchanged": 1}}
    assert len(notes_of(store, risk.uid)) == 1


def test_rows_that_contradict_themselves_come_in_with_both_values(store: Store, ana: Acting) -> None:
    text = "Project,Start date,End date\nPermits,2026-05-01,2026-04-01\n"
    taken = take_in(store, table(text), ana)
    (outcome,) = taken.incomplete
    assert outcome.lacks == ("Start (2026-05-01) is after forecast end (2026-04-01). Change one of the two.",)
    (pilot,) = records(store, Pilot)
    assert (pilot.start, pilot.forecast_end) == (date(2026, 5, 1), date(2026, 4, 1))


def test_a_value_that_the_register_cannot_hold_is_kept_as_a_text(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("Risk,L,I\nLate,6,2\n"), ana)
    (outcome,) = taken.outcomes
    assert outcome.status == "created"
    (risk,) = records(store, Risk)
    assert risk.likelihood is None
    assert any("6" in note.text for note in notes_of(store, risk.uid))


def test_ratings_on_another_scale_are_refused_before_anything_is_written(store: Store, ana: Acting) -> None:
    mapping = 'source = "x"\nrating_scale = "rag5"\n[[record]]\nregister = "pilot"\n[record.fields]\nname = "Project"\n'
    with pytest.raises(TrackerError, match=r"on the scale RAG \(5 steps\), and the programme"):
        try_out(store, table("Project\nA\n", mapping), lambda _: ana)


def test_a_table_of_nothing_known_asks_what_it_is() -> None:
    with pytest.raises(TrackerError, match=r"Nothing tells what the rows of “log\.csv” are"):
        table("foo,bar\n1,2\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "=HYPERLINK(1)",
        "[red]x[/red]",
        "<script>x</script>",
        "\u202ereversed",
        "{{ 7*7 }}",
        "a\x1b[31mb",
        "'; DROP TABLE risk",
    ],
)
def test_what_cells_hold_stays_plain_text(store: Store, ana: Acting, hostile: str) -> None:
    take_in(store, table(f'Risk,L,I\n"{hostile}",1,1\n'), ana)
    (risk,) = records(store, Risk)
    assert risk.title in (hostile, "reversed", "ab")


def test_a_person_added_by_a_row_that_is_refused_is_added_again_by_the_next(store: Store, ana: Acting) -> None:
    mapping = """
    source = "log"
    other_people = "keep"
    [[record]]
    register = "risk"
    key = "ID"
    [record.fields]
    title = "Risk"
    owner = "Owner"
    """
    log = table("ID,Risk,Owner\n,No key,Jo Day\nR2,Data is late,Jo Day\n", mapping)
    taken = take_in(store, log, ana, without_refused=True)
    assert counts(taken) == {"risk": {"refused": 1, "created": 1}}
    (risk,) = records(store, Risk)
    assert risk.owner in {person.uid for person in records(store, Person) if person.display_name == "Jo Day"}


def test_an_import_that_is_stopped_or_finds_the_disk_full_has_written_nothing(
    store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(store.connection.iterdump())
    pages = store.read("PRAGMA page_count")[0][0]
    store.read(f"PRAGMA max_page_count = {pages + 2}")
    log = table("ID,Risk\n" + "".join(f"R{number},{'Late ' * 30}{number}\n" for number in range(200)), register="risk")
    with pytest.raises(FileTrouble, match="full"):
        take_in(store, log, ana)
    assert list(store.connection.iterdump()) == before

    def stopped(importer: Importer, row: SourceRow) -> None:
        taken(importer, row)
        if row.number > 100:
            raise KeyboardInterrupt

    taken = Importer.take
    store.read(f"PRAGMA max_page_count = {pages + 10_000}")
    monkeypatch.setattr(Importer, "take", stopped)
    with pytest.raises(KeyboardInterrupt):
        take_in(store, log, ana)
    assert list(store.connection.iterdump()) == before


def test_a_step_hears_how_far_it_is_and_what_it_raises_ends_it_with_nothing_written(store: Store, ana: Acting) -> None:
    heard: list[tuple[int, int]] = []
    take_in(store, table(RISKS), ana, step=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 2), (2, 2)]
    before = list(store.connection.iterdump())

    def ends(done: int, total: int) -> None:
        if done == total:
            raise TrackerError("Enough.")

    with pytest.raises(TrackerError, match="Enough"):
        take_in(store, table("Risk,Cause\nAnother,Haste\n"), ana, step=ends)
    assert list(store.connection.iterdump()) == before


def test_who_acts_may_be_found_out_in_the_copy_so_that_somebody_new_is_not_recorded(store: Store, ana: Acting) -> None:
    before = list(store.connection.iterdump())
    taken = try_out(store, table(RISKS), lambda copy: acting(copy, "Somebody new", "cli", ana.now, ana.today))
    assert counts(taken) == {"risk": {"created": 2}}
    assert list(store.connection.iterdump()) == before


def test_a_column_that_is_chosen_for_a_field_is_read_as_its_kind_and_none_leaves_it_aside() -> None:
    risks = table("Title,Cost (£k),How likely\nA,3,High\n", register="risk")
    assert "How likely" in risks.aside
    chosen = remapped(risks, 0, "likelihood", "How likely")
    assert chosen.mapping.record[0].fields["likelihood"].values == {"high": "4"}
    assert "How likely" not in chosen.aside
    assert "How likely" in remapped(chosen, 0, "likelihood", "").aside
    assert remapped(risks, 0, KEY, "Title").mapping.record[0].key == ("Title",)
    assert remapped(remapped(risks, 0, KEY, "Title"), 0, KEY, "").mapping.record[0].key == ()
