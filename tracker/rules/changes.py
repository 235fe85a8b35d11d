"""What changed since an earlier day, as sentences for a board: bad news first, nothing quietly gone.

Only what matters is compared: ratings, scores, states and dates. A mended spelling is not a change.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity
from tracker.rules.differences import Told, differences, overdue
from tracker.rules.position import Position
from tracker.rules.risk import band, score
from tracker.rules.settings import CATALOGUE
from tracker.rules.when import show_date
from tracker.rules.wording import short

# In the order a board reads them.
CLASSES = ("worsened", "moved", "overdue", "deleted", "restored", "new", "late", "improved", "closed")
KINDS = ("pilot", "risk", "action", "iteration", "session", "win")
UNDONE = "adding it was undone"

Key = tuple[str, str]


class Facts(NamedTuple):
    """What only the journal knows, by uid and field.

    ``reasons``: why the newest change since the earlier day was made (``rating`` and ``score`` are fields too);
    ``moves``: how many times a date has been moved in all; ``added``: the day a record was recorded, by uid.
    """

    reasons: Mapping[Key, str] = {}
    moves: Mapping[Key, int] = {}
    added: Mapping[str, date] = {}


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


def changes(before: Position, now: Position, facts: Facts) -> list[Change]:
    """Return every change between two positions, sorted by class and kind; risks by score, the rest by ref.

    Records that were hidden on either day are left out: a comparison would tell what was restricted.
    """
    hidden = before.hidden | now.hidden
    found: list[Change] = []
    for kind in KINDS:
        for uid in _uids(kind, now, before):
            if uid not in hidden:
                found += _of_record(kind, uid, before, now, facts)
    points = {uid: score(risk) or 0 for uid, risk in now.live.get("risk", {}).items()}  # type: ignore[arg-type]
    return sorted(found, key=lambda c: (CLASSES.index(c.group), KINDS.index(c.kind), -points.get(c.uid, 0), c.ref))


def _uids(kind: str, *positions: Position) -> Iterable[str]:
    sides = [side.get(kind, {}) for position in positions for side in (position.live, position.gone)]
    return dict.fromkeys(uid for side in sides for uid in side)


def _of_record(kind: str, uid: str, before: Position, now: Position, facts: Facts) -> list[Change]:
    was, is_ = before.live.get(kind, {}).get(uid), now.live.get(kind, {}).get(uid)
    removed, removed_before = now.gone.get(kind, {}).get(uid), before.gone.get(kind, {}).get(uid)
    told: list[Told] = []
    if is_ is not None:
        if was is not None:
            told = differences(kind, was, is_, now, facts.reasons, facts.moves)
        elif removed_before is not None:
            told = [Told("restored", "brought back after it had been removed")]
        else:
            told = [_arrived(kind, is_, before, now, facts)]
        known = overdue(kind, was, before) if was is not None else {}
        told += [Told("overdue", text) for what, text in overdue(kind, is_, now).items() if what not in known]
    elif was is not None or (removed is not None and removed_before is None):
        told = [_gone(was, removed)]
    record = is_ or removed or was
    if record is None:
        return []
    return [
        Change(group, kind, uid, record.ref, subject(record), _told(told, group))
        for group in dict.fromkeys(one.group for one in told)
    ]


def _told(told: list[Told], group: str) -> str:
    """Return all that is told of a record in one class; a reason that several things share stands once."""
    reasons: dict[str, list[str]] = {}
    for one in told:
        if one.group == group:
            reasons.setdefault(one.why, []).append(one.text)
    return "; ".join(" and ".join(texts) + (f": {why}" if why else "") for why, texts in reasons.items())


def subject(record: Entity, most: int = 60) -> str:
    """Return ref and name of a record, as a sentence about it begins."""
    return f"{record.ref} {short(str(getattr(record, record.name_field)), most)}"


def _gone(was: Entity | None, removed: Entity | None) -> Told:
    reason = short(removed.deleted_reason or "no reason recorded", 110) if removed is not None else UNDONE
    return Told("deleted", f"removed ({reason})" if was is not None else f"recorded and removed in between ({reason})")


def _arrived(kind: str, record: Entity, before: Position, now: Position, facts: Facts) -> Told:
    happened = getattr(record, record.date_field) if record.date_field else None
    recorded = facts.added.get(record.uid)
    what = _introduced(kind, record, now)
    if happened is not None and happened <= before.day and (recorded is None or recorded > before.day):
        on = f" on {show_date(recorded)}" if recorded else " since"
        return Told("late", f"{what}; dated {show_date(happened)}, recorded only{on}")
    return Told("new", what)


def _introduced(kind: str, record: Entity, now: Position) -> str:
    text = f"new {record.noun}"
    if kind == "risk":
        points = score(record)  # type: ignore[arg-type]
        level = f"{points} ({band(points, now.settings).replace('_', ' ')})" if points else "not scored"
        noun = "opportunity" if getattr(record, "risk_kind", "") == "opportunity" else "risk"
        text = f"new {noun}, {level}" + (", still a draft" if getattr(record, "status", "") == "draft" else "")
    elif kind == "action":
        text += f", due {show_date(record.due)}"  # type: ignore[attr-defined]
    elif kind == "session":
        text += f" on {show_date(record.starts_on)}"  # type: ignore[attr-defined]
    return text


def thresholds_changed(before: Position, now: Position) -> list[str]:
    """Return a sentence for each setting that differs between the two days: each day is judged by its own."""
    return [
        f"{spec.label}: {_said(before.settings.values[name])} → {_said(now.settings.values[name])}"
        for name, spec in CATALOGUE.items()
        if before.settings.values[name] != now.settings.values[name]
    ]


def _said(value: float | str) -> str:
    return str(value)
