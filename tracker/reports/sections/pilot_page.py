"""A page for each pilot: why it exists, where it stands, and what the records say of it."""

from datetime import date

from tracker.entities.pilot import Pilot
from tracker.fields import humanise, rating_text
from tracker.reports.charting import history_chart
from tracker.reports.model import Block, Facts, Heading, Missing, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.reports.sections.pilot_parts import (
    compliance_strip,
    feedback,
    gates,
    iterations,
    metrics,
    rhythm,
    risks,
    training,
)
from tracker.reports.sections.pilot_parts import wins as pilot_wins
from tracker.reports.sections.pilots import evidence_cell, reported_cell, stale_pilots
from tracker.rules.reading import amount
from tracker.rules.signals.result import level_text
from tracker.rules.signals.scaling.advice import STATUS_WORDS
from tracker.rules.wording import date_or, listed, optional, show_date

DATE_FIELDS = (
    ("start", "start"),
    ("first_real_user_on", "go-live"),
    ("baseline_end", "end first agreed"),
    ("forecast_end", "forecast end"),
    ("actual_end", "ended"),
    ("decision_due", "decision due"),
)
MOVED_FIELDS = {
    "forecast_end": "Forecast end",
    "decision_due": "Decision due",
    "first_real_user_on": "Go-live",
    "baseline_end": "Agreed end",
}
MOVES_SHOWN = 8
GRAVE = ("red", "amber")
ANSWERS = {"●": "● Yes", "▲": "▲ In part", "■": "■ No", "○": "○ Not asked"}


def pilot_pages(data: SummaryData) -> list[Section]:
    """Return a page for each pilot, in the order of their refs; one section that says so when there are none."""
    if not data.pilots:
        paragraph = source(data, "the register of pilots")
        return [Section("pilot-pages", "Pilot pages", (paragraph, none_recorded("no pilot")))]
    stale = stale_pilots(data)
    return [_page(data, pilot, stale) for pilot in sorted(data.pilots, key=lambda pilot: (len(pilot.ref), pilot.ref))]


def _page(data: SummaryData, pilot: Pilot, stale: dict[str, int | None]) -> Section:
    parts = {
        "gate": gates(data, pilot),
        "iteration": iterations(data, pilot),
        "metric": metrics(data, pilot),
        "open risk": risks(data, pilot),
        "training need": training(data, pilot),
        "win": pilot_wins(data, pilot),
        "feedback": feedback(data, pilot),
    }
    lacking = [f"no {name}" for name, part in parts.items() if not part]
    blocks: list[Block] = [
        source(data, f"the records of {pilot.ref}"),
        _facts(data, pilot, stale),
        *parts.pop("gate"),
        *_moves(data, pilot),
        *_evidence(data, pilot),
        Heading("Delivery"),
        *parts.pop("iteration"),
        *_confidence(data, pilot),
        *rhythm(data, pilot),
        *(block for part in parts.values() for block in part),
        *([none_recorded(listed(lacking))] if lacking else []),
    ]
    return Section(f"pilot-{pilot.ref.lower()}", f"{pilot.ref} {pilot.name}", tuple(blocks), new_page=True)


def _facts(data: SummaryData, pilot: Pilot, stale: dict[str, int | None]) -> Facts:
    """Return why the pilot exists and where it stands, in few lines."""
    last = data.updated.get(pilot.uid)
    since = optional(" since ", date_or(pilot.phase_started))
    standing = [
        humanise(pilot.phase) + since,
        f"reported {reported_cell(pilot, stale)}",
        f"evidence {evidence_cell(data, pilot)}",
        *([f"outcome {humanise(pilot.outcome).lower()}"] if pilot.outcome != "none" else []),
    ]
    lead, owner = data.now.person(pilot.delivery_lead), data.now.person(pilot.product_owner)
    facts = [
        ("Standing", "; ".join(standing)),
        ("Status", pilot.status_note or "No status note is recorded."),
        ("Problem", pilot.problem or "Not recorded"),
        ("Hypothesis", pilot.hypothesis or "Not recorded"),
        ("People", f"{lead or 'not named'} (lead); {owner or 'not named'} (product owner)"),
        ("Dates", f"{_dates(pilot)}; updated {show_date(last)}" if last else f"{_dates(pilot)}; last update not known"),
        ("Money", _money(data, pilot)),
        ("Compliance", compliance_strip(data, pilot)),
    ]
    return Facts(tuple(facts))


