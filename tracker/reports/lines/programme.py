"""The signals of a programme as lines of text: a row for each pilot, then risks, services and what is missing."""

from collections.abc import Iterator

from tracker.fields import RATING_MARKS, rating_text
from tracker.reports.lines.drawn import Drawn, Piece, hung
from tracker.reports.lines.signals import EMPTY, finding_lines
from tracker.rules.impact.words import sentence, verdict_text
from tracker.rules.signals.pilot.overall import dimension_legend, dimension_letters
from tracker.rules.signals.programme import PilotSignals, ProgrammeSignals
from tracker.rules.signals.result import Signal, level_text
from tracker.rules.when import show_date
from tracker.text import columns

SIGNS = "● green · ▲ amber · ■ red · ○ no data or too early · ≠ reported better than the evidence"
REPORTED, EVIDENCE, RUSHED = 13, 12, 11
LEAST_NAME = 14
NAMED_LEVELS = ("red", "amber", "watch", "warning")


def overview_lines(found: ProgrammeSignals, width: int) -> list[Drawn]:
    """Return every signal of the programme in lines of at most ``width`` columns."""
    return [
        (Piece(f"Signals at the end of {show_date(found.day)}", "heading"),),
        EMPTY,
        *_pilots(found, width),
        EMPTY,
        *_diverging(found, width),
        *_compared(found, width),
        *_scaling(found, width),
        *_signal(found.exposure.signal, width),
        *_signal(found.ranking.signal, width),
        *_signal(found.interop.signal, width, all_=True),
        *_signal(found.quality, width),
    ]


def _fit(text: str, room: int) -> str:
    if columns(text) > room:
        kept = ""
        for sign in text:
            if columns(kept + sign) > room - 1:
                break
            kept += sign
        text = kept + "…"
    return text + " " * (room - columns(text))


def _pilots(found: ProgrammeSignals, width: int) -> Iterator[Drawn]:
    if not found.pilots:
        yield (Piece("No pilot is running.", "muted"),)
        return
    letters = dimension_letters()
    ref = max(columns(one.evidence.ref) for one in found.pilots) + 2
    name = max(width - ref - REPORTED - EVIDENCE - len(letters) - 2 - RUSHED, LEAST_NAME)
    head = _fit("Ref", ref) + _fit("Pilot", name - 2) + "  " + _fit("Reported", REPORTED) + _fit("Evidence", EVIDENCE)
    yield (Piece(f"{head}{letters}  Rushed?", "strong"),)
    for one in found.pilots:
        yield from _pilot(one, ref, name)
    yield from hung("", dimension_legend(), width, tone="muted")
    yield from hung("", SIGNS, width, tone="muted")


def _pilot(one: PilotSignals, ref: int, name: int) -> Iterator[Drawn]:
    told = one.evidence
    pieces = [
        Piece(_fit(told.ref, ref)),
        Piece(_fit(told.name, name - 2) + "  "),
        Piece(_fit(rating_text(told.reported), REPORTED - 2), told.reported or "muted"),
        Piece("≠ " if told.divergence >= 1 else "  ", "amber"),
        Piece(_fit(level_text(told.level) if told.level != "not_enough" else "○ Not enough", EVIDENCE), told.level),
    ]
    for dimension in told.dimensions.values():
        pieces += [Piece(RATING_MARKS.get(dimension.level, "○"), dimension.level), Piece(" ")]
    pieces.append(Piece(f" {level_text(one.rushed.level)}", one.rushed.level))
    yield tuple(pieces)
    if told.stale_days:
        yield (Piece(" " * ref), Piece(f"STALE: nothing updated for {told.stale_days} days", "red"))


def _diverging(found: ProgrammeSignals, width: int) -> Iterator[Drawn]:
    some = [one.evidence for one in found.pilots if one.evidence.divergence >= 1]
    if not some:
        return
    yield (Piece("Reported better than the evidence", "strong"),)
    for told in some:
        why = told.override.sentence or (f"Reason: “{told.reason}”" if told.reason else "No reason was given.")
        both = f"{rating_text(told.reported)} reported, {level_text(told.level)} by the evidence"
        yield from hung("≠ ", f"{told.ref} {told.name}: {both}. {why}", width, indent=2, mark_tone="amber")
    yield EMPTY


def _compared(found: ProgrammeSignals, width: int) -> Iterator[Drawn]:
    some = [(one.evidence.ref, each) for one in found.pilots for each in one.comparisons]
    if not some:
        return
    yield (Piece("Before and after", "strong"),)
    for ref, one in some:
        mark, _, _ = verdict_text(one).partition(" ")
        yield from hung(f"{mark} ", f"{ref} {one.metric.ref} {sentence(one)}", width, indent=2)
    yield EMPTY


def _scaling(found: ProgrammeSignals, width: int) -> Iterator[Drawn]:
    some = [one for one in found.pilots if one.scaling.recommendation]
    if not some:
        return
    yield (Piece("Ready to scale?", "strong"),)
    for one in some:
        yield from hung("· ", f"{one.evidence.ref} {one.evidence.name}: {one.scaling.headline}", width, indent=2)
    yield EMPTY


def _signal(signal: Signal, width: int, *, all_: bool = False) -> Iterator[Drawn]:
    """Yield a signal with the findings that ask for attention, or with all of them."""
    yield (Piece(f"{signal.label}  ", "strong"), Piece(level_text(signal.level), signal.level))
    if signal.headline:
        yield from hung("", signal.headline, width, indent=2)
    for finding in signal.findings:
        if (all_ or finding.level in NAMED_LEVELS) and finding.sentence != signal.headline:
            yield from finding_lines(finding, width)
    for one in signal.missing:
        yield from hung("○ ", one, width, indent=2, tone="muted", mark_tone="muted")
    yield EMPTY
