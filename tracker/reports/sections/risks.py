"""The risks of a summary: the figures a board asks for, and the gravest few."""

from collections.abc import Sequence

from tracker.entities import Issue, Pilot, Risk
from tracker.fields import humanise
from tracker.reports.charting import matrix_chart
from tracker.reports.model import Block, Bullets, Cells, Facts, Heading, Missing, Paragraph, Section, Signal, Table
from tracker.reports.papers.data import (
    SummaryData,
    apart_block,
    due_cell,
    none_recorded,
    sourced,
    table,
    table_or_none,
    was_hidden,
    with_overdue,
)
from tracker.reports.sections.risk_register import register_table, risk_cell
from tracker.rules.apart import apart_words
from tracker.rules.apart import standing as standing_still
from tracker.rules.risk import Exposure, band, excess, exposure, is_live, next_review, score, top
from tracker.rules.settings import BANDS
from tracker.rules.signals.result import level_text
from tracker.rules.wording import counted, listed, lower_first, optional, show_date
from tracker.text import natural_order


def risks(data: SummaryData) -> Section:
    """Return the exposure and the top risks."""
    settings = data.now.settings
    all_risks = standing_still(data.now, data.now.all(Risk))
    now = exposure(all_risks, settings, data.now.date)
    apart = apart_words(data.now, Risk)
    if not now.live:
        sentence = "None open." if data.now.all(Risk) else "None recorded."
        if now.opportunities:
            sentence += f" {counted(now.opportunities, 'opportunity', 'opportunities')} recorded apart."
        sentence += optional(" ", apart)
        return Section("risks", "Risks", (Missing(sentence),))
    top_risks = top(all_risks, settings, settings.top_risks_shown)
    items = Bullets(tuple(_line(data, risk) for risk in top_risks))
    figures = _brief(now, exposure_before(data), unseen_before(data, all_risks)) + optional(" ", apart)
    return Section("risks", "Risks", (Paragraph(figures), items))


def _line(data: SummaryData, risk: Risk) -> str:
    """Return a risk in a line: what it is called, how grave it is, whose it is, when it is looked at again."""
    settings = data.now.settings
    late = "review"
    if data.review_is_late(risk):
        late = "overdue"
    moved = ""
    if data.before is not None:
        moved = f" ({arrow(data, risk)})"
    parts = [
        f"{level_cell(data, risk, brief=True).replace(',', '').lower()}{moved}",
        lower_first(data.owner(risk)) if risk.owner is None else data.owner(risk),
        f"{late} {show_date(next_review(risk, settings)).removesuffix(f' {data.now.date.year}')}",
    ]
    return f"{risk_cell(risk)}: {'; '.join(parts)}"


def _brief(now: Exposure, before: Exposure | None, unseen: int) -> str:
    """Return the figures of exposure in one sentence."""
    parts = [f"{now.above:,} of {counted(now.live, 'open risk')} above appetite"]
    if now.above:
        parts[0] += f" (higher than accepted), by {counted(now.points, 'point')}"
    parts[0] += _than(now, before, unseen)
    if now.unscored:
        parts.append(f"{now.unscored:,} not scored")
    overdue = "no review"
    if now.overdue:
        overdue = counted(now.overdue, "review")
    parts.append(f"{overdue} overdue{optional(' (', now.overdue_by_score, ' by a day worked out from the score)')}")
    return "; ".join(parts) + "."


def exposure_before(data: SummaryData) -> Exposure | None:
    """Return the exposure of the earlier day; None when nothing is compared."""
    before = data.before
    if before is None:
        return None
    return exposure(standing_still(before, before.all(Risk)), before.settings, before.date)


def unseen_before(data: SummaryData, all_risks: Sequence[Risk]) -> int:
    """Return how many of the live risks were hidden on the earlier day, so that last time is told without them."""
    hidden = data.before.hidden.uids if data.before is not None else frozenset()
    return sum(is_live(risk) and risk.uid in hidden for risk in all_risks)


