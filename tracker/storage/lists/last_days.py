"""The days on which something changed last, for lists: of many entries of the journal no more than their places."""

from collections.abc import Mapping, Sequence, Set
from datetime import date

from tracker.storage.queries import marks
from tracker.storage.store import Raw, Store

MANY = 500  # values that a statement asks for one by one
RECENT = 5_000  # entries of the journal that are read in one look
ENTRIES = "SELECT row, id, tx, kind || '.' || field FROM change WHERE tx IS NOT NULL"


def last_days(
    store: Store, fields: Mapping[str, Sequence[str]], owners: Mapping[str, str], apart: Mapping[str, str]
) -> dict[str, date]:
    """Return the day on which something of each owner was added or changed last, by the owner's uid.

    ``fields`` gives the kinds that count, each with the fields whose change does; ``owners`` the uids of the records
    that are asked for, each with that of its owner; ``apart`` fields (``pilot.decision_due``) whose change does not
    count where a certain command made it. The newest part of the journal is read first, then all of those
    records alone about whose owners it says nothing: in a long journal most has been overtaken.
    """
    counted = {f"{kind}.{name}" for kind, names in fields.items() for name in ("*", *names)}
    # By the place in the journal, which of what is known of a day is in the order of the days, as the numbers are not.
    newest: dict[str, tuple[int, int]] = {}
    # What came with the file from another one was updated there, and nobody knows when.
    moved_in = next((tx for (tx,) in store.read("SELECT id FROM tx WHERE id = 1 AND command = 'init'")), 0)

    def take(condition: str, values: Sequence[Raw]) -> None:
        entries = store.read(f"{ENTRIES} AND {condition}", values)
        telling = [entry for entry in entries if entry[3] in counted and entry[0] in owners]
        passed_over = _made_by(store, {(tx, apart[name]) for _, _, tx, name in telling if name in apart})
        for uid, place, tx, name in telling:
            if tx != moved_in and (tx, apart.get(name)) not in passed_over:
                owner = owners[uid]
                newest[owner] = max((place, tx), newest.get(owner, (0, 0)))

    if len(owners) > MANY:
        take("id > (SELECT max(id) FROM change) - ?", (RECENT,))
    others = [uid for uid, owner in owners.items() if owner not in newest]
    for part in (others[at : at + MANY] for at in range(0, len(others), MANY)):
        take(f"row IN ({marks(part)})", part)
    numbers = sorted({tx for _, tx in newest.values()})
    days: dict[int, str] = {}
    for several in (numbers[at : at + MANY] for at in range(0, len(numbers), MANY)):
        days |= dict(store.read(f"SELECT id, day FROM tx WHERE id IN ({marks(several)})", several))
    return {owner: date.fromisoformat(days[tx]) for owner, (_, tx) in newest.items() if tx in days}


def _made_by(store: Store, pairs: Set[tuple[int, str]]) -> Set[tuple[int, str]]:
    """Return which pairs of a number and the code of a command are so."""
    numbers = sorted({tx for tx, _ in pairs})
    commands: set[tuple[int, str]] = set()
    for several in (numbers[at : at + MANY] for at in range(0, len(numbers), MANY)):
        commands |= set(store.read(f"SELECT id, command FROM tx WHERE id IN ({marks(several)})", several))
    return pairs & commands
