"""A new register is told in papers, in "what changed" and when papers are collected by its class alone."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated as A
from typing import Literal

import pytest
from conftest import at

from tracker import entities
from tracker.entities.base import Day, Entity, Person, Pilot
from tracker.fields import PAST, TODAY, Column, Length, Moves, Show
from tracker.reports.model import Report
from tracker.reports.tables.data_tables import data_tables
from tracker.rules.boards.collecting import requests_by_owner
from tracker.rules.changes.since import Change, changes
from tracker.services.evidence import gather
from tracker.services.papers.building import _gathered, pack, summary
from tracker.services.papers.public import published
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage import schema
from tracker.storage.journal.verify import verify
from tracker.storage.queries import records
from tracker.storage.search import find_text
from tracker.storage.search_schema import search_triggers
from tracker.storage.store import Acting, Store

BEFORE, SINCE, BETWEEN, DAY = date(2026, 10, 2), date(2026, 10, 8), date(2026, 10, 15), date(2026, 11, 12)


class Supposition(Entity):
    """Something that a plan takes for granted until somebody has checked it."""

    kind = "supposition"
    noun = "supposition"
    plural = "suppositions"
    prefix = "SUP"
    lead_field = "text"
    name_field = "text"
    belongs_to = "pilot"
    owner_field = "owner"
    date_field = "made_on"
    state_field = "status"
    open_states = ("open",)
    ended_states = ("confirmed", "disproved")
    due_field = "check_by"
    changes_rank = 35
    late_entry = True
    introduced_by = "check_by"
    asked_when_late = True
    own_table = True

    text: A[str, Length(120, 1), Column("Supposition")]
    pilot: A[Pilot, Column("Pilot")] = None
    owner: A[Person, Column("Owner")] = None
    status: A[Literal["open", "confirmed", "disproved"], Column("Status")] = "open"
    made_on: A[date, PAST, TODAY, Show("Made on")]
    check_by: A[Day, Moves("check date"), Column("Check by")] = None


@pytest.fixture
def _register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program as it would be with one class and one name in ENTITIES more."""
    plain, more = entities.ENTITIES, {**entities.ENTITIES, "supposition": "Supposition"}
    monkeypatch.setitem(entities._loaded, "supposition", Supposition)
    _let_everybody_see(more, plain)
    yield
    _let_everybody_see(plain, more)


def _let_everybody_see(kinds: Mapping[str, str], instead_of: Mapping[str, str]) -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "ENTITIES", None) is instead_of:
            module.ENTITIES = kinds  # type: ignore[attr-defined]


def _let_new_files_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlite_utils import Database, Migrations

    from tracker.storage import migrations

    steps = Migrations("tracker")
    for name in migrations.STEPS:
        steps(name=name)(migrations._step(name))

    @steps(name="999_supposition")
    def supposition(db: Database) -> None:
        db.execute(schema.table(Supposition))

    monkeypatch.setattr(migrations, "migrations", steps)


