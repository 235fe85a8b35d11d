"""Mappings for imports: those that are shipped, what columns are called elsewhere, and a file of one's own."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from tracker.content import content
from tracker.errors import TrackerError
from tracker.rules.importing.mapping import ImportMapping
from tracker.rules.importing.mapping_text import read_mapping, write_mapping
from tracker.rules.importing.proposing import Vocabulary
from tracker.rules.incomplete import SHORT_FORMS

LARGEST = 1 << 20  # bytes of a mapping


def shipped_mappings() -> Iterator[ImportMapping]:
    """Yield each mapping that comes with the program."""
    for entry in sorted(content("imports", "mappings").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield _read(entry.name, entry.read_text(encoding="utf-8"))


def mapping_called(name: str) -> ImportMapping:
    """Return the mapping in a file, or the shipped one of that name. Raises TrackerError with each problem."""
    path = Path(name)
    if not path.suffix:
        entry = content("imports", "mappings", f"{name}.toml")
        if entry.is_file():
            return _read(name, entry.read_text(encoding="utf-8"))
    try:
        if path.stat().st_size > LARGEST:
            raise TrackerError(f"{path} is too large for a mapping.", "import.mapping")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TrackerError(f"{path} is no text in UTF-8.", "import.mapping") from None
    except OSError as error:
        raise TrackerError(f"{path} cannot be read: {error.strerror or error}.", "import.mapping") from error
    return _read(path.name, text)


def keep_mapping(mapping: ImportMapping, path: Path, aside: Sequence[str] = (), *, force: bool = False) -> None:
    """Write a mapping to a file, with the columns that it leaves aside; with ``force`` over another one too.

    Raises TrackerError.
    """
    from tracker.reports.files.write import write_report

    write_report(write_mapping(mapping, aside).encode(), path, force=force)


def _read(name: str, text: str) -> ImportMapping:
    mapping, troubles = read_mapping(name, text)
    if mapping is None:
        raise TrackerError("\n".join(map(str, troubles)), "import.mapping")
    return mapping


@cache
def vocabulary() -> Vocabulary:
    """Return what columns are called elsewhere, and what words mean on scales."""
    scales = tomllib.loads(content("imports", "scales.toml").read_text(encoding="utf-8"))
    choices = tomllib.loads(content("imports", "choices.toml").read_text(encoding="utf-8"))
    registers = tomllib.loads(content("imports", "registers.toml").read_text(encoding="utf-8"))
    levels = {word: str(level) for word, level in scales.items()}
    return Vocabulary(_words("columns.toml"), levels, choices, registers)


@cache
def words_for_nothing() -> Mapping[str, str]:
    """Return the kind of nothing that words in a cell stand for; with a star behind, words that begin so."""
    kinds = _words("nothing.toml")
    return {**SHORT_FORMS, **{words.casefold(): kind for kind, texts in kinds.items() for words in texts}}


def _words(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(content("imports", name).read_text(encoding="utf-8"))
