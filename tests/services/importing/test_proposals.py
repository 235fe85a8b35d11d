"""Mappings that are proposed for the logs of programme offices: what they take, and what they say they do not."""

from datetime import date

import pytest
from conftest import at
from taken_tables import counts, table

from tracker.entities import (
    Action,
    Assumption,
    Benefit,
    BenefitFigure,
    Contract,
    Decision,
    Dependency,
    Issue,
    Milestone,
    Risk,
)
from tracker.errors import TrackerError
from tracker.rules.importing.mapping_text import read_mapping, write_mapping
from tracker.rules.importing.proposing import with_rest
from tracker.services.importing.files.opening import SourceFile
from tracker.services.importing.running import Wanted, table_of, take_in, try_out
from tracker.services.records.notes import notes_of
from tracker.services.records.writing import add
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

RAID = """\
ID,Type,Description,Owner,Status,Due,Likelihood,Impact,Mitigation,Needed from
1,Risk,Vendor insolvency,,Open,31/01/2027,3 - Possible,4 - Major,Monitor accounts,
2,Assumption,Volumes stay low,,Validated,28/02/2027,,Half the staff is missing,,
3,Issue,Test environment down,,Open,05/12/2026,,High,Call vendor,
4,Dep,Identity API live,,Not agreed,01/03/2027,,,,Home Office
5,Decision,Use cloud hosting,,Approved,,,,,
6,,Without type,,Open,,,,,
7,Idea,Something else,,Open,,,,,
"""


def test_a_raid_log_in_words_of_its_own_loses_nothing(store: Store, ana: Acting) -> None:
    taken = take_in(store, table(RAID), ana)
    (risk,) = records(store, Risk)
    (issue,) = records(store, Issue)
    (assumption,) = records(store, Assumption)
    (dependency,) = records(store, Dependency)
    assert (risk.likelihood, risk.impact, risk.controls) == (3, 4, "Monitor accounts")
    assert "Due: 31/01/2027" in "".join(note.text for note in notes_of(store, risk.uid))
    assert (issue.severity, issue.due) == ("major", date(2026, 12, 5))
    assert (assumption.validate_by, assumption.if_false) == (date(2027, 2, 28), "Half the staff is missing")
    assert (dependency.party, dependency.needed_by, dependency.status) == ("Home Office", date(2027, 3, 1), "open")
    assert [decision.title for decision in records(store, Decision)] == ["Use cloud hosting"]
    assert [(outcome.row, outcome.why) for outcome in taken.outcomes if outcome.status == "skipped"] == [
        (7, ("“Type” is empty, and the mapping makes no record of that",)),
        (8, ("“Type” says “Idea”, and the mapping makes no record of that",)),
    ]


def test_a_choice_that_nothing_says_is_said_to_be_presumed(store: Store, ana: Acting) -> None:
    taken = try_out(store, table("ID,Issue,Severity\n1,Down,critical\n2,Slow,\n3,Red,Odd\n"), lambda _: ana)
    assert [[remark.words for remark in outcome.remarks] for outcome in taken.outcomes] == [
        [],
        ["the source says nothing, so it is Minor, as of any new one"],
        ["Severity cannot be “Odd”. Choose one of: minor, major, critical."],
    ]


def test_a_register_of_risks_of_types_is_no_raid_log(store: Store, ana: Acting) -> None:
    log = (
        "ID,Type,Description,Owner,Status,Date raised\n1,Legal,Late,,Open,2026-01-02\n2,People,Slow,,Open,2026-01-03\n"
    )
    assert counts(take_in(store, table(log), ana)) == {"risk": {"created": 2}}


def test_what_names_a_record_that_is_not_there_is_in_a_note(store: Store, ana: Acting) -> None:
    take_in(store, table("ID,Risk,L,I,Pilot\n1,Late,2,2,Pilot of theirs\n"), ana)
    (risk,) = records(store, Risk)
    assert "Pilot: Pilot of theirs" in "".join(note.text for note in notes_of(store, risk.uid))


