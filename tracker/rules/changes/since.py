"""What changed since an earlier day, as sentences for a board: bad news first, nothing quietly gone.

Only what matters is compared: ratings, scores, states and dates. A mended spelling is not a change.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity, entity, owners, registers
from tracker.entities.correction import BoardCorrection
from tracker.entities.decision import Decision
from tracker.entities.gate import Gate
from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.entities.session import TrainingSession
from tracker.fields import humanise
from tracker.rules.changes.differences import REASON_LENGTH, differences, overdue
from tracker.rules.changes.evidence import Told, decided_words, gate_text, level_change, revised, verdict_change
from tracker.rules.day import Day
from tracker.rules.impact.cautions import period
from tracker.rules.risk import band, score
from tracker.rules.setting_texts import SHAPES_NO_PAPER
from tracker.rules.settings import CATALOGUE
from tracker.rules.wording import first_sentence, short, show_date

# In the order a board reads them.
CLASSES = (
    *("worsened", "decided", "moved", "overdue", "deleted", "restored", "corrected", "not_comparable"),
    *("new", "late", "improved", "closed", "unchanged"),
)
QUIET_BOARDS = 2  # from so many boards without news on, a board is told that nothing changed
UNDONE = "adding it was undone"

Key = tuple[str, str]


class Facts(NamedTuple):
    """What only the journal knows, by uid and field.

    ``reasons``: why the newest change since the earlier day was made (``rating`` and ``score`` are fields too);
    ``moves``: how many times a date has been moved in all; ``added``: the day a record was recorded, by uid.
    ``levels`` are what the evidence said of a pilot on the two days, and the sentence for the second; ``verdicts`` the
    two verdicts on a metric and the reason for the second. ``updated`` is the day of the last update of a pilot,
    ``boards`` are the days of the boards so far, the oldest first.
    """

    reasons: Mapping[Key, str] = {}
    moves: Mapping[Key, int] = {}
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
    return sorted(news, key=lambda c: (CLASSES.index(c.group), ranks[c.kind], -points.get(c.uid, 0), c.ref))


def _of_record(register: type[Entity], uid: str, before: Day, now: Day, facts: Facts) -> list[Change]:
    was, is_ = before.get(register, uid), now.get(register, uid)
    removed, removed_before = now.removed(register).get(uid), before.removed(register).get(uid)
    told: list[Told] = []
    if is_ is not None:
        if was is not None:
            told = [*differences(was, is_, now, facts.reasons, facts.moves), *_judged(is_, facts)]
        elif removed_before is not None:
            told = [Told("restored", "brought back after it had been removed")]
        else:
            told = _arrived(is_, before, now, facts)
        known = overdue(was, before) if was is not None else {}
        told += [Told("overdue", text) for what, text in overdue(is_, now).items() if what not in known]
    elif was is not None or (removed is not None and removed_before is None):
        told = [_gone(was, removed)]
    record = is_ or removed or was
    if record is None:
        return []
    return [
        Change(group, register.kind, uid, record.ref, subject_of(record, now), _told(told, group))
        for group in dict.fromkeys(one.group for one in told)
    ]


def _told(told: list[Told], group: str) -> str:
    """Return all that is told of a record in one class; a reason that several things share stands once."""
    reasons: dict[str, list[str]] = {}
    for one in told:
        if one.group == group:
            reasons.setdefault(first_sentence(one.why, REASON_LENGTH).rstrip("."), []).append(one.text)
    return "; ".join(" and ".join(texts) + (f": {why}" if why else "") for why, texts in reasons.items())


def subject(record: Entity, most: int = 60) -> str:
    """Return ref and name of a record, as a sentence about it begins."""
    field = record.fields()[record.name_field]
    name = str(getattr(record, record.name_field))
    return f"{record.ref} {short(humanise(name) if field.kind == 'choice' else name, most)}"


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


def _judged(record: Entity, facts: Facts) -> list[Told]:
    """Return what the evidence says otherwise than before, and whether a pilot has had no news for some boards."""
    if isinstance(record, Pilot):
        return [*level_change(*facts.levels.get(record.uid, ("", "", ""))), *_quiet(record, facts)]
    if isinstance(record, Metric):
        return verdict_change(*facts.verdicts.get(record.uid, ("", "", "")))
    return []


def _quiet(pilot: Pilot, facts: Facts) -> list[Told]:
    last = facts.updated.get(pilot.uid)
    if last is None or pilot.has_ended:
        return []
    boards = sum(day > last for day in facts.boards)
    if boards < QUIET_BOARDS:
        return []
    most = "or more " if boards == len(facts.boards) else ""
    return [Told("unchanged", f"nothing changed for {boards} boards {most}(last on {show_date(last)})")]


def _gone(was: Entity | None, removed: Entity | None) -> Told:
    reason = short(removed.deleted_reason or "no reason recorded", 110) if removed is not None else UNDONE
    return Told("deleted", f"removed ({reason})" if was is not None else f"recorded and removed in between ({reason})")


def _arrived(record: Entity, before: Day, now: Day, facts: Facts) -> list[Told]:
    news = _arrived_with_news(record, now)
    if news is not None:
        return [news]
    happened: date | None = getattr(record, record.date_field) if record.late_entry else None
    recorded = facts.added.get(record.uid)
    introduction = _introduction(record, now)
    if happened is not None and happened <= before.date and (recorded is None or recorded > before.date):
        on = f" on {show_date(recorded)}" if recorded else " since"
        return [Told("late", f"{introduction}; dated {show_date(happened)}, recorded only{on}")]
    if isinstance(record, Decision) and record.status == "taken":
        return [Told("decided", decided_words(record))]
    return [Told("new", introduction)]


def _arrived_with_news(record: Entity, now: Day) -> Told | None:
    """Return what a new record tells by itself: a correction, a revised figure, a gate that was held already."""
    if isinstance(record, BoardCorrection):
        return Told("corrected", "correction of what a board was shown")
    if isinstance(record, Measurement) and record.revises:
        old = now.get(Measurement, record.revises)
        metric = now.get(Metric, record.metric)
        if old is not None and metric is not None:
            return revised(metric, old, record)
    if isinstance(record, Gate) and record.has_ended and record.held_on is not None:
        return Told("decided", f"held on {show_date(record.held_on)}, outcome {gate_text(record.outcome)}")
    return None


def _introduction(record: Entity, now: Day) -> str:
    """Return what is told of a new record: its noun, and what its register says is told with it."""
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
    return f"{text}, {humanise(value).lower()}" if value else text


def _introduction_of_risk(risk: Risk, now: Day) -> str:
    points = score(risk)
    level = f"{points} ({band(points, now.settings).replace('_', ' ')})" if points else "not scored"
    noun = "opportunity" if risk.risk_kind == "opportunity" else "risk"
    return f"new {noun}, {level}" + (", still a draft" if risk.status == "draft" else "")


def threshold_changes(before: Day, now: Day) -> list[Change]:
    """Return a change for each setting that differs between the two days, since figures are judged by it."""
    return [
        Change("not_comparable", "setting", "", "", CATALOGUE[name].label, f"{told}; each day is judged by its own")
        for name, told in _differing(before, now)
    ]


def _differing(before: Day, now: Day) -> list[tuple[str, str]]:
    old, new = before.settings.values, now.settings.values
    shaping = [name for name in CATALOGUE if name not in SHAPES_NO_PAPER]
    return [(name, f"{_said(old[name])} → {_said(new[name])}") for name in shaping if old[name] != new[name]]


def _said(value: float | str) -> str:
    return str(value)
