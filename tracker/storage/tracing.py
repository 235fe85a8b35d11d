"""What is asked of the programme file, statement by statement, for --debug: with times, and without values."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, Self, TypeVar

Say = Callable[[str], object]
Ran = TypeVar("Ran")
TEXT_IN_SQL = re.compile(r"'(?:[^']|'')*'")


@contextmanager
def traced(say: Say) -> Iterator[None]:
    """Let every connection that is opened here say what it runs: one line for each statement, and for what it read."""

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, parameters: object = (), /) -> Self:
            return _timed(say, sql, lambda: super(Cursor, self).execute(sql, parameters))  # type: ignore[arg-type]

        def executemany(self, sql: str, parameters: object, /) -> Self:
            return _timed(say, sql, lambda: super(Cursor, self).executemany(sql, parameters))  # type: ignore[arg-type]

        def fetchall(self) -> list[Any]:
            began = perf_counter()
            rows = super().fetchall()
            if rows:
                say(f"rows {_milliseconds(began)}  {len(rows)}")
            return rows

    class Traced(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        # The usual ones make their cursor in C, past the method above.
        def execute(self, sql: str, parameters: object = (), /) -> Cursor:
            cursor: Cursor = self.cursor()
            return cursor.execute(sql, parameters)

        def executemany(self, sql: str, parameters: object, /) -> Cursor:
            cursor: Cursor = self.cursor()
            return cursor.executemany(sql, parameters)

    usual = sqlite3.connect
    # Wherever one is opened: backups, earlier days, migrations.
    sqlite3.connect = partial(usual, factory=Traced)  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect = usual


def _timed(say: Say, sql: str, run: Callable[[], Ran]) -> Ran:
    began = perf_counter()
    try:
        return run()
    finally:
        say(f"SQL  {_milliseconds(began)}  {without_texts(sql)}")


def _milliseconds(began: float) -> str:
    return f"{(perf_counter() - began) * 1000:8.2f} ms"


def without_texts(sql: str) -> str:
    """Return a statement on one line, without the texts that stand in it: values are bound, but one never knows."""
    return " ".join(TEXT_IN_SQL.sub("'…'", sql).split())
