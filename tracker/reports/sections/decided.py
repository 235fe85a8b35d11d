"""The decisions that are sought: a few lines each on the summary, a page each in the pack."""

from datetime import date, timedelta
from typing import Any

from tracker.entities.confidence import Confidence
from tracker.entities.decision import Decision
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.fields import humanise
from tracker.reports.model import Block, Bullets, Callout, Facts, Heading, Missing, Paragraph, Section
from tracker.reports.papers.data import SummaryData, source
from tracker.reports.sections.pilots import evidence_cell, reported_cell, stale_pilots
from tracker.rules.reading import amount
from tracker.rules.risk import band, excess, score, top
from tracker.rules.signals.quality import options
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed, short

MOST = 3
TITLE_LENGTH = 80
RECOMMENDATION_LENGTH = 70
DUE_SHOWN = 6
SOUGHT = "Decisions sought"
BACKGROUND_WORDS = 150
RISKS_SHOWN = 3
NOTHING = ("do nothing", "doing nothing", "no change", "leave it")


def sought(data: SummaryData) -> list[Any]:
    """Return the decisions that are sought, the most urgent first; those for another meeting are left out."""
    here = data.meeting.board.uid if data.meeting is not None else None
    agenda = {item.decision for item in data.meeting.agenda} if data.meeting is not None else set()
    found = [
        one
        for one in data.now.all(Decision)
        if one.status == "sought" and (here is None or one.board in (None, here) or one.uid in agenda)
    ]
    return sorted(found, key=lambda one: (one.needed_by or date.max, one.ref))


def decisions(data: SummaryData) -> Section:
    """Return the decisions sought; without any, the pilots whose date for a decision is near or past."""
    asked = sought(data)
    if not asked:
        return Section("decisions", SOUGHT, _due(data))
    shown = asked[:MOST]
    same = len({one.needed_by for one in shown}) == 1 and shown[0].needed_by is not None
    items = [_asked(data, one) + ("" if same else f" {_needed(data, one)}.") for one in shown]
    if len(asked) > MOST:
        items.append(f"Also sought: {listed((one.ref for one in asked[MOST:]), 10)}.")
    title = f"{SOUGHT}, n{_needed(data, shown[0])[1:]}" if same else SOUGHT
    return Section("decisions", title, (Bullets(tuple(items)),))


def _asked(data: SummaryData, one: Any) -> str:
    pilot = data.now.ref(Pilot, one.pilot)
    told = _clause(one.recommendation or "none recorded")
    named = short(one.title, TITLE_LENGTH) + (f" ({pilot})" if pilot else "")
    return f"{one.ref} {_ended(named)} Recommended: {_ended(told)}"


def _ended(text: str) -> str:
    return text if text.endswith(("…", ".", "?", "!")) else f"{text}."


def _needed(data: SummaryData, one: Any) -> str:
    if one.needed_by is None:
        return "No date is given"
    if one.needed_by == data.now.date:
        return "Needed today"
    return f"Needed by {show_date(one.needed_by)}{_how_soon(one.needed_by, data.now.date)}"


def _clause(text: str) -> str:
    """Return what is recommended without the reasons, which follow the first stop or colon."""
    cut = min((place for sign in (". ", ": ", "; ", ".") if (place := text.find(sign)) > 0), default=len(text))
    return short(text[:cut], RECOMMENDATION_LENGTH)


def _how_soon(due: date, day: date) -> str:
    days = (due - day).days
    return " (today)" if days == 0 else f" ({counted(-days, 'day')} ago)" if days < 0 else ""


def _due(data: SummaryData) -> tuple[Block, ...]:
    soon = data.now.settings.soon_days
    latest = data.now.date + timedelta(soon)
    near = [
        (pilot.decision_due, pilot)
        for pilot in data.running
        if pilot.decision_due and pilot.outcome == "none" and pilot.decision_due <= latest
    ]
    near.sort(key=lambda pair: pair[0])
    if not near:
        return (Missing(f"No decision is sought, and no pilot has a decision date up to {soon} days ahead."),)
    said = Paragraph("No decision is sought. These pilots have a date for one:")
    items = [f"{pilot.ref} {short(pilot.name, TITLE_LENGTH)}: {_away(due, data.now.date)}" for due, pilot in near]
    if len(items) > DUE_SHOWN:
        items = [*items[: DUE_SHOWN - 1], f"{len(items) - DUE_SHOWN + 1} more"]
    return (said, Bullets(tuple(items)))


