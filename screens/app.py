"""The application: what it is made of, declared; the work is done elsewhere."""

import gc
import sys

from textual.binding import Binding
from textual.command import Provider
from textual.filter import LineFilter

from screens import lifecycle
from screens.colours import SixteenColours
from screens.live import Watch, reload
from screens.looking_back import LooksBack
from screens.remembered import recall
from screens.safe_text import SafeText
from screens.shell.main import MainScreen
from screens.themes import FALLBACK, THEMES
from screens.work import Done, Failed, Programme, RecordsChanged


def _palette() -> type[Provider]:
    from screens.shell.palette import Commands

    return Commands


class TrackerApp(LooksBack):
    """A programme on screens."""

    TITLE = "Transformation Tracker"
    CSS_PATH = ["app.tcss", "shell/main.tcss", "lists/register.tcss", "shell/overview.tcss"]
    COMMANDS = {_palette}
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-tall")]
    BINDINGS = [
        Binding("question_mark,f1", "keys", "Help", key_display="?", id="help"),
        Binding("q,ctrl+q", "quit", "Quit", key_display="q", id="quit"),
    ]

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self.programme = programme
        programme.tell = lambda note: self.post_message(Done(note))
        self._safe = SafeText()
        self._seen_tx = 0
        self._watch = Watch(programme, self.post_message)
        for theme in THEMES.values():
            self.register_theme(theme)
        remembered = recall()
        self.orders = dict(remembered.orders)
        self.theme = remembered.theme if remembered.theme in THEMES else next(iter(THEMES))

    def get_line_filters(self) -> list[LineFilter]:
        """Let no control character of the data reach the terminal, whatever widget shows it."""
        few = [SixteenColours()] if self.console.color_system == "standard" and not self.no_color else []
        return [self._safe, *super().get_line_filters(), *few]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours that themes of other makers do not know."""
        return FALLBACK

    def on_mount(self) -> None:
        """Open the main screen and watch the file."""
        lifecycle.end_on_signals(self)
        self.push_screen(MainScreen(self.programme))
        self.run_worker(self._watch.run, thread=True, group="watch")

    def on_unmount(self) -> None:
        """Stop watching the file, and hand no keys on."""
        super().on_unmount()
        self._watch.stop()

    def on_records_changed(self, message: RecordsChanged) -> None:
        """Pass a change on to the screens, once for each command, and again when it says which record to show."""
        self.programme.read_anew()
        if message.tx and message.tx <= self._seen_tx and not message.show:
            return
        # A command that is not known may have put an earlier state back, with lower numbers.
        self._seen_tx = max(self._seen_tx, message.tx) if message.tx else 0
        reload(self.screen_stack, message.show)

    def on_done(self, message: Done) -> None:
        """Say what was done, and show it."""
        if message.sentence:
            self.notify(message.sentence, markup=False)
        self.post_message(RecordsChanged(message.tx, show=message.show))

    def on_failed(self, message: Failed) -> None:
        """Say what went wrong, for longer."""
        self.notify(message.sentence, severity="error", timeout=12, markup=False)

    def action_keys(self) -> None:
        """Show what every key does here."""
        from screens.shell.help import Help

        self.push_screen(Help(self.screen.active_bindings))

    def _fatal_error(self) -> None:
        error = sys.exc_info()[1] or self._exception
        if error:
            self._exit_renderables.append(lifecycle.report_crash(self, error))
        self._close_messages_no_wait()


def run(path: str, who: str) -> int:
    """Show a programme file on screens until the person leaves; return the exit code of the program."""
    unfit = lifecycle.unfit_terminal()
    if unfit:
        sys.stderr.write(unfit + "\n")
        return lifecycle.UNFIT
    gc.disable()  # until the first paint
    programme = Programme(path, who)
    app = TrackerApp(programme)
    try:
        with lifecycle.drawing_on_the_terminal():
            app.run()
    finally:
        programme.close()
    return app.return_code or 0
