"""Agenda items: what a board talks about, and the minutes of it."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity
from tracker.fields import PUBLIC, Between, Length, Ref, Show


class AgendaItem(Entity):
    """One item of a board's agenda, with its minutes."""

    kind = "item"
    noun = "agenda item"
    prefix = "AG"
    lead_field = "title"
    listed = "last"
    example = '"Scale Blue Badge renewals" --board B-01 --kind decision --decision D-001 --minutes-planned 15'

    title: A[str, Length(1, 120), PUBLIC, Show("Item", column=True)]
    board: A[str, Ref("board"), PUBLIC, Show("Board", column=True)]
    item_order: A[int | None, Between(1, 99), PUBLIC, Show("Order", "The next one when empty", column=True)] = None
    item_kind: A[
        Literal["decision", "discussion", "information"],
        PUBLIC,
        Show("Kind", "What is asked of the board", column=True),
    ] = "discussion"
    decision: A[str | None, Ref("decision"), PUBLIC, Show("Decision", "That is sought under it", column=True)] = None
    minutes_planned: A[int | None, Between(1, 480), Show("Minutes planned", column=True)] = None
    presenter: A[str | None, Length(0, 80), Show("Presented by", "The role")] = None
    paper: A[str | None, Length(0, 200), Show("Paper", "Where it is, or which part of the pack")] = None
    minutes: A[str | None, Length(0, 2000), Show("Minutes", "What was said and agreed, by roles", lines=6)] = None