def _figures(now: Exposure, before: Exposure | None, unseen: int) -> str:
    """Return the figures of exposure in a few sentences, beside those of last time."""
    bands = [f"{n:,} {name.replace('_', ' ')}" for name, n in now.bands if n]
    if now.unscored:
        bands.append(f"{now.unscored:,} not scored")
    drafts = ""
    if now.drafts:
        drafts = f", {counted(now.drafts, 'draft')} among them"
    parts = [
        f"{counted(now.live, 'open risk')}{drafts}: {', '.join(bands)}.",
        f"{now.above:,} above appetite, by {counted(now.points, 'point')}{_than(now, before, unseen)}.",
    ]
    if now.overdue:
        oldest = f"oldest {counted(now.oldest_overdue, 'day')}"
        by_score = optional("; ", now.overdue_by_score, " by score, without a day that anybody set")
        parts.append(f"{counted(now.overdue, 'review')} overdue ({oldest}{by_score}).")
    else:
        parts.append("No review is overdue.")
    return " ".join(parts)


def _than(now: Exposure, before: Exposure | None, unseen: int) -> str:
    if before is None:
        return ""
    if unseen:
        return f" (last time {before.above:,}, by {before.points:,}, without {unseen:,} that could not be shown then)"
    if (before.above, before.points) == (now.above, now.points):
        return " (as last time)"
    return f" (last time {before.above:,}, by {before.points:,})"


def standing_titles(data: SummaryData) -> Cells:
    """Return the titles of what ``standing`` gives."""
    if data.before is None:
        return ("Band", "Owner", "Next review")
    return ("Band", "Change", "Owner", "Next review")


def standing(data: SummaryData, risk: Risk) -> Cells:
    """Return band with score, the change since last time (where one is compared), owner and next review."""
    settings = data.now.settings
    late = data.review_is_late(risk)
    cells = (data.owner(risk), with_overdue(show_date(next_review(risk, settings)), late=late))
    level = level_cell(data, risk, brief=True)
    if data.before is None:
        return (level, *cells)
    return (level, arrow(data, risk), *cells)


def level_cell(data: SummaryData, risk: Risk, *, brief: bool) -> str:
    """Return band and score of a risk; unless ``brief``, also by how much it is above appetite."""
    points = score(risk)
    over = excess(risk, data.now.settings)
    if points is None:
        return "Not scored"
    level = f"{band(points, data.now.settings).replace('_', ' ').capitalize()}, {points}"
    if brief:
        return level
    return level + optional("; ", over, " above appetite")


def arrow(data: SummaryData, risk: Risk) -> str:
    """Return how a score moved since last time."""
    earlier = data.earlier(Risk, risk.uid)
    if earlier is None:
        return "? not shown then" if was_hidden(data, risk.uid) else "New"
    old = score(earlier)
    new = score(risk)
    if old == new:
        return "→ same"
    if old is None:
        return "↑ first scored"
    if new is None:
        return "? no longer scored"
    if new > old:
        return f"↑ from {old}"
    return f"↓ from {old}"


TOP = 10
MATRIX_MOST = 60  # points beyond which a matrix says nothing
SEVERITY_MARKS = {"critical": "■ Critical", "major": "▲ Major", "minor": "○ Minor"}


def risk_report(data: SummaryData) -> Section:
    """Return everything a board asks of risks and issues."""
    recorded = bool(data.now.all(Risk))
    blocks: list[Block] = [none_recorded("no risk")]
    if recorded:
        blocks = _risk_blocks(data)
    blocks += [Heading("Issues"), _issues(data), *apart_block(data, Issue)]
    origin = "the registers of risks, risk assessments and issues"
    return sourced(data, "risk-report", "Risks and issues", origin, blocks, new_page=recorded)


def _risk_blocks(data: SummaryData) -> list[Block]:
    settings = data.now.settings
    risks = standing_still(data.now, data.now.all(Risk))
    now = exposure(risks, settings, data.now.date)
    blocks: list[Block] = [
        Paragraph(
            _figures(now, exposure_before(data), unseen_before(data, risks))
            + optional(" ", apart_words(data.now, Risk))
        )
    ]
    blocks += _signal(data)
    ranked = top(risks, settings, len(risks))
    earlier = None
    if data.before is not None:
        earlier = data.before.by_uid(Risk)
    chart = matrix_chart("risk-matrix", ranked[:MATRIX_MOST], earlier)
    if chart is not None:
        blocks.append(chart)
    if len(ranked) > MATRIX_MOST:
        blocks.append(Paragraph(f"The matrix shows the {MATRIX_MOST} highest of {len(ranked):,} open risks."))
    return [*blocks, _bands(data, ranked), *_top(data, ranked[:TOP]), *_movement(data), *_neglected(data)]


