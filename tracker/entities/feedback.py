"""Feedback: what people say of a service, in our own words and never with their names."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Needed, Number, Pilot, Service, Text, Text200
from tracker.entities.laws import OnlyWhile
from tracker.fields import PAST, TODAY, Between, Column, Length, Ref, Show


class Feedback(Entity):
    """Something that people said of a service, paraphrased, and what came of it."""

    kind = "feedback"
    noun = "feedback item"
    plural = "feedback"
    prefix = "F"
    lead_field = "summary"
    belongs_to = "pilot"
    belongs_through = ("iteration", "win")
    raised_by_others = True
    date_field = "received_on"
    changes_rank = 145
    counted_when_new = True
    laws = (Needed("response_reason", "response", ("wont_do",), 5),)
    closings = (
        OnlyWhile("response_reason", "response", ("wont_do",)),
        OnlyWhile("loop_closed_on", "response", ("planned", "done", "wont_do"), early=True),
    )
    example = '"People look for the fee before they begin" --pilot P-04 --source front-line --severity major --count 6'

    summary: A[str, Length(400, 1), Column("Summary", "In your own words; no names, addresses or numbers", lines=3)]
    received_on: A[date, PAST, TODAY, Column("Received on")]
    source: A[
        Literal["citizen", "front_line", "business", "partner", "survey", "complaint", "research", "helpdesk"],
        Column("Source"),
    ] = "citizen"
    pilot: A[Pilot, Column("Pilot")] = None
    service: A[Service, Show("Service")] = None
    channel: A[Literal["web", "phone", "face_to_face", "post", "email", "assisted"] | None, Show("Channel")] = None
    satisfaction: A[Number, Between(1, 5), Show("Satisfaction", "1 very dissatisfied to 5 very satisfied")] = None
    theme: A[Text, Length(40), Column("Theme", "A word the programme uses")] = None
    count: A[int, Between(1, 1_000_000), Column("Count", "How many said so")] = 1
    severity: A[Literal["praise", "minor", "major", "blocker"], Column("Severity")] = "minor"
    response: A[Literal["none", "planned", "done", "wont_do"], Column("Response")] = "none"
    response_reason: A[Text200, Show("Why not", "Needed when it will not be done")] = None
    iteration: A[Text, Ref("iteration"), Show("Iteration", "In which it was dealt with")] = None
    win: A[Text, Ref("win"), Show("Win", "That came of it")] = None
    loop_closed_on: A[Day, PAST, Show("Loop closed on", "When those who said it were told what came of it")] = None
