"""Make the small programme file of the present schema that tests open for ever after: run once, at a release."""

import sys
from pathlib import Path

from six_weeks import play

from tracker.storage.connection import SCHEMA_VERSION

if __name__ == "__main__":
    file = Path(__file__).parent / "schemas" / f"schema-{SCHEMA_VERSION}.db"
    if file.exists():
        sys.exit(f"{file} is there already; it belongs to a released schema.")
    file.parent.mkdir(exist_ok=True)
    for typed, code, _, words in play(file):
        if code != typed.code:
            sys.exit(words)
