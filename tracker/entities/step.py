"""The steps of a journey: who does what, how long it takes, how long it waits."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity
from tracker.fields import MINUTES, PUBLIC, SHARE, Between, Length, Ref, Show


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

    title: A[str, Length(1, 80), PUBLIC, Show("Step", "What is done, beginning with a verb", column=True)]
    journey: A[str, Ref("journey"), PUBLIC, Show("Journey", column=True)]
    step_order: A[
        int | None, Between(1, 999), PUBLIC, Show("Order", "Its place; the next one when empty", column=True)
    ] = None
    actor: A[
        Literal["citizen", "front_line", "back_office", "third_party", "system"],
        PUBLIC,
        Show("Actor", "Who does it", column=True),
    ] = "citizen"
    channel: A[
        Literal["web", "phone", "face_to_face", "post", "email", "paper_form", "internal_system", "assisted"] | None,
        PUBLIC,
        Show("Channel", column=True),
    ] = None
    touch_minutes: A[
        int, MINUTES, Between(0, 1_000_000), PUBLIC, Show("Touch time", "Time spent doing it", column=True)
    ] = 0
    wait_minutes: A[
        int,
        MINUTES,
        Between(0, 10_000_000),
        PUBLIC,
        Show("Wait", "Time that passes until it can be done, such as 3 d", column=True),
    ] = 0
    handoff: A[
        Literal["none", "automatic", "manual"],
        PUBLIC,
        Show("Hand-off", "How it reached the one who does it", column=True),
    ] = "none"
    asks_again: A[bool, PUBLIC, Show("Asks again", "Asks for something that was given before", column=True)] = False
    pain: A[int | None, Between(0, 5), PUBLIC, Show("Pain", "0 none to 5 unbearable", column=True)] = None
    pain_text: A[str | None, Length(0, 200), PUBLIC, Show("What hurts", lines=2)] = None
    drop_out_share: A[
        float | None, SHARE, Between(0, 1), PUBLIC, Show("Drop-out", "The part of people who give up here")
    ] = None
    evidence: A[
        Literal["observed", "interviews", "analytics", "workshop", "assumed"] | None,
        PUBLIC,
        Show("Evidence", "As for the journey when empty"),
    ] = None
