"""Agenda items: what a board talks about, and the minutes of it."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Number, Text, Text80, Text200
from tracker.entities.laws import Once
from tracker.fields import PUBLIC, Between, Column, Length, Ref, Show


class AgendaItem(Entity):
    """One item of a board's agenda, with its minutes."""

    kind = "item"
    noun = "agenda item"
    prefix = "AG"
    lead_field = "title"
    listed = "last"
    once = (Once(("board", "decision")),)
    example = '"Scale Blue Badge renewals" --board B-01 --kind decision --decision D-001 --minutes-planned 15'

    title: A[str, Length(120, 1), PUBLIC, Column("Item")]
    board: A[str, Ref("board"), PUBLIC, Column("Board")]
    item_order: A[Number, Between(1, 99), PUBLIC, Column("Order", "The next one when empty")] = None
    item_kind: A[
        Literal["decision", "discussion", "information"],
        PUBLIC,
        Column("Kind", "What is asked of the board"),
    ] = "discussion"
    decision: A[Text, Ref("decision"), PUBLIC, Column("Decision", "That is sought under it")] = None
    minutes_planned: A[Number, Between(1, 480), Column("Minutes planned")] = None
    presenter: A[Text80, Show("Presented by", "The role")] = None
    paper: A[Text200, Show("Paper", "Where it is, or which part of the pack")] = None
    minutes: A[Text, Length(2000), Show("Minutes", "What was said and agreed, by roles", lines=6)] = None
