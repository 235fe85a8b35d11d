"""Three themes of our own: dark, light and high contrast; a test holds their contrast.

A rating is mark and word first; its colour (blue-green, amber, red of Okabe and Ito's kind) only helps.
"""

from textual.theme import Theme


def _with_cursor(foreground: str, variables: dict[str, str]) -> dict[str, str]:
    """Return the colours of a theme with those that give the library's lists the cursor of ours."""
    return variables | {
        "block-cursor-background": variables["chosen"],
        "block-cursor-foreground": variables["chosen-text"],
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": variables["chosen-away"],
        "block-cursor-blurred-foreground": foreground,
    }


DARK = Theme(
    name="tracker-dark",
    primary="#7cb7ff",
    secondary="#9fb4cc",
    accent="#7cb7ff",
    warning="#f2b84b",
    error="#ff8f80",
    success="#4fd1a5",
    foreground="#e4e8ee",
    background="#12161c",
    surface="#12161c",
    panel="#1e252f",
    boost="#181d25",
    dark=True,
    text_alpha=1.0,
    variables=_with_cursor(
        "#e4e8ee",
        {
            "muted": "#98a4b3",
            "rating-green": "#4fd1a5",
            "rating-amber": "#f2b84b",
            "rating-red": "#ff8f80",
            "bar": "#1e252f",
            "bar-text": "#c5ced9",
            "chosen": "#2c4a6e",
            "chosen-text": "#ffffff",
            "chosen-away": "#28313d",
            "stripe": "#171c23",
            "field-focus": "#33455c",
            "field-focus-text": "#ffffff",
            "field-focus-hint": "#c3cdd9",
            "input-cursor-background": "#ffffff",
            "input-cursor-foreground": "#12161c",
        },
    ),
)

LIGHT = Theme(
    name="tracker-light",
    primary="#0b57a4",
    secondary="#3d4f63",
    accent="#0b57a4",
    warning="#7a4b00",
    error="#a8201a",
    success="#00634a",
    foreground="#16202b",
    background="#ffffff",
    surface="#ffffff",
    panel="#e8edf3",
    boost="#f4f6f9",
    dark=False,
    text_alpha=1.0,
    variables=_with_cursor(
        "#16202b",
        {
            "muted": "#55616e",
            "rating-green": "#00634a",
            "rating-amber": "#7a4b00",
            "rating-red": "#a8201a",
            "bar": "#e8edf3",
            "bar-text": "#2d3a48",
            "chosen": "#0b57a4",
            "chosen-text": "#ffffff",
            "chosen-away": "#d5dee8",
            "stripe": "#f4f6f9",
            "field-focus": "#a9c4e0",
            "field-focus-text": "#16202b",
            "field-focus-hint": "#333f4c",
            "input-cursor-background": "#16202b",
            "input-cursor-foreground": "#ffffff",
        },
    ),
)

CONTRAST = Theme(
    name="tracker-contrast",
    primary="#7fd4ff",
    secondary="#ffffff",
    accent="#7fd4ff",
    warning="#ffd23f",
    error="#ff9d94",
    success="#5dffc0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#000000",
    dark=True,
    text_alpha=1.0,
    variables=_with_cursor(
        "#ffffff",
        {
            "muted": "#e0e0e0",
            "rating-green": "#5dffc0",
            "rating-amber": "#ffd23f",
            "rating-red": "#ff9d94",
            "bar": "#000000",
            "bar-text": "#ffffff",
            "chosen": "#ffff00",
            "chosen-text": "#000000",
            "chosen-away": "#333333",
            "stripe": "#000000",
            "field-focus": "#ffff00",
            "field-focus-text": "#000000",
            "field-focus-hint": "#333333",
            "input-cursor-background": "#000000",
            "input-cursor-foreground": "#ffff00",
        },
    ),
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}
FALLBACK = DARK.variables
