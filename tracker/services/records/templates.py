"""Finding templates: those the program ships, and those in the user's own folder, which win by name."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from tracker.content import content
from tracker.errors import TrackerError
from tracker.paths import templates_folder
from tracker.rules.reading import nearest
from tracker.rules.templates.content import GateTemplate, PilotTemplate, Trouble, read_gate, read_pilot
from tracker.text import clean

FOLDERS = {"pilot": "pilots", "gate": "gates"}
SUFFIX = ".toml"
LARGEST = 1_000_000  # bytes; no template is nearly as long

T = TypeVar("T", PilotTemplate, GateTemplate)


class Text(NamedTuple):
    """A template as it lies in a folder: its name, its file, whether it is the user's own, and its text.

    ``replaces`` says that a shipped one has the same name; ``text`` is a trouble where it could not be read.
    """

    name: str
    file: str
    own: bool
    text: str | Trouble
    replaces: bool = False


class Found(NamedTuple, Generic[T]):
    """A template that can be used, with its file, whether it is the user's own, in place of a shipped one, its text."""

    template: T
    file: str
    own: bool
    replaces: bool
    text: str


class Templates(NamedTuple):
    """Every template by its name, and what is wrong with those that cannot be used.

    ``broken`` holds the troubles by kind and name: an own template that cannot be used hides a shipped one.
    """

    pilots: Mapping[str, Found[PilotTemplate]]
    gates: Mapping[str, Found[GateTemplate]]
    broken: Mapping[tuple[str, str], list[Trouble]]
    folder: Path

    @property
    def troubles(self) -> list[Trouble]:
        """Everything that is wrong, file by file."""
        return [trouble for troubles in self.broken.values() for trouble in troubles]

    def pilot(self, name: str) -> PilotTemplate:
        """Return a pilot template by its name. Raises TrackerError that names the nearest, or what is wrong with it."""
        return self.pilots[self._match(("pilot",), name)[1]].template

    def gate(self, name: str) -> GateTemplate:
        """Return a gate template by its name. Raises TrackerError that names the nearest, or what is wrong with it."""
        return self.gates[self._match(("gate",), name)[1]].template

    def one(self, name: str, kind: str = "") -> tuple[str, Found[PilotTemplate] | Found[GateTemplate]]:
        """Return the kind and the template that a name means, among one kind or all. Raises TrackerError."""
        matched, key = self._match((kind,) if kind else tuple(FOLDERS), name)
        return matched, self.pilots[key] if matched == "pilot" else self.gates[key]

    def _match(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        """Return the kind and the name of the template that a text means."""
        folded = _folded(name)
        usable = [(kind, key) for kind, keys in (("pilot", self.pilots), ("gate", self.gates)) for key in keys]
        matches = [pair for pair in (*usable, *self.broken) if pair[0] in kinds and _folded(pair[1]) == folded]
        if len(matches) > 1:
            raise TrackerError(f"“{matches[0][1]}” is a pilot template and a gate template.", "template.kind")
        for kind, key in matches:
            if (kind, key) in self.broken:
                troubles = "\n".join(map(str, self.broken[kind, key]))
                raise TrackerError(f"The {kind} template “{key}” cannot be used until it is mended:\n{troubles}")
            return kind, key
        names = [key for kind, key in usable if kind in kinds]
        guess = nearest(folded, names)
        hint = f"Did you mean “{guess}”?" if guess else f"Choose one of: {', '.join(names)}."
        noun = f"{kinds[0]} template" if len(kinds) == 1 else "template"
        raise TrackerError(f"There is no {noun} “{clean(name).text}”. {hint}")


def _folded(name: str) -> str:
    return "-".join(name.casefold().removesuffix(SUFFIX).replace("_", " ").replace("-", " ").split())


def find_templates(folder: Path | None = None) -> Templates:
    """Return the shipped templates and those of the user's own folder (by itself the one of tracker.paths)."""
    users = templates_folder() if folder is None else folder
    broken: dict[tuple[str, str], list[Trouble]] = {}
    gates = _usable("gate", users, read_gate, broken)
    pilots = _usable("pilot", users, partial(read_pilot, gates=_gates_by_name(gates, broken)), broken)
    return Templates(pilots, gates, broken, users)


def _usable(
    kind: str,
    users: Path,
    read: Callable[[str, str, str], tuple[T | None, list[Trouble]]],
    broken: dict[tuple[str, str], list[Trouble]],
) -> dict[str, Found[T]]:
    """Return the templates of a kind that can be used; the troubles of the others come to ``broken``."""
    usable = {}
    for text in _texts(kind, users):
        if isinstance(text.text, Trouble):
            broken[kind, text.name] = [text.text]
            continue
        template, troubles = read(text.file, text.name, text.text)
        if template is None:
            broken[kind, text.name] = troubles
        else:
            usable[text.name] = Found(template, text.file, text.own, text.replaces, text.text)
    return usable


def _gates_by_name(
    gates: Mapping[str, Found[GateTemplate]], broken: Mapping[tuple[str, str], list[Trouble]]
) -> dict[str, GateTemplate | None]:
    templates: dict[str, GateTemplate | None] = {name: gate.template for name, gate in gates.items()}
    return templates | {name: None for kind, name in broken if kind == "gate"}


def check_file(file: Path, templates: Templates) -> tuple[str, list[Trouble]]:
    """Return which kind of template a file is meant to be, and everything that is wrong with it.

    The folder decides (``gates`` or ``pilots``), else what the file holds. Gates that it names are looked for
    among ``templates``.
    """
    text = _read(file, str(file))
    if isinstance(text, Trouble):
        return "template", [text]
    is_gate = file.absolute().parent.name == "gates"
    if not is_gate and file.absolute().parent.name != "pilots":
        is_gate = any(line.strip().startswith(("[gate]", "[[criterion]]")) for line in text.split("\n"))
    name = clean(file.stem).text
    if is_gate:
        return "gate", read_gate(str(file), name, text)[1]
    return "pilot", read_pilot(str(file), name, text, _gates_by_name(templates.gates, templates.broken))[1]


def _texts(kind: str, users: Path) -> list[Text]:
    """Return the files of a kind by name; one of the user's own takes the place of a shipped one."""
    shipped = _folder(content("templates", FOLDERS[kind]), f"{FOLDERS[kind]}/", own=False)
    theirs = _folder(users / FOLDERS[kind], f"{users / FOLDERS[kind]}{os.sep}", own=True)
    texts = {text.name: text for text in shipped}
    texts |= {text.name: text._replace(replaces=text.name in texts) for text in theirs}
    return [texts[name] for name in sorted(texts)]


def _folder(folder: Traversable, place: str, *, own: bool) -> list[Text]:
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(SUFFIX) and not file.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        return [Text("", place, own, Trouble(place, 0, f"The folder cannot be read: {error.strerror or error}."))]
    texts = []
    for file in files:
        path = f"{place}{file.name}"
        texts.append(Text(clean(file.name.removesuffix(SUFFIX)).text, path, own, _read(file, path)))
    return texts


def _read(file: Traversable, path: str) -> str | Trouble:
    try:
        if not file.is_file():
            return Trouble(path, 0, "There is no file here that can be read.")
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        return Trouble(path, 0, f"It cannot be read: {error.strerror or error}.")
    if len(raw) > LARGEST:
        return Trouble(path, 0, f"It is larger than any template ({LARGEST:,} bytes).")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Trouble(path, line, "It is not UTF-8 text: save it as UTF-8.")
