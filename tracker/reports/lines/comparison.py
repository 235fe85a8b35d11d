"""A metric before and after as lines of text: the verdict, a plot with intervals, and what must be known of it."""

from collections.abc import Iterable, Iterator

from tracker.reports.lines.drawn import Drawn, Piece, wrap_hanging
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, WORSENED, Comparison
from tracker.rules.impact.plot import plot_lines
from tracker.rules.impact.words import change_words, missing_words, sample_words, sentence, target_words, verdict_text
from tracker.rules.journeys.yearly_value import Worth, worth_words

TONES = {IMPROVED: "green", WORSENED: "red", NO_CHANGE: "amber"}
EMPTY: Drawn = (Piece(""),)


def comparison_lines(comparison: Comparison, benefits: Worth | None, width: int) -> list[Drawn]:
    """Return what became of a metric in lines of at most ``width`` columns; ``benefits`` is what it gives in a year."""
    verdict = ": ".join(filter(None, (verdict_text(comparison), change_words(comparison))))
    gain = worth_words(benefits) if benefits else ""
    return [
        *wrap_hanging("", verdict, width, tone=TONES.get(comparison.verdict, "muted")),
        *_apart((Piece(line),) for line in plot_lines(comparison, width)),
        *_apart(wrap_hanging("", sentence(comparison), width)),
        *_paragraphs((target_words(comparison), gain, sample_words(comparison)), width),
        *_paragraphs((missing_words(comparison),), width, tone="muted"),
        *(
            line
            for caution in comparison.cautions
            for line in wrap_hanging("- ", caution.sentence, width, tone="muted")
        ),
    ]


def _apart(lines: Iterable[Drawn]) -> Iterator[Drawn]:
    """Yield lines after an empty one; nothing when there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield EMPTY
        yield line


def _paragraphs(texts: Iterable[str], width: int, *, tone: str = "") -> Iterator[Drawn]:
    for text in filter(None, texts):
        yield from wrap_hanging("", text, width, tone=tone)
