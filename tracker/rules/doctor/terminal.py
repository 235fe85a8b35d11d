"""The terminal: whether the screens can be shown in it, and whether its signs come out as they are meant."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.rules.doctor.finding import Finding

TOPIC = "Terminal"
LEAST_COLUMNS, LEAST_ROWS = 60, 20  # below, the screens leave out columns that people look for
SIGNS = "●▲■○✓✗≠─│╭"  # marks of status and lines of boxes


class Terminal(NamedTuple):
    """What a terminal says of itself; ``size`` is columns and rows, None where there is none.

    ``encoding`` is that of the output; ``wide`` are the signs that this locale takes for two columns or none.
    """

    interactive: bool = True
    term: str = "xterm-256color"
    size: tuple[int, int] | None = (80, 24)
    color_term: str = ""
    no_color: bool = False
    encoding: str = "utf-8"
    multiplexer: str = ""
    over_ssh: bool = False
    wide: Sequence[str] = ()


def judge_terminal(terminal: Terminal) -> Iterator[Finding]:
    """Yield what there is to say of a terminal."""
    if terminal.interactive:
        yield Finding(TOPIC, "Is it one", _kind(terminal))
        yield _term(terminal)
        yield _size(terminal)
    else:
        yield Finding(TOPIC, "Is it one", "no: input or output goes to a file or another program; commands work")
    yield Finding(TOPIC, "Colours", _colours(terminal))
    yield _encoding(terminal)
    yield _widths(terminal)


def _kind(terminal: Terminal) -> str:
    parts = ["yes"]
    if terminal.multiplexer:
        parts.append(f"in {terminal.multiplexer}")
    if terminal.over_ssh:
        parts.append("over ssh")
    return ", ".join(parts)


def _term(terminal: Terminal) -> Finding:
    term = terminal.term or "not set"
    if not terminal.term or term == "dumb":
        problem = "The screens need a terminal that says which it is; commands work."
        return Finding(TOPIC, "TERM", term, "wrong", "terminal.dumb", problem)
    if terminal.multiplexer and not term.startswith(("tmux", "screen")):
        problem = f"In {terminal.multiplexer} it begins with “{terminal.multiplexer}” or “screen”; keys may be misread."
        return Finding(TOPIC, "TERM", term, "note", "terminal.multiplexer", problem, {"name": terminal.multiplexer})
    return Finding(TOPIC, "TERM", term)


def _size(terminal: Terminal) -> Finding:
    columns, rows = terminal.size or (0, 0)
    if not columns or not rows:
        problem = "The terminal does not say how large it is; 80 × 24 is assumed."
        return Finding(TOPIC, "Size", "not known", "note", "terminal.size_unknown", problem)
    value = f"{columns} × {rows}"
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        problem = f"Below {LEAST_COLUMNS} × {LEAST_ROWS} the screens leave out much; make the window larger."
        return Finding(TOPIC, "Size", value, "note", "terminal.small", problem)
    return Finding(TOPIC, "Size", value)


def _colours(terminal: Terminal) -> str:
    if terminal.no_color:
        return "none wanted (NO_COLOR is set); a status has its mark and word"
    if terminal.color_term in ("truecolor", "24bit") or terminal.term.endswith("direct"):
        return "16 million"
    if "256color" in terminal.term:
        return "256"
    return "8 or 16; a status has its mark and word"


def _encoding(terminal: Terminal) -> Finding:
    if terminal.encoding.lower().replace("-", "").replace("_", "") == "utf8":
        return Finding(TOPIC, "Signs", "UTF-8")
    problem = "Marks and letters that this encoding lacks come out as “?”."
    return Finding(TOPIC, "Signs", terminal.encoding or "not known", "wrong", "terminal.encoding", problem)


def _widths(terminal: Terminal) -> Finding:
    if not terminal.wide:
        return Finding(TOPIC, "Width of marks", "one column each")
    problem = "This locale takes them for two columns or none: lines of lists and boxes do not meet."
    return Finding(TOPIC, "Width of marks", " ".join(terminal.wide), "note", "terminal.wide", problem)
