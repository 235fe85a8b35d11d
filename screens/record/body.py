"""The part of a record's page that scrolls: its fields, what is linked to it, and its history."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.record.data import Page, Related
from screens.record.drawn_lines import DrawnLines
from screens.record.history import Event, Step
from screens.record.history_line import HistoryLine
from screens.record.lines import Line, Part
from screens.record.page_lines import LeadingLine, PageLines
from screens.widgets.pages import Scrolled
from tracker.rules.wording import short

LABELS, REFS = 24, 9  # widths of the left column
MANY_EVENTS = 6  # of a history: from here on it is worth narrowing
LONGEST = 200  # characters of a value in the history; Enter opens the whole


class PageBody(Scrolled):
    """Shows a page; it keeps its place and its cursor when the page is shown anew."""

    BINDINGS = [
        Binding("h", "history", "History", id="page.history"),
        Binding("slash", "narrow", "Narrow the history", key_display="/", show=False, id="page.narrow"),
        Binding("o", "empty", "Empty fields", show=False, id="page.empty"),
    ]

    def __init__(self) -> None:
        super().__init__(id="page")
        self.page: Page | None = None
        self.all_fields = False

    async def show(self, page: Page) -> None:
        """Show a page in place of the one before."""
        self.page = page
        place = next((index for index, line in enumerate(self.query(LeadingLine)) if line.has_focus), None)
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(list(_widgets(page, all_fields=self.all_fields)))
        if self.screen.focused is not None and self not in self.screen.focused.ancestors_with_self:
            return  # somebody types elsewhere
        focus: Widget = self
        leads = list(self.query(LeadingLine))
        if place is not None and leads:
            focus = leads[min(place, len(leads) - 1)]
        focus.focus(scroll_visible=False)

    def action_history(self) -> None:
        """Go to what happened to the record."""
        self.scroll_to_widget(self.query_one("#history"), top=True, animate=False)

    def action_narrow(self) -> None:
        """Open the line that takes which part of the history is wanted."""
        self.screen.query_one(HistoryLine).open()

    async def action_empty(self) -> None:
        """Show the fields in which nothing is recorded, or put them away."""
        self.all_fields = not self.all_fields
        if self.page is not None:
            await self.show(self.page)


def _widgets(page: Page, *, all_fields: bool) -> Iterator[Widget]:
    first, *others = page.parts
    yield from _part(first)
    for extra in page.extras:
        yield _heading(extra.title)
        yield DrawnLines(extra)
    for part in others:
        yield from _part(part)
    count = len(page.empty.lines)
    if count and all_fields:
        yield from _part(page.empty)
    elif count:
        fields = "1 empty field" if count == 1 else f"{count} empty fields"
        yield Static(Content(f"{fields}: press o to show"), classes="folded")
    for related in page.related:
        yield _heading(_related_title(related))
        yield from (LeadingLine(line, REFS) for line in related.lines)
    yield _heading(_history_title(page), id="history")
    if not page.history.events:
        yield Static(Content("No such change."), classes="event")
    for event in page.history.events:
        yield from _event(event)


def _heading(title: str, *, id: str | None = None) -> Static:  # noqa: A002
    return Static(Content(title), id=id, classes="heading")


def _related_title(related: Related) -> str:
    newest = len(related.lines)
    if related.total > newest:
        return f"{related.title} ({related.total}, the newest {newest})"
    return f"{related.title} ({related.total})"


def _history_title(page: Page) -> str:
    events, total = page.history
    if len(events) == total:
        return f"History ({total}{', / narrows it' * (total >= MANY_EVENTS)})"
    return f"History ({len(events)} of {total}: the line below says which)"


def _part(part: Part) -> Iterator[Widget]:
    if part.title:
        yield _heading(part.title)
    yield from _lines(part.lines, LABELS)


def _lines(all_lines: Iterable[Line], width: int) -> Iterator[PageLines]:
    """Yield lines, each of those that lead to something on its own."""
    for leads, lines in groupby(all_lines, key=lambda line: line.leads):
        if leads:
            yield from (LeadingLine(line, width) for line in lines)
        else:
            yield PageLines(list(lines), width)


def _event(event: Event) -> Iterator[Widget]:
    yield Static(Content(event.head), classes="event")
    for lines in _lines(map(_step_line, event.steps), LABELS - 2):
        yield lines.add_class("steps")


def _step_line(step: Step) -> Line:
    if step.old == step.new:
        return Line(step.label, step.new)
    if max(len(step.old), len(step.new)) <= LONGEST:
        return Line(step.label, f"{step.old} → {step.new}")
    beginning = f"{short(step.old, LONGEST)} → {short(step.new, LONGEST)} (Enter opens all of it)"
    return Line(step.label, beginning, whole=f"Before:\n{step.old}\n\nAfter:\n{step.new}")
