"""The steps of a journey: who does what, how long it takes, how long it waits."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Name, Number, Text200
from tracker.fields import MINUTES, PUBLIC, SHARE, Between, Column, Ref, Show


class JourneyStep(Entity):
    """One step of a journey, done by one actor through one channel."""

    kind = "step"
    noun = "journey step"
    prefix = "JS"
    lead_field = "title"
    belongs_to = "journey"
    detail = True
    listed = "last"
    example = '"Re-key the form" --journey J-01 --actor back-office --touch-minutes 14 --handoff manual'

    title: A[Name, PUBLIC, Column("Step", "What is done, beginning with a verb")]
    journey: A[str, Ref("journey"), PUBLIC, Column("Journey")]
    step_order: A[Number, Between(1, 999), PUBLIC, Column("Order", "Its place; the next one when empty")] = None
    actor: A[
        Literal["citizen", "front_line", "back_office", "third_party", "system"],
        PUBLIC,
        Column("Actor", "Who does it"),
    ] = "citizen"
    channel: A[
        Literal["web", "phone", "face_to_face", "post", "email", "paper_form", "internal_system", "assisted"] | None,
        PUBLIC,
        Column("Channel"),
    ] = None
    touch_minutes: A[int, MINUTES, Between(0, 1_000_000), PUBLIC, Column("Touch time", "Time spent doing it")] = 0
    wait_minutes: A[
        int,
        MINUTES,
        Between(0, 10_000_000),
        PUBLIC,
        Column("Wait", "Time that passes until it can be done, such as 3 d"),
    ] = 0
    handoff: A[
        Literal["none", "automatic", "manual"],
        PUBLIC,
        Column("Hand-off", "How it reached the one who does it"),
    ] = "none"
    asks_again: A[bool, PUBLIC, Column("Asks again", "Asks for something that was given before")] = False
    pain: A[Number, Between(0, 5), PUBLIC, Column("Pain", "0 none to 5 unbearable")] = None
    pain_text: A[Text200, PUBLIC, Show("What hurts", lines=2)] = None
    drop_out_share: A[
        float | None, SHARE, Between(0, 1), PUBLIC, Show("Drop-out", "The part of people who give up here")
    ] = None
    evidence: A[
        Literal["observed", "interviews", "analytics", "workshop", "assumed"] | None,
        PUBLIC,
        Show("Evidence", "As for the journey when empty"),
    ] = None
