"""Files that call the same records by their names, or by keys: no record twice without a word."""

from datetime import date

import pytest
from conftest import at
from taken_tables import counts, table

from tracker.entities import Pilot
from tracker.services.importing.outcome import ImportResult
from tracker.services.importing.running import Table, take_in, try_out
from tracker.services.records.notes import known_as
from tracker.services.records.writing import add
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

BY_NAME = 'source = "GMPP"\n[[record]]\nregister = "pilot"\n[record.fields]\nname = "Project"\nbudget = "Cost"\n'
BY_KEY = BY_NAME.replace('"pilot"\n', '"pilot"\nkey = "ID"\n')
NAMES = "Project,Cost\nCrossrail Programme,10\nMagnox,20\n"
KEYS = "ID,Project,Cost\nG1,Crossrail programme,11\nG2,MAGNOX,20\nG3,Sizewell,30\n"


def said(taken: ImportResult, kind: str) -> list[str]:
    return [remark.words for outcome in taken.outcomes for remark in outcome.remarks if remark.kind == kind]


@pytest.mark.parametrize("first", ["names", "keys"])
def test_a_record_that_a_source_called_by_its_name_is_the_same_by_its_key(
    store: Store, ana: Acting, first: str
) -> None:
    both: tuple[Table, Table] = table(NAMES, BY_NAME), table(KEYS, BY_KEY)
    earlier, later = both if first == "names" else both[::-1]
    take_in(store, earlier, ana)
    next_day = at(ana, date(2026, 10, 2))
    trial = try_out(store, later, lambda _: next_day)
    taken = take_in(store, later, next_day)
    assert trial.outcomes == taken.outcomes
    assert len(list(records(store, Pilot))) == 3
    assert len(said(taken, "same")) == 2
    assert taken.absent == (() if first == "names" else ("P-03 Sizewell",))
    assert [known.code for known in known_as(store, next(iter(records(store, Pilot))).uid)][1:]
    for again in both:
        once_more = take_in(store, again, at(ana, date(2026, 10, 3)))
        assert "created" not in counts(once_more)["pilot"]
        assert not said(once_more, "same")


def test_what_a_source_calls_by_another_key_is_another_record(store: Store, ana: Acting) -> None:
    take_in(store, table(KEYS, BY_KEY), ana)
    taken = take_in(store, table(KEYS + "G4,Sizewell,40\n", BY_KEY), ana)
    assert counts(taken) == {"pilot": {"unchanged": 3, "created": 1}}
    assert not said(taken, "near")


def test_a_name_that_is_nearly_that_of_an_earlier_record_is_said_at_the_trial(store: Store, ana: Acting) -> None:
    take_in(store, table(NAMES, BY_NAME), ana)
    add(store, "pilot", {"name": "Sizewel C power"}, ana)
    text = "ID,Project,Cost\nG1,Programme Crossrail,11\nG2,Magnox,20\nG3,Sizewell C power,30\nG4,Hinkley,40\n"
    taken = try_out(store, table(text, BY_KEY), lambda _: ana)
    assert said(taken, "near") == [
        "nearly the same name as P-01 Crossrail Programme, to the source “Crossrail Programme”",
        "nearly the same name as P-03 Sizewel C power",
    ]
    assert take_in(store, table(text, BY_KEY), ana).outcomes == taken.outcomes


def test_of_what_the_source_has_itself_nothing_is_nearly_the_same(store: Store, ana: Acting) -> None:
    take_in(store, table(KEYS, BY_KEY), ana)
    text = KEYS + "G4,Programme Crossrail,40\n"
    assert not said(take_in(store, table(text, BY_KEY), at(ana, date(2026, 10, 2))), "near")
