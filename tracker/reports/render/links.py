"""Addresses in what people typed, so that a reader can follow them; the words of a link are its address itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Signs that end a sentence or a quotation, and no address, are left behind; so are those that need quoting anywhere.
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}“”]*[^\s<>\"\\^`{|}“”.,;:!?'’…)\]]", re.IGNORECASE)


class Piece(NamedTuple):
    """A piece of a text; ``link``: it is an address."""

    text: str
    link: bool


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text in pieces, each an address or no part of one."""
    end = 0
    for address in _ADDRESS.finditer(text) if "://" in text else ():
        if address.start() > end:
            yield Piece(text[end : address.start()], link=False)
        yield Piece(address[0], link=True)
        end = address.end()
    if end < len(text):
        yield Piece(text[end:], link=False)
