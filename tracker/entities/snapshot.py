"""Snapshots: what a board was shown, frozen, with the hash that proves it."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Text, Text300
from tracker.fields import BACK, FIRM, PUBLIC, Between, Column, Length, Pattern, Ref, Show

HEX64 = Pattern("[0-9a-f]" * 64, "64 hexadecimal digits")


class Snapshot(Entity):
    """What a board was shown, or what was published of it: complete data, kept by freezing or publishing."""

    kind = "snapshot"
    prefix = "SN"
    lead_field = "board"
    name_field = "frozen_at"
    listed = "last"
    printed = False
    append_only = True
    made_with = "tracker board freeze"

    board: A[str, Ref("board"), PUBLIC, Column("Board")]
    as_of: A[date, BACK, FIRM, PUBLIC, Column("Position as of")]
    frozen_at: A[str, Length(20, 20), PUBLIC, Column("Frozen at", "UTC")]
    audience: A[Literal["board", "public", "team"], PUBLIC, Column("Audience")] = "board"
    sha256: A[str, HEX64, PUBLIC, Column("SHA-256", "Of the frozen data as canonical JSON")]
    layout: A[int, Between(1, 999), Show("Layout", "The version of the form of the data")] = 1
    app_version: A[str, Length(40, 1), PUBLIC, Show("Program version")]
    supersedes: A[Text, Ref("snapshot"), Show("Supersedes", "The snapshot that it takes the place of")] = None
    reason: A[Text300, Show("Reason", "Why it was frozen again, or published before its day")] = None
    warnings: A[Text, Length(4000), Show("Warnings accepted", "As they stood when it was frozen")] = None
