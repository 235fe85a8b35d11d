"""Registers beyond the keys of the areas: they are listed without one, and opened through the palette."""

import sqlite3
from pathlib import Path
from typing import Annotated as A

import pytest
from screen_app import USUAL, WIDE, opened

import tracker.entities
from screens.form.form import EntityForm
from screens.shell.areas import KEYS, areas
from tracker.entities import ENTITIES, Entity, entity
from tracker.fields import Column, Length
from tracker.storage.schema import table

MANY = 45  # beside those that are shown on request


def register(number: int) -> type[Entity]:
    """Return a register that is no more than a title."""
    names = {"kind": f"extra_{number}", "noun": f"extra {number}", "plural": f"extras {number}", "prefix": f"X{number}"}
    title = {"title": A[str, Length(80, 1), Column("Title")]}
    fields = {"lead_field": "title", "name_field": "title", "__annotations__": title}
    return type(f"Extra{number}", (Entity,), {**names, **fields})


@pytest.fixture
def many(file: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the programme have so many registers that people see; return the kinds of the new ones."""
    seen = sum(not (entity(kind).hidden or entity(kind).on_request) for kind in ENTITIES)
    extras = [register(number) for number in range(seen + 1, MANY + 1)]
    with sqlite3.connect(file) as connection:
        for extra in extras:
            monkeypatch.setitem(tracker.entities._loaded, extra.kind, extra)
            connection.execute(table(extra))
    connection.close()
    kinds = [extra.kind for extra in extras]
    monkeypatch.setattr(tracker.entities, "ENTITIES", {**ENTITIES, **dict.fromkeys(kinds, "")})
    return kinds


def test_a_register_without_a_key_takes_none_from_the_others(many: list[str]) -> None:
    listed = areas()
    assert len(listed) == MANY + 1  # the overview
    assert [(area.id, area.key) for area in listed[: len(KEYS)]] == list(KEYS.items())
    assert not any(area.key for area in listed[len(KEYS) :])
    assert [area.id for area in listed[-len(many) :]] == many


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_the_last_of_many_registers_opens_by_keys(file: Path, many: list[str], size: tuple[int, int]) -> None:
    async with opened(file, size) as driver:
        await driver.keys("colon", "text:go to extras 45", "enter")
        assert driver.register.kind == many[-1] == "extra_45"
        assert "No extras 45 yet: press a to add the first." in driver.text
        assert any(line.lstrip("‹ ").startswith(("Extras 45", "Extras 44")) for line in driver.lines)
        await driver.keys("left_square_bracket")
        assert driver.register.kind == many[-2]
        await driver.keys("1", "left_square_bracket")
        assert driver.register.kind == many[-1]
        await driver.keys("ctrl+p", "text:add extra 45", "enter")
        form = driver.app.screen
        assert isinstance(form, EntityForm) and form.kind == many[-1]


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_an_area_without_a_key_opens_with_a_click(file: Path, many: list[str], size: tuple[int, int]) -> None:
    async with opened(file, size) as driver:
        await driver.keys("left_square_bracket", "left_square_bracket")
        assert driver.register.kind == many[-2]
        row, column = next(
            (row, line.index("Extras 45")) for row, line in enumerate(driver.lines) if "Extras 45" in line
        )
        await driver.pilot.click(offset=(column, row))
        await driver.settle()
        assert driver.register.kind == many[-1]
