"""The texts of a paper, wherever they stand in it."""

from collections.abc import Iterator
from dataclasses import fields

from tracker.reports.model import Block


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in a block, or in a part of one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, Block):
        for field in fields(value):  # type: ignore[arg-type]
            yield from texts_of(getattr(value, field.name))
