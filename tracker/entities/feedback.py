"""Feedback: what people say of a service, in our own words and never with their names."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Needed, Pilot, Service
from tracker.fields import PAST, TODAY, Between, Length, Ref, Show


class Feedback(Entity):
    """Something that people said of a service, paraphrased, and what came of it."""

    kind = "feedback"
    noun = "feedback item"
    plural = "feedback"
    prefix = "F"
    lead_field = "summary"
    belongs_to = "pilot"
    raised_by_others = True
    date_field = "received_on"
    laws = (Needed("response_reason", "response", ("wont_do",), 5),)
    example = '"People look for the fee before they begin" --pilot P-04 --source front-line --severity major --count 6'

    summary: A[
        str, Length(1, 400), Show("Summary", "In your own words; no names, addresses or numbers", column=True, lines=3)
    ]
    received_on: A[date, PAST, TODAY, Show("Received on", column=True)]
    source: A[
        Literal["citizen", "front_line", "business", "partner", "survey", "complaint", "research", "helpdesk"],
        Show("Source", column=True),
    ] = "citizen"
    pilot: A[Pilot, Show("Pilot", column=True)] = None
    service: A[Service, Show("Service")] = None
    channel: A[Literal["web", "phone", "face_to_face", "post", "email", "assisted"] | None, Show("Channel")] = None
    satisfaction: A[int | None, Between(1, 5), Show("Satisfaction", "1 very dissatisfied to 5 very satisfied")] = None
    theme: A[str | None, Length(0, 40), Show("Theme", "A word the programme uses", column=True)] = None
    count: A[int, Between(1, 1_000_000), Show("Count", "How many said so", column=True)] = 1
    severity: A[Literal["praise", "minor", "major", "blocker"], Show("Severity", column=True)] = "minor"
    response: A[Literal["none", "planned", "done", "wont_do"], Show("Response", column=True)] = "none"
    response_reason: A[str | None, Length(0, 200), Show("Why not", "Needed when it will not be done")] = None
    iteration: A[str | None, Ref("iteration"), Show("Iteration", "In which it was dealt with")] = None
    win: A[str | None, Ref("win"), Show("Win", "That came of it")] = None
    loop_closed_on: A[Day, PAST, Show("Loop closed on", "When those who said it were told what came of it")] = None
