"""A page for each pilot: why it exists, where it stands, and what the records say of it."""

from datetime import date
from typing import Any

from tracker.fields import humanise
from tracker.reports.charting import history_chart
from tracker.reports.data import SummaryData, columns, none_recorded, source
from tracker.reports.model import Block, Facts, Heading, Missing, Paragraph, Section, Signal, Table
from tracker.reports.sections.pilot_parts import compliance_strip, feedback, gates, iterations, metrics, risks, training
from tracker.reports.sections.pilot_parts import wins as pilot_wins
from tracker.reports.sections.pilots import evidence_cell, reported_cell, stale_pilots
from tracker.rules.evidence import Move
from tracker.rules.position import reports_of
from tracker.rules.reading import amount
from tracker.rules.signals.result import level_text
from tracker.rules.when import show_date
from tracker.rules.wording import listed

DATE_FIELDS = (
    ("start", "Start"),
    ("first_real_user_on", "Go-live"),
    ("baseline_end", "End first agreed"),
    ("forecast_end", "Forecast end"),
    ("actual_end", "Ended"),
    ("decision_due", "Decision due"),
)
MOVED_FIELDS = {
    "forecast_end": "Forecast end",
    "decision_due": "Decision due",
    "first_real_user_on": "Go-live",
    "baseline_end": "Agreed end",
}
MOVES_SHOWN = 8
GRAVE = ("red", "amber")


def pilot_pages(data: SummaryData) -> list[Section]:
    """Return a page for each pilot, in the order of their refs; one section that says so when there are none."""
    if not data.pilots:
        told = source(data, "the register of pilots")
        return [Section("pilot-pages", "Pilot pages", (none_recorded("no pilot"), told))]
    stale = stale_pilots(data)
    return [_page(data, pilot, stale) for pilot in sorted(data.pilots, key=lambda pilot: pilot.ref)]


def _page(data: SummaryData, pilot: Any, stale: dict[str, int | None]) -> Section:
    blocks: list[Block] = [
        *_standing(data, pilot, stale),
        *_purpose(pilot),
        *gates(data, pilot),
        *_timeline(data, pilot),
        *_confidence(data, pilot),
        *_evidence(data, pilot),
        *iterations(data, pilot),
        *metrics(data, pilot),
        *risks(data, pilot),
        *training(data, pilot),
        *compliance_strip(data, pilot),
        *pilot_wins(data, pilot),
        *feedback(data, pilot),
        source(data, f"the records of {pilot.ref}"),
    ]
    return Section(f"pilot-{pilot.ref.lower()}", f"{pilot.ref} {pilot.name}", tuple(blocks), new_page=True)


def _standing(data: SummaryData, pilot: Any, stale: dict[str, int | None]) -> list[Block]:
    last = data.updated.get(pilot.uid)
    facts = [
        ("Phase", humanise(pilot.phase) + (f", since {show_date(pilot.phase_started)}" if pilot.phase_started else "")),
        ("Reported", reported_cell(pilot, stale)),
        ("Evidence", evidence_cell(data, pilot)),
        ("Delivery lead", data.now.person(pilot.delivery_lead) or "Not named"),
        ("Product owner", data.now.person(pilot.product_owner) or "Not named"),
        ("Last update that matters", show_date(last) if last else "Not known"),
        ("Money", _money(data, pilot)),
    ]
    if pilot.outcome != "none":
        facts.append(("Outcome", humanise(pilot.outcome)))
    note = Paragraph(pilot.status_note) if pilot.status_note else Missing("No status note is recorded.")
    return [Facts(tuple(facts)), note]


def _money(data: SummaryData, pilot: Any) -> str:
    programme = data.now.programme
    currency = f"{programme.currency} " if programme is not None else ""
    parts = (("budget", pilot.budget), ("forecast", pilot.forecast_cost), ("spent", pilot.spend_to_date))
    known = [f"{word} {currency}{amount(value)}" for word, value in parts if value is not None]
    lacking = [word for word, value in parts if value is None]
    return "; ".join([*known, *([f"not recorded: {listed(lacking)}"] if lacking else [])])


