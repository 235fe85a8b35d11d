"""What forms and pages need of the application that shows them."""

from pathlib import Path
from typing import Any, Protocol, cast

from textual.app import App

from screens.work import Programme

NAME = "transformation-tracker"


class Host(Protocol):
    """The part of the application that forms and pages use; ``drafts_folder`` may be left out."""

    programme: Programme
    drafts_folder: Path


def programme(app: App[Any]) -> Programme:
    """Return the programme that the application works on."""
    return cast(Host, app).programme


def drafts_folder(app: App[Any]) -> Path:
    """Return where unsaved text is kept: what the application says, else the user's state folder."""
    folder: Path | None = getattr(app, "drafts_folder", None)
    if folder is not None:
        return folder
    from platformdirs import user_state_path

    return user_state_path(NAME) / "drafts"


def tell_changed(app: App[Any], tx: int, uid: str = "") -> None:
    """Tell the application that a command changed records, so that lists are read again and may move to one."""
    from screens.messages import RecordsChanged

    app.post_message(RecordsChanged(tx, show=uid))
