"""Notes of any length that somebody attached to a record."""

from typing import Annotated as A

from tracker.entities.base import Day, Entity, Person
from tracker.fields import ABOUT, FIRM, PAST, TODAY, Column, Length


class AttachedNote(Entity):
    """What somebody wrote about a record, as long as it is, with author and day."""

    kind = "note"
    prefix = "N"
    lead_field = "text"
    hidden = True
    printed = False
    date_field = "written_on"

    about: A[str, Length(36, 36), ABOUT, Column("Record", "The uid of the record that the note is about")]
    about_kind: A[str, Length(40, 1), Column("Register")]
    text: A[str, Column("Note", "Any length", lines=8)]
    author: A[Person, Column("Author")] = None
    written_on: A[Day, FIRM, PAST, TODAY, Column("Written on")]