def _purpose(pilot: Any) -> list[Block]:
    return [
        Facts(
            (
                ("Problem", pilot.problem or "Not recorded"),
                ("Hypothesis", pilot.hypothesis or "Not recorded"),
            )
        )
    ]


def _timeline(data: SummaryData, pilot: Any) -> list[Block]:
    dates = tuple(
        (label, show_date(getattr(pilot, field))) for field, label in DATE_FIELDS if getattr(pilot, field) is not None
    )
    blocks: list[Block] = [Heading("Timeline"), Facts(dates) if dates else Missing("No date is recorded.")]
    steps: list[tuple[date, str, Move]] = [
        (move.day, label, move)
        for field, label in MOVED_FIELDS.items()
        for move in data.known.moves.get((pilot.uid, field), [])
        if move.old is not None
    ]
    if not steps:
        return [*blocks, Paragraph("No date was ever moved.")]
    steps.sort(key=lambda step: (step[0], step[1]))
    rows = tuple(
        (
            show_date(day),
            label,
            show_date(move.old),
            show_date(move.new) if move.new else "taken away",
            move.reason or "No reason is recorded.",
        )
        for day, label, move in steps[-MOVES_SHOWN:]
    )
    note = f"The newest {MOVES_SHOWN} of {len(steps)}." if len(steps) > MOVES_SHOWN else ""
    titles = columns("Recorded on", "Date", "From", "To", "Why+")
    return [*blocks, Table(f"{pilot.ref.lower()}-moves", "Dates that were moved", titles, rows, note=note)]


def _confidence(data: SummaryData, pilot: Any) -> list[Block]:
    """Return the ratings at the last boards: what was reported by then, and what the evidence said when it was."""
    reports = reports_of(data.now, pilot.uid)
    reported, evidence = [], []
    for day in data.boards:
        by_then = [one for one in reports if one.as_of <= day]
        reported.append(by_then[-1].rating if by_then else None)
        evidence.append(by_then[-1].evidence_signal if by_then else None)
    told = data.evidence(pilot.uid)
    if told is not None:
        evidence[-1] = told.level
    known = [one if one != "not_enough" else None for one in evidence]
    chart = history_chart(f"{pilot.ref.lower()}-confidence", pilot.name, data.boards, reported, known)
    heading = Heading("Confidence")
    return [heading, chart] if chart is not None else [heading, Missing("The pilot was never rated.")]


def _evidence(data: SummaryData, pilot: Any) -> list[Block]:
    """Return what decided the evidence signal, and each rule that fired."""
    found = data.signals_of(pilot.uid)
    heading = Heading("What the evidence says")
    if found is None:
        return [heading, Missing("The pilot has ended, and no signal is worked out.")]
    told = found.evidence
    blocks: list[Block] = [heading, Signal(told.level, level_text(told.level), told.decided.sentence)]
    fine: dict[str, list[str]] = {}
    for signal in (*told.dimensions.values(), found.rushed):
        label = signal.label.rstrip("?").lower()
        fired = sorted((one for one in signal.findings if one.level in GRAVE), key=lambda one: GRAVE.index(one.level))
        blocks += [Signal(one.level, f"{level_text(one.level)}: {label}", one.sentence) for one in fired]
        if not fired:
            fine.setdefault(level_text(signal.level), []).append(label)
    blocks += [Signal("amber", "▲ Watch", flag.sentence) for flag in told.flags]
    rest = "; ".join(f"{level}: {listed(labels)}" for level, labels in fine.items())
    if rest:
        blocks.append(Paragraph(f"No rule fired for the rest. {rest}."))
    if found.scaling.headline:
        blocks.append(Paragraph(f"Ready to scale? {found.scaling.headline}"))
    if told.missing:
        blocks.append(Missing(f"Missing: {listed(told.missing, 8)}."))
    return blocks
