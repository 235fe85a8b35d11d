"""The risks of a summary: the figures a board asks for, and the gravest few."""

from tracker.entities.risk import Risk
from tracker.reports.model import Bullets, Missing, Paragraph, Section
from tracker.reports.papers.data import SummaryData
from tracker.rules.risk import Exposure, band, excess, exposure, next_review, review_overdue, score, top
from tracker.rules.wording import counted, optional, short, show_date

EVENT_LENGTH = 70
LINE_LENGTH = 100  # of a risk on the summary; its event is cut, but never to less than so many characters
LEAST_EVENT = 36


def risks(data: SummaryData) -> Section:
    """Return the exposure and the top risks."""
    settings = data.now.settings
    all_risks = data.now.all(Risk)
    now = exposure(all_risks, settings, data.now.date)
    if not now.live:
        sentence = "None open." if all_risks else "None recorded."
        if now.opportunities:
            sentence += f" {counted(now.opportunities, 'opportunity', 'opportunities')} recorded apart."
        return Section("risks", "Risks", (Missing(sentence),))
    top_risks = top(all_risks, settings, settings.top_risks_shown)
    items = Bullets(tuple(_line(data, risk) for risk in top_risks))
    return Section("risks", "Risks", (Paragraph(_brief(now, exposure_before(data))), items))


def _line(data: SummaryData, risk: Risk) -> str:
    """Return a risk in a line: what may happen, how grave it is, whose it is, when it is looked at again."""
    settings = data.now.settings
    late = "overdue" if review_overdue(risk, settings, data.now.date) else "review"
    moved = ""
    if data.before is not None:
        moved = f" ({arrow(data, risk)})"
    parts = [
        f"{level_cell(data, risk, brief=True).replace(',', '').lower()}{moved}",
        data.now.person(risk.owner) or "no owner",
        f"{late} {show_date(next_review(risk, settings))}",
    ]
    details = "; ".join(parts)
    return f"{event_cell(risk, max(LEAST_EVENT, LINE_LENGTH - len(details)))}: {details}"


def _brief(now: Exposure, before: Exposure | None) -> str:
    """Return the figures of exposure in one sentence."""
    parts = [f"{now.above:,} of {counted(now.live, 'open risk')} above appetite"]
    if now.above:
        parts[0] += f", by {counted(now.points, 'point')}"
    parts[0] += _than(now, before)
    if now.unscored:
        parts.append(f"{now.unscored:,} not scored")
    overdue = "no review"
    if now.overdue:
        overdue = counted(now.overdue, "review")
    parts.append(f"{overdue} overdue")
    return "; ".join(parts) + "."


def exposure_before(data: SummaryData) -> Exposure | None:
    """Return the exposure of the earlier day; None when nothing is compared."""
    before = data.before
    return exposure(before.all(Risk), before.settings, before.date) if before is not None else None


def figures_said(now: Exposure, before: Exposure | None) -> str:
    """Return the figures of exposure in a few sentences, beside those of last time."""
    bands = [f"{n:,} {name.replace('_', ' ')}" for name, n in now.bands if n]
    if now.unscored:
        bands.append(f"{now.unscored:,} not scored")
    drafts = ""
    if now.drafts:
        drafts = f", {counted(now.drafts, 'draft')} among them"
    parts = [
        f"{counted(now.live, 'open risk')}{drafts}: {', '.join(bands)}.",
        f"{now.above:,} above appetite, by {counted(now.points, 'point')}{_than(now, before)}.",
    ]
    if now.overdue:
        oldest = f"oldest {counted(now.oldest_overdue, 'day')}"
        parts.append(f"{counted(now.overdue, 'review')} overdue ({oldest}).")
    else:
        parts.append("No review is overdue.")
    return " ".join(parts)


def _than(now: Exposure, before: Exposure | None) -> str:
    if before is None:
        return ""
    if (before.above, before.points) == (now.above, now.points):
        return " (as last time)"
    return f" (last time {before.above:,}, by {before.points:,})"


def event_cell(risk: Risk, limit: int = EVENT_LENGTH) -> str:
    """Return ref and event of a risk, the event in ``limit`` characters, and whether it is a draft."""
    return f"{risk.ref} {_event(risk, min(limit, EVENT_LENGTH))}" + (" (draft)" if risk.status == "draft" else "")


def standing(data: SummaryData, risk: Risk) -> tuple[str, ...]:
    """Return band with score, the change since last time (where one is compared), owner and next review."""
    settings = data.now.settings
    review = show_date(next_review(risk, settings))
    return (
        level_cell(data, risk, brief=True),
        *([arrow(data, risk)] if data.before is not None else []),
        data.now.person(risk.owner) or "No owner",
        review + (" (overdue)" if review_overdue(risk, settings, data.now.date) else ""),
    )


def level_cell(data: SummaryData, risk: Risk, *, brief: bool = False) -> str:
    """Return band and score of a risk; unless ``brief``, also by how much it is above appetite."""
    points, over = score(risk), excess(risk, data.now.settings)
    if points is None:
        return "Not scored"
    level = f"{band(points, data.now.settings).replace('_', ' ').capitalize()}, {points}"
    return level + optional("; ", 0 if brief else over, " above appetite")


def _event(risk: Risk, limit: int) -> str:
    """Return the event, which was written to follow “there is a risk that”, as a line of its own."""
    text = short(risk.event or risk.title, limit)
    return text[:1].upper() + text[1:]


def arrow(data: SummaryData, risk: Risk) -> str:
    """Return how a score moved since last time."""
    earlier = data.earlier(Risk, risk.uid)
    if earlier is None:
        return "New"
    old, new = score(earlier), score(risk)
    if old == new:
        return "→ same"
    if old is None:
        return "↑ first scored"
    if new is None:
        return "? no longer scored"
    if new > old:
        return f"↑ from {old}"
    return f"↓ from {old}"
