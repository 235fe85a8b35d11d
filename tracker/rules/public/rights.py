"""What readers of public papers are to be told beside them: who publishes them, what they may do, and whom they ask."""

from tracker.errors import Note
from tracker.rules.settings import CATALOGUE, Settings

RIGHTS = ("publisher", "licence", "public_contact", "accessibility")
UNNAMED = "Programme not published"


def lacking(settings: Settings, programme: str) -> tuple[Note, ...]:
    """Return what public papers do not say because nobody has set it; ``programme`` is how they name that."""
    values = settings.values
    notes = [
        Note("public.lacking", f"{CATALOGUE[name].label} is not said: nobody has set it.", setting=name)
        for name in RIGHTS
        if not values[name]
    ]
    if programme == UNNAMED:
        notes.insert(0, Note("public.unnamed", f"The programme is not public, so its papers say “{UNNAMED}”."))
    return tuple(notes)
