"""README.txt of a board meeting's archive: what each file is, and how anybody can verify it, in plain words."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from tracker.reports.files.archive import Contents
from tracker.rules.wording import optional
from tracker.text import plain

WIDTH = 76
# What the folders of an archive hold, in the order in which they are listed.
FOLDERS = {
    "papers": "what the board was shown, as everybody on it may read it",
    "members": "for members alone: what was restricted then, or is since",
    "minutes": "what it decided",
    "public": "what was published",
    "data": "what all of these are made from",
}


def readme(zip_name: str, facts: Iterable[tuple[str, str]], contents: Contents, files: Mapping[str, str]) -> str:
    """Return the text: ``facts`` first, then ``files`` with what each is by its name; ``contents`` is the manifest."""
    lines = ["ARCHIVE OF A BOARD MEETING", ""]
    for label, value in facts:
        lines += wrap(f"{label + ':':<12}{plain(value)}", WIDTH, subsequent_indent=" " * 12)
    lines += ["", *_paragraph(PURPOSE), "", "WHAT IS IN IT"]
    for folder, purpose in FOLDERS.items():
        inside = {name: purpose_of_file for name, purpose_of_file in files.items() if name.startswith(f"{folder}/")}
        if inside:
            lines += ["", f"{folder}/  ({purpose})"]
        for name, purpose_of_file in inside.items():
            lines += [
                f"  {name.partition('/')[2]}",
                *wrap(purpose_of_file, WIDTH, initial_indent="      ", subsequent_indent="      "),
            ]
    lines += ["", *_paragraph("manifest.json tells the same to programs; SHA256SUMS holds the hash of every file.")]
    lines += [*_earlier(contents), *_how(zip_name, contents)]
    return "\n".join(lines) + "\n"


PURPOSE = (
    "This archive proves what the board was shown and what it decided. The papers are made again from the data that "
    "was frozen before the meeting; whatever was recorded later is not in them. Everything but the folder public/ is "
    "for the board and for those who run the programme; the folder members/ is for members of the board alone."
)


def _paragraph(text: str, indent: str = "") -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _earlier(contents: Contents) -> Iterator[str]:
    """Yield every edition with its hash, where there is more than the one that was shown."""
    if len(contents["editions"]) < 2:
        return
    yield from ("", "EVERY EDITION", "")
    for edition in contents["editions"]:
        sentence = f"{edition['ref']} of {edition['frozen_at']}, {edition['audience']}: {edition['role']}"
        if edition["superseded_by"]:
            sentence += f"; then came {edition['superseded_by']}{optional(' (', edition['reason'], ')')}"
        members = "; for members alone" * edition["restricted"]
        yield from wrap(plain(f"{sentence}{members}."), WIDTH, subsequent_indent="    ")
        yield f"    SHA-256 {edition['sha256']}"


def _how(zip_name: str, contents: Contents) -> Iterator[str]:
    snapshot = contents["snapshot"]["ref"]
    file = contents["snapshot"]["file"]
    yield from ("", "HOW TO VERIFY IT", "", "1. That no file was changed. Unpack the archive, and in its folder:", "")
    yield from ("       sha256sum -c SHA256SUMS", "")
    yield from _paragraph("(on a Mac: shasum -a 256 -c SHA256SUMS). Every line must end in OK.", "   ")
    yield from ("", "2. That the papers are what the program makes of the frozen data:", "")
    yield from (f"       tracker board verify {zip_name}", "")
    yield from _paragraph(
        "Where the programme file is that the archive was made from, this also says whether its journal has the same "
        "hash. Files in a house style need the same style (--brand FILE), and a later version of the program may "
        "draw them otherwise; the data and the hashes stay what they are.",
        "   ",
    )
    yield from ("", f"3. That {file} is what was frozen. Its SHA-256 is", "")
    yield from (f"       {contents['snapshot']['sha256']}", "")
    yield from _paragraph(f"and so is the one that “tracker snapshot show {snapshot}” prints.", "   ")
    yield ""
    yield from _paragraph(
        "Whoever can change this archive can change the hashes in it too. Write down the SHA-256 of the zip file "
        "itself where others keep it, such as in the register of records."
    )
