"""Slides of one title, filled from the top; a new one begins where one is full, and what finds no room is named."""

import re
from collections.abc import Sequence

from tracker.reports.render.pptx.deck import Deck, Page
from tracker.reports.render.pptx.master import BOTTOM, LEFT, ROOM, TOP
from tracker.reports.render.pptx.words import LEAST, Para, fitted, height, heights, note
from tracker.reports.typography.measuring import ARIAL
from tracker.rules.wording import counted

MOST_SLIDES = 4  # of a section; the notes and the paper have the rest
GAP = 0.35  # centimetres between things
WIDEST_TEXT = 28.0  # longer lines are hard to read
_LAST_LINE = 1.1  # two lines at the least size
_NAMED = 9.0  # centimetres of the name of a part that is left out


class Slides:
    """Slides of one title, filled from the top; what ``most`` slides cannot hold is counted and named."""

    def __init__(self, deck: Deck, title: str, notes: str, *, most: int = MOST_SLIDES) -> None:
        self.deck, self.title, self.most = deck, title, most
        self.page: Page = deck.slide(title, notes)
        self.used = 1
        self.y = TOP
        self.waiting: list[Para] = []
        self.left_out: list[str] = []
        self.words_left = 0
        self.under = ""  # the heading that stands above what comes

    @property
    def bottom(self) -> float:
        """Where things have to end: the last slide keeps a line for what was left out."""
        return BOTTOM - (_LAST_LINE if self.used >= self.most else 0)

    @property
    def free(self) -> float:
        """How much room there is, in centimetres."""
        return self.bottom - self.y

    def para(self, paragraph: Para) -> None:
        """Add a paragraph; one that no slide can hold is cut."""
        paragraph = fitted(paragraph, WIDEST_TEXT, (self.bottom - TOP) * 0.6)
        need = height(paragraph, WIDEST_TEXT)
        if paragraph.heads:
            self.under = paragraph.text
            need += 1.2
        if need > self.free - self.waiting_height() and not self.turn(self.hanging()):
            self.leave(self.under)
            return
        self.waiting.append(paragraph)

    def leave(self, part: str, rows: int = 0) -> None:
        """Remember what is left to the notes and the paper, once; nothing to name: some words."""
        name = ARIAL.shortened(" ".join(part.split()), _NAMED, LEAST, 1)
        if rows and str(rows) not in re.findall(r"\d+", name):
            name += f" ({counted(rows, 'row')})"
        if not name:
            self.words_left += 1
        elif name not in self.left_out:
            self.left_out.append(name)

    def hanging(self) -> list[Para]:
        """Return the headings at the end, which go with what follows them."""
        paras: list[Para] = []
        while self.waiting and self.waiting[-1].heads:
            paras.insert(0, self.waiting.pop())
        return paras

    def waiting_height(self) -> float:
        """Return how many centimetres high it is what waits to be put."""
        return heights(self.waiting, WIDEST_TEXT)

    def flush(self, paras: Sequence[Para] = ()) -> None:
        """Put what waits, and more paragraphs below it."""
        self.waiting += paras
        if self.waiting:
            self.y += self.page.stack(self.waiting, LEFT, self.y, WIDEST_TEXT) + GAP
            self.waiting = []

    def turn(self, keep: Sequence[Para] = ()) -> bool:
        """Begin a new slide; False when there may be no more."""
        self.flush()
        if self.used >= self.most or self.left_out or self.words_left:
            for paragraph in keep:
                self.leave(paragraph.text)
            return False
        self.page = self.deck.slide(self.title, f"{self.title}, continued.")
        self.used += 1
        self.y = TOP
        self.waiting = list(keep)
        return True

    def room(self, high: float, part: str, rows: int = 0) -> bool:
        """Make room of a height on this slide or a new one; False when there may be no more slides."""
        if self.y <= TOP or self.y + high <= self.bottom or self.turn():
            return True
        self.leave(part, rows)
        return False

    def done(self) -> None:
        """Put what waits, and say what was left out."""
        self.flush()
        if self.words_left:
            self.left_out.append("more words" if self.left_out else "the rest of its words")
        if self.left_out:
            line = fitted(note(f"In the notes and the paper: {'; '.join(self.left_out)}."), ROOM, _LAST_LINE)
            self.page.words([line], (LEFT, BOTTOM - _LAST_LINE, ROOM, _LAST_LINE))
