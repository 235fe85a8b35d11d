#!/bin/sh
# mypy 2.4.1 with pytest 9.2.0: comparing a tuple with a tuple of pytest.approx is refused, a number with one is not.
#
# Expected: what runs and holds, (0.1 + 0.2, 1.0) == (approx(0.3), approx(1.0)), is as good under mypy --strict as
# 0.1 + 0.2 == approx(0.3), since approx compares with numbers either way.
# Seen: "Non-overlapping equality check" for the tuple alone; a list inside approx passes.
# Hence tests write [a, b] == approx([x, y]). Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'mypy==2.4.1' 'pytest==9.2.0'
cat > "$folder/sample.py" <<'PYTHON'
from pytest import approx

low, high = 0.1 + 0.2, 1.0
assert low == approx(0.3)
assert [low, high] == approx([0.3, 1.0])
assert (low, high) == (approx(0.3), approx(1.0))
PYTHON
"$folder/venv/bin/python" "$folder/sample.py" && echo "It runs and holds."
cd "$folder"
if venv/bin/mypy --strict sample.py > said; then
    echo "changed: mypy accepts it"
    exit 1
fi
cat said
grep -q 'sample.py:6: error: Non-overlapping equality check' said
grep -q 'Found 1 error' said
