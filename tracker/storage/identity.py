"""Identities that stay unique in every copy of a file."""

import os

_last_ms = 0


def uuid7(now_ms: int) -> str:
    """Return a UUID of version 7 (RFC 9562): it sorts by time, and later calls never give an earlier time."""
    global _last_ms
    _last_ms = max(now_ms, _last_ms)
    raw = bytearray(_last_ms.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