def _dates(pilot: Pilot) -> str:
    dates = [(label, getattr(pilot, field)) for field, label in DATE_FIELDS]
    return "; ".join(f"{label} {show_date(day)}" for label, day in dates if day is not None) or "none recorded"


def _money(data: SummaryData, pilot: Pilot) -> str:
    programme = data.now.programme
    currency = f"{programme.currency} " if programme is not None else ""
    parts = (("budget", pilot.budget), ("forecast", pilot.forecast_cost), ("spent", pilot.spend_to_date))
    amounts = [f"{word} {currency}{amount(value)}" for word, value in parts if value is not None]
    lacking = [word for word, value in parts if value is None]
    return "; ".join([*amounts, *([f"not recorded: {listed(lacking)}"] if lacking else [])])


def _moves(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the dates that were moved, with the reasons."""
    steps = [
        (move.day, label, move.old, move.new, move.reason)
        for field, label in MOVED_FIELDS.items()
        for move in data.now.moves.get((pilot.uid, field), [])
        if isinstance(move.old, date)
    ]
    if not steps:
        return [Paragraph("No date was ever moved.")]
    steps.sort(key=lambda step: (step[0], step[1]))
    rows = tuple(
        (
            show_date(day),
            f"{label} from {show_date(old)} to {show_date(new) if isinstance(new, date) else 'none'}",
            reason or "No reason is recorded.",
        )
        for day, label, old, new, reason in steps[-MOVES_SHOWN:]
    )
    note = f"The newest {MOVES_SHOWN} of {len(steps)}." if len(steps) > MOVES_SHOWN else ""
    titles = columns("Recorded on", "What was moved", "Why+")
    return [Table(f"{pilot.ref.lower()}-moves", "Dates that were moved", titles, rows, note=note)]


def _confidence(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the ratings at the last boards: what was reported by then, and what the evidence said when it was."""
    reports = data.now.reports(pilot.uid)
    reported: list[str | None] = []
    evidence: list[str | None] = []
    for day in data.boards:
        by_then = [report for report in reports if report.as_of <= day]
        reported.append(by_then[-1].rating if by_then else None)
        evidence.append(by_then[-1].evidence_signal if by_then else None)
    judged = data.evidence(pilot.uid)
    if judged is not None:
        evidence[-1] = judged.level
    judged_levels = [level if level != "not_enough" else None for level in evidence]
    chart = history_chart(pilot.ref, data.boards, reported, judged_levels)
    if chart is not None:
        return [chart]
    if not reports:
        return [Missing("The pilot was never rated.")]
    newest = reports[-1]
    return [Paragraph(f"Reported {rating_text(newest.rating)} on {show_date(newest.as_of)}; no board saw one before.")]


def _evidence(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return what decided the evidence signal and each rule that fired, as one table, and what is missing."""
    signals = data.signals_of(pilot.uid)
    if signals is None:
        return [Missing("The pilot has ended, and no signal is worked out.")]
    judged = signals.evidence
    rows = [(level_text(judged.level), "All together", judged.decided.sentence)]
    fine: dict[str, list[str]] = {}
    for signal in (*judged.dimensions.values(), signals.rushed):
        label = _capital(signal.label.rstrip("?"))
        fired = sorted(
            (finding for finding in signal.findings if finding.level in GRAVE),
            key=lambda finding: GRAVE.index(finding.level),
        )
        rows += [(level_text(finding.level), label, finding.sentence) for finding in fired]
        if not fired:
            fine.setdefault(level_text(signal.level), []).append(label.lower())
    rows += [("▲ Watch", "To be watched", flag.sentence) for flag in judged.flags]
    others_line = "; ".join(f"{_capital(listed(labels))}: {level}" for level, labels in fine.items())
    if others_line:
        rows.append(("– None", "No rule fired", f"{others_line}."))
    if judged.missing:
        rows.append(("○ Missing", "Not recorded", f"{_capital(listed(judged.missing, 8))}."))
    if signals.scaling.headline:
        rows.append((ANSWERS[STATUS_WORDS[signals.scaling.status][0]], "Scaling?", signals.scaling.headline))
    titles = columns("Level", "Dimension", "What the rule found")
    return [Table(f"{pilot.ref.lower()}-evidence", "What the evidence says", titles, tuple(rows))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
