"""Getting out of a damaged file what can be got out, in a shell."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.shell import AS_JSON, Session, as_json, command, data, words
from tracker.cli.shell.tables import table
from tracker.errors import FILE_CANNOT_BE_USED

if TYPE_CHECKING:
    from tracker.services.backups import Came, Recovered

CHAINS = {
    "whole": "The journal came whole: its chain is the old one, to the hash {head}.",
    "mended": "The journal came whole: its chain is the old one, to the hash {head}. Records that were damaged were "
    "made again from it.",
    "new": "The journal did not come whole: of the old chain {commands} commands could be read, up to the hash {head}. "
    "The records are in a new chain, whose first command says so; who changed what before is in the damaged file only. "
    "Keep that file.",
}
NAMES = {"tx": "journal: commands", "change": "journal: changes", "snapshot_data": "frozen papers"}


@command("tracker recover damaged.db recovered.db")
@click.argument("names", nargs=-1, required=True, type=click.Path(), metavar="[FILE] NEW")
@AS_JSON
def recover(session: Session, names: tuple[str, ...], json_: bool) -> int:
    """Get out of a damaged file what can be got out, into a new one, and list what came.

    FILE is only read; without it, it is the programme file. Exit code 3 when something did not come.
    """
    from tracker.services.backups import recover_programme

    if len(names) > 2:
        raise click.UsageError(f"“{names[2]}” is a word too many: name the damaged file and the new one.")
    source = Path(names[0]) if len(names) == 2 else session.chosen().path
    result = recover_programme(source, Path(names[-1]), session.user(), session.now(), "cli")
    if json_:
        as_json({**result._asdict(), "path": str(result.path), "tables": [came._asdict() for came in result.tables]})
    else:
        data(str(result.path))
        table(["What", "Came", "From the journal", "Could not be read", "Refused"], _rows(result))
    words(CHAINS[result.chain].format(head=result.head or "(none could be read)", commands=result.commands))
    for problem in result.problems[:3]:
        words(f"In the new file: {problem}")
    return 0 if _whole(result) else FILE_CANNOT_BE_USED


def _rows(result: "Recovered") -> list[list[str]]:
    from tracker.entities import ENTITIES, entity

    rows = [["pages of the damaged file", str(result.pages), "", "", ""]]
    for came in result.tables:
        if came.table in NAMES or came.table in ENTITIES:
            name = NAMES.get(came.table) or entity(came.table).plural
            rows.append([name, str(came.rows), str(came.from_journal), _lost(came), str(came.refused)])
    return rows


def _lost(came: "Came") -> str:
    if came.lost is None:
        return "not known how many" if came.rows else "all that was there"
    return f"up to {came.lost}" if came.lost else "0"


def _whole(result: "Recovered") -> bool:
    came_whole = all(came.lost == 0 and not came.refused for came in result.tables)
    return came_whole and result.chain != "new" and not result.problems
