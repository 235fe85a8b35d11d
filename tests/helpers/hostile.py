"""Texts that act on programs which take them for anything but text, and where they are put."""

import unicodedata
from pathlib import Path

from screen_app import ana

from tracker.services.records.writing import add
from tracker.storage.store import Store
from tracker.text import clean

HOSTILE = (
    "[/foo] a[b",
    "[red]x[/red] [@click=app.quit]y",
    "[bold",
    "\x1b]52;c;aGFjaw==\x07\x1b[2J",
    "\x9b31m C1 \x85 \x00 NUL",
    "‮evil‬ ⁦x⁩ \u200b\ufeff",
    "$name {x} %s \\[",
    "👨‍👩‍👧‍👦 e\u0301 図書館 \U0001f3f4\U000e0067\U000e0062",
    "𝕏" * 60,
    "ا" * 40,
    "a\nb\tc\rd",
    "<script>alert(1)</script> &amp; ${HOME}",
)
ALLOWED_FORMATS = {"\u200c", "\u200d"}  # emoji and several scripts are misspelt without them


def bad(text: str) -> set[str]:
    """Return the characters of a text that could act on a terminal or turn the writing round."""
    return {
        char
        for char in text
        if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") and char not in ALLOWED_FORMATS | {"\u00ad"}
    }


def plant(file: Path) -> None:
    """Put the hostile texts where people read them: cleaned as every front does, then raw, as another tool might."""
    with Store.open(file) as store:
        by = ana(store)
        for text in HOSTILE:
            title = clean(text).text[:80] or "Nothing is left"
            pilot = add(store, "pilot", {"name": title, "problem": title, "status_note": title}, by).uid
            add(store, "risk", {"title": title, "pilot": pilot, "cause": title, "tags": ("a",)}, by)
            add(store, "win", {"title": title, "pilot": pilot, "credit": title}, by)
            add(store, "person", {"display_name": title, "role_title": title}, by)
        for kind, column in (("pilot", "name"), ("risk", "title"), ("win", "title"), ("person", "display_name")):
            found = store.read(f'SELECT id FROM "{kind}" ORDER BY id DESC LIMIT {len(HOSTILE)}')
            with store.command(by, "outside"):
                for (number,), text in zip(found, HOSTILE, strict=True):
                    shown = text.replace("\x00", "\x01")[:80]
                    store.run(f'UPDATE "{kind}" SET "{column}" = ? WHERE id = ?', (shown, number))
