#!/bin/sh
# typst 0.15.2 for Python: a Compiler made from bytes compiles once, and the second time does not find its own source.
#
# Expected: Compiler(b"Hello").compile() gives the same file as often as it is asked for.
# Seen: the second call raises "file not found" for a file that typst itself named.
# Hence the source is given to each compile(input=...). Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'typst==0.15.2'
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import typst

compiler = typst.Compiler(b"Hello")
assert compiler.compile(format="pdf").startswith(b"%PDF")
try:
    compiler.compile(format="pdf")
except Exception as error:
    print(f"typst {version('typst')}: {type(error).__name__}: {str(error).strip().splitlines()[0]}")
    assert "file not found" in str(error), "changed"
else:
    raise SystemExit("changed: it compiles twice")
again = typst.Compiler()
pages = [again.compile(input=b"Hello", format="pdf") for _ in range(2)]
print(f"Given to each call it works: {len(pages)} files.")
PYTHON
