"""The parts that every OpenDocument file has: names, text as XML, the description, the package."""

import re
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZipFile

from tracker.reports.files.canonical import digest
from tracker.reports.model import Report
from tracker.reports.render.heading import footer_facts, full_title
from tracker.reports.render.links import pieces
from tracker.reports.render.zips import add
from tracker.reports.typography.measuring import joined
from tracker.text import plain

TEXT = "application/vnd.oasis.opendocument.text"
SHEET = "application/vnd.oasis.opendocument.spreadsheet"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    "office": _OASIS + "office:1.0",
    "style": _OASIS + "style:1.0",
    "text": _OASIS + "text:1.0",
    "table": _OASIS + "table:1.0",
    "draw": _OASIS + "drawing:1.0",
    "fo": _OASIS + "xsl-fo-compatible:1.0",
    "svg": _OASIS + "svg-compatible:1.0",
    "number": _OASIS + "datastyle:1.0",
    "meta": _OASIS + "meta:1.0",
    "config": _OASIS + "config:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
VERSION = 'office:version="1.3"'


class Part(NamedTuple):
    """A file in the package: its path, its bytes, and what it is."""

    path: str
    data: bytes
    media: str = "text/xml"


def quoted(value: str) -> str:
    """Return a text as the quoted value of an attribute."""
    return '"' + escape(plain(value), {'"': "&quot;", "\n": " "}) + '"'


def flat(value: str) -> str:
    """Return a text as XML on one line, for titles and descriptions."""
    return escape(" ".join(plain(value).split()))


def words(value: str) -> str:
    """Return a text as the content of a paragraph on a page: what belongs together is joined; see ``typed``."""
    return typed(joined(value))


def linked(value: str) -> str:
    """Return a text as ``words`` does, in which addresses are links."""
    return "".join(
        f'<text:a xlink:type="simple" xlink:href={quoted(piece.text)}>{words(piece.text)}</text:a>'
        if piece.link
        else words(piece.text)
        for piece in pieces(value)
    )


def typed(value: str) -> str:
    """Return a text as the content of a paragraph: spaces are kept, a newline is a line break."""
    return "<text:line-break/>".join(re.sub(r"^ +| {2,}| +$", _gap, escape(line)) for line in plain(value).split("\n"))


def _gap(match: re.Match[str]) -> str:
    count = len(match[0])
    if match.start() > 0 and match.end() < len(match.string):
        return f' <text:s text:c="{count - 1}"/>'
    return f'<text:s text:c="{count}"/>'


def language_of(code: str) -> tuple[str, str]:
    """Return the language and the country of a code such as en-GB; “none” for a country that is not given."""
    first, _, country = code.partition("-")
    if not re.fullmatch(r"[A-Za-z]{2}", country):
        return first.lower() or "en", "none"
    return first.lower() or "en", country.upper()


def language_attributes(code: str) -> str:
    """Return the attributes for the language of Western, Asian and complex writing, each as the paper says."""
    tongue, country = language_of(code)
    attributes = [f'fo:language="{escape(tongue)}" fo:country="{country}"']
    for kind, tongues in (("asian", ("zh", "ja", "ko")), ("complex", ("ar", "fa", "he", "hi", "ne", "th", "ur"))):
        pair = (escape(tongue), country) if tongue in tongues else ("none", "none")
        attributes.append(f'style:language-{kind}="{pair[0]}" style:country-{kind}="{pair[1]}"')
    return " ".join(attributes)


def origin(report: Report) -> str:
    """Return where a page comes from, the programme left out: the position's day, the pack, the hash, “Draft”."""
    return " · ".join(footer_facts(report)[1:])


def description(report: Report) -> Part:
    """Return meta.xml: title, language, day, program and the whole digest."""
    header = report.header
    day = f"{header.as_of.isoformat()}T00:00:00"
    digits = digest(report)
    parts = [
        f"<meta:generator>{flat(header.generator or 'Transformation Tracker')}</meta:generator>",
        f"<dc:title>{flat(full_title(header))}</dc:title>",
        f"<dc:description>{flat(origin(report))}. SHA-256 {digits}</dc:description>",
        f"<dc:subject>{flat(header.board)}</dc:subject>",
        f"<meta:creation-date>{day}</meta:creation-date>",
        f"<dc:date>{day}</dc:date>",
        f"<dc:language>{flat(header.language)}</dc:language>",
        f'<meta:user-defined meta:name="SHA-256">{digits}</meta:user-defined>',
    ]
    inside = f"<office:meta>{''.join(parts)}</office:meta>"
    return xml_part("meta.xml", f"<office:document-meta {SPACES} {VERSION}>{inside}</office:document-meta>")


def xml_part(path: str, xml: str) -> Part:
    """Return XML as a part of the package."""
    return Part(path, (DECLARATION + xml).encode())


def packed(media: str, parts: list[Part]) -> bytes:
    """Return the zip: its type first and not packed, then the list of parts, then the parts.

    A part whose path ends with / is a folder, which is only listed: a document in the document.
    """
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = [f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{media}"/>']
    entries += [
        f"<manifest:file-entry manifest:full-path={quoted(part.path)} manifest:media-type={quoted(part.media)}/>"
        for part in parts
    ]
    listed = (
        f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">{"".join(entries)}</manifest:manifest>'
    )
    package = BytesIO()
    with ZipFile(package, "w") as file:
        listing = [Part("mimetype", media.encode()), xml_part("META-INF/manifest.xml", listed)]
        for part in [*listing, *(part for part in parts if not part.path.endswith("/"))]:
            add(file, part.path, part.data, packed=part.path != "mimetype" and part.media != "image/png")
    return package.getvalue()
