"""Writing finished papers and folders of pages: whole or not at all, and never over another file unasked."""

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from secrets import token_hex
from shutil import copyfile, rmtree
from typing import NamedTuple
from unicodedata import normalize

from tracker.errors import TrackerError
from tracker.reports.files.places import folder_mode, keep_mode, real, refuse, sync_folder, write_new

LONGEST_NAME = 60
# What Windows keeps for itself, whatever the ending.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def slug(text: str) -> str:
    """Return a text as part of a file's name: lower-case ASCII letters, digits and hyphens, no reserved name."""
    name = slug_of(text, "-")
    return f"{name}-paper" if name in RESERVED else name or "paper"


def slug_of(text: str, joint: str) -> str:
    """Return what a text has of lower-case ASCII letters and digits, with a joint for the rest; it may be empty."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", joint, plain)[:LONGEST_NAME].strip(joint)


def write_report(data: bytes, path: Path, *, force: bool = False) -> None:
    """Write bytes to a file in one step; an interrupted write leaves what was there before.

    A new file is for its owner only unless $TRACKER_SHARED says otherwise; one that is there keeps its mode, and a link
    stays a link. Raises TrackerError when the file exists and ``force`` is not given, when it is no regular file, a
    programme file or what belongs to one, or when its folder is missing or cannot be written to.
    """
    if path.is_dir():
        raise TrackerError(f"{path} is a folder. Name a file in it.")
    if os.path.lexists(path) and not force:
        raise TrackerError(_in_the_way([path]))
    _write({real(path): data}, force=force, renewed=())


def write_folder(
    folder: Path, files: Mapping[str, bytes], *, force: bool = False, renewed: Iterable[str] = ()
) -> list[Path]:
    """Write files by name into a folder, all or none; return their paths.

    The folder is made when only it is missing. ``renewed`` are names that may be written over unasked, since they are
    the program's own. Raises TrackerError as write_report does; nothing is left behind then.
    """
    free(folder, set(files) - set(renewed), force=force)
    if not folder.exists():
        return _write_new_folder(folder, files)
    paths = {folder / name: data for name, data in files.items()}
    _write(paths, force=force, renewed=tuple(folder / name for name in renewed))
    return list(paths)


def _write_new_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder of another name, which then gets its own: it is there whole or not at all."""
    hidden = _beside(folder)
    name = ""
    try:
        hidden.mkdir(mode=folder_mode())
        for name, data in files.items():
            write_new(hidden / name, data)
        name = ""
        sync_folder(hidden)
        hidden.rename(folder)
    except OSError as error:
        place = f"{folder / name} cannot be written" if name else f"The folder {folder} cannot be made"
        raise TrackerError(f"{place}: {_said(error)}. Nothing was changed.") from error
    finally:
        rmtree(hidden, ignore_errors=True)
    sync_folder(folder.parent)
    return [folder / name for name in files]


