"""Writing a folder of pages: the whole of it or nothing, and never in the place of another unasked."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from tracker.errors import TrackerError
from tracker.reports.files.places import folder_mode, refuse, sync_folder, write_new

OURS = "data/report.json"  # by which a folder is known to be a dashboard of ours


def write_tree(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Write files by their paths into a new folder, made whole beside it and then given its name; return their paths.

    Raises TrackerError when something is there already and ``force`` is not given, when what is there is no dashboard
    that was written before (nothing else is ever taken away), or when the folder cannot be made.
    """
    folder = folder.absolute()
    _refuse(folder, force=force)
    path = folder.parent / f".tracker-{token_hex(8)}.tmp"
    try:
        for name, data in files.items():
            place = path / name
            _make_folders(path, place.parent)
            write_new(place, data)
        for made in {path, *(place.parent for place in path.rglob("*"))}:
            sync_folder(made)
        _take_place(path, folder)
        sync_folder(folder.parent)
    except OSError as error:
        cause = error.strerror or error
        raise TrackerError(f"The folder {folder} cannot be written: {cause}. Nothing was changed.") from error
    finally:
        shutil.rmtree(path, ignore_errors=True)
    return [folder / name for name in files]


def _make_folders(top: Path, folder: Path) -> None:
    """Make a folder and those above it up to the top, each with the mode of a new folder."""
    if folder != top:
        _make_folders(top, folder.parent)
    folder.mkdir(mode=folder_mode(), exist_ok=True)


def _refuse(folder: Path, *, force: bool) -> None:
    refuse(folder)
    if not folder.parent.is_dir():
        raise TrackerError(f"The folder {folder.parent} does not exist. Make it first, or choose another.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise TrackerError(f"{folder} is a file, not a folder. Choose another name for the folder.")
    if not any(folder.iterdir()):
        return
    if not (folder / OURS).is_file():
        raise TrackerError(f"{folder} holds other files; a dashboard is written into a folder of its own.")
    if not force:
        raise TrackerError(f"{folder} holds a dashboard already. Choose another folder, or say --force.")


def _take_place(path: Path, folder: Path) -> None:
    if not folder.exists():
        path.rename(folder)
        return
    before = folder.with_name(f".tracker-{token_hex(8)}.old")
    folder.rename(before)
    try:
        path.rename(folder)
    except OSError:
        before.rename(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)
