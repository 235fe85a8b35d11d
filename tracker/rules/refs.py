"""Refs as people type them: what a text such as ``r14`` may mean."""

import re
from typing import NamedTuple


class RefParts(NamedTuple):
    """What a ref is made of: the prefix of its register, its number, and the mark of the copy it was given in."""

    prefix: str
    number: int
    site: str


def parsed_refs(text: str) -> list[RefParts]:
    """Return what a text may mean as a ref, the likeliest first; nothing when it is none.

    ``R-014``, ``r14`` and ``R 14``; ``R-014.B`` of the copy B, and ``R-B014`` as that was written once. Without the
    hyphen RB014 may be the 14th of the register RB or, of R, that of the copy B.
    """
    match = re.fullmatch(r"([A-Z]+)(-?)([A-Z]?)([0-9]{1,9})(?:\.([A-Z][A-Z0-9]*))?", "".join(text.split()).upper())
    if match is None:
        return []
    prefix, hyphen, letter, digits, site = match.groups()
    number = int(digits)
    if site:
        return [] if letter else [RefParts(prefix, number, site)]
    if letter:
        return [RefParts(prefix, number, letter)] if hyphen else []
    parts = [RefParts(prefix, number, "")]
    if not hyphen and len(prefix) > 1:
        parts.append(RefParts(prefix[:-1], number, prefix[-1]))
    return parts
