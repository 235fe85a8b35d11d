"""What the screens remember of a person between sessions: the theme, and the order of each list."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from tracker.paths import state_folder, write_privately

NAME = "screens.json"
Order = tuple[tuple[str, bool], ...]  # names of fields, and whether each is descending


class Remembered(NamedTuple):
    """A theme by its name (empty: none was chosen), and orders by the kind of the list."""

    theme: str = ""
    orders: dict[str, Order] = {}  # nobody changes it


def recall() -> Remembered:
    """Return what is remembered; nothing when the file is not there, or is not one of ours."""
    try:
        content = json.loads((state_folder() / NAME).read_text("utf-8"))
        orders = {
            str(kind): tuple((str(name), bool(down)) for name, down in order)
            for kind, order in content["orders"].items()
        }
        return Remembered(str(content["theme"]), orders)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Remembered()


def remember(change: Callable[[Remembered], Remembered]) -> None:
    """Change what is remembered, in a file for its owner only; a folder that cannot be written is no reason to stop."""
    with suppress(OSError):
        write_privately(state_folder() / NAME, json.dumps(change(recall())._asdict()))


def remember_theme(name: str) -> None:
    """Remember a theme."""
    remember(lambda known: known._replace(theme=name))


def remember_order(kind: str, order: Order) -> None:
    """Remember the order of the list of a kind."""
    remember(lambda known: known._replace(orders={**known.orders, kind: order}))
