"""The formats a paper can be made in: their names, files and renderers, in one place.

It loads nothing that makes a paper, so that the command line can name the formats in its help.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from tracker.reports.model import PLAIN, Brand, NotRendered, Rendered

if TYPE_CHECKING:
    from tracker.reports.model import Report


class Format(NamedTuple):
    """A format: what ``--format`` calls it, the end of its files' names, its renderer, and what it is in words.

    ``text``: it can be printed on a terminal. ``data``: it has all rows of all tables, where a paper that is printed
    shows exceptions. ``calendar``: it is made from a calendar, not from a paper.
    ``library`` is the distribution that makes it, whose version belongs to the provenance of a file.
    """

    name: str
    suffix: str
    module: str
    title: str
    media_type: str
    text: bool = False
    calendar: bool = False
    library: str = ""
    data: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("pdf", ".pdf", "pdf.document", "PDF for reading (tagged)", "application/pdf", library="typst"),
        Format("html", ".html", "html.page", "web page in one file", "text/html", text=True, library="Jinja2"),
        Format(
            "docx", ".docx", "docx.document", "Word document",
            f"{_OFFICE}.wordprocessingml.document", library="python-docx"
        ),
        Format("odt", ".odt", "odf.text", "OpenDocument text", f"{_OPEN}.text"),
        Format(
            "pptx", ".pptx", "pptx.presentation", "slides",
            f"{_OFFICE}.presentationml.presentation", library="python-pptx"
        ),
        Format("xlsx", ".xlsx", "xlsx.workbook", "Excel workbook of its tables", f"{_OFFICE}.spreadsheetml.sheet",
               library="xlsxwriter", data=True),
        Format("ods", ".ods", "odf.sheets", "OpenDocument sheets of its tables", f"{_OPEN}.spreadsheet", data=True),
        Format("md", ".md", "markdown", "Markdown", "text/markdown", text=True),
        Format("txt", ".txt", "text", "plain text for an email", "text/plain", text=True),
        Format("csv", ".csv.zip", "csvpkg", "open data: CSV tables with CSVW and a Data Package", "application/zip",
               data=True),
        Format("json", ".json", "json", "JSON for other programs", "application/json", text=True,
               data=True),
        Format("ics", ".ics", "ics", "calendar of board dates, decisions and training", "text/calendar",
               text=True, calendar=True, data=True),
    )
}  # fmt: skip
ALL = "all"
CALENDAR = "ics"
PAPERS = tuple(entry.name for entry in FORMATS.values() if not entry.calendar)


def format_of(file_name: str) -> Format | None:
    """Return the format that the end of a file's name stands for; None for another. ``.zip`` is the CSV package."""
    name = file_name.lower()
    for entry in FORMATS.values():
        if name.endswith(entry.suffix):
            return entry
    return FORMATS["csv"] if name.endswith(".zip") else None


def renderer(kind: str) -> ModuleType:
    """Return the module that makes a format, loaded now. Raises NotRendered when it, or a library, is not there."""
    try:
        return import_module(f"tracker.reports.render.{FORMATS[kind].module}")
    except ImportError as error:
        raise not_here(FORMATS[kind], error) from error


def make(report: "Report", kind: str, brand: Brand = PLAIN) -> Rendered:
    """Return a paper in a format. Raises NotRendered with a sentence when it cannot be made here."""
    if not FORMATS[kind].data:
        from tracker.reports.printed import printed

        report = printed(report)
    try:
        rendered: Rendered = renderer(kind).render(report, brand)
    except ImportError as error:  # renderers load their libraries when they are called
        raise not_here(FORMATS[kind], error) from error
    return rendered


def not_here(absent: Format, error: ImportError) -> Exception:
    """Return the error with the sentence for a format whose library is missing or does not load.

    What the program itself lacks is its own fault, and comes back as it is.
    """
    if (error.name or "").partition(".")[0] == "tracker":
        return error
    library = absent.library or error.name or str(error)
    return NotRendered(
        f"{absent.name.upper()} cannot be made here: “{library}” is not installed, or does not load on this machine. "
        f"Install it (pip install {library}), or choose another format."
    )
