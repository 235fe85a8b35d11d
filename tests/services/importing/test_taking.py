"""What becomes of the rows of a table: added, changed, left alone or refused; once more, nothing; undone, all gone."""

from datetime import date
from typing import Any

import pytest
from conftest import at

from tracker.entities import Action, Measurement, Person, Pilot, Risk, Service
from tracker.errors import TrackerError
from tracker.rules.importing.mapping_text import read_mapping
from tracker.services.importing.files.opening import SourceFile
from tracker.services.importing.outcome import ImportResult, totals
from tracker.services.importing.running import Table, Wanted, table_of, take_in, try_out
from tracker.services.records.notes import known_as, notes_of
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change
from tracker.storage.queries import Query, records, rows
from tracker.storage.store import Acting, Store

RISKS = """\
ID,Risk,L,I,Owner,Review date
R1,Supplier leaves,High,3,Data lead,2026-12-01
R2,Data is late,2,Very high,Jane Doe,TBC
"""


def table(text: str, mapping: str = "", **wanted: Any) -> Table:
    """Return a table of a CSV text, by a mapping in TOML or one that is proposed."""
    chosen = None
    if mapping:
        chosen, troubles = read_mapping("m.toml", mapping)
        assert not troubles
    return table_of(SourceFile("log.csv", text.encode()), Wanted(chosen, **wanted))


def counts(taken: ImportResult) -> dict[str, dict[str, int]]:
    return {
        register: {str(status): number for status, number in statuses.items()}
        for register, statuses in totals(taken.outcomes).items()
    }


def test_a_trial_run_says_all_and_writes_nothing(store: Store, ana: Acting) -> None:
    before = list(store.connection.iterdump())
    taken = try_out(store, table(RISKS), ana)
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
    taken = try_out(store, table(both), at(ana, date(2026, 10, 3)))
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
    taken = take_in(store, table(text, register="risk", source="log"), ana)
    assert counts(taken) == {"risk": {"created": 3}}  # without a key that differs, its names are the keys
    mapping = 'source = "log"\n[[record]]\nregister = "risk"\nkey = "ID"\n[record.fields]\ntitle = "Risk"\n'
    undo(store, ana)
    taken = take_in(store, table(text, mapping), ana)
    assert [(outcome.row, outcome.why) for outcome in taken.refused] == [
        (2, ("“R1” stands in row 4 too, with other values.",)),
        (4, ("“R1” stands in row 2 too, with other values.",)),
    ]
    assert taken.tx == 0
    assert not list(records(store, Risk))
    assert take_in(store, table(text, mapping), ana, without_refused=True).tx
    assert [risk.title for risk in records(store, Risk)] == ["Data is late"]


def test_rows_that_are_the_same_give_one_record(store: Store, ana: Acting) -> None:
    mapping = 'source = "log"\n[[record]]\nregister = "risk"\nkey = "ID"\n[record.fields]\ntitle = "Risk"\n'
    taken = take_in(store, table("ID,Risk\nR1,Late\nR1,Late\n", mapping), ana)
    assert counts(taken) == {"risk": {"created": 1}}


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
        try_out(store, table("Project\nA\n", mapping), ana)


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


def test_equal_names_with_other_values_are_refused_where_there_is_no_key(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("Risk,L,I\nLate,1,2\nLate,3,4\nCost,1,1\n"), ana)
    assert [(outcome.row, outcome.why) for outcome in taken.refused] == [
        (2, ("“Late” stands in row 3 too, with other values.",)),
        (3, ("“Late” stands in row 2 too, with other values.",)),
    ]


def test_a_key_that_is_longer_than_an_identifier_is_told_apart(store: Store, ana: Acting) -> None:
    long = "A name that goes on " * 7
    text = f"No,Risk\n{long}one,First\n{long}two,Second\n"
    mapping = 'source = "log"\n[[record]]\nregister = "risk"\nkey = "No"\n[record.fields]\ntitle = "Risk"\n'
    assert counts(take_in(store, table(text, mapping), ana)) == {"risk": {"created": 2}}
    assert counts(take_in(store, table(text, mapping), ana)) == {"risk": {"unchanged": 2}}


def test_what_a_refused_row_would_have_given_is_not_there_for_the_next(store: Store, ana: Acting) -> None:
    """A row that is refused takes its service and its new person back; the next row gives them."""
    mapping = """\
source = "log"
other_people = "keep"
[[record]]
register = "service"
key = "Service"
[record.fields]
name = "Service"
owner = "Owner"
[[record]]
register = "metric"
key = "No"
[record.fields]
name = "Metric"
service = { record = "service" }
definition = "Metric"
metric_kind = { value = "count" }
"""
    text = "No,Service,Owner,Metric\n1,Permits,Max Muster,Late\n1,Permits,Max Muster,Later\n2,Permits,Max Muster,Cost\n"
    taken = take_in(store, table(text, mapping), ana, without_refused=True)
    assert counts(taken) == {"metric": {"refused": 2, "created": 1}, "service": {"created": 1}}
    (service,) = records(store, Service)
    assert service.owner in [person.uid for person in records(store, Person)]


