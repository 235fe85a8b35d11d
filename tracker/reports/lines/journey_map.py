"""A journey drawn as lines of text: who does each step, how long it takes and waits, where it hurts.

The command line prints the lines; the screens give the tones their colours. Nothing is said by a colour or a place
alone: each hand-off, pain and repeated question has its sign and its words.
"""

from collections.abc import Sequence
from itertools import zip_longest

from tracker.entities import Journey, JourneyStep
from tracker.fields import humanise
from tracker.reports.lines.drawn import Piece, text_of, wrap_hanging
from tracker.reports.render.text import wrap
from tracker.rules.journeys.journey import Comparison, drop_text, in_order, kind_text, measures, summary, touch_text
from tracker.rules.reading import minutes_text
from tracker.text import columns

ACTORS = {"citizen": "C", "front_line": "F", "back_office": "B", "third_party": "T", "system": "S"}
EIGHTHS = " ▏▎▍▌▋▊▉█"
LEAST, WIDE = 40, 110  # narrower than the one is not drawn; from the other on, details stand beside their step
NUMBER = 3
GAP = "  "
MUTED = "muted"
BARS = {True: 16, False: 12}  # the room for the bar of a step, by whether details stand beside it
HANDOFFS = {"manual": "⇄ manual hand-off", "automatic": "→ automatic hand-off"}
TITLES = (20, 36)  # the least and the most room for the name of a step where it shares a line
VERDICTS = {"better": "✓ better", "worse": "✗ worse", "same": "= same", "": ""}


def about(journey: Journey, service: str, width: int) -> list[Piece]:
    """Return the name of a journey and how it is known; ``service`` is the ref and name of its service."""
    facts = [
        service,
        f"{kind_text(journey)}, version {journey.version}",
        f"evidence: {humanise(journey.evidence).lower()}",
    ]
    if journey.sample_n is not None:
        facts[-1] += f", sample {journey.sample_n:,}"
    if journey.actor_group:
        facts.append(journey.actor_group)
    lines = [Piece(part) for part in wrap(f"{journey.ref}  {journey.name}", width)]
    lines += [Piece(part, MUTED) for part in _phrases(facts, width)]
    if journey.note:
        lines += _hung("", journey.note, width)
    return lines


def draw(journey: Journey, steps: Sequence[JourneyStep], width: int) -> list[Piece]:
    """Return the map of a journey in lines of at most ``width`` columns (40 at least)."""
    if not steps:
        return [Piece("No steps are recorded yet.", MUTED)]
    layout = _Layout(journey, in_order(steps), max(width, LEAST))
    lines = [Piece(part) for part in _phrases(summary(measures(steps)), layout.width)]
    lines += [Piece(""), *layout.legend()]
    for step in layout.steps:
        lines += layout.between(step)
        lines += layout.step(step)
    return lines


def draw_comparison(comparison: Comparison, width: int) -> list[Piece]:
    """Return two journeys side by side in lines of at most ``width`` columns, with what must be said of it."""
    width = max(width, LEAST)
    before = comparison.before
    after = comparison.after
    title = f"{before.ref} ({kind_text(before)}) against {after.ref} ({kind_text(after)})"
    lines = [Piece(part) for part in wrap(title, width)]
    if comparison.comparable:
        lines += _table(comparison, width)
    for warning in comparison.warnings:
        lines += _hung("! ", warning, width)
    return lines


def _table(comparison: Comparison, width: int) -> list[Piece]:
    head = ("", "Before", "After", "Difference", "")
    rows = [(row.label, row.before, row.after, row.difference, VERDICTS[row.verdict]) for row in comparison.rows]
    widths = [max(columns(row[n]) for row in (head, *rows)) for n in range(len(head))]
    if sum(widths) + len(GAP) * (len(widths) - 1) <= width:
        return [_table_line(head, widths, MUTED), *(_table_line(row, widths, "") for row in rows)]
    lines: list[Piece] = []
    for label, before, after, difference, verdict in rows:
        sentence = f"{label}: {before} before, {after} after, difference {difference}"
        if verdict:
            sentence += f" ({verdict})"
        lines += _hung("", sentence, width)
    return lines


def _table_line(row: Sequence[str], widths: Sequence[int], tone: str) -> Piece:
    cells = [_filled(cell, size, right=0 < n < 4) for n, (cell, size) in enumerate(zip(row, widths, strict=True))]
    return Piece(GAP.join(cells).rstrip(), tone)


