"""The pages of the signals: of a pilot with every rule or only the reasons, and of the whole programme; and as data."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tracker.entities.pilot import phase_text
from tracker.fields import rating_text
from tracker.ratings import RATING_MARKS
from tracker.reports.model import Block, Bullets, Column, Facts, Heading, Missing, Paragraph, Table
from tracker.reports.model import Signal as Level
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.words import sentence, verdict_text
from tracker.rules.signals.pilot.given_ratings import assurance_rating, delivery_rating, disagreements
from tracker.rules.signals.pilot.overall import PilotEvidence, dimension_legend, dimension_letters
from tracker.rules.signals.programme import PilotSignals, ProgrammeSignals
from tracker.rules.signals.result import Finding, Signal, level_text
from tracker.rules.signals.scaling.advice import NOT_KNOWN, NOT_READY, STATUS_WORDS, TOO_EARLY, ScaleReadiness
from tracker.rules.wording import listed, show_date

E = TypeVar("E")

MARKS = {"green": "●", "amber": "▲", "red": "■", "watch": "▲", "warning": "■"}
STATES = {"met": "✓ met", "partly": "◐ partly", "not_met": "✗ not met", "not_applicable": "○ n/a"}
BRIEF = {"not_enough": "○ Not enough"}  # a level in a table, where its own words are long
SIGNS = (
    "● green · ▲ amber · ■ red · ○ no data or too early · ≠ reported better than the evidence, assurance or a dimension"
)
REFS_NAMED = 12
ASSURANCE_COLUMN = 3  # of the table of pilots
NOT_FINE = ("amber", "red")
ASK_ATTENTION = ("red", "amber", "watch", "warning")
RUSHED = "Rushed?"
SCALING = "Ready to scale?"


def pilot_page(signals: PilotSignals) -> Iterator[Block]:
    """Yield everything about a pilot's signals: what is reported, what the evidence says, and every rule behind it."""
    evidence = signals.evidence
    yield Heading(f"{evidence.ref} {evidence.name}")
    yield Missing(f"{phase_text(evidence.phase)} · signals at the end of {show_date(signals.day)}")
    yield from _side_by_side(evidence)
    for signal in evidence.dimensions.values():
        yield from _signal(signal.label, level_text(signal.level), map(_finding, signal.findings))
    yield from _signal(RUSHED, level_text(signals.rushed.level), map(_finding, signals.rushed.findings))
    yield from _list("Also to be seen", map(_finding, evidence.flags))
    yield from _list("Before and after", map(_comparison, signals.comparisons))
    yield from _scaling(signals.scaling)
    yield from _list("Missing", (f"○ {gap}" for gap in evidence.missing))


def reasons_page(signals: PilotSignals) -> Iterator[Block]:
    """Yield what is reported and what the evidence says of a pilot, with the reasons for whatever is not green."""
    yield from _side_by_side(signals.evidence)
    labelled = [(signal.label, signal) for signal in signals.evidence.dimensions.values()]
    for label, signal in (*labelled, (RUSHED, signals.rushed)):
        reasons = [finding for finding in signal.findings if finding.level in NOT_FINE]
        yield from _signal(
            label, level_text(signal.level), (f"{_mark(reason)} {reason.sentence}" for reason in reasons)
        )
    yield from _signal(SCALING, STATUS_WORDS[signals.scaling.status], ())
    yield Paragraph(signals.scaling.headline)


def _side_by_side(evidence: PilotEvidence) -> Iterator[Block]:
    """Yield what people report and what the evidence says, and the reason for a difference."""
    level = level_text(evidence.level)
    if evidence.stale_days:
        level += f"  STALE {evidence.stale_days} days"
    yield Facts((*_ratings(evidence), ("Evidence", level)))
    yield Paragraph(evidence.decided.sentence)
    if evidence.divergence >= 1:
        steps = "one step" if evidence.divergence == 1 else f"{evidence.divergence} steps"
        yield Bullets((f"≠ Reported {steps} better than the evidence. {_reason(evidence, 'The reason')}",))
    elif evidence.override.sentence:
        yield Paragraph(evidence.override.sentence)


