"""The risks of a pack: the matrix, the gravest, what moved, what nobody looks at, and the issues."""

from collections.abc import Sequence
from typing import Any

from tracker.entities.issue import Issue
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.fields import humanise
from tracker.reports.charting import matrix_chart
from tracker.reports.model import Block, Facts, Heading, Paragraph, Section, Signal, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.reports.sections.risks import event_cell, exposure_before, figures_said, standing
from tracker.rules.risk import band, exposure, is_live, top
from tracker.rules.settings import BANDS
from tracker.rules.signals.result import level_text
from tracker.rules.when import show_date
from tracker.rules.wording import listed

TOP = 10
MATRIX_MOST = 60  # points beyond which a matrix says nothing
OPEN = ("open", "in_progress")
SEVERITY_MARKS = {"critical": "■ Critical", "major": "▲ Major", "minor": "○ Minor"}


def risk_report(data: SummaryData) -> Section:
    """Return everything a board asks of risks and issues."""
    settings = data.now.settings
    every = data.now.all(Risk)
    told = source(data, "the registers of risks, risk assessments and issues")
    if not every:
        return Section("risk-report", "Risks and issues", (told, none_recorded("no risk"), *_issues(data)))
    now = exposure(every, settings, data.now.date)
    blocks: list[Block] = [Paragraph(figures_said(now, exposure_before(data)))]
    blocks += _signal(data)
    ranked = top(every, settings, len(every))
    earlier = dict(data.before.by_uid(Risk)) if data.before is not None else None
    chart = matrix_chart("risk-matrix", ranked[:MATRIX_MOST], earlier)
    if chart is not None:
        blocks.append(chart)
    if len(ranked) > MATRIX_MOST:
        blocks.append(Paragraph(f"The matrix shows the {MATRIX_MOST} highest of {len(ranked):,} open risks."))
    blocks.append(_bands(data, ranked))
    blocks += _top(data, ranked[:TOP])
    blocks += _movement(data)
    blocks += _neglected(data)
    return Section("risk-report", "Risks and issues", (told, *blocks, *_issues(data)), new_page=True)


def _signal(data: SummaryData) -> list[Block]:
    signal = data.signals.exposure.signal
    grave = [one for one in signal.findings if one.level in ("red", "amber")]
    return [Signal(one.level, level_text(one.level), one.sentence) for one in grave]


def _bands(data: SummaryData, ranked: Sequence[Any]) -> Table:
    """Return how many risks are in each band before controls, now, and as they are to be."""
    kinds = (
        ("inherent_likelihood", "inherent_impact"),
        ("likelihood", "impact"),
        ("target_likelihood", "target_impact"),
    )
    columns_of: list[dict[str, int]] = []
    for pair in kinds:
        both = [(getattr(one, pair[0]), getattr(one, pair[1])) for one in ranked]
        known = [band(a * b, data.now.settings) for a, b in both if a is not None and b is not None]
        columns_of.append({**{name: known.count(name) for name in BANDS}, "": len(ranked) - len(known)})
    names: list[str] = [*reversed(BANDS), ""]
    rows = tuple(
        (humanise(name) if name else "Not scored", *(f"{counts[name]}" for counts in columns_of)) for name in names
    )
    titles = columns("Band", "Before controls>", "Now>", "Target>")
    return Table("risk-bands", "Open risks by band: before controls, now and as they are to be", titles, rows)


def _top(data: SummaryData, some: Sequence[Any]) -> list[Block]:
    name = f"The {len(some)} risks with the highest scores" if len(some) > 1 else "The risk with the highest score"
    heading = Heading(name if some else "The risks with the highest scores")
    if not some:
        return [heading, none_recorded("no risk is open")]
    change = ["Change"] if data.before is not None else []
    titles = columns("Risk", "Pilot", "Band", *change, "Owner", "Next review")
    rows = tuple((event_cell(one), data.now.ref(Pilot, one.pilot) or "–", *standing(data, one)) for one in some)
    return [heading, Table("top-risks", "Open threats, the highest score first", titles, rows)]


def _movement(data: SummaryData) -> list[Block]:
    moved = data.signals.exposure.figures.moved
    if moved is None:
        return [Heading("Movement"), Paragraph("This paper is not compared with an earlier day.")]
    parts = (
        ("New", moved.new),
        ("Score up", moved.raised),
        ("Score down", moved.lowered),
        ("Closed", moved.closed),
        ("Became an issue", moved.became_issue),
        ("Removed", moved.removed),
    )
    items = tuple((label, listed(refs, 20) or "None") for label, refs in parts)
    return [Heading(f"Movement since {show_date(moved.since)}"), Facts(items)]


def _neglected(data: SummaryData) -> list[Block]:
    found = data.signals.exposure.figures
    parts = (
        ("Above appetite", found.above),
        ("Above appetite, high, and without an action that is on time", found.uncovered),
        ("Review overdue, the oldest first", found.overdue),
        ("Stagnant: the same score again and again, above appetite", found.stagnant),
    )
    items = tuple((label, listed(refs, 20) or "None") for label, refs in parts)
    return [Heading("Above appetite, overdue and stagnant"), Facts(items)]


def _issues(data: SummaryData) -> list[Block]:
    some = [one for one in data.now.all(Issue) if one.status in OPEN]
    if not some:
        return [Heading("Issues"), none_recorded("no issue is open")]
    order = tuple(SEVERITY_MARKS)
    some.sort(key=lambda one: (order.index(one.severity), one.due is None, one.due or data.now.date, one.ref))
    rows = tuple(
        (
            f"{one.ref} {one.title}" + (f" ({pilot})" if (pilot := data.now.ref(Pilot, one.pilot)) else ""),
            SEVERITY_MARKS[one.severity],
            data.now.person(one.owner) or "No owner",
            _due(data, one),
            one.impact or one.description or "Not described.",
        )
        for one in some
    )
    titles = columns("Issue", "Severity", "Owner", "Due", "What it does+")
    return [Heading("Issues"), Table("issues", "Open issues, the gravest first", titles, rows)]


def _due(data: SummaryData, one: Any) -> str:
    if one.due is None:
        return "Not given"
    return show_date(one.due) + (" (overdue)" if one.due < data.now.date else "")


def risk_rows(data: SummaryData, pilot: str) -> tuple[tuple[str, ...], ...]:
    """Return a row for each open risk of a pilot, the highest score first."""
    some = [one for one in data.now.of(Risk, "pilot", pilot) if is_live(one)]
    ranked = [*top(some, data.now.settings, len(some)), *(one for one in some if one.risk_kind != "threat")]
    return tuple((event_cell(one), *standing(data, one)) for one in ranked)
