"""Facts on the terminal and the locale, as the environment and the system's library say them."""

import locale
import os
import sys
from collections.abc import Callable
from datetime import datetime

from tracker.rules.doctor.places import Locale
from tracker.rules.doctor.terminal import SIGNS, Terminal

LOCALES = ("LC_ALL", "LC_CTYPE", "LC_TIME", "LANG")


def terminal() -> Terminal:
    """Return what the terminal is."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    interactive = all(stream is not None and stream.isatty() for stream in streams)
    return Terminal(
        interactive,
        os.environ.get("TERM", ""),
        _size() if interactive else None,
        os.environ.get("COLORTERM", ""),
        bool(os.environ.get("NO_COLOR")),
        getattr(sys.stdout, "encoding", None) or "",
        _multiplexer(),
        any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")),
        wide_signs(),
    )


def _size() -> tuple[int, int] | None:
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return None
    return size.columns, size.lines


def _multiplexer() -> str:
    if os.environ.get("TMUX"):
        return "tmux"
    if os.environ.get("STY"):
        return "screen"
    return ""


def wide_signs() -> list[str]:
    """Return the signs that the system takes for other than one column in the user's locale; none if it cannot say."""
    measure = _measure()
    if measure is None:
        return []
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        widths = {sign: measure(ord(sign)) for sign in SIGNS}
    except locale.Error:
        return []
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    # A locale without these signs says -1 of them: that is about its encoding, of which another line speaks.
    return [sign for sign, width in widths.items() if width not in (1, -1)]


def _measure() -> Callable[[int], int] | None:
    try:
        import ctypes

        function = ctypes.CDLL(None).wcwidth
    except (ImportError, OSError, AttributeError, TypeError):
        return None
    function.argtypes, function.restype = [ctypes.c_wchar], ctypes.c_int
    return lambda point: int(function(chr(point)))


def locale_facts(now: datetime) -> Locale:
    """Return the locale's variables, and the zone with its distance from UTC at a time (aware)."""
    here = now.astimezone()
    tz = os.environ.get("TZ", "")
    variables = [f"{name}={os.environ[name]}" for name in LOCALES if os.environ.get(name)]
    zone = f"{here.tzname()} (UTC{here:%z}){f', TZ={tz}' if tz else ''}"
    return Locale(variables, zone, tz, _zone_known(tz))


def _zone_known(tz: str) -> bool:
    """Return whether the system knows a zone; rules such as “CET-1CEST” are taken at their word."""
    name = tz.removeprefix(":")
    if not name or name.startswith("/"):
        return not name or os.path.exists(name)  # noqa: PTH110
    if any(sign.isdigit() for sign in name) and "/" not in name:
        return True
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
