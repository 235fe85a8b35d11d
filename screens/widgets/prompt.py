"""The line of the command palette, whose Enter means what is listed for the text that is there."""

from contextlib import suppress

from textual import on
from textual.command import CommandPalette
from textual.widgets import Input
from textual.worker import WorkerError


class Prompt(CommandPalette):
    """A command palette that never runs a command which an earlier text had listed.

    That of Textual takes what is highlighted, while the search for the text that was typed since still runs.
    """

    @on(Input.Submitted)
    async def _once_listed(self, event: Input.Submitted) -> None:
        """Wait until the list is that of the text; keys that follow wait as well."""
        event.stop()
        event.prevent_default()
        for worker in list(self.workers):
            if worker.group == self._GATHER_COMMANDS_GROUP and worker.node is self:
                with suppress(WorkerError):  # a newer search took its place
                    await worker.wait()
        self._select_or_command()
