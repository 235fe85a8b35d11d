"""From a hundred pilots on, every paper and list puts refs in the order of their numbers."""

import json
import re
from datetime import UTC, date, datetime

from shell import Shell, prepared

from tracker.entities import Pilot
from tracker.services.records.people import acting
from tracker.services.records.writing import editing
from tracker.storage.store import Store

TOTAL = 102
REFS = [f"P-{number:02}" for number in range(1, TOTAL + 1)]


@prepared
def many(shell: Shell) -> None:
    """A hundred and two pilots; three weeks later each is renamed and has another budget."""
    for day in (date(2026, 10, 1), date(2026, 10, 20)):
        with Store.open(shell.file) as store:
            by = acting(store, "ana", "cli", datetime.combine(day, datetime.min.time(), UTC), day)
            with editing(store, by, "pilot.set") as edit:
                if day.day == 1:
                    for number in range(TOTAL):
                        edit.add(Pilot, {"name": f"Pilot {number + 1}", "phase": "alpha", "budget": 100})
                else:
                    for (uid,) in store.read("SELECT uid FROM pilot ORDER BY ref DESC"):
                        edit.change(Pilot, uid, {"budget": 200})
    shell.day = date(2026, 11, 12)


def in_order(text: str) -> list[str]:
    """Return the refs at the beginnings of lines, each once."""
    found = re.findall(r"^(?:- )?(P-\d+)\b", text, re.MULTILINE)
    return list(dict.fromkeys(found))


def test_signals_and_lists(many: Shell) -> None:
    assert [pilot["ref"] for pilot in many.json("signals")["pilots"]] == REFS
    assert [pilot["ref"] for pilot in many.json("pilot", "list", "--sort", "ref")] == REFS
    assert [pilot["ref"] for pilot in many.json("pilot", "list", "--sort", "-ref")] == REFS[::-1]
    assert [pilot["ref"] for pilot in many.json("pilot", "list", "--sort", "name")] == REFS


def test_summary_changes_and_registers(many: Shell) -> None:
    pack = many.done("report", "pack", "--since", "2026-10-08")
    changed = pack.partition("Changed: 102 records")[2].partition("\n5 ")[0]
    assert in_order(changed) == REFS[:60]  # so many rows of a table are printed; the data files have all
    assert "P-01 to P-102" in pack and "to P-99" not in pack
    named = in_order(many.done("report", "summary", "--since", "2026-10-08"))  # as many as a page has room for
    assert named == [ref for ref in REFS if ref in named] and len(named) > 5


def test_what_owners_are_asked_and_warned_of(many: Shell) -> None:
    many.done("board", "add", "November board", "--meets-on", "2026-11-12")
    assert many.type("board", "check", "B-01", "--json") == 1
    warned = [warning["id"] for warning in json.loads(many.out)["open"]]
    pilots = [name.rpartition(".")[2] for name in warned if name.startswith("rating.missing.")]
    assert pilots == REFS
