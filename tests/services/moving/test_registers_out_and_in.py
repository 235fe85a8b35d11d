"""The registers on request: out and in again, found by their words, and erased with whom their texts name."""

from pathlib import Path

import pytest
from factories import values_of
from services.moving.test_out_and_in import contents, moved

from tracker.entities import Entity, registers
from tracker.services.erasing import erase_person
from tracker.services.records.undo import undo
from tracker.services.records.writing import add
from tracker.services.settings import in_use
from tracker.storage.journal.verify import verify
from tracker.storage.search import find_text
from tracker.storage.store import Acting, Store

ON_REQUEST = [register for register in registers() if register.on_request]
NAME = "Quillana Zephyrus"


def full(store: Store, register: type[Entity], by: Acting) -> str:
    """Return the uid of a new record whose texts all name a person; fields that only end it are left alone."""
    values = values_of(store, register.kind, by)
    closing = {closing.field for closing in register.closings}
    for field in register.settable():
        if field.kind == "text" and not field.glob and field.name not in closing:
            values[field.name] = f"{field.name} by {NAME}"
        elif field.kind in ("money", "number") and field.name not in closing:
            values[field.name] = int(field.least or 1)
    return add(store, register.kind, values, by).uid


def test_they_come_in_as_they_went_out(store: Store, ana: Acting, tmp_path: Path) -> None:
    for register in ON_REQUEST:
        full(store, register, ana)
    assert in_use(store) == {register.kind for register in ON_REQUEST}
    with moved(store, tmp_path / "new.db") as new:
        assert contents(new) == contents(store)
        assert in_use(new) == in_use(store)
        assert verify(new) == []


@pytest.mark.parametrize("register", ON_REQUEST, ids=lambda register: register.kind)
def test_a_person_whom_their_texts_name_is_found_and_erased(store: Store, ana: Acting, register: type[Entity]) -> None:
    person = add(store, "person", {"display_name": NAME}, ana).uid
    uid = full(store, register, ana)
    assert uid in [hit.uid for hit in find_text(store, "Zephyrus")]
    erase_person(store, person, ana, reason="They asked for it")
    assert find_text(store, "Zephyrus") == []
    assert "Zephyrus" not in str(contents(store))
    assert verify(store) == []


@pytest.mark.parametrize("register", ON_REQUEST, ids=lambda register: register.kind)
def test_undo_takes_a_new_record_away(store: Store, ana: Acting, register: type[Entity]) -> None:
    values = values_of(store, register.kind, ana)
    before = contents(store)[register.kind]
    add(store, register.kind, values, ana)
    undo(store, ana)
    assert contents(store)[register.kind] == before
    assert verify(store) == []
