"""Stakeholders: groups or roles that a change concerns, what weight they have, and since when they are involved."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import SCALE, Day, Due, Entity, Name, Number, Person, Pilot, Text400
from tracker.entities.laws import Once
from tracker.fields import AHEAD, PAST, Column, Moves, Show


class Stakeholder(Entity):
    """A group or role with an interest in a pilot or the programme, and how it takes part."""

    kind = "stakeholder"
    prefix = "SH"
    lead_field = "name"
    on_request = True
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    date_field = "first_involved_on"
    state_field = "status"
    open_states = ("active",)
    open_word = "involved or to be involved"
    dues = (Due("next_contact_on", "Contact", "contact overdue since {day}"),)
    changes_rank = 151
    counted_when_new = True
    own_table = True
    once = (Once(("pilot", "name"), certain=False, may_be_empty=("pilot",)),)
    example = '"Counter staff" --pilot P-02 --interest 5 --influence 3 --involved-by workshop'

    name: A[Name, Column("Stakeholder", "A group or a role")]
    pilot: A[Pilot, Column("Pilot", "Leave empty for one of the programme")] = None
    person: A[Person, Show("Person", "Who speaks for it, where that is somebody recorded")] = None
    interest: A[Number, SCALE, Column("Interest", "1 little to 5 much")] = None
    influence: A[Number, SCALE, Column("Influence", "1 little to 5 much")] = None
    first_involved_on: A[Day, PAST, Column("First involved", "When it first took part; empty: not yet")] = None
    involved_by: A[
        Literal["interview", "workshop", "survey", "working_group", "show_and_tell", "consultation", "other"] | None,
        Column("How", "How it was involved"),
    ] = None
    stance: A[
        Literal["supports", "neutral", "concerned", "opposes"] | None,
        Show("Stance", "Towards the change; never published"),
    ] = None
    status: A[Literal["active", "former"], Show("Status", "Former: nothing more is planned with it")] = "active"
    owner: A[Person, Show("Owner", "Who keeps in touch with it")] = None
    next_contact_on: A[Day, AHEAD, Moves("contact"), Show("Next contact")] = None
    plan: A[Text400, Show("Plan", "How it is to take part", lines=2)] = None
