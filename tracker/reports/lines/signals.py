"""The signals of a pilot as lines of text: what people report, what the evidence says, and every rule behind it."""

from collections.abc import Iterable, Iterator

from tracker.fields import humanise, rating_text
from tracker.reports.lines.drawn import Drawn, Piece, hung
from tracker.rules.impact.words import sentence, verdict_text
from tracker.rules.signals.pilot.overall import PilotEvidence
from tracker.rules.signals.programme import PilotSignals
from tracker.rules.signals.result import Finding, Signal, level_text
from tracker.rules.signals.scaling.advice import STATUS_WORDS, TOO_EARLY, ScaleReadiness
from tracker.rules.when import show_date

MARKS = {"green": "●", "amber": "▲", "red": "■", "watch": "▲", "warning": "■"}
STATES = {
    "met": "✓ met",
    "partly": "◐ partly",
    "not_met": "✗ not met",
    "not_applicable": "– n/a",
    "unknown": "? unknown",
}
STATE_TONES = {"met": "green", "partly": "amber", "not_met": "red"}
STATE_ROOM = max(map(len, STATES.values())) + 2
EMPTY: Drawn = (Piece(""),)
NOT_FINE = ("amber", "red")
LABEL_ROOM = 17


def explain(found: PilotSignals, width: int) -> list[Drawn]:
    """Return everything about a pilot's signals in lines of at most ``width`` columns."""
    told = found.evidence
    return [
        (Piece(f"{told.ref}  {told.name}", "heading"),),
        (Piece(f"{humanise(told.phase)} · signals at the end of {show_date(found.day)}", "muted"),),
        EMPTY,
        *side_by_side(told, width),
        EMPTY,
        *(line for signal in told.dimensions.values() for line in signal_lines(signal, width)),
        *signal_lines(found.rushed, width, label="Rushed?"),
        *_flags(told, width),
        *_compared(found, width),
        *scaling_lines(found.scaling, width),
        *_missing(told.missing, width),
    ]


def reasons(found: PilotSignals, width: int) -> list[Drawn]:
    """Return what is reported and what the evidence says, with the reasons for whatever is not green."""
    told = found.evidence
    lines = side_by_side(told, width)
    for signal in (*told.dimensions.values(), found.rushed):
        label = "Rushed?" if signal is found.rushed else signal.label
        lines.append((Piece(label.ljust(LABEL_ROOM), "strong"), Piece(level_text(signal.level), signal.level)))
        for finding in signal.findings:
            if finding.level in NOT_FINE:
                mark = f"{MARKS[finding.level]} "
                lines += hung(mark, finding.sentence, width, indent=2, mark_tone=finding.level)
    lines.append((Piece("Ready to scale?".ljust(LABEL_ROOM), "strong"), Piece(STATUS_WORDS[found.scaling.status])))
    lines += hung("", found.scaling.headline, width, indent=2)
    return lines


def side_by_side(told: PilotEvidence, width: int) -> list[Drawn]:
    """Return what people report and what the evidence says, beside each other, with the reason for a difference."""
    lines: list[Drawn] = [
        (
            Piece("Reported  "),
            Piece(rating_text(told.reported), told.reported or "muted"),
            Piece("     Evidence  "),
            Piece(level_text(told.level), told.level),
            Piece(f"  STALE {told.stale_days} days" if told.stale_days else "", "red"),
        )
    ]
    lines += hung("", told.decided.sentence, width)
    if told.divergence >= 1:
        step = "one step" if told.divergence == 1 else f"{told.divergence} steps"
        why = told.override.sentence or (f"The reason: “{told.reason}”" if told.reason else "No reason was given.")
        lines += hung("≠ ", f"Reported {step} better than the evidence. {why}", width, mark_tone="amber")
    elif told.override.sentence:
        lines += hung("  ", told.override.sentence, width)
    return lines


def signal_lines(signal: Signal, width: int, label: str = "") -> Iterator[Drawn]:
    """Yield a signal: its label and level, then each rule with its mark, sentence, id and refs."""
    yield (Piece(f"{label or signal.label}  ", "strong"), Piece(level_text(signal.level), signal.level))
    for finding in signal.findings:
        yield from finding_lines(finding, width)


def finding_lines(finding: Finding, width: int) -> list[Drawn]:
    """Return one rule: mark, sentence, and behind it its id, its refs, and whether it is borderline or hard."""
    notes = [finding.id, *finding.records]
    notes += ["borderline"] if finding.borderline else []
    notes += ["enough alone"] if finding.hard else []
    tone = finding.level if finding.level in ("amber", "red", "green") else "muted"
    mark = f"{MARKS.get(finding.level, '○')} "
    return hung(mark, f"{finding.sentence} [{' · '.join(notes)}]", width, indent=2, mark_tone=tone)


def scaling_lines(found: ScaleReadiness, width: int) -> Iterator[Drawn]:
    """Yield the twelve criteria of scale-readiness and what is recommended."""
    yield (Piece("Ready to scale?  ", "strong"), Piece(STATUS_WORDS[found.status]))
    for one in found.criteria if found.status != TOO_EARLY else ():
        mark = STATES[one.state].ljust(STATE_ROOM)
        name = f"{one.number} {one.label}{'' if one.mandatory else ' (not mandatory)'}: {one.sentence}"
        yield from hung(mark, name, width, indent=2, mark_tone=STATE_TONES.get(one.state, "muted"))
    yield from hung("", found.headline, width, indent=2)


def _flags(told: PilotEvidence, width: int) -> Iterator[Drawn]:
    if told.flags:
        yield (Piece("Also to be seen", "strong"),)
    for flag in told.flags:
        yield from finding_lines(flag, width)


def _compared(found: PilotSignals, width: int) -> Iterator[Drawn]:
    if found.comparisons:
        yield (Piece("Before and after", "strong"),)
    for one in found.comparisons:
        mark, _, _ = verdict_text(one).partition(" ")
        yield from hung(f"{mark} ", f"{one.metric.ref} {sentence(one)}", width, indent=2)


def _missing(missing: Iterable[str], width: int) -> Iterator[Drawn]:
    if some := list(missing):
        yield (Piece("Missing", "strong"),)
        for one in some:
            yield from hung("○ ", one, width, indent=2)
