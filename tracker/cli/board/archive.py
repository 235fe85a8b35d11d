"""The archive of a meeting in a shell: one zip for the records."""

import os
from pathlib import Path

import click

from tracker.cli.papers.files import Progress, frozen_formats
from tracker.cli.registers.field_options import BOARD
from tracker.cli.shell import OVERWRITE_ONE, Session, command, data, misused, words
from tracker.cli.shell.paths import BRAND

ZIP = ".zip"


@command("tracker board archive B-02 -o records/")
@BOARD
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="Of the papers in it, as “tracker report pack”, or all; may be repeated. By itself pdf, html and odt.",
)
@click.option("-o", "--output", type=click.Path(), metavar="FOLDER|FILE.zip", required=True, help="Where to.")
@BRAND
@OVERWRITE_ONE
def archive(session: Session, ref: str, formats: tuple[str, ...], output: str, brand: str | None, force: bool) -> None:
    """Write one zip that proves what a board was shown and what it decided, once its minutes are approved.

    In it: pack and summary made again from what was frozen, that data with its SHA-256, the minutes with their
    corrections, the public version once it was published, and what each file is. “tracker board verify” checks it.
    """
    from tracker.rules.wording import counted
    from tracker.services.board.archive import USUAL, archivable, make_archive
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.papers.files import check_file, check_folder, find_house

    kinds = frozen_formats(formats) or USUAL
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        parts = archivable(store, resolve_meeting(store, ref))
    path = _place(output, parts.name)
    in_folder = path.parent == Path(output)
    if in_folder:
        check_folder(path.parent, [path.name], force=force)
    else:
        check_file(path, force=force)
    with Progress() as progress:
        archived = make_archive(parts, kinds, house, progress.step)
    _write(path, archived.data, folder=in_folder, force=force)
    data(str(path))
    size = len(archived.data)
    files = counted(archived.files, "file")
    words(f"{files} in {size:,} bytes. SHA-256 {archived.sha256}: write it down elsewhere.")
    words(f"“tracker board verify {path}” checks it; README.txt in it says what each file is.")
    for note in archived.notes:
        words(note)


def _place(output: str, name: str) -> Path:
    """Return the file that -o means: itself, or one of the usual name in a folder. Raises UsageError."""
    path = Path(output)
    if output.strip() in ("", "-"):
        raise misused("-o: name a folder, or a file that ends in .zip; an archive is not printed.")
    if output.endswith(("/", os.sep)) or path.is_dir():
        return path / name
    if path.suffix.lower() == ZIP:
        return path
    if path.suffix:
        raise misused(f"-o {output}: an archive is a zip file. Name it {path.with_suffix(ZIP).name}.")
    return path / name


def _write(path: Path, content: bytes, *, folder: bool, force: bool) -> None:
    from tracker.reports.files.write import write_folder, write_report

    if folder:
        write_folder(path.parent, {path.name: content}, force=force)
    else:
        write_report(content, path, force=force)
