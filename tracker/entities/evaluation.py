"""Training evaluations: what a session achieved, as figures of a group."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Number, Order, Pilot, Text, Text400
from tracker.fields import FIRM, PAST, TODAY, Between, Column, Ref, Show


class TrainingEvaluation(Entity):
    """How a training was received, what was learned, or what is done differently; figures of a group only."""

    kind = "evaluation"
    noun = "training evaluation"
    prefix = "TE"
    lead_field = "level"
    belongs_to = "session"
    belongs_through = ("pilot", "metric")
    detail = True
    listed = "last"
    date_field = "measured_on"
    laws = (Order("passed_n", "n"), Order("mean_score", "scale_max"))
    example = "reaction --session T-05 --n 5 --mean-score 3.2 --scale-max 5"

    level: A[
        Literal["reaction", "learning", "behaviour", "results"],
        Column("Level", "1 reaction, 2 learning, 3 behaviour on the job, 4 results"),
    ]
    session: A[Text, Ref("session"), Column("Session")] = None
    pilot: A[Pilot, Column("Pilot", "The session's when empty")] = None
    measured_on: A[date, FIRM, PAST, TODAY, Column("Measured on")]
    n: A[int, FIRM, Between(1, 100_000), Column("People", "How many answered or were seen")]
    mean_score: A[float | None, Between(0), Column("Mean score")] = None
    scale_max: A[float, Between(1, 100), Column("Of", "The highest score there is")] = 5.0
    pre_mean: A[float | None, Between(0), Show("Mean before", "Learning: the score before the session")] = None
    post_mean: A[float | None, Between(0), Show("Mean after", "Learning: the score after it")] = None
    passed_n: A[Number, Between(0, 100_000), Show("Passed", "Learning: how many passed the test")] = None
    metric: A[Text, Ref("metric"), Show("Metric", "Results: the metric that shows it")] = None
    note: A[Text400, Show("Note", lines=2)] = None
