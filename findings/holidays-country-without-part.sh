#!/bin/sh
# holidays 0.109: a country asked for without its part gives only the days that all of its parts share.
#
# Expected: for GB the bank holidays of England and Wales, which most people there mean, or an error.
# Seen: no Easter Monday and no holiday in August, and nothing says so; GB-ENG has both.
# Hence taking a country alone says that its parts have more. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'holidays==0.109'
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from holidays import country_holidays

whole = set(country_holidays("GB", years=2026).values())
part = set(country_holidays("GB", subdiv="ENG", years=2026).values())
print(f"holidays {version('holidays')}: England has, and GB has not: {sorted(part - whole)}")
assert part - whole == {"Easter Monday", "Late Summer Bank Holiday"}, "changed"
PYTHON
