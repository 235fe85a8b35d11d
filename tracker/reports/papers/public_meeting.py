"""What public papers tell of the meeting itself: its minutes, and which editions were withdrawn."""

from collections.abc import Iterator

from tracker.entities import BoardCorrection
from tracker.reports.model import Block, Bullets, Heading, Paragraph, Section
from tracker.reports.papers.public_data import Outcome
from tracker.rules.wording import show_date


def public_minutes(outcome: Outcome) -> Iterator[Section]:
    """Give the approved minutes of the items that are public, with what was corrected; nothing without one."""
    blocks: list[Block] = []
    shown = {item.uid for item in outcome.minutes}
    for item in outcome.minutes:
        paragraphs = [Paragraph(part) for part in (item.minutes or "").splitlines() if part.strip()]
        corrected = [_corrected(entry) for entry in outcome.corrections if entry.item == item.uid]
        blocks += [Heading(item.title), *paragraphs, *corrected]
    blocks += [_corrected(entry) for entry in outcome.corrections if entry.item not in shown]
    if blocks:
        yield Section("minutes", "Minutes of the meeting", tuple(blocks))


def _corrected(correction: BoardCorrection) -> Paragraph:
    """Return what was wrong in minutes; that something was, where the words of it are not public."""
    day = show_date(correction.corrected_on)
    if correction.visibility != "public" or correction.sensitivity:
        return Paragraph(f"Corrected on {day}; the correction is not public.")
    return Paragraph(f"Corrected on {day}: {correction.text}")


def withdrawn_editions(sentences: tuple[str, ...]) -> Iterator[Section]:
    """Give which public editions were withdrawn, when and why; nothing where none was."""
    if sentences:
        yield Section("withdrawn", "Withdrawn editions", (Bullets(sentences),))