PLAN = """<Project xmlns="http://schemas.microsoft.com/project"><Tasks>
<Task><UID>1</UID><Name>Phase</Name><OutlineLevel>1</OutlineLevel><Start>2026-01-01T08:00:00</Start>
<Finish>2026-02-01T17:00:00</Finish><Summary>1</Summary><Milestone>0</Milestone></Task>
<Task><UID>2</UID><Name>Interviews</Name><Start>2026-01-01T08:00:00</Start><Finish>2026-01-20T17:00:00</Finish>
<Summary>0</Summary><Milestone>0</Milestone><PercentComplete>100</PercentComplete>
<ActualFinish>2026-01-22T17:00:00</ActualFinish></Task>
<Task><UID>3</UID><Name>Alpha approved</Name><Start>2026-03-20T08:00:00</Start><Finish>2026-03-20T08:00:00</Finish>
<Summary>0</Summary><Milestone>1</Milestone><PercentComplete>0</PercentComplete>
<Baseline><Number>0</Number><Finish>2026-03-01T17:00:00</Finish></Baseline></Task>
<Task><UID>4</UID><Name>Build</Name><Start>2026-03-20T08:00:00</Start><Finish>2027-03-20T08:00:00</Finish>
<Summary>0</Summary><Milestone>0</Milestone><PercentComplete>30</PercentComplete></Task></Tasks>
<Resources><Resource><UID>1</UID><Name>Lead</Name><Type>1</Type></Resource>
<Resource><UID>2</UID><Name>Bricks</Name><Type>0</Type></Resource></Resources>
<Assignments><Assignment><TaskUID>4</TaskUID><ResourceUID>1</ResourceUID></Assignment>
<Assignment><TaskUID>4</TaskUID><ResourceUID>2</ResourceUID></Assignment></Assignments></Project>"""


def test_a_plan_gives_milestones_with_their_baseline_and_actions_with_owner_and_end(store: Store, ana: Acting) -> None:
    lead = add(store, "person", {"display_name": "Lead"}, ana).uid
    taken = take_in(store, table_of(SourceFile("plan.xml", PLAN.encode()), Wanted()), ana)
    assert [outcome.row for outcome in taken.outcomes if outcome.status == "skipped"] == [1]
    (milestone,) = records(store, Milestone)
    assert (milestone.name, milestone.status, milestone.actual_on) == ("Alpha approved", "planned", None)
    assert (milestone.baseline_on, milestone.forecast_on) == (date(2026, 3, 1), date(2026, 3, 20))
    interviews, build = records(store, Action)
    assert (interviews.status, interviews.done_on) == ("done", date(2026, 1, 22))
    assert (build.status, build.owner) == ("in_progress", lead)


def test_a_plan_of_primavera_gives_its_milestones(store: Store, ana: Acting) -> None:
    plan = (
        "ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_code\ttask_name\tstatus_code\ttask_type\ttarget_end_date\tact_end_date\n"
        "%R\t1\tA1\tLive\tTK_Complete\tTT_FinMile\t2026-01-05\t2026-01-07\n%R\t2\tA2\tBuild\tTK_Active\tTT_Task\t2027-01-05\t\n"
    )
    take_in(store, table_of(SourceFile("plan.xer", plan.encode()), Wanted()), ana)
    (milestone,) = records(store, Milestone)
    assert (milestone.status, milestone.forecast_on, milestone.actual_on) == (
        "met",
        date(2026, 1, 5),
        date(2026, 1, 7),
    )
    assert [action.text for action in records(store, Action)] == ["Build"]


TWO_ROWS = """\
Risk log,,,,,,
ID,Risk description,,Scoring,,Owner,Comments
,Title,Cause,Likelihood,Impact,,
R1,Late,No staff,3,4,,By mail
R2,Cost,Prices,2,2,,
"""


def test_a_header_of_two_rows_is_no_record(store: Store, ana: Acting) -> None:
    log = table(TWO_ROWS)
    assert log.aside == ("Comments",)
    take_in(store, log._replace(mapping=with_rest(log.mapping, log.aside)), ana)
    late, cost = records(store, Risk)
    assert [(risk.title, risk.cause, risk.likelihood, risk.impact) for risk in (late, cost)] == [
        ("Late", "No staff", 3, 4),
        ("Cost", "Prices", 2, 2),
    ]
    assert "Comments: By mail" in "".join(note.text for note in notes_of(store, late.uid))


def test_names_that_begin_with_an_empty_header_are_no_header(store: Store, ana: Acting) -> None:
    assert counts(take_in(store, table("ID,Risk,,L,I\nR1,Late,remark,3,4\nR2,Cost,other,1,1\n"), ana)) == {
        "risk": {"created": 2}
    }


TRAINING = """\
Session,Date,Role group,Invited,Attended,Trainer
Intro,05/05/2026,Counter staff,20,18,Trainer A
Intro,05/05/2026,Case workers,15,16,
Intro,12/05/2026,Counter staff,20,n/a,
"""
BENEFITS = """\
Benefit ID,Benefit,Type,2025-26,2026-27
B1,Less re-keying,Cash releasing,1000,2000
B2,Fewer calls,Non-cash,,3000
B3,Happier users,Qualitative,,
"""
CONTRACTS = """\
Contract ref,Supplier,Value (£),Start date,End date
C-1,Acme Ltd,1000,01/04/2025,31/03/2027
C-2,Acme Ltd,2000,01/04/2025,31/03/2027
C-3,,3000,01/04/2025,31/03/2027
"""


