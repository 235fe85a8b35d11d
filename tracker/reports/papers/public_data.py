"""What public papers are made from."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.entities import Action, AgendaItem, BoardCorrection, Decision
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.public.release import Public
from tracker.rules.wording import optional


class Outcome(NamedTuple):
    """What came since a position: decisions that its meeting took, items with approved minutes, editions withdrawn.

    ``corrections`` are what was wrong in those minutes, ``conditions`` what those decisions ask for, ``withdrawn`` says
    of each public edition that does not count any more when and why it was withdrawn.
    """

    decisions: tuple[Decision, ...] = ()
    minutes: tuple[AgendaItem, ...] = ()
    withdrawn: tuple[str, ...] = ()
    corrections: tuple[BoardCorrection, ...] = ()
    conditions: tuple[Action, ...] = ()


NO_OUTCOME = Outcome()


class Conditions(NamedTuple):
    """What a decision asks for: the texts that are public, and whether there are others."""

    texts: tuple[str, ...]
    others: bool

    def after(self, answer: str) -> str:
        """Return an answer with what it asks for, and that it asks for more."""
        words = optional(": ", "; ".join(text.rstrip(".") for text in self.texts))
        untold = ", which are not published"
        if words:
            untold = "; others are not published"
        return answer + words + untold * self.others


class PublicData(NamedTuple):
    """What a public paper is made from.

    ``day`` holds the stripped records and nothing else: signals worked out of it know nothing else.
    ``risks`` counts the live risks by band, ``trained`` those trained and those to be trained in the pilots that run,
    ``ratings`` holds what is reported of each pilot by uid, ``beside`` what assurance says of it and how single
    dimensions are rated, in words (both empty unless the board has agreed to publish ratings). ``metrics_hidden`` are
    the metrics (uids) of which a figure is restricted, ``metrics_not_final`` those of which one is not final,
    ``risks_hidden`` is how many live risks are, ``risks_apart`` how many belong to what was stopped or removed, and
    are not counted in the bands; ``training_hidden``: records of training are, so that those trained are a part.
    ``conditions`` are those of decisions (uids), ``outcome`` is what came of it since.
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
    conditions: Mapping[str, Conditions] = {}
    outcome: Outcome = NO_OUTCOME

    def answer(self, decision: Decision) -> str:
        """Return what was decided in words, with what it asks for."""
        answer = humanise(decision.outcome or "noted")
        conditions = self.conditions.get(decision.uid)
        if conditions is None:
            return answer
        return conditions.after(answer)
