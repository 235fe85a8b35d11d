"""Finding templates: those the program ships, and those in the user's own folder, which win by name."""

import os
from collections.abc import Mapping
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

Made = TypeVar("Made", PilotTemplate, GateTemplate)


class Text(NamedTuple):
    """A template as it lies in a folder: its name, its file, whether it is the user's own, and its text.

    ``replaces`` says that a shipped one has the same name; ``text`` is a trouble where it could not be read.
    """

    name: str
    file: str
    own: bool
    text: str | Trouble
    replaces: bool = False


class Found(NamedTuple, Generic[Made]):
    """A template that can be used, with its file, whether it is the user's own, in place of a shipped one, its text."""

    template: Made
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
        return [trouble for some in self.broken.values() for trouble in some]

    def pilot(self, name: str) -> PilotTemplate:
        """Return a pilot template by its name. Raises TrackerError that names the nearest, or what is wrong with it."""
        return self.pilots[self._meant(("pilot",), name)[1]].template

    def gate(self, name: str) -> GateTemplate:
        """Return a gate template by its name. Raises TrackerError that names the nearest, or what is wrong with it."""
        return self.gates[self._meant(("gate",), name)[1]].template

    def one(self, name: str, kind: str = "") -> tuple[str, Found[PilotTemplate] | Found[GateTemplate]]:
        """Return the kind and the template that a name means, among one kind or all. Raises TrackerError."""
        which, meant = self._meant((kind,) if kind else tuple(FOLDERS), name)
        return which, self.pilots[meant] if which == "pilot" else self.gates[meant]

    def _meant(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        wanted = _folded(name)
        known = [(kind, one) for kind in kinds for one in (self.pilots if kind == "pilot" else self.gates)]
        broken = [(kind, one) for kind, one in self.broken if kind in kinds]
        fit = [pair for pair in (*known, *broken) if _folded(pair[1]) == wanted]
        if len(fit) > 1:
            message = f"“{fit[0][1]}” is a pilot template and a gate template."
            raise TrackerError(message, "template.kind")
        if fit and fit[0] in self.broken:
            told = "\n".join(map(str, self.broken[fit[0]]))
            raise TrackerError(f"The {fit[0][0]} template “{fit[0][1]}” cannot be used until it is mended:\n{told}")
        if fit:
            return fit[0]
        names = [one for _, one in known]
        guess = nearest(wanted, names)
        hint = f"Did you mean “{guess}”?" if guess else f"Choose one of: {', '.join(names)}."
        noun = f"{kinds[0]} template" if len(kinds) == 1 else "template"
        raise TrackerError(f"There is no {noun} “{clean(name).text}”. {hint}")


def _folded(name: str) -> str:
    return "-".join(name.casefold().removesuffix(SUFFIX).replace("_", " ").replace("-", " ").split())


def find_templates(folder: Path | None = None) -> Templates:
    """Return the shipped templates and those of the user's own folder (by itself the one of tracker.paths)."""
    own = templates_folder() if folder is None else folder
    broken: dict[tuple[str, str], list[Trouble]] = {}
    gates: dict[str, Found[GateTemplate]] = {}
    pilots: dict[str, Found[PilotTemplate]] = {}
    for one in _texts("gate", own):
        if isinstance(one.text, Trouble):
            broken["gate", one.name] = [one.text]
            continue
        gate, troubles = read_gate(one.file, one.name, one.text)
        if gate is None:
            broken["gate", one.name] = troubles
        else:
            gates[one.name] = Found(gate, one.file, one.own, one.replaces, one.text)
    usable = _gates_by_name(gates, broken)
    for one in _texts("pilot", own):
        if isinstance(one.text, Trouble):
            broken["pilot", one.name] = [one.text]
            continue
        pilot, troubles = read_pilot(one.file, one.name, one.text, usable)
        if pilot is None:
            broken["pilot", one.name] = troubles
        else:
            pilots[one.name] = Found(pilot, one.file, one.own, one.replaces, one.text)
    return Templates(pilots, gates, broken, own)


def _gates_by_name(
    gates: Mapping[str, Found[GateTemplate]], broken: Mapping[tuple[str, str], list[Trouble]]
) -> dict[str, GateTemplate | None]:
    found: dict[str, GateTemplate | None] = {name: one.template for name, one in gates.items()}
    return found | {name: None for kind, name in broken if kind == "gate"}


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
        lines = text.split("\n")
        is_gate = any(line.strip().startswith(("[gate]", "[[criterion]]")) for line in lines)
    name = clean(file.stem).text
    if is_gate:
        return "gate", read_gate(str(file), name, text)[1]
    usable = _gates_by_name(templates.gates, templates.broken)
    return "pilot", read_pilot(str(file), name, text, usable)[1]


def _texts(kind: str, own: Path) -> list[Text]:
    """Return the files of a kind by name; one of the user's own takes the place of a shipped one."""
    shipped = _folder(content("templates", FOLDERS[kind]), f"{FOLDERS[kind]}/", own=False)
    theirs = _folder(own / FOLDERS[kind], f"{own / FOLDERS[kind]}{os.sep}", own=True)
    found = {one.name: one for one in shipped}
    found |= {one.name: one._replace(replaces=one.name in found) for one in theirs}
    return [found[name] for name in sorted(found)]


def _folder(folder: Traversable, shown: str, *, own: bool) -> list[Text]:
    try:
        files = [one for one in folder.iterdir() if one.name.endswith(SUFFIX) and not one.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        trouble = Trouble(shown, 0, f"The folder cannot be read: {error.strerror or error}.")
        return [Text("", shown, own, trouble)]
    return [
        Text(clean(one.name.removesuffix(SUFFIX)).text, f"{shown}{one.name}", own, _read(one, f"{shown}{one.name}"))
        for one in files
    ]


def _read(file: Traversable, shown: str) -> str | Trouble:
    try:
        if not file.is_file():
            return Trouble(shown, 0, "There is no file here that can be read.")
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        return Trouble(shown, 0, f"It cannot be read: {error.strerror or error}.")
    if len(raw) > LARGEST:
        return Trouble(shown, 0, f"It is larger than any template ({LARGEST:,} bytes).")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Trouble(shown, line, "It is not UTF-8 text: save it as UTF-8.")