def test_columns_of_several_figures_of_several_periods_become_a_row_for_each_period(store: Store, ana: Acting) -> None:
    mapping = """\
source = "take-up"
file.unpivot = { header_as = "quarter", period = "\\\\d{4}-Q\\\\d" }
[[record]]
register = "metric"
[record.fields]
name = "Service"
definition = { value = "Online of all" }
metric_kind = { value = "proportion" }
[[record]]
register = "measurement"
key = "Service"
[record.fields]
metric = { record = "metric" }
phase = { value = "baseline" }
numerator = "Online"
denominator = "All"
period_start = { columns = "quarter", values = { "2025-Q1" = "2025-01-01", "2025-Q2" = "2025-04-01" } }
period_end = { columns = "quarter", values = { "2025-Q1" = "2025-03-31", "2025-Q2" = "2025-06-30" } }
"""
    text = "Service,2025-Q1 All,2025-Q1 Online,2025-Q2 All,2025-Q2 Online\nPermits,100,40,120,60\nFines,50,5,,\n"
    assert counts(take_in(store, table(text, mapping), ana)) == {
        "metric": {"created": 2},
        "measurement": {"created": 3},
    }
    assert [(figure.numerator, figure.denominator) for figure in records(store, Measurement)] == [
        (40, 100),
        (60, 120),
        (5, 50),
    ]
    assert counts(take_in(store, table(text, mapping), ana))["measurement"] == {"unchanged": 3}


def test_a_measurement_of_a_metric_without_a_kind_is_refused_in_a_sentence(store: Store, ana: Acting) -> None:
    mapping = """\
source = "x"
[[record]]
register = "metric"
fields = { name = "Metric" }
[[record]]
register = "measurement"
fields = { metric.record = "metric", phase.value = "during", value = "Value", period_start = "From", period_end = "To" }
"""
    taken = try_out(store, table("Metric,Value,From,To\nCalls,5,2026-01-01,2026-01-31\n", mapping), ana)
    assert [outcome.why for outcome in taken.refused] == [
        ("M-01 has no kind yet; give it first: it says which figures a measurement has.",)
    ]


def test_a_part_of_a_text_is_taken_where_the_mapping_says_which(store: Store, ana: Acting) -> None:
    mapping = 'source = "x"\n[[record]]\nregister = "risk"\n[record.fields]\ntitle = "Risk"\n'
    mapping += "raised_on = { columns = \"Seen\", part = '\\(([^)]+)\\)' }\n"
    take_in(store, table("Risk,Seen\nLate,Review (2026-02-03)\n", mapping), ana)
    assert [risk.raised_on for risk in records(store, Risk)] == [date(2026, 2, 3)]


def test_rows_of_which_the_mapping_makes_nothing_are_said(store: Store, ana: Acting) -> None:
    text = "ID,Type,Description,Owner,Status,Date raised,Due date\n"
    text += "1,Risk,Supplier leaves,,Open,2026-01-05,\n2,Action,Call them,,Complete,2026-01-05,2026-02-01\n"
    text += "3,Assumption,Staff stay,,Open,2026-01-05,\n4,Issue,No screens,,Ongoing,2026-01-05,2026-03-01\n"
    text += "5,Decision,Go on,,Closed,2026-01-05,\n"
    taken = take_in(store, table(text), ana)
    assert taken.source == "RAID log"
    assert counts(taken) == {
        "risk": {"created": 1, "skipped": 1},
        "action": {"created": 1},
        "issue": {"created": 1},
        "decision": {"created": 1},
    }
    assert [(o.row, o.why) for o in taken.outcomes if o.status == "skipped"] == [
        (4, ("the mapping makes no record of such a row",))
    ]


def test_attendance_of_training_comes_in_as_sessions_with_counts(store: Store, ana: Acting) -> None:
    text = "Course,Date,Role group,Booked,Attended\nWorkshop,2026-03-02,Counter staff,12,10\n"
    text += "Workshop,2026-03-02,Managers,3,3\nWorkshop,2026-04-02,Counter staff,8,7\n"
    assert counts(take_in(store, table(text), ana)) == {"session": {"created": 2}, "attendance": {"created": 3}}
    assert counts(take_in(store, table(text), ana)) == {"session": {"unchanged": 2}, "attendance": {"unchanged": 3}}


def test_words_for_choices_are_proposed_with_what_they_mean(store: Store, ana: Acting) -> None:
    proposed = table("Action,Due date,Status\nCall,2026-12-01,Ongoing\nWrite,2026-12-02,Not started\n")
    assert proposed.mapping.record[0].fields["status"].values == {"ongoing": "in_progress", "not started": "open"}
    take_in(store, proposed, ana)
    assert [action.status for action in records(store, Action)] == ["in_progress", "open"]


def test_what_no_column_names_is_asked() -> None:
    with pytest.raises(TrackerError, match="Nothing tells what the rows"):
        table("Department,URL,Email\nA,http://x,a@b.c\n")


def test_lists_of_this_program_come_in_with_their_refs(store: Store, ana: Acting) -> None:
    take_in(store, table("Ref,Name,Phase,Late\nP-07,Permits,Alpha,\n"), ana)
    take_in(store, table("Ref,Title,Status,Score,Pilot,Late\nR-003,Late,Draft,,P-07,\n"), ana)
    (risk,), (pilot,) = records(store, Risk), records(store, Pilot)
    assert (risk.title, risk.pilot, pilot.phase) == ("Late", pilot.uid, "alpha")
    assert [known.code for known in known_as(store, risk.uid)] == ["R-003"]
