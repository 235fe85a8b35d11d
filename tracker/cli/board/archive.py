"""The archive of a meeting in a shell: one zip for the records."""

import os
from pathlib import Path

import click

from tracker.cli.papers.files import Progress, known_formats
from tracker.cli.registers.field_options import Reference
from tracker.cli.shell.options import Command, everywhere, example
from tracker.cli.shell.session import Session

ZIP = ".zip"


@click.command("archive", cls=Command, epilog=example("tracker board archive B-02 -o records/"))
@click.argument("ref", metavar="BOARD", type=Reference("board"))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="Of the papers in it, as “tracker report pack”, or all; may be repeated. By itself pdf, html and odt.",
)
@click.option("-o", "--output", type=click.Path(), metavar="FOLDER|FILE.zip", required=True, help="Where to.")
@click.option("--brand", type=click.Path(), metavar="FILE", help="The house style (or $TRACKER_BRAND).")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@everywhere
@click.pass_context
def archive(
    ctx: click.Context, /, ref: str, formats: tuple[str, ...], output: str, brand: str | None, force: bool
) -> None:
    """Write one zip that proves what a board was shown and what it decided, once its minutes are approved.

    In it: pack and summary made again from what was frozen, that data with its SHA-256, the minutes with their
    corrections, the public version once it was published, and what each file is. “tracker board verify” checks it.
    """
    from tracker.cli.shell.output import data, words
    from tracker.rules.wording import counted
    from tracker.services.board.archive import USUAL, archivable, make_archive
    from tracker.services.board.cycle import meant
    from tracker.services.papers.files import check_file, check_folder, find_house

    session: Session = ctx.obj
    kinds = known_formats(formats, ctx) or USUAL
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        parts = archivable(store, meant(store, ref))
    path = _place(output, parts.name, ctx)
    if path.parent == Path(output):
        check_folder(path.parent, [path.name], force=force)
    else:
        check_file(path, force=force)
    progress = Progress()
    try:
        made = make_archive(parts, kinds, house, progress.step)
    finally:
        progress.end()
    _write(path, made.data, folder=path.parent == Path(output), force=force)
    data(str(path))
    words(f"{counted(made.files, 'file')} in {len(made.data):,} bytes. SHA-256 {made.sha256}: write it down elsewhere.")
    words(f"“tracker board verify {path}” checks it; README.txt in it says what each file is.")
    for told in made.notes:
        words(told)


def _place(output: str, name: str, ctx: click.Context) -> Path:
    """Return the file that -o means: itself, or one of the usual name in a folder. Raises UsageError."""
    path = Path(output)
    if output.strip() in ("", "-"):
        raise click.UsageError("-o: name a folder, or a file that ends in .zip; an archive is not printed.", ctx)
    if output.endswith(("/", os.sep)) or path.is_dir():
        return path / name
    if path.suffix.lower() == ZIP:
        return path
    if path.suffix:
        raise click.UsageError(f"-o {output}: an archive is a zip file. Name it {path.with_suffix(ZIP).name}.", ctx)
    return path / name


def _write(path: Path, made: bytes, *, folder: bool, force: bool) -> None:
    from tracker.reports.files.write import write_folder, write_report

    if folder:
        write_folder(path.parent, {path.name: made}, force=force)
    else:
        write_report(made, path, force=force)
