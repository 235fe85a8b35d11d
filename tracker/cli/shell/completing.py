"""What the shell may complete: refs and fields. A file that cannot be read completes nothing."""

import click
from click.shell_completion import CompletionItem

from tracker.cli.shell.session import Session
from tracker.entities import Entity, Person, all_entities, entity
from tracker.errors import TrackerError
from tracker.ratings import SCALES, typed_words
from tracker.services.reading import Store, refs_from, scale_now
from tracker.text import plain

MOST = 200
YES_NO = ("yes", "no")
COMPARED = {"choice": "=", "reference": "=", "yes_no": "=", "text": "~", "list": "~"}


def complete_ref(ctx: click.Context, kind: str, incomplete: str) -> list[CompletionItem]:
    """Return the refs that begin as typed, with the names as help; of every kind when none is given."""
    session = ctx.find_object(Session) or Session()
    prefix = incomplete.upper()
    kinds = [kind] if kind else [other.kind for other in all_entities() if not other.hidden and _fits(other, prefix)]
    try:
        with session.store(read_only=True) as store:
            marks = _marks(store, session) if Person.kind in kinds else {}
            items = [
                (
                    ref in marks,
                    CompletionItem(plain(ref), help=plain(" ".join([*name.split(), *marks.get(ref, "").split()]))),
                )
                for kind in kinds
                for ref, name in refs_from(store, kind, prefix, entity(kind).name_field, MOST)
            ]
            return [item for _, item in sorted(items, key=lambda pair: pair[0])]
    except TrackerError:
        return []


def _marks(store: Store, session: Session) -> dict[str, str]:
    """Return how people who left are marked, by ref."""
    from tracker.services.records.people import parted

    return {person.ref: f"({mark})" for person, mark in parted(store, session.today()).items()}


def _fits(register: type[Entity], typed: str) -> bool:
    prefix = f"{register.prefix}-"
    return prefix.startswith(typed) or typed.startswith(prefix)


def complete_rating(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return the words of the programme's rating scale that begin as typed; of all scales where no file can be read."""
    session = ctx.find_object(Session) or Session()
    names = list(SCALES)
    try:
        with session.store(read_only=True) as store:
            names = [scale_now(store)]
    except TrackerError:
        pass
    words = dict.fromkeys(word for name in names for word in typed_words(SCALES[name]))
    return [CompletionItem(word) for word in words if word.startswith(incomplete.lower())]


def complete_comparison(ctx: click.Context, register: type[Entity], incomplete: str) -> list[CompletionItem]:
    """Return fields with ``=`` or another comparison, and the choices of a field once it is the only one."""
    name, equals, start = incomplete.partition("=")
    name = name.replace("-", "_")
    fields = [field for field in register.fields().values() if field.name.startswith(name)]
    if equals:
        fields = [field for field in fields if field.name == name]
    if len(fields) == 1:
        field = fields[0]
        choices = YES_NO if field.kind == "yes_no" else field.choices
        if field.target:
            items = complete_ref(ctx, field.target, start)
            return [CompletionItem(f"{field.name}={item.value}", help=item.help) for item in items]
        if field.scale:
            return [CompletionItem(f"{field.name}={item.value}") for item in complete_rating(ctx, start)]
        if choices:
            return [CompletionItem(f"{field.name}={choice}") for choice in choices if choice.startswith(start)]
    return [CompletionItem(field.name + COMPARED.get(field.kind, ">="), help=field.label) for field in fields]