@pytest.fixture
def assumed(_register: None, store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A pilot whose team only worked on its suppositions after the first week; their uids by name."""
    _let_new_files_have_it(monkeypatch)
    for statement in (
        schema.table(Supposition),
        schema.packed_view(Supposition),
        *schema.journal_triggers(Supposition).values(),
    ):
        store.connection.execute(statement)
    store.connection.execute(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) "
        "SELECT migration_set, '999_supposition', applied_at FROM _sqlite_migrations LIMIT 1"
    )
    for name, statement in search_triggers().items():
        if "_supposition_" in name:
            store.connection.execute(statement)
    pilot = add(store, "pilot", {"name": "Permits", "phase": "alpha", "delivery_lead": ana.person}, at(ana, BEFORE)).uid
    uids = {"pilot": pilot}

    def assume(name: str, day: date, **values: object) -> None:
        values = {"text": f"{name} holds", "pilot": pilot, "owner": ana.person, **values}
        uids[name] = add(store, "supposition", values, at(ana, day)).uid

    for name in ("moving", "confirmed", "disproved", "gone"):
        assume(name, BEFORE, check_by=date(2026, 11, 1))
    change(store, "supposition", uids["disproved"], {"status": "disproved"}, at(ana, SINCE))
    change(store, "supposition", uids["moving"], {"check_by": date(2026, 11, 10)}, at(ana, BETWEEN))
    change(store, "supposition", uids["confirmed"], {"status": "confirmed"}, at(ana, BETWEEN))
    change(store, "supposition", uids["disproved"], {"status": "open"}, at(ana, BETWEEN), reason="A mistake of ours")
    assume("new", BETWEEN, check_by=date(2026, 12, 1))
    assume("late", BETWEEN, made_on=BEFORE)
    remove(store, "supposition", uids["gone"], at(ana, BETWEEN), reason="Said twice")
    return uids


def news(store: Store) -> list[Change]:
    data = _gathered(store, DAY, SINCE, None)
    assert data.before is not None
    return [news for news in changes(data.before, data.now, data.facts) if news.kind == "supposition"]


def words(report: Report) -> str:
    return str(report.to_dict())


def test_what_changed_tells_it(store: Store, assumed: dict[str, str]) -> None:
    names = {uid: name for name, uid in assumed.items()}
    assert {(names[change.uid], change.group): change.text for change in news(store)} == {
        ("moving", "moved"): "check date moved from 1 Nov 2026 to 10 Nov 2026",
        ("moving", "overdue"): "overdue since 10 Nov 2026",
        ("confirmed", "closed"): "confirmed",
        ("disproved", "worsened"): "opened again, was disproved: A mistake of ours",
        ("disproved", "overdue"): "overdue since 1 Nov 2026",
        ("new", "new"): "new supposition, check by 1 Dec 2026",
        ("late", "late"): "new supposition; dated 2 Oct 2026, recorded only on 15 Oct 2026",
        ("gone", "deleted"): "removed (Said twice)",
    }


def test_a_pilot_has_news_of_it(store: Store, assumed: dict[str, str]) -> None:
    assert gather(store, DAY).updated[assumed["pilot"]] == BETWEEN
    assert gather(store, SINCE).updated[assumed["pilot"]] == SINCE


def test_papers_list_and_count_it(store: Store, assumed: dict[str, str]) -> None:
    short, long = words(summary(store, day=DAY, since=SINCE)), words(pack(store, day=DAY, since=SINCE))
    assert "'Suppositions', '4 of 5 open, 2 overdue.'" in short
    assert "15 Other registers" in long
    assert "4 suppositions open, the first to fall due first" in long
    assert "1 Nov 2026 (overdue)" in long
    assert "SUP-005 new holds" in long.partition("Forward look")[2].partition("15 Other registers")[0]
    assert "15 Other registers" not in short


def test_its_table_is_data_with_fields_of_their_types(store: Store, assumed: dict[str, str]) -> None:
    for report in (pack(store, day=BEFORE), pack(store, day=DAY, since=SINCE)):
        tables, others = data_tables(report)
        assert others == []
        (table,) = (table for table in tables if table.form.name == "open-supposition")
        titles = ("Ref", "Supposition", "Pilot", "Owner", "Status", "Check by", "Check by overdue", "Remarks")
        assert (table.table.titles, table.types[5:7]) == (titles, ("day", "yes"))
        days = {row[5:7] for row in table.table.rows}
        assert days and {overdue for _, overdue in days} <= {"Yes", "No", ""}
        assert all(date.fromisoformat(day) for day, _ in days if day)
    assert {("2026-11-01", "Yes"), ("2026-12-01", "No")} <= days


def test_its_owner_is_asked_for_what_is_late(store: Store, assumed: dict[str, str], ana: Acting) -> None:
    (mine,) = (person for person in requests_by_owner(gather(store, DAY), SINCE) if person.owner == ana.person)
    assert [owed.sentence for owed in mine.owed if owed.what == "supposition"] == [
        "SUP-003 was due on 1 Nov 2026: disproved holds",
        "SUP-001 was due on 10 Nov 2026: moving holds",
    ]


def test_it_is_hidden_with_its_pilot_and_never_public(store: Store, assumed: dict[str, str], ana: Acting) -> None:
    change(store, "supposition", assumed["new"], {"visibility": "public"}, at(ana, DAY))
    assert "new holds" not in str(published(store, DAY).report.to_dict())
    change(store, "pilot", assumed["pilot"], {"visibility": "restricted"}, at(ana, DAY))
    assert "moving holds" not in words(pack(store, day=DAY, since=SINCE))


def test_it_is_searched_undone_and_verified(store: Store, assumed: dict[str, str], ana: Acting) -> None:
    assert [hit.uid for hit in find_text(store, "confirmed holds")] == [assumed["confirmed"]]
    change(store, "supposition", assumed["new"], {"status": "disproved"}, at(ana, DAY))
    undo(store, at(ana, DAY))
    assert [supposition.status for supposition in records(store, Supposition, uid=assumed["new"])] == ["open"]
    assert verify(store) == []


def test_a_late_entry_is_said_when_it_is_saved(store: Store, assumed: dict[str, str], ana: Acting) -> None:
    saved = add(store, "supposition", {"text": "Late again", "made_on": BEFORE}, at(ana, DAY))
    assert saved.notes == ("Recorded 41 days after it happened; papers will call it a late entry.",)
