"""What the shell may complete: refs and fields. A file that cannot be read completes nothing."""

from typing import Any

import click
from click.shell_completion import CompletionItem

from tracker.cli.shell.session import Session
from tracker.entities import ENTITIES, Entity, entity
from tracker.errors import TrackerError

MOST = 200
COMPARED = {"choice": "=", "reference": "=", "yes_no": "=", "text": "~", "list": "~"}


def complete_ref(ctx: click.Context, kind: str, incomplete: str) -> list[Any]:
    """Return the refs that begin as typed, with the names as help; of every kind when none is given."""
    session = ctx.find_object(Session) or Session()
    typed = incomplete.upper()
    kinds = [kind] if kind else [name for name in ENTITIES if not entity(name).hidden and _fits(entity(name), typed)]
    found: list[Any] = []
    try:
        with session.store(read_only=True) as store:
            for name in kinds:
                found += _refs(store, name, typed)
    except TrackerError:
        return []
    return found


def _fits(which: type[Entity], typed: str) -> bool:
    prefix = f"{which.prefix}-"
    return prefix.startswith(typed) or typed.startswith(prefix)


def _refs(store: Any, kind: str, typed: str) -> list[Any]:
    from tracker.storage.queries import Condition, Query, rows

    begun = (Condition("ref", ">=", typed), Condition("ref", "<", typed + "\U0010ffff")) if typed else ()
    return [
        CompletionItem(ref, help=" ".join(str(name or "").split()))
        for _, ref, name in rows(store, Query(kind, begun, limit=MOST), [entity(kind).name_field])
    ]


def complete_comparison(ctx: click.Context, which: type[Entity], incomplete: str) -> list[Any]:
    """Return fields with ``=`` or another comparison, and the choices of a field once it is the only one."""
    name, equals, begun = incomplete.partition("=")
    fields = [field for field in which.fields().values() if field.name.startswith(name.replace("-", "_"))]
    if equals or len(fields) == 1:
        field = which.fields().get(name.replace("-", "_")) if equals else fields[0]
        if field is None:
            return []
        values = field.choices or (("yes", "no") if field.kind == "yes_no" else ())
        if field.target:
            return [
                CompletionItem(f"{field.name}={item.value}", help=item.help)
                for item in complete_ref(ctx, field.target, begun)
            ]
        if values:
            return [CompletionItem(f"{field.name}={value}") for value in values if value.startswith(begun)]
    return [CompletionItem(field.name + COMPARED.get(field.kind, ">="), help=field.label) for field in fields]