def free(folder: Path, names: Iterable[str], *, force: bool = False, made: bool = True) -> None:
    """Raise TrackerError when files cannot be written into a folder: to be asked before the work of making them.

    ``made``: a folder that is not there yet would be made.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise TrackerError(f"{folder} is a file, not a folder. Choose another name for the folder.")
    needed = folder.parent if made else folder
    if not needed.is_dir():
        raise TrackerError(f"The folder {needed} does not exist. Make it first, or choose another.")
    paths = [folder / name for name in sorted(names)]
    for path in paths:
        if path.is_dir():
            raise TrackerError(f"{path} is a folder, and a file of that name is to be written. Choose another folder.")
        refuse(path)
    existing = [path for path in paths if os.path.lexists(path)]
    if existing and not force:
        raise TrackerError(_in_the_way(existing))
    parent = folder if folder.is_dir() else needed
    if not os.access(parent, os.W_OK | os.X_OK):
        raise TrackerError(f"The folder {parent} may not be written to. Choose another, or ask for the right.")


def _in_the_way(paths: list[Path]) -> str:
    if len(paths) == 1:
        return f"{paths[0]} exists already and was left as it is. Choose another name, or say --force."
    names = ", ".join(path.name for path in paths[:3])
    others = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return (
        f"{names}{others} exist already in {paths[0].parent} and were left as they are. "
        "Choose another folder, or say --force."
    )


class _Placed(NamedTuple):
    """A file that got its name, and where what was there before is kept meanwhile (None: nothing was)."""

    path: Path
    before: Path | None


def _write(files: Mapping[Path, bytes], *, force: bool, renewed: tuple[Path, ...]) -> None:
    """Write every file beside its place, then give all of them their names; on trouble, take everything back."""
    waiting: dict[Path, Path] = {}
    placed: list[_Placed] = []
    path = next(iter(files), Path())
    try:
        for path in files:
            _allowed(path, force=force or path in renewed)
        for path, data in files.items():
            waiting[path] = _beside(path)
            write_new(waiting[path], data)
            keep_mode(waiting[path], path)
        for path, temporary in waiting.items():
            placed.append(_place(temporary, path, force=force or path in renewed))
    except BaseException as error:
        for written_file in reversed(placed):
            _take_back(written_file)
        _told(error, path)
        raise
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
    for written_file in placed:
        if written_file.before is not None:
            written_file.before.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def _told(error: BaseException, path: Path) -> None:
    """Raise what went wrong with a file as a sentence; return when it is not the disk's doing."""
    match error:
        case FileNotFoundError() if not path.parent.is_dir():
            raise TrackerError(f"The folder {path.parent} does not exist. Make it first, or choose another.") from None
        case FileExistsError():
            raise TrackerError(f"{path} was made by somebody else meanwhile and was left as it is.") from None
        case PermissionError() if os.path.lexists(path) and os.access(path.parent, os.W_OK):
            raise TrackerError(
                f"{path} cannot be replaced: {_said(error)}. Close the program that has it open, and try again. "
                "Nothing was changed."
            ) from error
        case OSError():
            raise TrackerError(f"{path} cannot be written: {_said(error)}. Nothing was changed.") from error


def _said(error: OSError) -> str:
    return error.strerror or str(error)


def _allowed(path: Path, *, force: bool) -> None:
    refuse(path)
    if os.path.lexists(path) and not force:
        raise TrackerError(_in_the_way([path]))


def _beside(path: Path) -> Path:
    return path.parent / f".tracker-{token_hex(8)}.tmp"


def _place(temporary: Path, path: Path, *, force: bool) -> _Placed:
    """Give a finished file its name. Raises FileExistsError when the name is taken and may not be."""
    if not force:
        if not _linked(temporary, path):
            temporary.replace(path)
        return _Placed(path, None)
    before = _beside(path) if os.path.lexists(path) else None
    if before is not None and not _linked(path, before):
        copyfile(path, before)
    try:
        temporary.replace(path)
    except BaseException:
        if before is not None:
            before.unlink(missing_ok=True)
        raise
    return _Placed(path, before)


def _linked(file: Path, name: Path) -> bool:
    """Return whether a file got a name without any chance of replacing another; not every disk can do that.

    Raises FileExistsError when the name was taken in the meantime.
    """
    try:
        name.hardlink_to(file)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _take_back(placed: _Placed) -> None:
    try:
        if placed.before is not None:
            placed.before.replace(placed.path)
        else:
            placed.path.unlink(missing_ok=True)
    except OSError:
        return  # the first trouble is the one to be told of


OURS = "data/report.json"  # by which a folder is known to be a dashboard of ours


def write_tree(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Write files by their paths into a new folder, made whole beside it and then given its name; return their paths.

    Raises TrackerError when something is there already and ``force`` is not given, when what is there is no dashboard
    that was written before (nothing else is ever taken away), or when the folder cannot be made.
    """
    folder = folder.absolute()
    _refuse_folder(folder, force=force)
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


def _refuse_folder(folder: Path, *, force: bool) -> None:
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
