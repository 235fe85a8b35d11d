"""The root of the command line; every command is loaded when it is asked for."""

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.shell import Session, Suggesting, loaded
from tracker.cli.shell.options import printing

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# name: (where it is defined, one line of help)
COMMANDS = {
    "init": ("tracker.cli.file.programme:init", "Make a programme file."),
    "demo": ("tracker.cli.file.programme:demo", "Look at the demo programme."),
    "open": ("tracker.cli.file.programme:open_screens", "Open the screens (the same as “tracker” alone)."),
    "where": ("tracker.cli.file.programme:where", "Print where the programme file lies."),
    "show": ("tracker.cli.registers.tied:show", "Show any record, by its ref, name or identifier elsewhere."),
    "note": ("tracker.cli.registers.tied:note", "Attach a note of any length to a record."),
    "notes": ("tracker.cli.registers.tied:notes", "Print the notes on a record."),
    "id": ("tracker.cli.registers.tied:identifiers", "What other systems call records."),
    "import": ("tracker.cli.file.importing:import_", "Take in a table that you already have."),
    "export": ("tracker.cli.file.moving:export", "Write the whole programme as tables that others read."),
    "hand-over": ("tracker.cli.registers.merging:hand_over", "Give what is open of one person to another."),
    "search": ("tracker.cli.file.journal:search", "Find records by their words."),
    "history": ("tracker.cli.file.journal:history", "Show what was changed, by whom and why."),
    "undo": ("tracker.cli.file.journal:undo", "Take back your last change, or change N."),
    "redo": ("tracker.cli.file.journal:redo", "Do again what you undid."),
    "due": ("tracker.cli.pages.due:due", "List what is late and what is due next, of every register."),
    "signals": ("tracker.cli.pages.signals:signals", "What the records say of each pilot, and why."),
    "report": ("tracker.cli.papers.report:report", "Print the papers for a board."),
    "template": ("tracker.cli.pages.template:template", "Pilot and gate templates."),
    "settings": ("tracker.cli.file.settings:settings", "Thresholds, appetites and other figures."),
    "register": ("tracker.cli.file.registers:register", "Registers that are shown only once they are used."),
    "check": ("tracker.cli.file.maintenance:check", "Check that nothing in the file is lost or altered."),
    "doctor": ("tracker.cli.file.doctor:doctor", "Say what is wrong with terminal, file, clock, disk, versions."),
    "backup": ("tracker.cli.file.backups:backup", "Write a verified copy of the file."),
    "backups": ("tracker.cli.file.backups:list_backups", "List the backups, with what each holds."),
    "restore": ("tracker.cli.file.backups:restore", "Put a backup in the place of the file."),
    "recover": ("tracker.cli.file.recovering:recover", "Get out of a damaged file what can be got out."),
    "erase": ("tracker.cli.file.erasing:erase", "Erase a person from the whole file, history included."),
    "completion": ("tracker.cli.shell.completion:completion", "Print the completion script for your shell."),
}


class Root(Suggesting):
    """Knows every command by name and loads only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the registers, then the other commands."""
        from tracker.entities import all_entities

        return [kind.kind for kind in all_entities() if not kind.hidden] + list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded now."""
        if cmd_name in COMMANDS:
            return loaded(COMMANDS[cmd_name][0])
        from tracker.entities import ENTITIES

        if cmd_name in ENTITIES:
            from tracker.cli.registers.commands import EntityGroup

            group = EntityGroup(cmd_name)
            if not group.register.hidden:
                return group
        return None

    def hint(self, ctx: click.Context, args: list[str]) -> str:
        """Return what was probably meant: the words in another order, a plural, a noun, or the nearest name."""
        from tracker.cli.registers.commands import VERBS
        from tracker.entities import ENTITIES, all_entities
        from tracker.rules.reading import nearest

        word = args[0].lower()
        if word == "help":
            return " Did you mean “tracker --help”?"
        if word in VERBS:
            register = next((name for name in args[1:2] if name in ENTITIES), "risk")
            return f" The register comes first, such as “tracker {register} {word}”."
        for kind in all_entities():
            if not kind.hidden and word in (kind.plural, kind.noun, *kind.plural.split(), *kind.noun.split()):
                return f" Did you mean “tracker {kind.kind}”?"
        guess = super().hint(ctx, args)
        verb = nearest(word, list(VERBS))
        if guess or not verb:
            return guess
        return f" The register comes first, such as “tracker risk {verb}”."

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Return the commands that begin as typed, without the registers on request that nobody uses."""
        unused = _unused(ctx)
        return [item for item in super().shell_complete(ctx, incomplete) if item.value not in unused]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write registers and commands apart; none is loaded for it."""
        from tracker.entities import registers

        unused = _unused(ctx)
        shown = [register for register in registers() if register.kind not in unused]
        with formatter.section("Registers, each with add, list, show, set, remove, restore"):
            formatter.write_dl([(register.kind, register.plural.capitalize()) for register in shown])
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _unused(ctx: click.Context) -> set[str]:
    """Return the registers on request that the programme does not use; all where no file can be read."""
    from tracker.errors import TrackerError
    from tracker.services.settings import in_use, on_request

    names = {register.kind for register in on_request()}
    session = ctx.find_object(Session) or Session()
    try:
        with session.store(read_only=True) as store:
            return names - in_use(store)
    except TrackerError:
        return names


def _version(_: click.Context) -> str:
    from importlib.metadata import version

    return f"tracker, version {version('transformation-tracker')}"


@click.group(
    cls=Root,
    invoke_without_command=True,
    params=[printing(["--version", "-V"], "Show the version and exit.", _version)],
)
@click.pass_context
def root(ctx: click.Context, /, **_: Any) -> None:
    """Run a digital transformation programme from the terminal.

    Alone, “tracker” opens the screens on the programme you used last.

    \b
    Examples:
      tracker init "Simpler Services 2026–28"
      tracker win add "Counter staff removed one re-keyed field" --pilot P-01
      tracker risk list --where status=open --sort -score
      tracker report summary --since 2026-10-08
    """
    if ctx.invoked_subcommand is None:
        from tracker.cli.file.programme import open_or_offer

        session: Session = ctx.obj
        ctx.exit(open_or_offer(session))
