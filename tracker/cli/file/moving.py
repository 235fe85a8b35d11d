"""A whole programme out of its file, as tables that other programs read."""

from pathlib import Path

import click

from tracker.cli.shell import OVERWRITE_ONE, Session, command, data, misused, words
from tracker.rules.wording import counted


@command("tracker export programme.zip")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--history", is_flag=True, help="Every change too, for reading: no program takes it in again.")
@OVERWRITE_ONE
def export(session: Session, path: Path, history: bool, force: bool) -> None:
    """Write the whole programme: as one Data Package (.zip, a CSV table for each register) or as one workbook (.xlsx).

    It holds everything, restricted records and names too, but without --history no earlier values. “tracker init --from
    FILE” makes an equal programme of it, in a new file.
    """
    from tracker.reports.files.write import write_report
    from tracker.services.moving.package import pack
    from tracker.services.moving.tables import whole_programme

    kind = path.suffix.lower()
    if kind not in (".zip", ".xlsx"):
        raise misused(f"{path.name} says no format: let it end with .zip (a Data Package) or .xlsx (a workbook).")
    with session.store(read_only=True) as store:
        programme = whole_programme(store, history=history)
    if kind == ".xlsx":
        from tracker.services.moving.workbook import as_workbook

        content = as_workbook(programme)
    else:
        content = pack(programme)
    write_report(content, path, force=force)
    data(str(path))
    records = sum(len(table.rows) for table in programme.tables)
    history_words = "the history stays in the file"
    if history:
        history_words = f"with {counted(len(programme.history) - 1, 'change')} of its history, for reading"
    words(f"{records:,} records of {len(programme.tables)} registers, restricted ones too; {history_words}.")
