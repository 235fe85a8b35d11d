"""Snapshots: what a board was shown, frozen, with the hash that proves it."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity
from tracker.fields import PUBLIC, Between, Length, Pattern, Ref, Show

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

    board: A[str, Ref("board"), PUBLIC, Show("Board", column=True)]
    as_of: A[date, PUBLIC, Show("Position as of", column=True)]
    frozen_at: A[str, Length(20, 20), PUBLIC, Show("Frozen at", "UTC", column=True)]
    audience: A[Literal["board", "public", "team"], PUBLIC, Show("Audience", column=True)] = "board"
    sha256: A[str, HEX64, PUBLIC, Show("SHA-256", "Of the frozen data as canonical JSON", column=True)]
    layout: A[int, Between(1, 999), Show("Layout", "The version of the form of the data")] = 1
    app_version: A[str, Length(1, 40), PUBLIC, Show("Program version")]
    supersedes: A[str | None, Ref("snapshot"), Show("Supersedes", "The snapshot that it takes the place of")] = None
    reason: A[str | None, Length(0, 300), Show("Reason", "Why it was frozen again, or published before its day")] = None
    warnings: A[str | None, Length(0, 4000), Show("Warnings accepted", "As they stood when it was frozen")] = None
