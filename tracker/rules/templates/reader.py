"""Reading one template: TOML into values, each checked by the rules of its entity; problems are gathered."""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, time
from typing import ClassVar, NamedTuple

from tracker.entities import entity
from tracker.entities.checking import problems
from tracker.fields import MISSING, Field, Value, Values
from tracker.rules.reading import NotRead, nearest, read
from tracker.rules.templates.lines import Lines, Path, find_lines, too_nested
from tracker.rules.wording import optional
from tracker.text import clean

Table = Mapping[str, object]  # of TOML

LONGEST_TITLE = 80
LONGEST_SUMMARY = 400


class Trouble(NamedTuple):
    """What is wrong with a template: its file, the line (from 1; 0: the file as a whole), and a sentence."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}{optional(', line ', self.line)}: {self.reason}"


class TemplateReader:
    """Reads the parts of one template; ``troubles`` holds what is wrong so far."""

    STUB: ClassVar[str] = "0" * 36  # stands for the pilot or gate that does not exist yet

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.troubles: list[Trouble] = []
        self._lines: Lines | None = None

    def wrong(self, path: Path, reason: str) -> None:
        """Note what is wrong with a key or table."""
        if self._lines is None:
            self._lines = find_lines(self.text)
        trouble = Trouble(self.file, self._lines.of(path), reason)
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    def load(self) -> Table | None:
        """Return the tables of the text; None when it is not TOML."""
        if too_nested(self.text):
            self.troubles.append(Trouble(self.file, 1, "Brackets are nested too deeply for a template."))
            return None
        try:
            return tomllib.loads(self.text)
        except RecursionError:
            self.troubles.append(Trouble(self.file, 1, "Brackets are nested too deeply for a template."))
        except ValueError as error:  # TOMLDecodeError is one; so is a number of thousands of digits
            cause = str(error)
            line = max(self.text.count("\n"), 1)
            match = re.search(r"\(at line (\d+), column (\d+)\)", cause)
            if match:
                line = int(match[1])
            words = clean(re.sub(r"\s*\(at [^)]*\)", "", cause)).text
            self.troubles.append(Trouble(self.file, line, f"This is not TOML: {words}."))
        return None

    def heading(self, data: Table) -> tuple[str, str]:
        """Return title and summary, cleaned."""
        texts = []
        for key, longest in (("title", LONGEST_TITLE), ("summary", LONGEST_SUMMARY)):
            value = data.get(key)
            text = clean(value).text if isinstance(value, str) else ""
            if not text:
                self.wrong((key,), f'A template needs {key} = "…", a text for those who choose.')
            elif len(text) > longest:
                self.wrong((key,), f"{key} may have {longest} characters at most; this has {len(text)}.")
            texts.append(text)
        return texts[0], texts[1]

    def known_keys(self, table: Table, keys: Collection[str], path: Path, kind: str = "") -> None:
        """Note every key that a table cannot have, with the nearest that it can."""
        for key in table:
            if key in keys:
                continue
            if kind and key in entity(kind).fields():
                reason = f"“{key}” has no place in a template: it is given for each {entity(kind).noun}."
            else:
                reason = f"There is no “{clean(key).text}” here.{self.hint(key, list(keys))}"
            self.wrong((*path, key), reason)

    def hint(self, word: str, words: list[str]) -> str:
        """Return what was probably meant, or all that is known, with a space in front."""
        ending = [name for name in words if name.endswith(f"_{word}")]
        guess = next(iter(ending), "") or nearest(word, words)
        if guess:
            return f" Did you mean “{guess}”?"
        return optional(" Choose one of: ", ", ".join(words), ".")

    def table(self, data: Table, key: str) -> Table:
        """Return a table such as ``[pilot]``; an empty one when it is not there."""
        value = data.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong((key,), f"Write [{key}] on a line of its own, and its keys below.")
        return {}

    def tables(self, data: Table, key: str, path: Path) -> list[Table]:
        """Return tables such as ``[[risk]]``."""
        values = data.get(key, [])
        if isinstance(values, list) and all(isinstance(item, dict) for item in values):
            return values
        name = ".".join([*(part for part in path if isinstance(part, str)), key])
        self.wrong((*path, key), f"Write [[{name}]] on a line of its own for each {entity(key).noun}.")
        return []

    def values(
        self,
        kind: str,
        table: Table,
        path: Path,
        keys: Collection[str],
        stubs: Values,
        *,
        also: Collection[str] = (),
    ) -> Values:
        """Return the typed values that a table gives for a record of a kind.

        ``keys`` are the fields it may have, ``also`` other keys that were read elsewhere; ``stubs`` stand for what
        the record will have from others.
        """
        register = entity(kind)
        self.known_keys(table, [*keys, *also], path, kind)
        values_read: dict[str, Value] = {}
        unread = set()
        for key, value in table.items():
            if key not in keys:
                continue
            try:
                values_read[key] = self._value(register.fields()[key], value)
            except NotRead as error:
                self.wrong((*path, key), f"{key}: {error}")
                unread.add(key)
        values_read = {key: value for key, value in values_read.items() if value is not None}
        defaults = {f.name: f.default for f in register.stored() if f.default is not MISSING}
        stamps = {f.name: date.min for f in register.stored() if f.kind == "date" and not f.optional}
        for problem in problems(register, {**stamps, **defaults, **stubs, **values_read}):
            if problem.field not in unread:
                self.wrong((*path, problem.field), f"{problem.field}: {problem}")
        return values_read

    def _value(self, field: Field, value: object) -> Value:
        if isinstance(value, bool):
            value = {True: "yes", False: "no"}[value]
        elif isinstance(value, date | time):
            value = value.isoformat()
        elif isinstance(value, list) and field.kind == "list" and not any(isinstance(i, dict | list) for i in value):
            value = ", ".join(str(item) for item in value)
        elif isinstance(value, dict | list):
            raise NotRead(f"{field.label} is one value, not a list or a table.")
        typed: Value = read(field, str(value), date.min)
        return typed