class _Layout:
    """Where the parts of a step stand, for one journey and one width."""

    def __init__(self, journey: Journey, steps: list[JourneyStep], width: int) -> None:
        self.steps = steps
        self.width = width
        self.evidence = journey.evidence
        self.actors = [actor for actor in ACTORS if any(step.actor == actor for step in steps)]
        self.longest = max(step.touch_minutes for step in steps)
        self.time = max(columns(touch_text(self.longest)), 5)
        self.indent = NUMBER + len(GAP) + 2 * len(self.actors) - 1 + len(GAP)
        self.wide = width >= WIDE
        room = width - self.indent - self.time - 2 * len(GAP)
        self.bar = BARS[self.wide]
        if room < TITLES[0] + self.bar:
            self.bar = 0
        room -= self.bar
        self.title = max(min(room, TITLES[1]), min(TITLES[0], room))
        self.details = width - self.indent - self.title - self.time - self.bar - 3 * len(GAP)

    def legend(self) -> list[Piece]:
        """Return what the letters of the lanes mean."""
        words = [f"{ACTORS[actor]} {humanise(actor).lower()}" for actor in self.actors]
        return [Piece(part, MUTED) for part in _phrases(words, self.width)]

    def between(self, step: JourneyStep) -> list[Piece]:
        """Return what happens before a step can be done: a hand-off, a wait."""
        parts = []
        if step.handoff != "none":
            parts.append(HANDOFFS[step.handoff])
        if step.wait_minutes:
            parts.append(f"⋮ {minutes_text(step.wait_minutes)} waiting")
        if not parts:
            return []
        lead = " " * (NUMBER + len(GAP))
        return [Piece(lead + part) for part in _phrases(parts, self.width - len(lead))]

    def step(self, step: JourneyStep) -> list[Piece]:
        """Return a step: its place, its actor's lane, its name, its time; and what else is known of it."""
        lane = " ".join(ACTORS[actor] if actor == step.actor else "·" for actor in self.actors)
        place = "" if step.step_order is None else str(step.step_order)
        head = f"{place:>{NUMBER}}{GAP}{lane}{GAP}"
        time = GAP + _filled(touch_text(step.touch_minutes), self.time, right=True) + GAP
        bar = _bar(step.touch_minutes, self.longest, self.bar)
        details = _details(step, self.evidence)
        beside: list[str] = []
        below: list[str] = []
        if self.wide:
            beside = _phrases(details, self.details)
        else:
            below = _phrases(details, self.width - self.indent)
        lines: list[Piece] = []
        for title, detail in zip_longest(wrap(step.title, self.title), beside, fillvalue=""):
            parts = (head, _filled(title, self.title), time, _filled(bar, self.bar), GAP, detail)
            lines.append(Piece("".join(parts).rstrip()))
            head, time, bar = " " * self.indent, " " * columns(time), ""  # what only the first line says
        return [*lines, *(Piece(" " * self.indent + detail, MUTED) for detail in below)]


def _details(step: JourneyStep, evidence: str) -> list[str]:
    details = [humanise(step.actor).lower()]
    if step.channel:
        details.append(humanise(step.channel).lower())
    if step.asks_again:
        details.append("↻ asks again")
    if step.drop_out_share is not None:
        details.append(f"↓ drop-out {drop_text(step.drop_out_share)}")
    if step.pain is not None:
        details.append(f"{'!' * step.pain} pain {step.pain} of 5".lstrip())
    if step.pain_text:
        details.append(" ".join(step.pain_text.split()))
    if step.evidence and step.evidence != evidence:
        details.append(f"evidence: {humanise(step.evidence).lower()}")
    return details


def _bar(value: int, longest: int, width: int) -> str:
    """Return a bar of full and part cells; what is not zero is seen."""
    if not value or not width:
        return ""
    cells, part = divmod(max(round(8 * width * value / longest), 1), 8)
    return EIGHTHS[8] * cells + EIGHTHS[part].strip()


def _filled(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - columns(text))
    return space + text if right else text + space


def _phrases(parts: Sequence[str], width: int) -> list[str]:
    """Return short phrases with dots between them in lines; one is broken only when no line could hold it."""
    lines = [""]
    for part in parts:
        joined = " · ".join(filter(None, (lines[-1], part)))
        if columns(joined) <= width:
            lines[-1] = joined
        else:
            lines += wrap(part, width)
    return [line for line in lines if line]


def _hung(first: str, text: str, width: int) -> list[Piece]:
    return [Piece(text_of(line)) for line in wrap_hanging(first, text, width)]
