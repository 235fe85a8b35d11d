"""The open dashboard: a folder of pages that needs no server, no script and no request to anybody."""

import io
import zipfile
from collections.abc import Sequence

from tracker.fields import humanise
from tracker.reports.files.write import slug
from tracker.reports.model import PLAIN, Brand, Report
from tracker.reports.render import csvpkg, json
from tracker.reports.render.html import page as html
from tracker.reports.render.wording import unused

INDEX = "index.html"
PILOTS = "pilots"
DATA = "data"
# What people look for, with the name it is offered under; the rest describes it.
WHOLE = {
    "paper.csv": "All texts (CSV)",
    "report.json": "Everything (JSON)",
    "datapackage.json": "Description of the tables (Data Package)",
}


def site(report: Report, pages: Sequence[tuple[str, Report]], brand: Brand = PLAIN) -> dict[str, bytes]:
    """Return the files of the dashboard by their paths: the index, a page for each pilot, and the data files.

    ``pages`` gives the name of each pilot with its paper.
    """
    places = _places([name for name, _ in pages])
    data = _data(report)
    downloads = [(offered, f"{DATA}/{name}") for name in data if (offered := _offered(name))]
    pilot_pages = [(name, place) for (name, _), place in zip(pages, places, strict=True)]
    beside = {"Pages of the pilots": pilot_pages, "Data files": downloads}
    files = {INDEX: html.render(report, brand, {heading: blocks for heading, blocks in beside.items() if blocks}).data}
    for (_, page), place in zip(pages, places, strict=True):
        files[place] = html.render(page, brand, {"More": [("All pilots and the data files", f"../{INDEX}")]}).data
    return {**files, **{f"{DATA}/{name}": content for name, content in data.items()}}


def _offered(name: str) -> str:
    """Return the name under which a data file is offered; empty for one that only describes another."""
    base = name.rpartition("/")[2]
    table = f"{humanise(base.removesuffix('.csv').replace('-', '_'))} (CSV)" if base.endswith(".csv") else ""
    return WHOLE.get(base, table)


def _places(names: Sequence[str]) -> list[str]:
    """Return the path of each pilot's page; two pilots of one name get a number."""
    used: set[str] = set()
    return [f"{unused(f'{PILOTS}/{slug(name)}', used, '-')}.html" for name in names]


def _data(report: Report) -> dict[str, bytes]:
    """Return the tables as CSV with their descriptions, and the whole as JSON."""
    with zipfile.ZipFile(io.BytesIO(csvpkg.render(report).data)) as package:
        tables = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    return {**tables, "report.json": json.render(report).data}
