"""What changed since an earlier day, as sentences for a board: bad news first, nothing quietly gone.

What is compared follows from the fields (told_fields.py): all but texts that describe.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import (
    BoardCorrection,
    Decision,
    Entity,
    Gate,
    Measurement,
    Metric,
    Pilot,
    Programme,
    Risk,
    TrainingSession,
    entity,
    owners,
    registers,
)
from tracker.entities.base import called
from tracker.fields import humanise
from tracker.rules.cached import cached_by_day
from tracker.rules.changes.differences import REASON_LENGTH
from tracker.rules.changes.evidence import decided_words, gate_held, level_change, revised, verdict_change
from tracker.rules.changes.ratings import moves_beside
from tracker.rules.changes.told_fields import Position, Slips, field_changes, told_fields, with_state
from tracker.rules.changes.transitions import RULES, TABLES, TELLS, Difference, opened_and_ended, transition
from tracker.rules.day import Day
from tracker.rules.impact.cautions import period
from tracker.rules.late import late_words
from tracker.rules.risk import band, score
from tracker.rules.setting_texts import SHAPES_NO_PAPER
from tracker.rules.settings import CATALOGUE
from tracker.rules.wording import date_or, optional, show_date, whole_sentences
from tracker.text import natural_order

# In the order a board reads them.
CLASSES = (
    *("worsened", "decided", "moved", "changed", "overdue", "unrated", "deleted", "restored", "corrected"),
    *("not_comparable", "new", "first_rated", "rated_again", "late", "improved", "closed", "unchanged"),
)
QUIET_BOARDS = 2  # from so many boards without news on, a board is told that nothing changed
UNDONE = "adding it was undone"

Key = tuple[str, str]


class Facts(NamedTuple):
    """What only the journal knows, by uid and field.

    ``reasons``: why the newest change since the earlier day was made (``rating`` and ``score`` are fields too);
    ``slips``: what became of a date; ``added``: the day a record was recorded, by uid.
    ``levels`` are what the evidence said of a pilot on the two days, and the sentence for the second; ``verdicts`` the
    two verdicts on a metric and the reason for the second. ``updated`` is the day of the last update of a pilot,
    ``boards`` are the days of the boards that met so far, the oldest first.
    """

    reasons: Mapping[Key, str] = {}
    slips: Mapping[Key, Slips] = {}
    added: Mapping[str, date] = {}
    levels: Mapping[str, tuple[str, str, str]] = {}
    verdicts: Mapping[str, tuple[str, str, str]] = {}
    updated: Mapping[str, date] = {}
    boards: tuple[date, ...] = ()


class Change(NamedTuple):
    """What changed of a record in one class (of ``CLASSES``); ``subject`` is its ref and name."""

    group: str
    kind: str
    uid: str
    ref: str
    subject: str
    text: str

    @property
    def sentence(self) -> str:
        """What the board reads."""
        return f"{self.subject}: {self.text}"


def changes(before: Day, now: Day, facts: Facts) -> list[Change]:
    """Return every change between two positions, sorted by class and kind; risks by score, the rest by ref.

    Records that were hidden on either day are left out: a comparison would tell what was restricted.
    """
    hidden = before.hidden.uids | now.hidden.uids
    ranks = {register.kind: register.changes_rank for register in registers() if register.changes_rank}
    news: list[Change] = []
    for kind in ranks:
        register = entity(kind)
        sides = [side for day in (now, before) for side in (day.by_uid(register), day.removed(register))]
        for uid in dict.fromkeys(uid for side in sides for uid in side):
            if uid not in hidden:
                news += _of_record(register, uid, before, now, facts)
    points = {uid: score(risk) or 0 for uid, risk in now.by_uid(Risk).items()}
    return sorted(
        news, key=lambda c: (CLASSES.index(c.group), ranks[c.kind], -points.get(c.uid, 0), natural_order(c.ref))
    )


def _of_record(register: type[Entity], uid: str, before: Day, now: Day, facts: Facts) -> Iterator[Change]:
    before_record = before.get(register, uid)
    record = now.get(register, uid)
    removed = now.removed(register).get(uid)
    news: list[Difference] = []
    if record is not None:
        news = _of_live_record(record, before, now, facts)
    elif before_record is not None or (removed is not None and uid not in before.removed(register)):
        news = [_removal(before_record, removed)]
    named = record or removed or before_record
    if named is not None:
        for group in dict.fromkeys(difference.group for difference in news):
            yield Change(group, register.kind, uid, named.ref, subject_of(named, now), _text(news, group))


def _of_live_record(record: Entity, before: Day, now: Day, facts: Facts) -> list[Difference]:
    register = type(record)
    before_record = before.get(register, record.uid)
    overdue_before: dict[str, str] = {}
    if before_record is not None:
        overdue_before = late_words(before, before_record)
        news = differences(before_record, before, record, now, facts)
        news += [judgement for judgement in _judgements(record, facts) if not (news and judgement.group == "unchanged")]
    elif record.uid in before.removed(register):
        news = [Difference("restored", "brought back after it had been removed")]
    else:
        news = _arrival(record, before, now, facts)
    late = [text for happening, text in late_words(now, record).items() if happening not in overdue_before]
    return news + [Difference("overdue", text) for text in late]


def differences(before: Entity, earlier: Day, now: Entity, day: Day, facts: Facts) -> list[Difference]:
    """Return what differs in a record that was there on both days."""

    def reason(field: str) -> str:
        return whole_sentences(facts.reasons.get((now.uid, field), ""), REASON_LENGTH)

    register = type(now)
    if register in RULES:
        news = [*RULES[register](before, now, day, reason)]
    else:
        table = TABLES.get(register) or opened_and_ended(register)
        news = [*transition(table, before, now, reason(now.state_field))]
    handled = {*TELLS.get(register, ()), register.state_field}
    if before.state != now.state:
        handled |= with_state(before, now)
    sides = Position(before, earlier), Position(now, day)
    # Most records are held once for both days: only what is said of their fields may differ.
    held_once = before is now and not any(now.uid in _spoken_of(side) for side in (earlier, day))
    for field in () if held_once else told_fields(register):
        if field.name not in handled:
            news += field_changes(*sides, field, facts.slips.get((now.uid, field.name), Slips()), reason)
    if isinstance(now, Pilot | Programme):
        news += moves_beside(earlier, day, now)
    return news


@cached_by_day
def _spoken_of(day: Day) -> frozenset[str]:
    """Return the uids of records of whose fields something is said where there is no value."""
    return frozenset(uid for uid, _ in day.nothings)


def _text(news: list[Difference], group: str) -> str:
    """Return all that is new of a record in one class; a reason that several things share stands once."""
    reasons: dict[str, list[str]] = {}
    for difference in news:
        if difference.group == group:
            reason = whole_sentences(difference.reason, REASON_LENGTH).rstrip(".")
            reasons.setdefault(reason, []).append(difference.text)
    return "; ".join(_together(texts) + optional(": ", reason) for reason, texts in reasons.items())


def _together(texts: list[str]) -> str:
    """Return what has one reason: two with “and”; more are parted as a list, in which each may hold a comma."""
    if len(texts) > 2:
        return "; ".join(texts)
    return " and ".join(texts)


def subject(record: Entity) -> str:
    """Return ref and name of a record, as a sentence about it begins."""
    return f"{record.ref} {called(type(record), getattr(record, record.name_field))}"


def subject_of(record: Entity, now: Day) -> str:
    """Return the subject of a record, with what it belongs to where its name alone says too little."""
    if record.named_by == "itself":
        return subject(record)
    owner = now.get(owners(type(record))[0], getattr(record, record.belongs_to))
    if owner is None:
        return subject(record)
    if record.named_by == "owner":
        return subject(owner)
    return f"{subject(record)} ({owner.ref})"


def _judgements(record: Entity, facts: Facts) -> Iterator[Difference]:
    """Yield what the evidence says otherwise than before, and whether a pilot has had no news for some boards."""
    unknown = ("", "", "")
    if isinstance(record, Pilot):
        yield from level_change(*facts.levels.get(record.uid, unknown))
        yield from _no_news(record, facts)
    if isinstance(record, Metric):
        yield from verdict_change(*facts.verdicts.get(record.uid, unknown))


def _no_news(pilot: Pilot, facts: Facts) -> Iterator[Difference]:
    last = facts.updated.get(pilot.uid)
    if last is None or pilot.ended_by(max(facts.boards, default=date.max)):
        return
    count = sum(day > last for day in facts.boards)
    if count >= QUIET_BOARDS:
        yield Difference("unchanged", f"nothing changed for {count} boards (last on {show_date(last)})")


def _removal(before_record: Entity | None, removed: Entity | None) -> Difference:
    reason = UNDONE
    if removed is not None:
        reason = (removed.deleted_reason or "no reason recorded").removesuffix(".")
    verb = "recorded and removed in between" if before_record is None else "removed"
    return Difference("deleted", f"{verb} ({reason})")


def _arrival(record: Entity, before: Day, now: Day, facts: Facts) -> list[Difference]:
    news = _arrival_with_news(record, now)
    if news is not None:
        return [news]
    introduction = _introduction(record, now)
    happened: date | None = getattr(record, record.date_field) if record.late_entry else None
    recorded = facts.added.get(record.uid)
    if happened is not None and happened <= before.date and (recorded is None or recorded > before.date):
        since = optional(" on ", date_or(recorded)) or " since"
        return [Difference("late", f"{introduction}; dated {show_date(happened)}, recorded only{since}")]
    if isinstance(record, Decision) and record.status == "taken":
        return [Difference("decided", decided_words(record))]
    return [Difference("new", introduction)]


def _arrival_with_news(record: Entity, now: Day) -> Difference | None:
    """Return what a new record says by itself: a correction, a revised figure, a gate that was held already."""
    if isinstance(record, BoardCorrection):
        return Difference("corrected", "correction of what a board was shown")
    if isinstance(record, Measurement) and record.revises:
        old = now.get(Measurement, record.revises)
        metric = now.get(Metric, record.metric)
        if old is not None and metric is not None:
            return revised(metric, old, record)
    if isinstance(record, Gate) and record.has_ended and record.held_on is not None:
        return Difference("decided", gate_held(record))
    return None


def _introduction(record: Entity, now: Day) -> str:
    """Return what is said of a new record: its noun, and what its register says is told with it."""
    if isinstance(record, Risk):
        return _introduction_of_risk(record, now)
    text = f"new {record.noun}"
    if isinstance(record, Measurement):
        return f"{text} for {period(record)}"
    if isinstance(record, TrainingSession):
        return f"{text} on {show_date(record.starts_on)}"
    value = getattr(record, record.introduced_by, None)
    if isinstance(value, date):
        label = record.fields()[record.introduced_by].label.lower()
        return f"{text}, {label} {show_date(value)}"
    return text + optional(", ", value and humanise(value).lower())


def _introduction_of_risk(risk: Risk, now: Day) -> str:
    noun = {"opportunity": "opportunity"}.get(risk.risk_kind, "risk")
    points = score(risk)
    level = "not scored"
    if points:
        level = f"{points} ({band(points, now.settings).replace('_', ' ')})"
    draft = {"draft": ", still a draft"}.get(risk.status, "")
    return f"new {noun}, {level}{draft}"


def threshold_changes(before: Day, now: Day) -> list[Change]:
    """Return a change for each setting that differs between the two days, since figures are judged by it."""
    old = before.settings.values
    new = now.settings.values
    return [
        Change(
            "not_comparable", "setting", "", "", spec.label, f"{old[name]} → {new[name]}; each day is judged by its own"
        )
        for name, spec in CATALOGUE.items()
        if name not in SHAPES_NO_PAPER and old[name] != new[name]
    ]
