"""Project plans as Microsoft Project writes them in XML (MSPDI): tasks, resources and assignments as tables.

A task has two columns more than it has elements: ``Resources``, the names of those who are assigned to it, and
``Progress``: not started, in progress or complete.
"""

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import EMPTY, Cell, Row, Sheet
from tracker.rules.wording import short
from tracker.services.importing.files.opening import SourceFile

TABLES = {"Tasks": "Task", "Resources": "Resource", "Assignments": "Assignment"}
DURATION = r"P(?:T(?P<hours>\d+(?:\.\d+)?)H(?P<minutes>\d+(?:\.\d+)?)M\d+(?:\.\d+)?S)"
MIDDLE = "T00:00:00"
PLAN_ITSELF = "0"  # the task that sums the whole plan up
WORKERS = ("1", "")  # types of resources that work; the others are materials and costs
Record = dict[str, Cell]


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
    tables = {
        table: [_record(element) for element in root.iterfind(f"{{*}}{table}/{{*}}{item}")]
        for table, item in TABLES.items()
    }
    _complete_tasks(tables)
    return [_sheet(table, records) for table, records in tables.items() if records]


def _complete_tasks(tables: Mapping[str, list[Record]]) -> None:
    """Give each task what other elements and its per cent say of it."""
    workers = [record for record in tables["Resources"] if _text(record, "Type") in WORKERS]
    names = {_text(record, "UID"): _text(record, "Name") for record in workers}
    assigned: dict[str, dict[str, None]] = {}
    for record in tables["Assignments"]:
        name = names.get(_text(record, "ResourceUID"), "")
        if name:
            assigned.setdefault(_text(record, "TaskUID"), {})[name] = None
    for task in tables["Tasks"]:
        if _text(task, "UID") == PLAN_ITSELF:
            task["Summary"] = Cell.of("1")
        if names:
            task["Resources"] = Cell.of(", ".join(assigned.get(_text(task, "UID"), {})))
        done = _text(task, "PercentComplete")
        if done:
            task["Progress"] = Cell.of({"0": "not started", "100": "complete"}.get(done, "in progress"))


def _text(record: Record, name: str) -> str:
    return record.get(name, EMPTY).text


def _tag(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _record(element: "etree._Element") -> Record:
    """Return what an element says; the days of its first baseline are columns of their own."""
    record = {_tag(child): _cell(child) for child in element if _tag(child) and not len(child)}
    for baseline in element.iterfind("{*}Baseline"):
        if baseline.findtext("{*}Number", "0") == "0":
            days = (child for child in baseline if _tag(child) in ("Start", "Finish"))
            record |= {f"Baseline{_tag(child)}": _cell(child) for child in days}
    return record


def _sheet(name: str, records: Sequence[Record]) -> Sheet:
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
