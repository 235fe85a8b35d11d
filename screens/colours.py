"""Colours where there are few: sixteen, or none; what is late or red stays at least as visible as the rest."""

from colorsys import rgb_to_hls
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

URGENT = ("red", "amber")
# Numbers of ANSI colours by the greatest hue, in degrees: a rating that is named green must come out green, where the
# nearest of sixteen colours would be cyan.
HUES = ((25, 1), (75, 3), (175, 2), (195, 6), (262, 4), (330, 5), (360, 1))
COLOURED = 0.35  # saturation from which a colour is told by its hue
LIGHT = 0.5  # lightness from which text has the bright one of a pair
BRIGHT = 8


def emphasis(app: App[object], tone: str) -> bool:
    """Return whether a tone is to be bold, since there is no colour that says it."""
    return app.no_color and tone in URGENT


@lru_cache(4096)
def _ansi(color: RichColor | None, *, bright: bool) -> RichColor | None:
    """Return the one of sixteen colours that has the hue; another colour as it is."""
    if color is None or color.triplet is None:
        return color
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in color.triplet))
    if saturation < COLOURED:
        return color
    number = next(number for greatest, number in HUES if hue * 360 <= greatest)
    return RichColor.from_ansi(number + BRIGHT * (bright and lightness > LIGHT))


@lru_cache(4096)
def _sixteen(style: Style) -> Style:
    return style + Style.from_color(_ansi(style.color, bright=True), _ansi(style.bgcolor, bright=False))


class SixteenColours(LineFilter):
    """Names the colours by their hue, for a terminal that has sixteen; backgrounds are never bright, which blinks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give the segments in colours that such a terminal has."""
        return [
            segment if segment.control or segment.style is None else Segment(segment.text, _sixteen(segment.style))
            for segment in segments
        ]
