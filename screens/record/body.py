"""The part of a record's page that scrolls: its fields, what is linked to it, and its history."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.record.data import Line, Page, Part
from screens.record.drawn_lines import DrawnLines
from screens.record.history import Event
from screens.record.page_lines import LeadingLine, PageLines
from screens.widgets.scrolled import Scrolled

LABELS, REFS = 24, 9  # widths of the left column


class PageBody(Scrolled):
    """Shows a page; it keeps its place and its cursor when the page is shown anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "history", "History", id="page.history"),
        Binding("o", "empty", "Empty fields", show=False, id="page.empty"),
    ]

    def __init__(self) -> None:
        super().__init__(id="page")
        self.page: Page | None = None
        self.all_fields = False

    async def show(self, page: Page) -> None:
        """Show a page in place of the one before."""
        self.page = page
        leads = list(self.query(LeadingLine))
        place = next((index for index, line in enumerate(leads) if line.has_focus), None)
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(list(_widgets(page, all_fields=self.all_fields)))
        leads = list(self.query(LeadingLine))
        (leads[min(place, len(leads) - 1)] if place is not None and leads else self).focus(scroll_visible=False)

    def action_history(self) -> None:
        """Go to what happened to the record."""
        self.scroll_to_widget(self.query_one("#history"), top=True, animate=False)

    async def action_empty(self) -> None:
        """Show the fields in which nothing is recorded, or put them away."""
        self.all_fields = not self.all_fields
        if self.page is not None:
            await self.show(self.page)


def _widgets(page: Page, *, all_fields: bool) -> Iterator[Widget]:
    first, *others = page.parts
    yield from _part(first)
    for extra in page.extras:
        yield Static(Content(extra.title), classes="heading")
        yield DrawnLines(extra)
    for part in others:
        yield from _part(part)
    if page.empty.lines:
        if all_fields:
            yield from _part(page.empty)
        else:
            count = len(page.empty.lines)
            fields = "1 empty field" if count == 1 else f"{count} empty fields"
            yield Static(Content(f"{fields}: press o to show"), classes="folded")
    for related in page.related:
        more = f", the newest {len(related.lines)}" if related.total > len(related.lines) else ""
        yield Static(Content(f"{related.title} ({related.total}{more})"), classes="heading")
        yield from (LeadingLine(line, REFS) for line in related.lines)
    yield Static(Content(f"History ({len(page.events)})"), id="history", classes="heading")
    yield from (widget for event in page.events for widget in _event(event))


def _part(part: Part) -> Iterator[Widget]:
    if part.title:
        yield Static(Content(part.title), classes="heading")
    plain: list[Line] = []
    for line in part.lines:
        if not line.uid:
            plain.append(line)
            continue
        if plain:
            yield PageLines(plain, LABELS)
        plain = []
        yield LeadingLine(line, LABELS)
    if plain:
        yield PageLines(plain, LABELS)


def _event(event: Event) -> Iterator[Widget]:
    yield Static(Content(event.head), classes="event")
    if event.steps:
        steps = [
            Line(step.label, step.new if step.old == step.new else f"{step.old} → {step.new}") for step in event.steps
        ]
        yield PageLines(steps, LABELS - 2).add_class("steps")
