"""Tables as others keep them: several records a row, periods in columns, words of their own, names without a key."""

from datetime import date

import pytest
from conftest import at
from taken_tables import counts, table

from tracker.entities import Action, Issue, Measurement, Person, Pilot, Risk, Service
from tracker.errors import TrackerError
from tracker.services.importing.outcome import words_of
from tracker.services.importing.running import take_in, try_out
from tracker.services.records.notes import known_as
from tracker.services.records.writing import change
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store


def test_rows_become_what_a_column_calls_them_and_each_has_a_title(store: Store, ana: Acting) -> None:
    log = table(
        "raid_id,type,description,severity,probability,target_date,status\n"
        "1,Risk,Late,High,Low,2026-12-01,Escalated\n2,Issue,No badges,High,,2026-12-02,Mitigating\n"
        "3,Assumption,Staff stay,,,,Open\n"
    )
    assert counts(take_in(store, log, ana))["issue"] == {"created": 1}
    (risk,) = records(store, Risk)
    (issue,) = records(store, Issue)
    assert (risk.title, risk.likelihood, risk.impact, risk.status, risk.category) == ("Late", 2, 4, "open", None)
    assert (issue.title, issue.due, issue.status) == ("No badges", date(2026, 12, 2), "in_progress")


def test_a_column_of_types_that_names_one_register_is_a_category(store: Store, ana: Acting) -> None:
    take_in(store, table("Risk,Type,L,I\nLate,Legal,1,2\nCost,Risk,1,1\n"), ana)
    assert [risk.category for risk in records(store, Risk)] == ["legal", None]


def test_equal_names_with_other_values_are_refused_where_there_is_no_key(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("Risk,L,I\nLate,1,2\nLate,3,4\nCost,1,1\n"), ana)
    mend = " No key tells the two apart: name the column that does."
    assert [(outcome.row, outcome.why) for outcome in taken.refused] == [
        (2, (f"“Late” stands in row 3 too, with other values.{mend}",)),
        (3, (f"“Late” stands in row 2 too, with other values.{mend}",)),
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
    taken = try_out(store, table("Metric,Value,From,To\nCalls,5,2026-01-01,2026-01-31\n", mapping), lambda _: ana)
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
    text += "5,Decision,Go on,,Closed,2026-01-05,\n6,Dependency,Address service,,Active,,2026-04-01\n7,Idea,More,,,,\n"
    taken = take_in(store, table(text), ana)
    assert taken.source == "RAID log"
    assert counts(taken) == {
        "risk": {"created": 1, "skipped": 1},
        "assumption": {"created": 1},
        "dependency": {"created": 1},
        "action": {"created": 1},
        "issue": {"created": 1},
        "decision": {"created": 1},
    }
    assert [(o.row, o.why) for o in taken.outcomes if o.status == "skipped"] == [
        (8, ("“Type” says “Idea”, and the mapping makes no record of that",))
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


def test_a_likelihood_that_was_changed_here_stays_too(store: Store, ana: Acting) -> None:
    text = "ID,Title,Likelihood,Impact\nK1,One,4,3\n"
    take_in(store, table(text), ana)
    (risk,) = records(store, Risk)
    change(store, "risk", risk.uid, {"likelihood": 5}, at(ana, date(2026, 10, 2)))
    taken = take_in(store, table(text.replace("4,3", "2,3")), at(ana, date(2026, 10, 3)))
    assert counts(taken) == {"risk": {"unchanged": 1}}
    assert [(r.kind, r.words) for o in taken.outcomes for r in o.remarks] == [
        ("clash", "“5” stays, as it was changed here; the source says “2”")
    ]
    assert [risk.likelihood for risk in records(store, Risk)] == [5]


def test_an_empty_cell_clears_nothing_that_was_filled_in(store: Store, ana: Acting) -> None:
    text = "ID,Title,Likelihood,Impact,Status,Date raised\nK1,One,4,3,,\n"
    take_in(store, table(text), ana)
    assert counts(take_in(store, table(text), ana)) == {"risk": {"unchanged": 1}}


def test_a_key_that_repeats_is_refused_by_a_proposal_too_and_is_not_called_absent(store: Store, ana: Acting) -> None:
    text = "ID,Title,Likelihood,Impact\nK1,One,4,3\nK2,Two,2,2\nK2,Three,1,1\n"
    first = text.replace("K2,Three,1,1\n", "")
    take_in(store, table(first), ana)
    taken = take_in(store, table(text), ana)
    assert [outcome.row for outcome in taken.refused] == [3, 4]
    assert taken.absent == ()


def test_a_total_is_no_record(store: Store, ana: Acting) -> None:
    taken = take_in(store, table("ID,Title,Likelihood,Impact\nK1,One,4,3\nTotal,2 risks,,\n"), ana)
    assert counts(taken) == {"risk": {"created": 1}}
    assert taken.skipped == ("1 row not taken (3): a total of the rows above",)


@pytest.mark.parametrize(
    ("cells", "days", "flagged"),
    [
        (("01.03.2026", "05.13.2026"), [date(2026, 3, 1), None], ["05.13.2026"]),
        (("05.13.2026",), [None], ["05.13.2026"]),
        (("01/03/2026", "25/03/2026", "05/13/2026"), [date(2026, 3, 1), date(2026, 3, 25), None], ["05/13/2026"]),
        (("01/03/2026",) * 5 + ("05/13/2026",), [date(2026, 3, 1), None], ["05/13/2026"]),
        (("03/25/2026", "03/01/2026"), [date(2026, 3, 25), date(2026, 3, 1)], []),
        (("2026-03-25", "03/25/2026", "03/01/2026"), [date(2026, 3, 25), date(2026, 3, 25), date(2026, 3, 1)], []),
        (("2026-01-25", "25/03/2026"), [date(2026, 1, 25), date(2026, 3, 25)], []),
        (("03-25-2026", "01.03.2026"), [date(2026, 3, 25), date(2026, 3, 1)], []),
    ],
)
def test_one_odd_day_turns_no_column(
    store: Store, ana: Acting, cells: tuple[str, ...], days: list[date | None], flagged: list[str]
) -> None:
    text = "ID,Risk,Raised on\n" + "".join(f"{row},Risk {row},{cell}\n" for row, cell in enumerate(cells))
    taken = take_in(store, table(text), ana)
    raised = [risk.raised_on for risk in records(store, Risk)]
    assert list(dict.fromkeys(raised)) == list(dict.fromkeys(days))
    assert [r.text for outcome in taken.outcomes for r in outcome.remarks if r.kind == "unread"] == flagged


def test_a_day_that_there_is_not_is_told_as_it_stands(store: Store, ana: Acting) -> None:
    taken = try_out(store, table("ID,Title,Date raised\nK1,One,31.02.2026\n"), lambda _: ana)
    (remark,) = [remark for outcome in taken.outcomes for remark in outcome.remarks]
    assert "“31.02.2026”" in remark.words


def test_a_record_of_which_only_a_note_is_new_says_so(store: Store, ana: Acting) -> None:
    mapping = 'source = "Log"\n[[record]]\nregister = "risk"\nkey = "No"\nnote = "*"\nfields = { title = "Risk" }\n'
    take_in(store, table("No,Risk,Mood\n1,Late,\n", mapping), ana)
    (outcome,) = take_in(store, table("No,Risk,Mood\n1,Late,Grim\n", mapping), ana).outcomes
    assert (outcome.status, list(words_of(outcome))) == (
        "changed",
        ["Notes: nothing → what the source says besides"],
    )
