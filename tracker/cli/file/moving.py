"""A whole programme out of its file, as tables that other programs read."""

from pathlib import Path

import click

from tracker.cli.shell import OVERWRITE_ONE, Session, command, data, words


@command("tracker export programme.zip")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@OVERWRITE_ONE
def export(session: Session, path: Path, force: bool) -> None:
    """Write the whole programme as one Data Package: a CSV table for each register, with a description.

    It holds everything, restricted records and names too, but not the history. “tracker init --from FILE” makes an
    equal programme of it, in a new file.
    """
    from tracker.reports.files.write import write_report
    from tracker.services.moving.package import pack
    from tracker.services.moving.tables import whole_programme

    with session.store(read_only=True) as store:
        programme = whole_programme(store)
    write_report(pack(programme), path, force=force)
    data(str(path))
    records = sum(len(table.rows) for table in programme.tables)
    words(
        f"{records:,} records of {len(programme.tables)} registers, restricted ones too; the history stays in the file."
    )
