"""What records have that are tied to a record of whichever register."""

from typing import Annotated as A

from tracker.fields import ABOUT, Column, Length

About = A[str, Length(36, 36), ABOUT, Column("Record", "The uid of the record that it is about")]
AboutKind = A[str, Length(40, 1), Column("Register")]