def _ratings(evidence: PilotEvidence) -> Iterator[tuple[str, str]]:
    """Yield each rating that counts, with its source and its whole reason; what the team reports of all comes first."""
    if delivery_rating(evidence.ratings) is None:
        yield "Reported", rating_text(evidence.reported)
    yield from ((rating.label, rating.sentence) for rating in evidence.ratings)


def _reason(evidence: PilotEvidence, label: str) -> str:
    if evidence.override.sentence:
        return evidence.override.sentence
    return f"{label}: “{evidence.reason}”" if evidence.reason else "No reason was given."


def _signal(label: str, level: str, items: Iterable[str]) -> Iterator[Block]:
    yield Facts(((label, level),))
    yield Bullets(tuple(items))


def _list(title: str, items: Iterable[str]) -> Iterator[Block]:
    listed = tuple(items)
    if listed:
        yield Heading(title)
        yield Bullets(listed)


def _mark(finding: Finding) -> str:
    return MARKS.get(finding.level, "○")


def _finding(finding: Finding) -> str:
    """Return one rule: mark, sentence, and behind it its id, its refs, and whether it is borderline or hard."""
    notes = [finding.id, *finding.records]
    if finding.borderline:
        notes.append("borderline")
    if finding.hard:
        notes.append("enough alone")
    return f"{_mark(finding)} {finding.sentence} [{' · '.join(notes)}]"


def _comparison(comparison: Comparison) -> str:
    mark, _, _ = verdict_text(comparison).partition(" ")
    return f"{mark} {comparison.metric.ref} {sentence(comparison)}"


def _scaling(scaling: ScaleReadiness) -> Iterator[Block]:
    """Yield the twelve criteria of scale-readiness and what is recommended."""
    yield Facts(((SCALING, STATUS_WORDS[scaling.status]),))
    items = []
    for criterion in scaling.criteria if scaling.status != TOO_EARLY else ():
        label = criterion.label if criterion.mandatory else f"{criterion.label} (not mandatory)"
        state = STATES.get(criterion.state, "○ unknown")
        items.append(f"{state}: {criterion.number} {label}: {criterion.sentence}")
    yield Bullets(tuple(items))
    yield Paragraph(scaling.headline)


def programme_page(signals: ProgrammeSignals) -> Iterator[Block]:
    """Yield every signal of the programme: a row for each pilot, then risks, services and what is missing."""
    pilots = signals.pilots
    yield Heading(f"Signals at the end of {show_date(signals.day)}")
    if pilots:
        columns = (
            *map(Column, ("Ref", "Pilot", "Reported", "Assurance", "Evidence", dimension_letters(), "Rushed?")),
            Column("", long=True),
        )
        note = f"{dimension_legend()}\n{SIGNS}"
        rows = tuple(map(_pilot_row, pilots))
        if not any(row[ASSURANCE_COLUMN] for row in rows):
            columns, rows = _without(columns, ASSURANCE_COLUMN), tuple(_without(row, ASSURANCE_COLUMN) for row in rows)
        yield Table("pilots", "", columns, rows, note=note)
    else:
        yield Missing("No pilot is running.")
    yield from _list("Reported better than the evidence", _divergences(pilots))
    yield from _list("Rated worse by assurance, or for one dimension", _disagreements(pilots))
    comparisons = [(pilot, comparison) for pilot in pilots for comparison in pilot.comparisons]
    yield from _list("Before and after", (_of_pilot(pilot, _comparison(found)) for pilot, found in comparisons))
    yield from _list(SCALING, _advice(pilots))
    yield from _programme_signal(signals.exposure.signal, ASK_ATTENTION)
    yield from _programme_signal(signals.ranking.signal, ASK_ATTENTION)
    yield from _programme_signal(signals.interop.signal, ())
    yield from _programme_signal(signals.quality, ASK_ATTENTION)
    if signals.registers.findings:
        yield from _programme_signal(signals.registers, ASK_ATTENTION)