def _away(due: date, day: date) -> str:
    days = (due - day).days
    if days == 0:
        return "due today"
    if days < 0:
        return f"was due {show_date(due)}, {counted(-days, 'day')} ago"
    return f"by {show_date(due)}, in {counted(days, 'day')}"


def decision_pages(data: SummaryData) -> list[Section]:
    """Return the decisions sought, each on a page of its own; one section that says so when there are none."""
    asked = sought(data)
    if not asked:
        blocks = (source(data, "the register of decisions"), *_due(data))
        return [Section("decisions-sought", "Decisions sought", blocks)]
    return [_page(data, one) for one in asked]


def _page(data: SummaryData, one: Any) -> Section:
    pilot = data.now.get(Pilot, one.pilot or "")
    facts = [
        ("Needed by", show_date(one.needed_by) + _how_soon(one.needed_by, data.now.date) if one.needed_by else ""),
        ("Pilot", f"{pilot.ref} {getattr(pilot, 'name', '')}" if pilot is not None else ""),
        ("Requested by", data.now.person(one.requested_by)),
        ("Cost as recommended", _money(data, one.money_impact)),
    ]
    blocks: list[Block] = [
        source(data, "the registers of decisions, pilots and risks"),
        Callout("Question", one.question or one.title),
        Facts(tuple((label, value or "Not recorded") for label, value in facts)),
        Heading("Recommendation"),
        Paragraph(one.recommendation) if one.recommendation else Missing("No recommendation is recorded."),
        Heading("Options"),
        _options(one),
        Heading("If nothing is decided"),
        _undecided(one),
        Heading("Background"),
        *_background(data, pilot),
    ]
    conditions = "Outcomes a board may give: approved, approved with conditions, rejected, deferred, noted."
    blocks.append(Paragraph(conditions))
    return Section(f"decision-{one.ref.lower()}", f"Decision {one.ref}: {one.title}", tuple(blocks), new_page=True)


def _money(data: SummaryData, minor: int | None) -> str:
    programme = data.now.programme
    return "" if minor is None else f"{programme.currency if programme else ''} {amount(minor)}".strip()


def _options(one: Any) -> Block:
    found = options(one)
    if not found:
        return Missing("No options are recorded.")
    return Bullets(tuple(found), ordered=True)


def _undecided(one: Any) -> Block:
    """Return what happens when nothing is decided: the option of doing nothing says it."""
    for line in options(one):
        if line.lower().startswith(NOTHING):
            rest = line.partition(":")[2].strip() or line
            return Paragraph(rest[:1].upper() + rest[1:] + ("" if rest.endswith(".") else "."))
    return Missing("Not recorded: none of the options is to do nothing.")


def _background(data: SummaryData, pilot: Pilot | None) -> list[Block]:
    if pilot is None:
        return [Missing("The decision is not about one pilot; nothing else is recorded.")]
    told = [text for text in (pilot.problem, pilot.status_note) if text]
    report = next(iter(_narratives(data, pilot)), "")
    words = " ".join([*told, report]).split()
    said = " ".join(words[:BACKGROUND_WORDS]) + ("…" if len(words) > BACKGROUND_WORDS else "")
    found: list[Block] = [Paragraph(said)] if said else []
    standing = data.evidence(pilot.uid)
    stale = stale_pilots(data)
    found.append(
        Facts(
            (
                ("Phase", humanise(pilot.phase)),
                ("Reported", reported_cell(pilot, stale)),
                ("Evidence", evidence_cell(data, pilot)),
                ("Why", standing.decided.sentence if standing is not None else "The pilot has ended."),
            )
        )
    )
    ready = data.signals_of(pilot.uid)
    if ready is not None and ready.scaling.headline:
        found.append(Paragraph(f"Ready to scale? {ready.scaling.headline}"))
    risks = top(data.now.of(Risk, "pilot", pilot.uid), data.now.settings, RISKS_SHOWN)
    found.append(Bullets(tuple(_risk(data, one) for one in risks)) if risks else Missing("No open risk is recorded."))
    return found


def _narratives(data: SummaryData, pilot: Pilot) -> list[str]:
    reports = sorted(data.now.of(Confidence, "pilot", pilot.uid), key=lambda one: one.as_of, reverse=True)
    return [one.narrative for one in reports if one.narrative and one.rating_kind == "reported"]


def _risk(data: SummaryData, risk: Risk) -> str:
    points, over = score(risk), excess(risk, data.now.settings)
    if points is None:
        return f"Risk {risk.ref} {risk.title}: not scored"
    level = band(points, data.now.settings).replace("_", " ")
    return f"Risk {risk.ref} {risk.title}: {points} ({level})" + (f", {over} above appetite" if over else "")