def _signal(data: SummaryData) -> list[Block]:
    signal = data.signals.exposure.signal
    grave = [finding for finding in signal.findings if finding.level in ("red", "amber")]
    return [Signal(finding.level, level_text(finding.level), finding.sentence) for finding in grave]


def _bands(data: SummaryData, ranked: Sequence[Risk]) -> Table:
    """Return how many risks are in each band before controls, now, and as they are to be."""
    scales = (
        [(risk.inherent_likelihood, risk.inherent_impact) for risk in ranked],
        [(risk.likelihood, risk.impact) for risk in ranked],
        [(risk.target_likelihood, risk.target_impact) for risk in ranked],
    )
    bands = [[band(a * b, data.now.settings) for a, b in pairs if a is not None and b is not None] for pairs in scales]
    rows = [(humanise(name), *(f"{names.count(name)}" for names in bands)) for name in reversed(BANDS)]
    rows.append(("Not scored", *(f"{len(ranked) - len(names)}" for names in bands)))
    titles = ("Band", "Before controls>", "Now>", "Target>")
    caption = "Open risks by band: before controls, now and as they are to be"
    return table("risk-bands", caption, titles, rows)


def _top(data: SummaryData, risks: Sequence[Risk]) -> list[Block]:
    heading = {0: "The risks with the highest scores", 1: "The risk with the highest score"}.get(
        len(risks), f"The {len(risks)} risks with the highest scores"
    )
    titles = ("Risk", "Pilot", *standing_titles(data))
    rows = ((risk_cell(risk), data.pilot_ref(risk.pilot), *standing(data, risk)) for risk in risks)
    caption = "Open threats, the highest score first"
    standings = table_or_none("top-risks", caption, titles, rows, "no risk is open")
    return [Heading(heading), standings, *([register_table(data, risks)] if risks else [])]


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
    return [Heading(f"Movement since {show_date(moved.since)}"), _refs(parts)]


def _neglected(data: SummaryData) -> list[Block]:
    exposure_figures = data.signals.exposure.figures
    parts = (
        ("Above appetite", exposure_figures.above),
        ("Above appetite, high, and without an action that is on time", exposure_figures.uncovered),
        ("Review overdue, the oldest first", exposure_figures.overdue),
        ("Stagnant: the same score again and again, above appetite", exposure_figures.stagnant),
    )
    return [Heading("Above appetite, overdue and stagnant"), _refs(parts)]


def _refs(parts: Sequence[tuple[str, Sequence[str]]]) -> Facts:
    return Facts(tuple((label, listed(refs, 20) or "None") for label, refs in parts))


def _issues(data: SummaryData) -> Block:
    issues = [issue for issue in standing_still(data.now, data.now.all(Issue)) if issue.is_open]
    order = tuple(SEVERITY_MARKS)
    issues.sort(
        key=lambda issue: (
            order.index(issue.severity),
            issue.due is None,
            issue.due or data.now.date,
            natural_order(issue.ref),
        )
    )
    rows = (
        (
            f"{issue.ref} {issue.title}" + optional(" (", data.now.ref(Pilot, issue.pilot), ")"),
            SEVERITY_MARKS[issue.severity],
            data.owner(issue),
            due_cell(data, issue),
            issue.impact or issue.description or "Not described.",
        )
        for issue in issues
    )
    titles = ("Issue", "Severity", "Owner", "Due", "What it does+")
    return table_or_none("issues", "Open issues, the gravest first", titles, rows, "no issue is open")


def risk_rows(data: SummaryData, pilot: Pilot) -> list[Cells]:
    """Return a row for each open risk of a pilot, the highest score first."""
    risks = [risk for risk in data.now.of_pilot(Risk, pilot) if is_live(risk)]
    ranked = [*top(risks, data.now.settings, len(risks)), *(risk for risk in risks if risk.risk_kind != "threat")]
    return [(risk_cell(risk), *standing(data, risk)) for risk in ranked]
