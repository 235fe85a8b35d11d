#!/bin/sh
# typst 0.15.2 for Python: a table can have header cells for its columns, and none for its rows.
#
# Expected: what typst's own documentation calls pdf.header-cell, so that a cell that names its row is one.
# Seen: the module does not have it (it waits behind a feature that the binding cannot switch on), and every cell lists
# the headers of its column as all its headers, so a reader has no way to those of its row.
# Hence the tags of the finished file are changed. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'typst==0.15.2'
"$folder/venv/bin/python" - <<'PYTHON'
import re
from importlib.metadata import version

import typst

HEAD = '#set document(title: "T")\n#set text(lang: "en")\n#table(columns: 2, table.header[Pilot][Rating], '
table = typst.Compiler().compile(input=f"{HEAD}strong[P-01], [Green])".encode(), format="pdf", pdf_standards=["ua-1"])
scopes = re.findall(rb"/Scope/(\w+)", table)
headers = [len(listed.split()) for listed in re.findall(rb"/S/TD/.*?/Headers\[([^\]]+)\]", table)]
print(f"typst {version('typst')}: scopes {scopes}, headers that each cell of the body lists: {headers}")
assert scopes == [b"Column", b"Column"] and headers == [1, 1], "changed"
try:
    typst.Compiler().compile(input=f"{HEAD}pdf.header-cell[P-01], [Green])".encode(), format="pdf")
except Exception as error:
    reason = str(error).strip().splitlines()[0]
    print(f"pdf.header-cell: {reason}")
    assert "does not contain" in reason, "changed"
else:
    raise SystemExit("changed: there is pdf.header-cell")
PYTHON