def _without(row: tuple[E, ...], place: int) -> tuple[E, ...]:
    """Return a row without one of its cells."""
    return (*row[:place], *row[place + 1 :])


def _disagreements(pilots: Iterable[PilotSignals]) -> Iterator[str]:
    for evidence in (pilot.evidence for pilot in pilots):
        for finding in disagreements(evidence.ratings):
            yield f"≠ {evidence.ref} {evidence.name}: {finding.sentence}"


def _advice(pilots: Iterable[PilotSignals]) -> Iterator[str]:
    """Yield what the rules advise for each pilot, and for which of them too little is known to advise anything."""
    silent = []
    for pilot in pilots:
        if pilot.scaling.recommendation:
            yield f"{pilot.evidence.ref} {pilot.evidence.name}: {pilot.scaling.headline}"
        elif pilot.scaling.status in (NOT_KNOWN, NOT_READY):
            silent.append(pilot.evidence.ref)
    if silent:
        yield f"○ No advice, since criteria are not known: {listed(silent, REFS_NAMED)}."


def _of_pilot(pilot: PilotSignals, item: str) -> str:
    """Return an item with the ref of a pilot after its mark."""
    mark, _, text = item.partition(" ")
    return f"{mark} {pilot.evidence.ref} {text}"


def _pilot_row(pilot: PilotSignals) -> tuple[str, ...]:
    evidence = pilot.evidence
    reported = rating_text(evidence.reported)
    if evidence.divergence >= 1 or any(disagreements(evidence.ratings)):
        reported += " ≠"
    assurance = "".join(rating_text(rating.rating) for rating in filter(None, [assurance_rating(evidence.ratings)]))
    level = BRIEF.get(evidence.level) or level_text(evidence.level)
    marks = " ".join(RATING_MARKS.get(signal.level, "○") for signal in evidence.dimensions.values())
    remark = ""
    if evidence.stale_days:
        remark = f"STALE: nothing updated for {evidence.stale_days} days"
    return evidence.ref, evidence.name, reported, assurance, level, marks, level_text(pilot.rushed.level), remark


def _divergences(pilots: Iterable[PilotSignals]) -> Iterator[str]:
    for evidence in (pilot.evidence for pilot in pilots if pilot.evidence.divergence >= 1):
        levels = f"{rating_text(evidence.reported)} reported, {level_text(evidence.level)} by the evidence"
        yield f"≠ {evidence.ref} {evidence.name}: {levels}. {_reason(evidence, 'Reason')}"


def _programme_signal(signal: Signal, levels: tuple[str, ...]) -> Iterator[Block]:
    """Yield a signal with the findings of some levels, or, when none are named, with all of them."""
    findings = [finding for finding in signal.findings if not levels or finding.level in levels]
    yield Heading(signal.label)
    if signal.headline:
        yield Level(signal.level, level_text(signal.level), signal.headline)
    else:
        yield Paragraph(level_text(signal.level))
    yield Bullets(tuple(_finding(finding) for finding in findings if finding.sentence != signal.headline))
    yield Bullets(tuple(f"○ {gap}" for gap in signal.missing))


def pilot_data(signals: PilotSignals) -> dict[str, object]:
    """Return the signals of a pilot with every rule behind them, in the form of docs/json.md."""
    return {
        "as_of": signals.day,
        **signals.evidence.data(),
        "rushed": signals.rushed.data(),
        "scaling": signals.scaling.data(),
        "comparisons": [
            {"metric": comparison.metric.ref, "verdict": comparison.verdict, "sentence": sentence(comparison)}
            for comparison in signals.comparisons
        ],
    }


def programme_data(signals: ProgrammeSignals) -> dict[str, object]:
    """Return every signal of the programme, in the form of docs/json.md."""
    return {
        "as_of": signals.day,
        "pilots": [pilot_data(pilot) for pilot in signals.pilots],
        "exposure": signals.exposure.signal.data(),
        "interoperability": signals.interop.signal.data(),
        "quality": signals.quality.data(),
        "ranking": signals.ranking.signal.data(),
        "registers": signals.registers.data(),
    }
