"""A new pilot or gate from a template: a choice, then the form that begins with what the template says."""

import asyncio
from functools import partial
from typing import Any

from screens.dialogs import Choose
from screens.lists.cells import one_line
from screens.messages import Failed
from screens.shell.main import MainScreen
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.rules.wording import counted
from tracker.services.records.templates import Templates, find_templates
from tracker.services.records.writing import Saved


async def make_from_template(main: MainScreen, kind: str, preset: dict[str, Any] | None = None) -> None:
    """Ask for a template of a kind (``pilot`` or ``gate``), then open its form; ``preset`` is known already."""
    try:
        found = await asyncio.to_thread(find_templates)
    except TrackerError as error:
        main.app.post_message(Failed(str(error)))
        return
    several = found.pilots if kind == "pilot" else found.gates
    offered = [
        (name, one_line(f"{one.template.title}  ({name}{', your own' if one.own else ''})"))
        for name, one in several.items()
    ]
    question = f"Which kind of {entity(kind).noun}?"
    if found.troubles:
        broken = counted(len(found.broken), "template")
        question += f" {broken} cannot be used; “tracker template check” says why."
    main.app.push_screen(Choose(question, offered), partial(_chosen, main, kind, found, preset or {}))


def _chosen(main: MainScreen, kind: str, found: Templates, preset: dict[str, Any], name: str | None) -> None:
    if name is None:
        return
    from screens.form.form import EntityForm

    given = found.pilot(name).pilot if kind == "pilot" else found.gate(name).gate
    form = EntityForm(kind, preset={**given, **preset, "template": name})
    main.app.push_screen(form, partial(_made, main, kind))


def _made(main: MainScreen, kind: str, saved: Saved | None) -> None:
    if saved is not None:
        main.open_record(kind, saved.uid)
