"""Iterations: short cycles of work with a goal and something learned."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Needed, Number, Order, Text, Text300
from tracker.entities.laws import Once
from tracker.fields import FIRM, Between, Column, Length, Ref, Show

TO_REAL_USERS = ("some_real_users", "all_real_users")  # of ``released_to``


class Iteration(Entity):
    """A short cycle of work with a goal; what was learned counts, not how much was done."""

    kind = "iteration"
    prefix = "IT"
    lead_field = "goal"
    belongs_to = "pilot"
    listed = "first"
    date_field = "end"
    state_field = "goal_result"
    open_states = ("open",)
    ended_states = ("met", "partly", "missed")
    due_field = "end"
    changes_rank = 120
    late_entry = True
    counted_when_new = True
    late_words = "ended {day} without a result"
    laws = (Order("start", "end"), Needed("learned", "goal_result", ("met", "partly", "missed")))
    once = (Once(("pilot", "number")),)
    example = '"Test the upload of photos with ten people" --pilot P-01 --start 2026-10-26 --end 2026-11-06'

    goal: A[str, Length(200, 1), Column("Goal", "What you want to find out or make possible")]
    pilot: A[str, Ref("pilot"), Column("Pilot")]
    number: A[Number, Between(1, 999), Column("Number", "Counted for each pilot; given by itself")] = None
    start: A[date, FIRM, Column("Start")]
    end: A[date, Column("End")]
    goal_result: A[Literal["open", "met", "partly", "missed"], Column("Goal met?")] = "open"
    delivered: A[Text, Length(600), Show("Delivered", "A line for each thing", lines=4)] = None
    learned: A[Text300, Show("Learned", "Needed to close the iteration", lines=3)] = None
    released_to: A[Literal["nobody", "test_users", "some_real_users", "all_real_users"] | None, Show("Released to")] = (
        None
    )
    release_on: A[Day, Show("Released on", "Or is to be released, where that follows later")] = None
    users_researched: A[Number, Between(0, 9999), Show("Users researched", "People")] = None
    show_and_tell: A[bool | None, Show("Show and tell", "Whether one was held")] = None
    show_and_tell_attendees: A[Number, Between(0, 9999), Show("Show-and-tell attendees")] = None
    needs_retraining: A[bool, Show("Needs retraining", "What was released changes how staff work")] = False
    blockers: A[Text300, Show("Blockers", lines=2)] = None
    changes_from_feedback: A[Number, Between(0, 999), Show("Changes made from feedback")] = None
