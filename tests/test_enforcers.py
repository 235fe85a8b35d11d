"""Those who explain and those who refuse enforce the same rules: on every boundary of every field their verdict is one.

pydantic explains. SQLite refuses what no file may hold; what a record needs, the entity itself says.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from math import inf, isfinite, nan, nextafter
from typing import Any

import pytest

from tracker.entities import Entity, all_entities, entity
from tracker.entities.base import Needed, NoHigher, NotBoth, Order, lacking
from tracker.entities.checking import model, problems
from tracker.errors import Invalid
from tracker.fields import MISSING, Field
from tracker.rules.reading import NotRead, read
from tracker.services.records.writing import add, change
from tracker.storage.columns.sql import python_value, stored_value
from tracker.storage.queries import Query, rows
from tracker.storage.rows import insert_row
from tracker.storage.store import Acting, Store

UID = "01a0f6b1-2680-76fd-8628-58fb475aa433"
FIELDS = [(kind, field) for kind in all_entities() for field in kind.stored()]


def good(kind: type[Entity]) -> dict[str, Any]:
    """Return values that break no rule: the defaults, and something plain where a value is needed."""
    return {field.name: _plain(field) for field in kind.stored()}


def _plain(field: Field) -> Any:
    if field.default is not MISSING:
        return field.default
    match field.kind:
        case "date":
            return date(2026, 10, 1)
        case "choice":
            return field.choices[0]
        case "number" | "money":
            return field.least or 0
        case "decimal":
            return float(field.least or 0)
        case "reference":
            return UID
        case "yes_no":
            return True
    # A shape that is written out sign by sign, such as a hash, has its own first sign in every place.
    return "0" * field.glob.count("[0-9a-f]") if "[0-9a-f]" in field.glob else "x" * max(field.shortest, 1)


def boundaries(field: Field) -> Iterator[Any]:
    """Yield values on both sides of every limit of a field, and values of another kind."""
    yield None
    match field.kind:
        case "text":
            for size in {0, 1, field.shortest - 1, field.shortest, field.longest, field.longest + 1}:
                if size >= 0 and not field.glob:
                    yield "x" * size
                    yield "👍" * size
            yield from (
                ("GBP", "gbp", "GBPX", "04-01", "09:30", "9:30", "29:99", "0" * 64, "0" * 63, "F" * 64)
                if field.glob
                else ()
            )
        case "choice":
            yield from (*field.choices, "", "nothing of the kind", field.choices[0].upper(), field.choices[0] + " ")
        case "number" | "money":
            for limit in (field.least, field.most):
                if limit is not None:
                    yield from (limit - 1, limit, limit + 1)
            yield 0
        case "decimal":
            for limit in (field.least, field.most):
                if limit is not None:
                    yield from (limit - 0.001, nextafter(limit, -inf), float(limit), nextafter(limit, inf), limit + 1)
            yield from (0.0, -0.0, 0, 3, 5e-324, -2.5, 1.7976931348623157e308, inf, -inf, nan)
        case "date":
            yield from (date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31))
        case "yes_no":
            yield from (True, False)
        case "list":
            yield from (
                (),
                field.choices,
                field.choices * 2,
                ("nothing of the kind",),
                tuple(f"t{n}" for n in range(field.longest)),
            )
            yield tuple(f"t{n}" for n in range(field.longest + 1))


@pytest.fixture(scope="module")
def bare() -> Iterator[sqlite3.Connection]:
    """The tables in memory, references not enforced: only the rules of the values count here."""
    from tracker.storage import schema

    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA trusted_schema=OFF")
    for kind in all_entities():
        connection.execute(schema.table(kind))
    yield connection
    connection.close()


def accepted(connection: sqlite3.Connection, kind: type[Entity], values: dict[str, Any]) -> bool:
    """Return whether the file takes the values and the register finds that nothing is lacking."""
    return not lacking(kind, values) and held(connection, kind, values)


def held(connection: sqlite3.Connection, kind: type[Entity], values: dict[str, Any]) -> bool:
    """Return whether the file takes the values."""
    try:
        row = {"uid": UID, "ref": kind.new_ref(1), **{name: stored_value(value) for name, value in values.items()}}
    except OverflowError:  # refused on the way to the file, as a number too large for it would be
        return False
    columns = ", ".join(f'"{name}"' for name in row)
    connection.execute("BEGIN")
    try:
        connection.execute(
            f'INSERT INTO "{kind.kind}"({columns}) VALUES ({", ".join("?" * len(row))})', list(row.values())
        )
    except (sqlite3.IntegrityError, sqlite3.OperationalError):  # “now” is no constant, and refused as such
        return False
    else:
        return True
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("kind", all_entities(), ids=lambda kind: kind.kind)
def test_plain_values_break_no_rule(bare: sqlite3.Connection, kind: type[Entity]) -> None:
    assert problems(kind, good(kind)) == []
    assert accepted(bare, kind, good(kind))


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda thing: getattr(thing, "name", None) or thing.kind)
def test_both_enforcers_agree_on_every_boundary(bare: sqlite3.Connection, kind: type[Entity], field: Field) -> None:
    for value in boundaries(field):
        values = {**good(kind), field.name: value}
        by_rules = problems(kind, values)
        assert accepted(bare, kind, values) == (by_rules == []), (field.name, value, by_rules)


@pytest.mark.parametrize("text", ["2026-02-30", "today", "2026-2-3", "2026-11-12T00:00:00", "", "now"])
def test_no_text_passes_for_a_date(bare: sqlite3.Connection, text: str) -> None:
    values = {**good(entity("win")), "event_date": text}
    assert not accepted(bare, entity("win"), values)
    assert [problem.field for problem in problems(entity("win"), values)] == ["event_date"]


LAWS = [(kind, law) for kind in all_entities() for law in kind.all_laws()]


@pytest.mark.parametrize(("kind", "law"), LAWS, ids=lambda thing: getattr(thing, "kind", type(thing).__name__))
def test_both_enforcers_agree_on_every_rule_between_fields(
    bare: sqlite3.Connection, kind: type[Entity], law: Order | Needed | NoHigher | NotBoth
) -> None:
    keeps, breaks = _both_ways(kind, law)
    for values, kept in [(one, True) for one in keeps] + [(one, False) for one in breaks]:
        whole = {**good(kind), **_enough(kind, law), **values}
        found = [problem for problem in kind.broken_laws(whole) if problem == law.broken(whole, kind.labels())]
        assert (found == []) == kept, (law, values)
        assert accepted(bare, kind, whole) == (problems(kind, whole) == []), (law, values)
        assert kept or not accepted(bare, kind, whole)


def _enough(kind: type[Entity], law: Order | Needed | NoHigher | NotBoth) -> dict[str, Any]:
    """Return what the other rules of the entity ask for, so that only the rule in question speaks."""
    found: dict[str, Any] = {}
    for other in kind.all_laws():
        if isinstance(other, Needed) and other is not law:
            field = kind.fields()[other.field]
            found[other.field] = _plain_given(field, other.least)
    return found


def _plain_given(field: Field, least: int = 1) -> Any:
    if field.kind == "text":
        return "x" * max(field.shortest, least)
    given = {"date": date(2026, 10, 1), "choice": (field.choices or ("",))[0], "reference": UID, "decimal": 1.0}
    return given.get(field.kind, 1)


Both = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def _both_ways(kind: type[Entity], law: Order | Needed | NoHigher | NotBoth) -> Both:
    """Return values that keep a rule and values that break it."""
    if isinstance(law, Order):
        pairs = {"date": (date(2026, 1, 1), date(2026, 1, 2)), "decimal": (nextafter(3.2, 0), 3.2)}
        low, high = pairs.get(kind.fields()[law.first].kind, (3, 4))
        return [{law.first: low, law.second: high}, {law.first: low, law.second: low}], [
            {law.first: high, law.second: low}
        ]
    if isinstance(law, Needed):
        field = kind.fields()[law.field]
        other = next((c for c in kind.fields()[law.when].choices if c not in law.among), None)
        keeps = [{law.when: value, law.field: _plain_given(field, law.least)} for value in law.among]
        keeps.append({law.when: other, law.field: None})
        breaks: list[dict[str, Any]] = [{law.when: value, law.field: None} for value in law.among]
        if law.least > 1:
            breaks += [{law.when: value, law.field: "x" * (law.least - 1)} for value in law.among]
        return keeps, breaks
    if isinstance(law, NoHigher):
        (a, b), (c, d) = law.first, law.second
        equal, above = {a: 2, b: 3, c: 3, d: 2}, {a: 4, b: 3, c: 2, d: 2}
        return [equal, {**above, law.excuse: "because"}], [{**above, law.excuse: None}]
    return [{law.field: (), law.when: law.value}, {law.field: ("legal",), law.when: "internal"}], [
        {law.field: ("legal",), law.when: law.value}
    ]


def test_a_record_that_points_at_nothing_is_refused(store: Store, ana: Acting) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.command(ana, "win.add"):
        insert_row(store, "win", {"uid": UID, "ref": "W-1", "title": "x", "event_date": "2026-10-01", "pilot": UID})


def test_a_field_that_does_not_exist_is_refused() -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        model(entity("win")).model_validate({**good(entity("win")), "nonsense": 1})


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda thing: getattr(thing, "name", None) or thing.kind)
def test_a_value_of_another_type_is_refused_or_becomes_one_that_is_right(
    bare: sqlite3.Connection, kind: type[Entity], field: Field
) -> None:
    """SQLite turns 3 into “3” for a text and “3” into 3 for a number; whatever it keeps, both enforcers accept."""
    for value in (0, 1, 2, -1, 1.0, 1.5, b"bytes", "3", "x", "2026-02-28", "2026-02-30", 2**63 - 1):
        row = {**{name: stored_value(v) for name, v in good(kind).items()}, field.name: value}
        row = {"uid": UID, "ref": kind.new_ref(1), **row}
        bare.execute("BEGIN")
        try:
            columns = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            bare.execute(f'INSERT INTO "{kind.kind}"({columns}) VALUES ({marks})', list(row.values()))
            (kept,) = bare.execute(f'SELECT "{field.name}" FROM "{kind.kind}"').fetchone()
        except sqlite3.IntegrityError:
            continue
        finally:
            bare.execute("ROLLBACK")
        if field.kind != "reference":  # SQLite looks for the record itself
            values = {**good(kind), field.name: python_value(field, kept)}
            found = [problem for problem in problems(kind, values) if problem.field not in lacking(kind, values)]
            assert found == [], (value, kept)


@pytest.mark.parametrize("kind", all_entities(), ids=lambda kind: kind.kind)
def test_the_file_takes_what_is_incomplete(bare: sqlite3.Connection, kind: type[Entity]) -> None:
    """What comes from elsewhere may lack what we ask for; that it is needed is for those who record here."""
    needed = {field.name: None for field in kind.stored() if field.default is MISSING and not field.optional}
    assert held(bare, kind, {**good(kind), **needed})
    assert set(needed) <= lacking(kind, {**good(kind), **needed})


@pytest.mark.parametrize(
    ("stored", "verdict"), [(0, True), (1, True), (2, False), (-1, False), ("yes", False), (None, False)]
)
def test_yes_and_no_are_kept_as_0_and_1(bare: sqlite3.Connection, stored: object, verdict: bool) -> None:
    assert accepted(bare, entity("win"), {**good(entity("win")), "publishable": stored}) == verdict


DECIMALS = [(kind, field) for kind, field in FIELDS if field.kind == "decimal"]
NUMBERS = (
    "inf",
    "-inf",
    "nan",
    "Infinity",
    "1e999",
    "1e5",
    "0x1p1023",
    "9" * 20,
    "9" * 400,
    "-" + "9" * 19,
    "∞",
    "१",
    "",
)


@pytest.mark.parametrize(("kind", "field"), DECIMALS, ids=lambda thing: getattr(thing, "name", None) or thing.kind)
def test_no_text_is_read_as_a_number_without_end(kind: type[Entity], field: Field) -> None:
    for text in NUMBERS:
        for typed in (text, f"{text}%", f"+{text}"):
            try:
                value = read(field, typed, date(2026, 10, 1))
            except NotRead as error:
                assert str(error).startswith(field.label)
            else:
                assert value is None or isfinite(value), typed


@pytest.mark.parametrize("number", [inf, -inf, nan])
def test_a_number_without_end_is_refused_before_the_file_sees_it(store: Store, ana: Acting, number: float) -> None:
    """SQLite keeps an infinite number in a column of decimals, and nothing at all for one that is no number."""
    service = {"name": "Blue Badge"}
    with pytest.raises(Invalid, match=r"^Failure rate must be "):
        add(store, "service", {**service, "failure_rate": number}, ana)
    uid = add(store, "service", service, ana).uid
    with pytest.raises(Invalid, match=r"^Failure rate must be "):
        change(store, "service", uid, {"failure_rate": number}, ana)
    assert rows(store, Query("service"), ["failure_rate"])[0][2:] == (None,)


def test_a_column_of_decimals_would_take_a_number_without_end(bare: sqlite3.Connection) -> None:
    """What the test above is for: when this fails, SQLite refuses it by itself."""
    bare.execute("BEGIN")
    whole = {name: stored_value(value) for name, value in good(entity("metric")).items()}
    row = {"uid": UID, "ref": "M-01", **whole, "target": inf}
    columns = ", ".join(f'"{name}"' for name in row)
    bare.execute(f"INSERT INTO metric({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    assert bare.execute("SELECT target FROM metric").fetchall() == [(inf,)]
    bare.execute("ROLLBACK")
