"""Project plans as Microsoft Project writes them in XML (MSPDI): tasks, resources and assignments as tables."""

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import EMPTY, Cell, Row, Sheet
from tracker.rules.wording import short
from tracker.services.importing.files.opening import SourceFile

TABLES = {"Tasks": "Task", "Resources": "Resource", "Assignments": "Assignment"}
DURATION = r"P(?:T(?P<hours>\d+(?:\.\d+)?)H(?P<minutes>\d+(?:\.\d+)?)M\d+(?:\.\d+)?S)"
MIDDLE = "T00:00:00"


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the tables of a plan. Raises TrackerError for XML that is broken, or no such plan."""
    name = short(source.name, 60)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(source.content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TrackerError(f"“{name}” is no XML that can be read: {short(str(error), 120)}.", "import.xml") from None
    if _tag(root) != "Project":
        raise TrackerError(f"“{name}” is no project plan of Microsoft Project (MSPDI).", "import.xml")
    tables = [_sheet(table, root.iterfind(f"{{*}}{table}/{{*}}{item}")) for table, item in TABLES.items()]
    return [sheet for sheet in tables if len(sheet.rows) > 1]


def _tag(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _sheet(name: str, elements: "Iterable[etree._Element]") -> Sheet:
    records: list[dict[str, Cell]] = []
    for element in elements:
        records.append({_tag(child): _cell(child) for child in element if _tag(child) and not len(child)})
    names = list(dict.fromkeys(key for record in records for key in record))
    header = Row(0, tuple(Cell(key, "text") for key in names))
    rows = [
        Row(number, tuple(record.get(key, EMPTY) for key in names)) for number, record in enumerate(records, start=1)
    ]
    return Sheet(name, [header, *rows], headed=True)


def _cell(element: "etree._Element") -> Cell:
    text = (element.text or "").strip()
    duration = re.fullmatch(DURATION, text)
    if duration:
        return Cell.of(f"{duration['hours']} h {duration['minutes']} min".removesuffix(" 0 min"))
    return Cell.of(text.removesuffix(MIDDLE))
