"""The programme file: where it is, who may read and write it, what lies beside it, and whether it holds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from tracker.rules.doctor.finding import DAY_S, Finding, size_in_words, span_in_words
from tracker.rules.wording import counted

TOPIC = "Programme file"
GROUP_READS = 0o070
OTHERS = 0o007
STALE_S = 120.0  # what belongs to a write is gone within seconds
OLD_BACKUP_DAYS = 30
Kind = Literal["none", "file", "folder", "special", "unseen"]


class Beside(NamedTuple):
    """A file beside the programme file that belongs to a write: its ending, its age in seconds and its bytes."""

    ending: str
    age: float
    size: int


class Content(NamedTuple):
    """What the file is: whose (by its header), its schema, and what the check says.

    ``problems`` is None where the check was not made, for which ``reason`` is a sentence.
    """

    ours: bool
    schema: int = 0
    newest_schema: int = 0
    problems: int | None = None
    changes: int = 0
    reason: str = ""
    newest_change: datetime | None = None
    wal: bool = False


class ProgrammeFile(NamedTuple):
    """What is known of the programme file without changing anything.

    ``named`` is whether the user named it; ``owner`` is “you”, “root” or “somebody else”. Times are aware.
    """

    path: str
    reason: str
    named: bool
    kind: Kind
    now: datetime
    size: int = 0
    mode: int = 0o600
    owner: str = "you"
    network: str = ""
    readable: bool = True
    writable: bool = True
    folder_writable: bool = True
    written: datetime | None = None
    beside: Sequence[Beside] = ()
    backups: int = 0
    newest_backup: datetime | None = None
    content: Content | None = None


def judge_file(file: ProgrammeFile) -> Iterator[Finding]:
    """Yield what there is to say of the programme file."""
    values = {"path": file.path}
    if file.kind == "none":
        yield _missing(file)
        return
    if file.kind != "file":
        problem = {
            "folder": "It is a folder, and a programme is a file.",
            "special": "It is no plain file, and was not opened.",
            "unseen": "You may not look into its folder.",
        }[file.kind]
        yield Finding(TOPIC, "Place", _place(file), "wrong", f"file.{file.kind}", problem, values)
        return
    yield Finding(TOPIC, "Place", _place(file))
    yield _access(file)
    yield _mode(file)
    yield from _drive(file)
    yield from _leftovers(file)
    if file.content is not None:
        yield from _content(file.content, values)
    yield _backups(file)


def _place(file: ProgrammeFile) -> str:
    return f"{file.path} ({file.reason})"


def _missing(file: ProgrammeFile) -> Finding:
    values = {"path": file.path}
    if file.named:
        return Finding(TOPIC, "Place", _place(file), "wrong", "file.missing", "There is no file of that name.", values)
    return Finding(TOPIC, "Place", _place(file), "note", "file.not_made", "There is no programme yet.", values)


def _access(file: ProgrammeFile) -> Finding:
    value = f"{size_in_words(file.size)}, owner {file.owner}"
    values = {"path": file.path}
    if not file.readable:
        return Finding(TOPIC, "Access", value, "wrong", "file.unreadable", "You may not read it.", values)
    if not file.writable:
        problem = "You may read it, not write it: lists and papers work, recording does not."
        return Finding(TOPIC, "Access", value, "wrong", "file.not_writable", problem, values)
    if not file.folder_writable:
        problem = "You may not write into its folder, where SQLite keeps what a write needs: recording fails."
        return Finding(TOPIC, "Access", value, "wrong", "file.folder_not_writable", problem, values)
    return Finding(TOPIC, "Access", f"{value}, you may write it")


def _mode(file: ProgrammeFile) -> Finding:
    value = f"{file.mode:04o}"
    values = {"path": file.path}
    if file.owner != "you":
        return Finding(TOPIC, "Mode", f"{value}, which is for its owner to say")
    if file.mode & OTHERS:
        problem = "Everybody with an account on this machine can reach it."
        return Finding(TOPIC, "Mode", value, "wrong", "file.mode", problem, values)
    if file.mode & GROUP_READS:
        problem = "Its group can reach it; that is right only where you share it."
        return Finding(TOPIC, "Mode", value, "note", "file.mode", problem, values)
    return Finding(TOPIC, "Mode", value)


def _drive(file: ProgrammeFile) -> Iterator[Finding]:
    if file.network:
        problem = "Locks do not hold there; the tracker uses a lease file, and other programs must not write it."
        yield Finding(TOPIC, "Drive", f"network ({file.network})", "note", "file.network", problem)
    else:
        yield Finding(TOPIC, "Drive", "of this machine")


def _leftovers(file: ProgrammeFile) -> Iterator[Finding]:
    if not file.beside:
        yield Finding(TOPIC, "Leftovers", "none")
    for leftover in file.beside:
        value = f"{leftover.ending}, {span_in_words(leftover.age)} old, {size_in_words(leftover.size)}"
        values = {"path": file.path, "ending": leftover.ending}
        if leftover.age < STALE_S:
            yield Finding(TOPIC, "Leftovers", f"{value}: a program is writing")
        elif leftover.ending in ("-journal", "-wal", "-shm"):
            problem = "A write was cut off. It belongs to the file: never delete it; the next command mends both."
            status: Literal["wrong", "note"] = "wrong" if leftover.size else "note"
            yield Finding(TOPIC, "Leftovers", value, status, "file.cut_off", problem, values)
        else:
            problem = "A program ended before it could clean up."
            yield Finding(TOPIC, "Leftovers", value, "wrong", "file.leftover", problem, values)


def _content(content: Content, values: dict[str, str]) -> Iterator[Finding]:
    if not content.ours:
        problem = content.reason or "It is no programme file of the tracker."
        yield Finding(TOPIC, "Content", "not a programme", "wrong", "file.foreign", problem, values)
        return
    yield _schema(content, values)
    if content.wal:
        problem = "Another program switched it to write-ahead logging; a plain copy of it may lack what is newest."
        yield Finding(TOPIC, "Journal mode", "WAL", "note", "file.wal", problem, values)
    if content.problems is None:
        status: Literal["wrong", "note"] = "wrong" if "damaged" in content.reason else "note"
        code = "file.damaged" if status == "wrong" else "file.unchecked"
        yield Finding(TOPIC, "Check", "not made", status, code, content.reason, values)
    elif content.problems:
        problem = f"The check found {counted(content.problems, 'problem')}."
        yield Finding(TOPIC, "Check", "fails", "wrong", "file.problems", problem, values)
    else:
        yield Finding(TOPIC, "Check", f"everything holds: {counted(content.changes, 'change')}")


def _schema(content: Content, values: dict[str, str]) -> Finding:
    value = f"{content.schema}"
    if content.schema > content.newest_schema:
        problem = f"A newer tracker wrote it; this one knows schemas up to {content.newest_schema}."
        return Finding(TOPIC, "Schema", value, "wrong", "file.newer", problem, values)
    if content.schema < content.newest_schema:
        problem = f"The next command brings it to schema {content.newest_schema}, after a backup."
        return Finding(TOPIC, "Schema", value, "note", "file.older", problem, values)
    return Finding(TOPIC, "Schema", value)


def _backups(file: ProgrammeFile) -> Finding:
    values = {"path": file.path}
    if not file.backups or file.newest_backup is None:
        problem = "There is no copy to go back to."
        return Finding(TOPIC, "Backups", "none beside it", "note", "file.no_backup", problem, values)
    age = (file.now - file.newest_backup).total_seconds()
    value = f"{file.backups:,}, the newest {span_in_words(age)} old"
    changed = file.written is not None and file.written > file.newest_backup
    if age > OLD_BACKUP_DAYS * DAY_S and changed:
        problem = "The file was written since."
        return Finding(TOPIC, "Backups", value, "note", "file.old_backup", problem, values)
    return Finding(TOPIC, "Backups", value)
