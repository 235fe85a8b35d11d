"""The last guard between what is stored and the terminal: no control or bidi character gets through."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tracker.text import plain


def _guarded(text: str) -> str:
    """Give the text with the same width in cells: what takes no room is dropped, the rest is shown as U+FFFD."""
    displayed = plain(text).replace("\n", "\ufffd")
    return "".join(
        new
        for old, new in zip(text, displayed, strict=True)
        if new == old or cell_len(old)  # alignment must hold
    )


class SafeText(LineFilter):
    """Takes every control, bidi and invisible character out of a rendered line of any widget."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give the segments with nothing in them that could act on a terminal."""
        if all(segment.text.isascii() and segment.text.isprintable() for segment in segments):
            return segments
        return [segment if segment.control else Segment(_guarded(segment.text), segment.style) for segment in segments]
