"""What public papers are made from."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.entities import AgendaItem, BoardCorrection, Decision
from tracker.rules.day import Day
from tracker.rules.public.release import Public


class Outcome(NamedTuple):
    """What came since a position: decisions that its meeting took, items with approved minutes, editions withdrawn.

    ``corrections`` are what was wrong in those minutes, ``withdrawn`` says of each public edition that does not count
    any more when and why it was withdrawn.
    """

    decisions: tuple[Decision, ...] = ()
    minutes: tuple[AgendaItem, ...] = ()
    withdrawn: tuple[str, ...] = ()
    corrections: tuple[BoardCorrection, ...] = ()


NO_OUTCOME = Outcome()


class PublicData(NamedTuple):
    """What a public paper is made from.

    ``day`` holds the stripped records and nothing else: signals worked out of it know nothing else.
    ``risks`` counts the live risks by band, ``trained`` those trained and those to be trained in the pilots that run,
    ``ratings`` holds what is reported of each pilot by uid, ``beside`` what assurance says of it and how single
    dimensions are rated, in words (both empty unless the board has agreed to publish ratings). ``metrics_hidden`` are
    the metrics (uids) of which a figure is restricted, ``metrics_not_final`` those of which one is not final,
    ``risks_hidden`` is how many live risks are, ``risks_apart`` how many belong to what was stopped or removed, and
    are not counted in the bands; ``training_hidden``: records of training are, so that those trained are a part.
    ``outcome`` is what came of it since.
    """

    day: Day
    public: Public
    threshold: int
    risks: tuple[tuple[str, int], ...] = ()
    trained: tuple[int, int] | None = None
    ratings: Mapping[str, str | None] = {}
    beside: Mapping[str, str] = {}
    metrics_hidden: frozenset[str] = frozenset()
    metrics_not_final: frozenset[str] = frozenset()
    risks_hidden: int = 0
    risks_apart: int = 0
    training_hidden: bool = False
    digest: str = ""
    generator: str = ""
    outcome: Outcome = NO_OUTCOME
