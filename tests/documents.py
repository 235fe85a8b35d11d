"""The documents that are made from the code: the data dictionary. ``python tests/documents.py`` writes them."""

import sys
from pathlib import Path

from tracker.entities import Entity, all_entities
from tracker.fields import FILLED, MINUTES, PERSONAL, PUBLIC, REASONED, SHARE, Field

ROOT = Path(__file__).parent.parent
COMMON = ("visibility", "sensitivity", "tags")
HEAD = "| Field | Label | Kind | Rule | What it is |\n|---|---|---|---|---|\n"
DICTIONARY = ROOT / "docs" / "data-dictionary.md"


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


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check say whether they are up to date."""
    text = dictionary()
    if "--check" in arguments:
        good = DICTIONARY.exists() and DICTIONARY.read_text(encoding="utf-8") == text
        if not good:
            sys.stderr.write("docs/data-dictionary.md is not what the entities say: python tests/documents.py\n")
        return 0 if good else 1
    DICTIONARY.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
