"""The documents that are made from the code; ``python tests/documents.py`` writes them.

They are the data dictionary, the map of the rooms in the description of the architecture, and the outlines of the
registers in the program itself.
"""

import ast
import sys
from pathlib import Path

from tracker.entities import Entity, all_entities, registers
from tracker.entities.outline import outline_of
from tracker.fields import FILLED, MINUTES, PERSONAL, PUBLIC, REASONED, SHARE, Field

ROOT = Path(__file__).parent.parent
COMMON = ("visibility", "sensitivity", "tags")
HEAD = "| Field | Label | Kind | Rule | What it is |\n|---|---|---|---|---|\n"
DICTIONARY = ROOT / "docs" / "data-dictionary.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
OUTLINES = ROOT / "tracker" / "entities" / "outline.py"
OUTLINES_BEGIN = "# What follows is made from the classes by tests/documents.py.\n"
PACKAGES = ("tracker", "screens")
ROOMS_BEGIN, ROOMS_END = "<!-- rooms, made by tests/documents.py -->", "<!-- end of the rooms -->"


def dictionary() -> str:
    """Return the data dictionary: every field of every register, as the entities define it."""
    parts = [
        "# Data dictionary\n",
        "Made from the entities by `python tests/documents.py`; a test holds it to them.\n",
        "Every record also has a `uid` (the same in every copy of the file), a `ref` (for people, never given "
        "twice), `rev` (how often it was changed), when and by whom it was recorded and changed, and, when it was "
        "removed, when, by whom and why. Amounts are whole numbers of minor units (pence).\n",
    ]
    common = [_row(all_entities()[0].fields()[name]) for name in COMMON]
    parts.append("## Fields of every record\n\n" + HEAD + "\n".join(common) + "\n")
    for kind in all_entities():
        parts.append(_register(kind))
    return "\n".join(parts)


def _register(kind: type[Entity]) -> str:
    example = f"Example: `tracker {kind.kind} add {kind.example}`\n" if kind.example else ""
    only = "A mistake is mended by a new record; it is never changed.\n" if kind.append_only else ""
    rows = [_row(field) for field in kind.fields().values() if field.name not in COMMON]
    return (
        f"## {kind.noun.capitalize()} (`{kind.kind}`, {kind.new_ref(1)})\n\n{(kind.__doc__ or '').strip()}\n\n"
        f"{only}{example}\n| Field | Label | Kind | Rule | What it is |\n|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def _row(field: Field) -> str:
    return f"| `{field.name}` | {field.label} | {_type(field)} | {_rule(field)} | {field.show.help.replace('|', '/')} |"


def _type(field: Field) -> str:
    if field.carried:
        return f"from the newest {field.carried.kind}"
    if field.product:
        return f"{field.product.left} × {field.product.right}"
    if field.target:
        return f"ref of a {field.target}"
    if SHARE in field.flags:
        return "part of one, in %"
    if MINUTES in field.flags:
        return "time (45 min, 2 h, 3 d)"
    return {"yes_no": "yes or no", "list": "list", "choice": "choice"}.get(field.kind, field.kind)


def _rule(field: Field) -> str:
    rules = ["needed"] if field.required else []
    if field.choices:
        rules.append(", ".join(field.choices))
    if field.longest and field.kind == "text":
        rules.append(
            f"{field.shortest or 0}–{field.longest} characters"
            if field.shortest > 1
            else f"≤ {field.longest} characters"
        )
        if field.advised not in (0, field.longest):
            rules.append(f"{field.advised} advised")
    if field.stateful:
        rules.append("or a kind of nothing")
    if field.kind == "date" and field.spoken_of:
        rules.append(f"or a month, quarter, year: its {'first' if field.looks_back else 'last'} day")
    if field.kind == "date" and field.looks != "either":
        rules.append("without its year: to come" if field.looks == "ahead" else "without its year: past")
    if field.least is not None or field.most is not None:
        rules.append(f"{field.least if field.least is not None else ''}–{field.most if field.most is not None else ''}")
    if field.shape:
        rules.append(field.shape)
    for flag, words in (
        (FILLED, "written by the program"),
        (REASONED, "a change needs a reason"),
        (PERSONAL, "personal"),
        (PUBLIC, "may be public"),
    ):
        if flag in field.flags:
            rules.append(words)
    return "; ".join(rules)


def with_rooms(text: str) -> str:
    """Return the description of the architecture with the map of the rooms as the packages describe themselves.

    Raises ValueError when the marks are missing between which the map stands.
    """
    before, begin, following = text.partition(ROOMS_BEGIN)
    _, end, after = following.partition(ROOMS_END)
    if not end:
        raise ValueError(f"{ARCHITECTURE} has lost its marks {ROOMS_BEGIN} and {ROOMS_END}")
    return f"{before}{begin}\n{rooms()}{end}{after}"


def rooms() -> str:
    """Return a line for each folder of the program that holds Python: its name and what is in it."""
    folders = sorted(path.parent for package in PACKAGES for path in (ROOT / package).rglob("__init__.py"))
    return "".join(f"- `{folder.relative_to(ROOT)}/`: {_about(folder)}\n" for folder in folders)


def _about(folder: Path) -> str:
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ")


def with_outlines(text: str) -> str:
    """Return the module of the outlines with those that the classes have."""
    hidden = "".join(f'    "{kind.kind}",\n' for kind in all_entities() if kind.hidden)
    made = "".join(_outline(kind) for kind in registers())
    before = text.partition(OUTLINES_BEGIN)[0]
    return f"{before}{OUTLINES_BEGIN}HIDDEN = (\n{hidden})\nOUTLINES = {{\n{made}}}\n"


def _outline(kind: type[Entity]) -> str:
    outline = outline_of(kind)
    if not outline.news:
        return f'    "{kind.kind}": Outline("{outline.name_field}"),\n'
    news = "".join(f'            "{name}",\n' for name in outline.news)
    return (
        f'    "{kind.kind}": Outline(\n        "{outline.name_field}",\n        "{outline.belongs_to}",\n'
        f"        (\n{news}        ),\n    ),\n"
    )


def documents() -> dict[Path, str]:
    """Return what each document that is made from the code must be."""
    return {
        DICTIONARY: dictionary(),
        ARCHITECTURE: with_rooms(ARCHITECTURE.read_text(encoding="utf-8")),
        OUTLINES: with_outlines(OUTLINES.read_text(encoding="utf-8")),
    }


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check say whether they are up to date."""
    stale = {path: text for path, text in documents().items() if path.read_text(encoding="utf-8") != text}
    if "--check" not in arguments:
        for path, text in stale.items():
            path.write_text(text, encoding="utf-8")
        return 0
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} is not what the code says: python tests/documents.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
