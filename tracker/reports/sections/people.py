"""Training and small wins of a summary."""

from typing import TypeVar

from tracker.entities import Entity
from tracker.entities.attendance import Attendance
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.entities.win import Win
from tracker.reports.model import Block, Callout, Missing, Paragraph, Section
from tracker.reports.papers.data import SummaryData, since_words
from tracker.rules.training import Coverage, coverage, group_text
from tracker.rules.wording import counted, listed, optional, percent, short

NAMED = 5
NAMED_BRIEFLY = 2
TITLE_LENGTH = 36


def training(data: SummaryData) -> Section:
    """Return how many staff are trained, the worst group, and what nobody has recorded."""
    cover = _coverage(data)
    blocks: list[Block] = (
        [Paragraph(_figures(data, cover))] if cover.groups else [Missing("No training need recorded.")]
    )
    blocks += [Callout("Missing", text) for text in _missing(data, cover, NAMED)]
    return Section("training", "People and training", tuple(blocks))


def _coverage(data: SummaryData) -> Coverage:
    now = data.now
    return coverage(
        data.running,
        of_running(data, TrainingNeed),
        now.all(TrainingSession),
        now.all(Attendance),
        now.settings,
        now.date,
    )


def trained(data: SummaryData) -> list[tuple[str, str]]:
    """Return how many staff are trained, the worst group, and what nobody has recorded, in few words."""
    cover = _coverage(data)
    sentences = [_brief(data, cover) if cover.groups else "No training need recorded."]
    sentences += [f"{text[:1].upper()}{text[1:]}" for text in _missing(data, cover, NAMED_BRIEFLY)]
    return [("Training", " ".join(sentences))]


def _brief(data: SummaryData, cover: Coverage) -> str:
    """Return the figures of training in one sentence."""
    needed, floor = data.now.settings.training_required, data.now.settings.training_floor
    share = percent(cover.trained, cover.affected, needed, floor)
    parts = [f"{cover.trained:,} of {cover.affected:,} staff affected trained ({share} %)"]
    if cover.worst is not None and cover.worst.level != "green":
        parts.append(f"worst: {group_text(cover.worst, data.now.settings)}, {data.now.ref(Pilot, cover.worst.pilot)}")
    late = [group.level for group in cover.groups if group.level in ("red", "amber")]
    if late:
        edge = floor if set(late) == {"red"} else needed
        parts.append(f"{counted(len(late), 'group')} past go-live and below {edge} %")
    return "; ".join(parts) + "."


E = TypeVar("E", bound=Entity)


def of_running(data: SummaryData, register: type[E]) -> list[E]:
    """Return the records of a register that belong to a running pilot."""
    running = {pilot.uid for pilot in data.running}
    return [record for record in data.now.all(register) if getattr(record, "pilot", "") in running]


def _figures(data: SummaryData, cover: Coverage) -> str:
    settings = data.now.settings
    needed, floor = settings.training_required, settings.training_floor
    share = percent(cover.trained, cover.affected, needed, floor)
    parts = [f"{cover.trained:,} of {cover.affected:,} staff affected are trained ({share} %)."]
    worst = cover.worst
    if worst is not None and worst.level != "green":
        parts.append(f"Worst group: {group_text(worst, settings)}, {data.now.ref(Pilot, worst.pilot)}.")
    red = [group for group in cover.groups if group.level in ("red", "amber")]
    if red:
        deep = sum(group.level == "red" for group in red)
        groups = counted(len(red), "group is", "groups are")
        edge = floor if deep == len(red) else needed
        parts.append(
            f"{groups} past go-live and below {edge} %"
            + (f" ({deep} below {floor} %)." if 0 < deep < len(red) else ".")
        )
    return " ".join(parts)


def _missing(data: SummaryData, cover: Coverage, limit: int) -> list[str]:
    sentences = []
    none = [f"{group.name} ({data.now.ref(Pilot, group.pilot)})" for group in cover.groups if not group.recorded]
    if none:
        sentences.append(f"no session recorded for {listed(none, limit)}; counted as 0 trained.")
    if cover.without_need:
        refs = listed((data.now.ref(Pilot, uid) for uid in cover.without_need), limit * 2)
        sentences.append(f"no training need recorded for {refs}, though real users are on.")
    ended = {pilot.uid for pilot in data.pilots} - {pilot.uid for pilot in data.running}
    extra = [
        name + (optional(" (", data.now.ref(Pilot, pilot), ")")) for pilot, name in cover.unneeded if pilot not in ended
    ]
    if extra:
        sentences.append(f"attendance without a training need, not counted: {listed(extra, limit)}.")
    return sentences


def wins(data: SummaryData) -> list[tuple[str, str]]:
    """Return the wins of the period (or the newest), verified ones first."""
    limit = data.now.settings.wins_shown
    recent = [win for win in data.now.all(Win) if in_period(data, win)]
    # By ref, then the newest, then the best evidence: each sort keeps the order of the one before.
    recent.sort(key=lambda win: win.ref)
    recent.sort(key=lambda win: win.event_date, reverse=True)
    recent.sort(key=_trust)
    title = "Small wins"
    if not recent:
        return [(title, f"None recorded{since_words(data)}.")]
    first = recent[:limit]
    verified = sum(bool(win.verified_by) for win in recent)
    alike = len({_trust_words(win) for win in first}) == 1
    names = [_win(data, win, with_trust=not alike) for win in first]
    sentence = f"{verified} of {len(recent)} verified"
    if names:
        sentence += f": {'; '.join(names)}"
    return [(title, f"{sentence}.")]


def in_period(data: SummaryData, win: Win) -> bool:
    """Return whether a win is of the time since the earlier day, or was recorded only since."""
    return data.before is None or win.event_date > data.before.date or data.earlier(Win, win.uid) is None


def _trust(win: Win) -> int:
    if win.verified_by:
        return 0
    return 1 if win.evidence != "none" else 2


def _trust_words(win: Win) -> str:
    if win.verified_by:
        return "verified"
    if win.evidence == "none":
        return "not verified, no evidence"
    return "not verified"


def _win(data: SummaryData, win: Win, *, with_trust: bool) -> str:
    """Return a win on half a line; ``with_trust``: with how far it can be trusted, since the others differ."""
    parts = [data.now.ref(Pilot, win.pilot)]
    if with_trust:
        parts.append(_trust_words(win))
    return short(win.title, TITLE_LENGTH) + optional(" (", ", ".join(filter(None, parts)), ")")
