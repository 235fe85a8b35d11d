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
from tracker.rules.wording import listed, show_date

TOP = 10
MATRIX_MOST = 60  # points beyond which a matrix says nothing
SEVERITY_MARKS = {"critical": "■ Critical", "major": "▲ Major", "minor": "○ Minor"}


def risk_report(data: SummaryData) -> Section:
    """Return everything a board asks of risks and issues."""
    settings = data.now.settings
    risks = data.now.all(Risk)
    paragraph = source(data, "the registers of risks, risk assessments and issues")
    if not risks:
        return Section("risk-report", "Risks and issues", (paragraph, none_recorded("no risk"), *_issues(data)))
    now = exposure(risks, settings, data.now.date)
    blocks: list[Block] = [Paragraph(figures_said(now, exposure_before(data)))]
    blocks += _signal(data)
    ranked = top(risks, settings, len(risks))
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
    return Section("risk-report", "Risks and issues", (paragraph, *blocks, *_issues(data)), new_page=True)


def _signal(data: SummaryData) -> list[Block]:
    signal = data.signals.exposure.signal
    grave = [finding for finding in signal.findings if finding.level in ("red", "amber")]
    return [Signal(finding.level, level_text(finding.level), finding.sentence) for finding in grave]


def _bands(data: SummaryData, ranked: Sequence[Any]) -> Table:
    """Return how many risks are in each band before controls, now, and as they are to be."""
    kinds = (
        ("inherent_likelihood", "inherent_impact"),
        ("likelihood", "impact"),
        ("target_likelihood", "target_impact"),
    )
    columns_of: list[dict[str, int]] = []
    for pair in kinds:
        pairs = [(getattr(risk, pair[0]), getattr(risk, pair[1])) for risk in ranked]
        bands = [band(a * b, data.now.settings) for a, b in pairs if a is not None and b is not None]
        columns_of.append({**{name: bands.count(name) for name in BANDS}, "": len(ranked) - len(bands)})
    names: list[str] = [*reversed(BANDS), ""]
    rows = tuple(
        (humanise(name) if name else "Not scored", *(f"{counts[name]}" for counts in columns_of)) for name in names
    )
    titles = columns("Band", "Before controls>", "Now>", "Target>")
    return Table("risk-bands", "Open risks by band: before controls, now and as they are to be", titles, rows)


def _top(data: SummaryData, risks: Sequence[Any]) -> list[Block]:
    name = f"The {len(risks)} risks with the highest scores" if len(risks) > 1 else "The risk with the highest score"
    heading = Heading(name if risks else "The risks with the highest scores")
    if not risks:
        return [heading, none_recorded("no risk is open")]
    change = ["Change"] if data.before is not None else []
    titles = columns("Risk", "Pilot", "Band", *change, "Owner", "Next review")
    rows = tuple((event_cell(risk), data.now.ref(Pilot, risk.pilot) or "–", *standing(data, risk)) for risk in risks)
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
    exposure_figures = data.signals.exposure.figures
    parts = (
        ("Above appetite", exposure_figures.above),
        ("Above appetite, high, and without an action that is on time", exposure_figures.uncovered),
        ("Review overdue, the oldest first", exposure_figures.overdue),
        ("Stagnant: the same score again and again, above appetite", exposure_figures.stagnant),
    )
    items = tuple((label, listed(refs, 20) or "None") for label, refs in parts)
    return [Heading("Above appetite, overdue and stagnant"), Facts(items)]


def _issues(data: SummaryData) -> list[Block]:
    issues = [issue for issue in data.now.all(Issue) if issue.is_open]
    if not issues:
        return [Heading("Issues"), none_recorded("no issue is open")]
    order = tuple(SEVERITY_MARKS)
    issues.sort(
        key=lambda issue: (order.index(issue.severity), issue.due is None, issue.due or data.now.date, issue.ref)
    )
    rows = tuple(
        (
            f"{issue.ref} {issue.title}" + (f" ({pilot})" if (pilot := data.now.ref(Pilot, issue.pilot)) else ""),
            SEVERITY_MARKS[issue.severity],
            data.now.person(issue.owner) or "No owner",
            _due(data, issue),
            issue.impact or issue.description or "Not described.",
        )
        for issue in issues
    )
    titles = columns("Issue", "Severity", "Owner", "Due", "What it does+")
    return [Heading("Issues"), Table("issues", "Open issues, the gravest first", titles, rows)]


def _due(data: SummaryData, issue: Any) -> str:
    if issue.due is None:
        return "Not given"
    return show_date(issue.due) + (" (overdue)" if issue.due < data.now.date else "")


def risk_rows(data: SummaryData, pilot: str) -> tuple[tuple[str, ...], ...]:
    """Return a row for each open risk of a pilot, the highest score first."""
    risks = [risk for risk in data.now.of(Risk, "pilot", pilot) if is_live(risk)]
    ranked = [*top(risks, data.now.settings, len(risks)), *(risk for risk in risks if risk.risk_kind != "threat")]
    return tuple((event_cell(risk), *standing(data, risk)) for risk in ranked)
