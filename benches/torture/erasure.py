"""Whether a person who was erased is still anywhere in the bytes of the file, in 12 ways of writing a name."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from benches.torture.table import Row, Wanted, print_table
from tracker.services.erasing import erase_person
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.journal.verify import verify

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
PERSON = {"display_name": "Adelheid Smithersby", "email": "a.smithersby@example.org", "login": "asmithersby"}
WAYS = {
    "as it was recorded": ("Adelheid Smithersby", "0"),
    "in capitals": ("ADELHEID SMITHERSBY", "0"),
    "with two blanks": ("Adelheid  Smithersby", "stays"),
    "over a line break": ("Adelheid\nSmithersby", "stays"),
    "turned round": ("Smithersby, Adelheid", "stays"),
    "without a blank": ("AdelheidSmithersby", "stays"),
    "with a hyphen": ("Adelheid-Smithersby", "stays"),
    "with a title and an initial": ("Dr A. Smithersby", "stays"),
    "inflected": ("Adelheid Smithersby's", "0"),
    "surname alone": ("Smithersby", "stays"),
    "the address": ("a.smithersby@example.org", "0"),
    "login in capitals": ("ASMITHERSBY", "stays"),
}
MARK = "smithersby"


def left(text: str, folder: Path) -> int:
    """Write a name in a way into record, history and reason, erase the person, and count what is left in the file."""
    path = folder / "programme.db"
    path.unlink(missing_ok=True)
    with create_programme(path, {"name": "Erasure"}, "ana", NOW, date(2026, 11, 12)) as store:
        by = acting(store, "ana", "bench", NOW, NOW.date())
        person = add(store, "person", PERSON, by).uid
        risk = add(
            store, "risk", {"title": "Somebody may leave", "cause": f"{text} said so"}, by, reason=f"{text} asked"
        ).uid
        change(store, "risk", risk, {"cause": f"It was {text} who said so"}, by)
        erase_person(store, person, by, reason="asked for it")
        problems = verify(store)
    if problems:
        print(problems[0])
    return path.read_bytes().lower().count(MARK.encode()) + len(problems)


def run(wanted: Wanted) -> int:
    """Erase a person once for each way."""
    with tempfile.TemporaryDirectory() as name:
        counts = {way: left(text, Path(name)) for way, (text, _) in WAYS.items()}
    rows = [
        Row(f"{way}: {' '.join(text.split())}", before, f"{counts[way]} left", bool(counts[way]))
        for way, (text, before) in WAYS.items()
    ]
    return print_table("What is left in the bytes of the file after an erasure", rows)
