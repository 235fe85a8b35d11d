"""The risks of a summary: the figures a board asks for, and the gravest few."""

from typing import Any

from tracker.reports.data import SummaryData
from tracker.reports.model import Block, Column, Missing, Paragraph, Section, Table
from tracker.rules.risk import Exposure, band, excess, exposure, next_review, review_overdue, score, top
from tracker.rules.when import show_date
from tracker.rules.wording import counted, short

EVENT_LENGTH = 110


def risks(data: SummaryData) -> Section:
    """Return the exposure and the top risks."""
    settings = data.now.settings
    every = data.now.of("risk")
    now = exposure(every, settings, data.now.day)
    if not now.live:
        said = "None recorded." if not every else "None open."
        if now.opportunities:
            said += f" {counted(now.opportunities, 'opportunity', 'opportunities')} recorded apart."
        return Section("risks", "Risks", (Missing(said),))
    blocks: list[Block] = [Paragraph(_figures(now, _exposure_before(data)))]
    shown = top(every, settings, settings.number("top_risks_shown"))
    titles = ["Risk", "Band", *(["Change"] if data.before else []), "Owner", "Next review"]
    rows = tuple(_row(data, risk) for risk in shown)
    caption = f"The {counted(len(shown), 'risk')} with the highest score" + ("s" if len(shown) > 1 else "")
    blocks.append(Table("risks", caption, tuple(Column(title) for title in titles), rows))
    return Section("risks", "Risks", tuple(blocks))


def _exposure_before(data: SummaryData) -> Exposure | None:
    before = data.before
    return exposure(before.of("risk"), before.settings, before.day) if before is not None else None


def _figures(now: Exposure, before: Exposure | None) -> str:
    bands = [f"{n:,} {name.replace('_', ' ')}" for name, n in now.bands if n]
    if now.unscored:
        bands.append(f"{now.unscored:,} not scored")
    drafts = f", {counted(now.drafts, 'draft')} among them" if now.drafts else ""
    parts = [
        f"{counted(now.live, 'open risk')}{drafts}: {', '.join(bands)}.",
        f"{now.above:,} above appetite, by {counted(now.points, 'point')} in all{_than(now, before)}.",
    ]
    if now.overdue:
        oldest = f"the oldest by {counted(now.oldest_overdue, 'day')}"
        parts.append(f"{counted(now.overdue, 'review is', 'reviews are')} overdue, {oldest}.")
    else:
        parts.append("No review is overdue.")
    if now.opportunities:
        parts.append(f"{counted(now.opportunities, 'opportunity', 'opportunities')} not counted here.")
    return " ".join(parts)


def _than(now: Exposure, before: Exposure | None) -> str:
    if before is None:
        return ""
    if (before.above, before.points) == (now.above, now.points):
        return " (as last time)"
    return f" (last time {before.above:,}, by {before.points:,})"


def _row(data: SummaryData, risk: Any) -> tuple[str, ...]:
    settings = data.now.settings
    points, over = score(risk), excess(risk, settings)
    level = "Not scored" if points is None else f"{band(points, settings).replace('_', ' ').capitalize()}, {points}"
    review = show_date(next_review(risk, settings))
    cells = [
        f"{risk.ref} {_event(risk)}" + (" (draft)" if risk.status == "draft" else ""),
        level + (f"; {over} above appetite" if over else ""),
        data.now.person(risk.owner) or "No owner",
        review + (" (overdue)" if review_overdue(risk, settings, data.now.day) else ""),
    ]
    if data.before is not None:
        cells.insert(2, _arrow(data, risk))
    return tuple(cells)


def _event(risk: Any) -> str:
    """Return the event, which was written to follow “there is a risk that”, as a line of its own."""
    text = short(risk.event or risk.title, EVENT_LENGTH)
    return text[:1].upper() + text[1:]


def _arrow(data: SummaryData, risk: Any) -> str:
    was = data.earlier("risk", risk.uid)
    if was is None:
        return "New"
    old, new = score(was), score(risk)
    if old == new:
        return "→ same"
    if old is None or new is None:
        return "↑ first scored" if old is None else "? no longer scored"
    return f"↑ from {old}" if new > old else f"↓ from {old}"
