"""Text cleaned on its way in, and guarded on its way out."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text import Cleaned, clean, plain

NAUGHTY = Path(__file__).parents[1] / "../shared/realdata/blns/blns.json"
steady = settings(derandomize=True, max_examples=200, deadline=None)

UNWANTED = (
    {*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200B, 0x200E, 0x200F}
    | {*range(0x2028, 0x202F), *range(0x2060, 0x2070), *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFEFF}
    | {*range(0xE0000, 0xE0080)}
    | {plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)}
)
# Weighted towards what can go wrong, surrogates included.
awkward = st.text(
    st.one_of(
        st.characters(exclude_categories=[]),
        st.sampled_from("\x1b\x9b\x9d\x90\x98\x9c\x07[]PX^_\\;0m31 \t\r\n\x85"),
        st.sampled_from("\u2028\u200b\u200d\u202e\ufeff\ud83d"),
        st.sampled_from("ae\u0301\u0323\u0327\u0344\u0958\u1100\u1161\u2126\u2001"),
    )
)


@pytest.mark.parametrize(
    ("text", "kept", "removed"),
    [
        ("", "", 0),
        ("  plain words  ", "plain words", 0),
        ("two  spaces stay", "two  spaces stay", 0),
        ("e\u0301te\u0301", "\u00e9t\u00e9", 0),
        ("\u00a0\u3000Ærø\u2003", "Ærø", 0),
        # escape sequences, whole
        ("\x1b[31mred\x1b[0m", "red", 9),
        ("\x1b[?25lhidden", "hidden", 6),
        ("\x1b[38;2;1;2;3mx", "x", 13),
        ("\x9b31mred", "red", 4),
        ("\x1b]0;title\x07x", "x", 10),
        ("\x1b]0;title\x1b\\x", "x", 11),
        ("\x9d0;title\x9cx", "x", 9),
        ("\x1b]8;;http://a.b\x1b\\link\x1b]8;;\x1b\\", "link", 24),
        ("\x1bPq#0;2;0\x1b\\x", "x", 11),
        ("\x90data\x9cx", "x", 6),
        ("\x1b^private\x1b\\x\x1b_app\x1b\\y\x1bXsos\x1b\\z", "xyz", 25),
        ("\x1bcreset", "reset", 2),
        ("\x1b(Bx", "x", 3),
        ("\x1b7x\x1b8", "x", 4),
        ("end\x1b", "end", 1),
        ("end\x1b[3", "end", 3),
        ("\x1b[é", "é", 2),
        # never closed: the words after it are somebody's
        ("\x1b]0;kept words", "0;kept words", 2),
        ("\x9d0;kept words", "0;kept words", 1),
        ("\x1b]0;kept\x1b[31m words", "0;kept words", 7),
        # controls and invisible marks
        ("a\x00b\x08c\x7fd\x0be\x84f", "abcdef", 5),
        ("\u202eevil\u202c", "evil", 2),
        ("a\u2066b\u2069\u061c\u200e\u200fc", "abc", 5),
        ("\ufeffa\u200bb\u2060c", "abc", 3),
        ("a\ud800b\udfffc", "abc", 2),
        ("a\ufdd0b\uffffc\U0001fffed\U0010ffffe", "abcde", 4),
        ("a\U000e0041b\U000e007f", "ab", 2),
        ("e\u200b\u0301", "\u00e9", 1),
        ("\u200b x \u200b", "x", 2),
        # needed by emoji and by several scripts
        ("👩\u200d💻", "👩\u200d💻", 0),
        ("می\u200cخواهم", "می\u200cخواهم", 0),
        ("❤\ufe0f", "❤\ufe0f", 0),
    ],
)
def test_what_is_kept_and_what_is_counted(text: str, kept: str, removed: int) -> None:
    assert clean(text) == Cleaned(kept, removed)
    assert clean(text, lines=True) == Cleaned(kept, removed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_line_ends_become_newlines_or_spaces(end: str) -> None:
    assert clean(f"a{end}b{end}") == Cleaned("a b", 0)
    assert clean(f"{end}a{end}b{end}{end}c{end}", lines=True) == Cleaned("a\nb\n\nc", 0)


def test_tabs_become_spaces() -> None:
    assert clean("\ta\t\tb\t") == Cleaned("a  b", 0)
    assert clean("a\tb\nc", lines=True) == Cleaned("a b\nc", 0)


@steady
@given(awkward, st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once.text, lines=lines) == Cleaned(once.text, 0)
    assert plain(once.text) == once.text


@steady
@given(awkward, st.booleans())
def test_clean_text_holds_nothing_unwanted(text: str, lines: bool) -> None:
    kept, removed = clean(text, lines=lines)
    assert not {ord(char) for char in kept} & UNWANTED
    assert lines or "\n" not in kept
    assert kept == kept.strip()
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()
    assert len(kept) <= len(unicodedata.normalize("NFD", text))
    assert 0 <= removed <= len(text)


@steady
@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_ordinary_text_loses_nothing(text: str) -> None:
    assert clean(text) == Cleaned(unicodedata.normalize("NFC", text).strip(), 0)


def test_every_character_alone_is_kept_or_counted() -> None:
    astral = (*range(0x1F300, 0x20100), *range(0xDFF00, 0xE0200), *range(0x10FF00, 0x110000))
    for code in (*range(0x10000), *astral):
        char = chr(code)
        removed = clean(f"x{char}x").removed
        # U+FFF9 to U+FFFB annotate text that a terminal would run together with its annotation.
        spaced = code in {0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029}
        dropped = (code in UNWANTED or 0xFFF9 <= code <= 0xFFFB) and not spaced
        # ESC, CSI take the letter after them along.
        assert removed == (2 if code in {0x1B, 0x9B} else int(dropped)), hex(code)


@steady
@given(awkward)
def test_plain_shows_every_place_and_lets_nothing_act(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert not {ord(char) for char in shown} & UNWANTED
    assert [char == "\n" for char in shown] == [char == "\n" for char in text]
    assert plain(shown) == shown


def test_plain_marks_what_it_replaces() -> None:
    assert plain("a\x1b[31m\tb\u202ec\ud800\nd\x9b\r") == "a\ufffd[31m\ufffdb\ufffdc\ufffd\nd\ufffd\ufffd"
    assert plain("  as it is  ") == "  as it is  "


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not beside the repository")
@pytest.mark.parametrize("lines", [False, True])
def test_naughty_strings(lines: bool) -> None:
    for text in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        once = clean(text, lines=lines)
        assert clean(once.text, lines=lines) == Cleaned(once.text, 0)
        assert not {ord(char) for char in once.text} & UNWANTED
        once.text.encode()


@pytest.mark.parametrize(
    "text",
    ["\x1b]", "\x9d", "\x1b[", "\x9b", "\x1bP", "\x90a", "\x1b", "\x1b]\x9d", "\x1b ", "\x1b]a\n", "\r"],
)
def test_hostile_repeats_do_not_hang(text: str) -> None:
    # Milliseconds when linear; a pattern that rescans the rest for each opening would need an hour.
    kept, removed = clean(text * 500_000)
    assert len(kept) + removed <= len(text) * 500_000


def test_ascii_text_does_not_load_the_unicode_tables() -> None:
    code = "import sys, tracker.text as t; t.clean('a\\tb\\x1b[0m'); sys.exit('unicodedata' in sys.modules)"
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
