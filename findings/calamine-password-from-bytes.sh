#!/bin/sh
# python-calamine 0.9.1: a workbook with a password is told as such by its path only, not when it is given as bytes.
#
# Expected: CalamineWorkbook.from_filelike raises PasswordError for a workbook with a password, as from_path does.
# Seen: from_path raises PasswordError, from_filelike a CalamineError “Cannot detect file format.”, which sends people
# to look for a broken file. Fails when the behaviour has changed.
set -eu
workbook=$(cd "$(dirname "$0")" && pwd)/../tests/services/importing/locked.xlsx
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-calamine==0.9.1'
"$folder/venv/bin/python" - "$workbook" <<'PYTHON'
import io
import sys
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

path = Path(sys.argv[1])
kinds = []
for opening in (
    lambda: CalamineWorkbook.from_path(path),
    lambda: CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())),
):
    try:
        opening()
    except CalamineError as error:
        kinds.append((type(error), str(error)))
print(kinds)
if [kind for kind, _ in kinds] != [PasswordError, CalamineError] or "detect" not in kinds[1][1]:
    sys.exit("changed: OLE in tracker/services/importing/files/workbooks.py may not be needed any more")
PYTHON
