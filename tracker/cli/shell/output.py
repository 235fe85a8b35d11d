"""Data to standard output, words to standard error; JSON and CSV in the form of docs/json.md."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

from tracker.errors import Note, Problem, TrackerError
from tracker.fields import Nothing
from tracker.text import plain, spelt

if TYPE_CHECKING:
    from tracker.cli.shell.session import Session
    from tracker.services.records.writing import Saved

Message = str | Note | Problem | TrackerError
RECORDED = "Recorded. “tracker undo” takes it back."


class Gate:
    """A stream to a terminal, through which nothing passes that could act on it, whoever writes.

    ``terminal`` is the stream itself, for the colours of our own. There is no ``buffer``: what writes bytes has to
    come through here too.
    """

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal

    def write(self, text: str) -> int:
        """Write a text as a terminal may have it; tabs and line ends stay. Return the length of the text."""
        self.terminal.write("\t".join(map(plain, text.replace("\r\n", "\n").split("\t"))))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.terminal, name)


def guard(stream: TextIO) -> TextIO:
    """Return a stream that is safe to write to: one that leads to a terminal gets a gate, another is as it was."""
    if isinstance(stream, Gate) or not stream.isatty():
        return stream
    return cast("TextIO", Gate(stream))


def unguarded(stream: TextIO) -> TextIO:
    """Return what lies behind the gate of a stream: only for texts that went through ``safe``, and our own colours."""
    return stream.terminal if isinstance(stream, Gate) else stream


def words(message: Message) -> None:
    """Write a sentence for a person to standard error, with what mends it in a shell."""
    sys.stderr.write(safe(_in_shell(message), sys.stderr) + "\n")


def data(message: Message) -> None:
    """Write data to standard output, a sentence with what mends it in a shell."""
    sys.stdout.write(safe(_in_shell(message), sys.stdout) + "\n")


def _in_shell(message: Message) -> str:
    if type(message) is str:
        return message
    from tracker.cli.shell.mending import in_shell

    return in_shell(message)


def read_word(label: str, text: str, choices: tuple[str, ...]) -> str:
    """Return which of some words a text means. Raises TrackerError."""
    from tracker.rules.reading import NotRead, read_choice

    try:
        return read_choice(label, text, choices)
    except NotRead as error:
        raise TrackerError(str(error)) from None


def say_readings(session: "Session", ref: str, readings: Sequence[str] = ()) -> None:
    """Say on one line how texts and options were read that could have meant something else; nothing where none did."""
    read = [*readings, *session.read]
    session.read = []
    if read:
        words(f"{ref} · {'; '.join(read)}")


def confirm_saved(saved: "Saved", done: str, session: "Session | None" = None) -> None:
    """Print the ref of a record that was saved; the notes on it, how options were read and what was done are words."""
    for note in saved.notes:
        words(note)
    if session is not None:
        say_readings(session, saved.ref)
    data(saved.ref)
    if all(note.code != "unchanged" for note in saved.notes):
        words(done)


def safe(text: str, stream: TextIO) -> str:
    """Return a text as a stream can show it, and that cannot act on a terminal."""
    text = plain(text)
    if text.isascii():
        return text
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def as_json(value: object) -> None:
    """Print a value as JSON, in the documented form; a terminal gets as escapes what could act on it."""
    from json import dumps

    # Escapes where the output is not UTF-8: every reader of JSON understands them, and nothing is lost.
    narrow = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"
    text = dumps(value, ensure_ascii=narrow, indent=2, default=json_value)
    sys.stdout.write((spelt(text) if isinstance(sys.stdout, Gate) else text) + "\n")


def json_value(value: object) -> Any:
    """Return a value as JSON has it: references as an object of ref, name and uid, days and times in ISO 8601."""
    if hasattr(value, "ref") and hasattr(value, "uid") and hasattr(value, "name"):
        return {"ref": value.ref, "name": value.name, "uid": value.uid}
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Nothing):
        return None
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    return value


def json_object(record: NamedTuple) -> dict[str, Any]:
    """Return a tuple with names as JSON has it."""
    return {name: json_value(value) for name, value in record._asdict().items()}


def json_list(records: Sequence[NamedTuple]) -> list[dict[str, Any]]:
    """Return tuples with names as JSON has them."""
    return [json_object(record) for record in records]


def as_csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as CSV (RFC 4180) in UTF-8; no cell is taken for a formula by a spreadsheet."""
    import csv
    import io

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal shows: nothing may be lost in a file
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for row in (headers, *rows):
        writer.writerow([guarded(cell) for cell in row])


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: one that could be a formula gets an apostrophe."""
    first = cell.lstrip()[:1]
    number = cell[1:].replace(".", "", 1)
    if first in ("=", "+", "@") or (first == "-" and not (number.isascii() and number.isdigit())):
        return "'" + cell
    return cell
