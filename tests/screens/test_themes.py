"""The colours can be read: the contrast of every pair that the screens use, in every theme."""

from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from screen_app import opened
from textual.color import Color
from textual.theme import Theme

from screens.colours import SixteenColours
from screens.themes import THEMES

ON_PLAIN = (
    "foreground",
    "muted",
    "accent",
    "rating-green",
    "rating-amber",
    "rating-red",
    "warning",
    "error",
    "success",
)
PAIRS = (
    *((name, ground) for name in ON_PLAIN for ground in ("background", "stripe", "panel")),
    ("chosen-text", "chosen"),
    ("foreground", "chosen-away"),
    ("bar-text", "bar"),
    ("foreground", "bar"),
    ("accent", "bar"),
    ("bar-text", "stripe"),
    ("field-focus-text", "field-focus"),
    ("field-focus-hint", "field-focus"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("text-error", "background"),
    ("text-warning", "background"),
    ("text-primary", "background"),
)


def luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("#fff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_text_stands_out(theme: object, pair: tuple[str, str]) -> None:
    colors = theme.to_color_system().generate()  # type: ignore[attr-defined]
    colors |= theme.variables  # type: ignore[attr-defined]
    text, ground = (Color.parse(colors[name]) for name in pair)
    least = 7 if theme.name == "tracker-contrast" else 4.5  # type: ignore[attr-defined]
    assert contrast(ground + text, ground) >= least


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_the_focus_is_seen(theme: Theme) -> None:
    field, focus = (Color.parse(theme.variables[name]) for name in ("chosen-away", "field-focus"))
    grounds = {name: Color.parse(theme.variables[name]) for name in ("chosen", "chosen-away")}
    least = 7 if theme.name == "tracker-contrast" else 1.25
    assert contrast(field, focus) >= least
    assert contrast(*grounds.values()) >= least


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_text_stands_out_in_sixteen_colours(theme: Theme, pair: tuple[str, str]) -> None:
    colors = theme.to_color_system().generate() | theme.variables
    text, ground = (Color.parse(colors[name]) for name in pair)
    style = Style.from_color((ground + text).rich_color, ground.rich_color)
    (segment,) = SixteenColours().apply([Segment("text", style)], ground)
    assert segment.style is not None and segment.style.color and segment.style.bgcolor
    shown = [color.downgrade(ColorSystem.STANDARD).number for color in (segment.style.color, segment.style.bgcolor)]
    assert len(set(shown)) == 2


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_sixteen_colours_name_the_ratings(theme: Theme) -> None:
    named = {}
    for tone in ("green", "amber", "red"):
        style = Style(color=theme.variables[f"rating-{tone}"], bgcolor=theme.background)
        (segment,) = SixteenColours().apply([Segment("x", style)], Color.parse(str(theme.background)))
        assert segment.style is not None and segment.style.color is not None
        named[tone] = (segment.style.color.number or 0) % 8
    assert named == {"green": 2, "amber": 3, "red": 1}
    accent = Style(color=theme.accent)
    (segment,) = SixteenColours().apply([Segment("x", accent)], Color.parse("#000000"))
    assert segment.style is not None and segment.style.color is not None
    assert (segment.style.color.number or 0) % 8 == 4


@pytest.mark.parametrize("tone", ["amber", "red", "late"])
async def test_without_colours_what_is_late_is_bold_and_never_dimmer(
    file: Path, tone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(file) as driver:
        style = driver.table.get_component_rich_style(f"table--{tone}", partial=True)
        assert style.bold
        assert style.color == driver.table.get_component_rich_style("table--stripe").color


def test_every_theme_knows_the_same_colours() -> None:
    names = [set(theme.variables) for theme in THEMES.values()]
    assert names.count(names[0]) == len(THEMES) == 3
