"""A page for each pilot: why it exists, where it stands, and what the records say of it."""

from dataclasses import replace
from datetime import date

from tracker.entities import Pilot
from tracker.fields import humanise
from tracker.reports.model import Block, Facts, Heading, Missing, Paragraph, Section
from tracker.reports.papers.data import SummaryData, money_text, newest_note, none_recorded, sourced, table
from tracker.reports.sections.decided import sought
from tracker.reports.sections.pilot_confidence import confidence, ratings
from tracker.reports.sections.pilot_dates import dates_table
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
from tracker.reports.sections.pilots import (
    EVERY_PILOT,
    PILOTS,
    changed_pilots,
    every_page,
    evidence_cell,
    pilot_table,
    ranked,
    reported_cell,
    worse,
)
from tracker.rules.changes.told_fields import NO_MATCH
from tracker.rules.signals.pilot.given_ratings import beside_words, given_ratings
from tracker.rules.signals.result import level_text
from tracker.rules.signals.scaling.advice import NOT_KNOWN, STATUS_WORDS
from tracker.rules.totals import brief
from tracker.rules.wording import date_or, listed, lower_first, optional, show_date, upper_first
from tracker.text import natural_order

MOVED_FIELDS = {
    "forecast_end": "Forecast end",
    "decision_due": "Decision due",
    "first_real_user_on": "Go-live",
    "baseline_end": "Agreed end",
}
MOVES_SHOWN = 8
EXCEPTIONS = 20  # pilots that have a page where not all of them do
GRAVE = ("red", "amber")
ANSWERS = {"●": "● Yes", "▲": "▲ In part", "■": "■ No", "○": "○ Not asked"}


def _answer(status: str) -> str:
    """Return whether a pilot is ready to be scaled, as mark and word."""
    if status == NOT_KNOWN:
        return STATUS_WORDS[status]
    return ANSWERS[STATUS_WORDS[status][0]]


def pilot_pages(data: SummaryData) -> list[Section]:
    """Return a page for each pilot, in the order of their refs; one section that says so when there are none.

    Of many pilots only the exceptions have a page in print, the others are data there; what comes first says so.
    """
    if not data.pilots:
        return [sourced(data, "pilot-pages", "Pilot pages", "the register of pilots", [none_recorded("no pilot")])]
    in_order = sorted(data.pilots, key=lambda pilot: natural_order(pilot.ref))
    if every_page(data):
        return [_page(data, pilot) for pilot in in_order]
    exceptions = exceptional(data)
    pages = [_page(data, pilot) for pilot in exceptions]
    behind = [replace(_page(data, pilot), data_only=True) for pilot in in_order if pilot not in exceptions]
    return [_led(data, exceptions), *pages, *behind]


def exceptional(data: SummaryData) -> list[Pilot]:
    """Return the pilots that have a page in print: those of a decision that is sought, and the worst of the others.

    Of the pilots that are alike, those that changed come first, then those of which something is late.
    """
    asked = {decision.pilot for decision in sought(data)}
    changed = changed_pilots(data)
    late = {deadline.pilot for deadline in data.lateness.late}
    wanted = [pilot for pilot in ranked(data) if pilot.uid in asked]
    others = [
        pilot
        for pilot in ranked(data)
        if pilot.uid not in asked
        and not pilot.ended_by(data.now.date)
        and (worse(data, pilot) in GRAVE or pilot.uid in changed or pilot.uid in late)
    ]
    return [*wanted, *others][:EXCEPTIONS]


def _led(data: SummaryData, exceptions: list[Pilot]) -> Section:
    """Return what stands before the pages of some of the pilots: which they are, and where the others are."""
    total = len(data.pilots)
    words = (
        f"{len(exceptions)} of {total} pilots have a page here: those of a decision that is sought, then the worst, "
        f"the changed and those with something late. All {total} stand in {lower_first(EVERY_PILOT)}, and what the "
        "pages of the others would say is in the workbook and the data files (XLSX, ODS, CSV, JSON)."
    )
    return sourced(data, "pilot-pages", "Pilots: the exceptions", "the register of pilots", [Paragraph(words)])


def every_pilot(data: SummaryData) -> list[Section]:
    """Return the annex with a few lines of every pilot; none where each has a page."""
    if every_page(data):
        return []
    rows = replace(pilot_table(data, "every-pilot", PILOTS), counted_as=(), elsewhere="", all_rows=True)
    return [sourced(data, "every-pilot", EVERY_PILOT, "the register of pilots", [rows], new_page=True)]


def _page(data: SummaryData, pilot: Pilot) -> Section:
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
        _facts(data, pilot),
        dates_table(data, pilot),
        *ratings(data, pilot),
        *parts.pop("gate"),
        *_moves(data, pilot),
        *_evidence(data, pilot),
        Heading("Delivery"),
        *parts.pop("iteration"),
        *confidence(data, pilot),
        *rhythm(data, pilot),
        *(block for part in parts.values() for block in part),
    ]
    if lacking:
        blocks.append(none_recorded(listed(lacking)))
    name = f"pilot-{pilot.ref.lower()}"
    title = f"{pilot.ref} {pilot.name}"
    origin = f"the records of {pilot.ref}"
    return sourced(data, name, title, origin, blocks, new_page=True)


