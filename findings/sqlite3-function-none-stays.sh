#!/bin/sh
# sqlite3 of Python 3.11: create_function(name, n, None) does not take a function away; statements then call the None.
#
# Expected: the function is removed, as the library reference says of None, and a statement says that there is none.
# Seen: “user-defined function raised exception”; create_window_function(name, n, None) does remove it.
# Hence tests that keep a connection take its functions away with the latter. Fails when the behaviour has changed.
set -eu
python3 - <<'PYTHON'
import sqlite3
import sys


def said(connection: sqlite3.Connection) -> str:
    try:
        return str(connection.execute("SELECT shout('a')").fetchone()[0])
    except sqlite3.OperationalError as error:
        return str(error)


connection = sqlite3.connect(":memory:")
connection.create_function("shout", 1, str.upper)
connection.create_function("shout", 1, None)
stays = said(connection)
connection.create_window_function("shout", 1, None)
gone = said(connection)
print(f"Python {sys.version.split()[0]}: after create_function(None) “{stays}”, after create_window_function “{gone}”")
assert "raised exception" in stays, "changed"
assert "no such function" in gone, "changed"
PYTHON
