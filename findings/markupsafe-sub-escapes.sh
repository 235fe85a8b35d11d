#!/bin/sh
# MarkupSafe 3.0.3: re.sub on a Markup escapes the replacement when that names a group, and only then.
#
# Expected: re.sub takes a Markup for the str that it is, and puts in what the replacement says.
# Seen: a replacement without a group is put in as it stands; one with \1 is expanded by the join of the matched Markup,
# which escapes its tags, so that they are shown as words. Where nothing matches the text is right, so tests may miss it.
# Hence tracker/reports/render/html/words.py makes a str of it first. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'markupsafe==3.0.3'
"$folder/venv/bin/python" - <<'PYTHON'
import re
from importlib.metadata import version

from markupsafe import Markup

html = Markup("<b>Green</b>")
print(f"MarkupSafe {version('markupsafe')}:", re.sub("(Green)", r"<i>\1</i>", html))
assert re.sub("(Green)", "<i>Green</i>", html) == "<b><i>Green</i></b>"
assert re.sub("(Green)", r"<i>\1</i>", html) == "<b>&lt;i&gt;Green&lt;/i&gt;</b>", "changed"
assert re.sub("(Green)", r"<i>\1</i>", str(html)) == "<b><i>Green</i></b>"
PYTHON
