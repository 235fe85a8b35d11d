"""Notes of any length that somebody attached to a record."""

from typing import Annotated as A

from tracker.entities.base import Day, Entity, Person
from tracker.entities.tied import About, AboutKind
from tracker.fields import FIRM, PAST, TODAY, Column


class AttachedNote(Entity):
    """What somebody wrote about a record, as long as it is, with author and day."""

    kind = "note"
    prefix = "N"
    lead_field = "text"
    hidden = True
    printed = False
    date_field = "written_on"

    about: About
    about_kind: AboutKind
    text: A[str, Column("Note", "Any length", lines=8)]
    author: A[Person, Column("Author")] = None
    written_on: A[Day, FIRM, PAST, TODAY, Column("Written on")]