@pytest.mark.parametrize(
    "text, created",
    [
        (TRAINING, {"session": 2, "attendance": 3}),
        (BENEFITS, {"benefit": 3, "figure": 3}),
        (CONTRACTS, {"supplier": 1, "contract": 3}),
    ],
)
def test_rows_give_what_they_belong_to_and_once_more_change_nothing(
    store: Store, ana: Acting, text: str, created: dict[str, int]
) -> None:
    assert counts(take_in(store, table(text), ana)) == {kind: {"created": number} for kind, number in created.items()}
    again = take_in(store, table(text), at(ana, date(2026, 10, 2)))
    assert again.tx == 0
    assert {status for statuses in counts(again).values() for status in statuses} == {"unchanged"}


def test_figures_of_a_benefit_are_of_their_year_and_kind(store: Store, ana: Acting) -> None:
    take_in(store, table("Benefit,Type,Planned 2026-27,Actual 2026-27,Planned 2027-28\nCalls,Cash,100,90,200\n"), ana)
    assert [(str(figure.year), figure.target, figure.realised) for figure in records(store, BenefitFigure)] == [
        ("2026-04-01", 100_00, 90_00),
        ("2027-04-01", 200_00, None),
    ]


def test_a_contract_without_a_title_is_called_by_its_number_and_names_its_supplier(store: Store, ana: Acting) -> None:
    supplier = add(store, "supplier", {"name": "Acme Ltd"}, ana).uid
    take_in(store, table(CONTRACTS), ana)
    assert [contract.title for contract in records(store, Contract)] == ["C-1", "C-2", "C-3"]
    assert [contract.supplier for contract in records(store, Contract)] == [supplier, supplier, None]


def test_a_mapping_offers_what_it_leaves_aside() -> None:
    log = table(TWO_ROWS)
    written = write_mapping(log.mapping, log.aside)
    assert "# Left aside: Comments\n" in written
    assert read_mapping("again.toml", written)[0] is not None


def test_headers_in_german_and_french_are_known(store: Store, ana: Acting) -> None:
    german = (
        "Nr;Maßnahme;Verantwortlich;Fällig am;Status\n1;Schulen;;31.12.2026;offen\n2;Testen;;31.01.2027;in Arbeit\n"
    )
    taken = take_in(store, table(german), ana)
    assert counts(taken) == {"action": {"created": 2}}
    french = "N°;Risque;Probabilité;Gravité\n1;Retard;faible;très élevé\n"
    take_in(store, table(french), ana)
    assert [(action.text, action.status) for action in records(store, Action)] == [
        ("Schulen", "open"),
        ("Testen", "in_progress"),
    ]
    (risk,) = records(store, Risk)
    assert (risk.title, risk.likelihood, risk.impact) == ("Retard", 2, 5)


def test_an_action_log_with_the_columns_of_a_raid_log_but_its_type_gives_actions(store: Store, ana: Acting) -> None:
    log = "ID,Owner,Assigned,Due,Status,Priority,Description\n1,,2024-01-05,2024-01-20,Open,High,Review\n"
    taken = try_out(store, table(log), lambda _: ana)
    assert counts(taken) == {"action": {"created": 1}}


def test_signs_before_a_status_say_nothing(store: Store, ana: Acting) -> None:
    take_in(store, table("ID,Task,Due,Status\n1,Draft,2026-12-01,✅ Completed\n2,Ask,2026-12-02,🟢 Open\n"), ana)
    assert [action.status for action in records(store, Action)] == ["done", "open"]


def test_a_plan_without_summaries_is_known_and_its_first_task_is_the_plan(store: Store, ana: Acting) -> None:
    plan = """<Project><Tasks><Task><UID>0</UID><Name>All</Name></Task><Task><UID>1</UID><Name>Piling</Name>
<Start>2026-12-03T08:00:00</Start><Finish>2026-12-28T17:00:00</Finish><PercentComplete>60</PercentComplete>
</Task></Tasks></Project>"""
    take_in(store, table_of(SourceFile("plan.xml", plan.encode()), Wanted()), ana)
    assert [(action.text, action.status) for action in records(store, Action)] == [("Piling", "in_progress")]


def test_where_nothing_fits_the_cause_is_said() -> None:
    with pytest.raises(
        TrackerError, match=r"“Owner” and “Due date” would fit an? .*, but no column is called like its "
    ):
        table("Foo,Owner,Due date\na,b,2026-12-01\n")


def test_a_mapping_takes_the_names_of_options_and_columns_by_number(store: Store, ana: Acting) -> None:
    mapping = """\
source = "log"
[[record]]
register = "benefit"
[record.fields]
title = "2"
kind = { value = "qualitative" }
[[record]]
register = "risk"
fields = { title = 2, date = "Day" }
"""
    take_in(store, table("No,Name,Day\n1,Calls,2026-01-02\n", mapping), ana)
    (benefit,) = records(store, Benefit)
    (risk,) = records(store, Risk)
    assert (benefit.title, benefit.benefit_kind, risk.raised_on) == ("Calls", "qualitative", date(2026, 1, 2))
