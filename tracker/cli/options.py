"""What commands share: options that may stand anywhere, and suggestions for a word that was mistyped."""

from collections.abc import Callable
from typing import Any

import click

from tracker.cli.session import Session

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Suggesting(click.Group):
    """A group that suggests the nearest command for a mistyped one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name.startswith("-") or self.get_command(ctx, name) is not None:
            return super().resolve_command(ctx, args)
        from tracker.rules.reading import nearest

        guess = nearest(name, self.list_commands(ctx))
        hint = f" Did you mean “{guess}”?" if guess else ""
        raise click.UsageError(f"There is no command “{name}”.{hint}", ctx)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def callback(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        session = ctx.find_object(Session)
        if value is not None and session is not None:
            setattr(session, name, value)

    return callback


def _file_option() -> click.Option:
    return click.Option(
        ["--file"],
        metavar="PATH",
        expose_value=False,
        callback=_keep("file"),
        is_eager=True,
        help="The programme file (or $TRACKER_FILE).",
    )


def _as_option() -> click.Option:
    return click.Option(
        ["--as"],
        metavar="NAME",
        expose_value=False,
        callback=_keep("who"),
        is_eager=True,
        help="Who makes the change (or $TRACKER_USER).",
    )


def shared_options() -> list[click.Option]:
    """Return the options that every command takes."""
    return [_file_option(), _as_option()]


def everywhere(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every command takes."""
    for option in reversed(shared_options()):
        if isinstance(function, click.Command):
            function.params.insert(0, option)
        else:
            params = function.__dict__.setdefault("__click_params__", [])
            params.append(option)
    return function


def complete_ref(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Return refs and names for the shell to complete; an unreadable file completes nothing."""
    from click.shell_completion import CompletionItem

    from tracker.errors import TrackerError
    from tracker.storage.queries import Query, rows

    kind = getattr(param, "ref_kind", "")
    session = ctx.find_object(Session) or Session()
    try:
        from tracker.entities import ENTITIES, entity

        kinds = [kind] if kind else [name for name in ENTITIES if not entity(name).hidden]
        found = []
        with session.store(read_only=True) as store:
            for name in kinds:
                label = entity(name).name_field
                for _, ref, title in rows(store, Query(name, limit=2000), [label]):
                    if ref.lower().startswith(incomplete.lower()):
                        found.append(CompletionItem(ref, help=str(title or "")))
    except TrackerError:
        return []
    return found
