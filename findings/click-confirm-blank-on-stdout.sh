#!/bin/sh
# click 8.3.3: a question asked with err=True writes the last blank of its prompt to standard output.
#
# Expected: confirm("Really?", err=True) writes all of "Really? [y/N]: " to standard error, and nothing to standard output.
# Seen: "Really? [y/N]:" goes to standard error and the blank after it to standard output, among the data of a command
# that is read by another program. 8.4.0 writes nothing there. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'click==8.3.3'
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from importlib.metadata import version

import click

sys.stdin = io.StringIO("y\n")
data, words = io.StringIO(), io.StringIO()
with redirect_stdout(data), redirect_stderr(words):
    agreed = click.confirm("Really?", err=True)
print(f"click {version('click')}: data {data.getvalue()!r}, words {words.getvalue()!r}")
if not agreed or data.getvalue() != " " or words.getvalue() != "Really? [y/N]:":
    sys.exit("changed: the bound on click in pyproject.toml may be looked at again")
PYTHON