def _facts(data: SummaryData, pilot: Pilot) -> Facts:
    """Return why the pilot exists and where it stands, in few lines."""
    updated = date_or(data.updated.get(pilot.uid), "Not known")
    standing = [
        pilot.phase_text + optional(" since ", date_or(pilot.phase_started)),
        f"reported {reported_cell(data, pilot)}{optional('; ', beside_words(given_ratings(data.now, pilot.uid)))}",
        f"evidence {evidence_cell(data, pilot)}",
    ]
    if pilot.outcome != "none":
        standing.append(f"outcome {humanise(pilot.outcome).lower()}")
    lead, owner = (
        data.now.answering(getattr(pilot, field)) or lower_first(brief(data.now, pilot, field, "not named"))
        for field in ("delivery_lead", "product_owner")
    )
    facts = (
        ("Standing", "; ".join(standing)),
        ("Status note", pilot.status_note or "No status note is recorded."),
        ("Problem", pilot.problem or "Not recorded"),
        ("Hypothesis", pilot.hypothesis or "Not recorded"),
        ("People", f"{lead} (lead); {owner} (product owner)"),
        ("Last update", updated),
        ("Money", _money(data, pilot)),
        ("Compliance", compliance_strip(data, pilot)),
    )
    return Facts(facts)


MONEY_FIELDS = (("budget", "budget"), ("forecast_cost", "forecast"), ("spend_to_date", "spent"))


def _money(data: SummaryData, pilot: Pilot) -> str:
    values = [(field, word, getattr(pilot, field)) for field, word in MONEY_FIELDS]
    amounts = [f"{word} {money_text(data, value)}" for _, word, value in values if value is not None]
    kinds: dict[str, list[str]] = {}
    for field, word, value in values:
        if value is None:
            kinds.setdefault(data.now.nothing(pilot, field).plain, []).append(word)
    lacking = (f"{kind.replace('missing', 'not recorded')}: {listed(words)}" for kind, words in kinds.items())
    return "; ".join((*amounts, *lacking))


def _moves(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the dates that were moved, with the reasons."""
    steps = []
    for field, label in MOVED_FIELDS.items():
        for move in data.now.date_moves(pilot, field):
            change = f"{label} from {show_date(move.old)} to {show_date(move.new)}"
            steps.append((move.day, label, change, move.reason or "No reason is recorded."))
        cleared = data.now.moves.get((pilot.uid, field), [])[-1:]
        nothing = data.now.nothing(pilot, field)
        for last in cleared:
            if isinstance(last.old, date) and getattr(pilot, field) is None and nothing.kind not in NO_MATCH:
                change = f"{label} {nothing.plain.replace('missing', 'taken away')} (was {show_date(last.old)})"
                steps.append((last.day, label, change, last.reason or "No reason is recorded."))
    if not steps:
        return [Paragraph("No date was ever moved.")]
    steps.sort(key=lambda step: step[:2])
    rows = ((show_date(day), change, reason) for day, _, change, reason in steps[-MOVES_SHOWN:])
    titles = ("True on" if data.known else "Recorded on", "What was moved", "Why+")
    note = newest_note(MOVES_SHOWN, len(steps))
    return [table(f"{pilot.ref.lower()}-moves", "Dates that were moved", titles, rows, note=note)]


def _evidence(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return what decided the evidence signal and each rule that fired, as one table, and what is missing."""
    signals = data.signals_of(pilot.uid)
    if signals is None:
        return [Missing("The pilot has ended, and no signal is worked out.")]
    judged = signals.evidence
    rows = [(level_text(judged.level), "All together", judged.decided.sentence)]
    fine: dict[str, list[str]] = {}
    for signal in (*judged.dimensions.values(), signals.rushed):
        label = upper_first(signal.label.rstrip("?"))
        fired = sorted(
            (finding for finding in signal.findings if finding.level in GRAVE),
            key=lambda finding: GRAVE.index(finding.level),
        )
        rows += [(level_text(finding.level), label, finding.sentence) for finding in fired]
        if not fired:
            fine.setdefault(level_text(signal.level), []).append(label.lower())
    rows += [("▲ Watch", "To be watched", flag.sentence) for flag in judged.flags]
    others_line = "; ".join(f"{upper_first(listed(labels))}: {level}" for level, labels in fine.items())
    if others_line:
        rows.append(("– Nothing", "Nothing to report", f"{others_line}."))
    if judged.missing:
        rows.append(("○ Missing", "Not recorded", f"{upper_first(listed(judged.missing, 8))}."))
    if signals.scaling.headline:
        rows.append((_answer(signals.scaling.status), "Ready to scale, by the rules?", signals.scaling.headline))
    titles = ("Level", "Looked at", "What the records show")
    return [table(f"{pilot.ref.lower()}-evidence", "What the evidence says", titles, rows)]
