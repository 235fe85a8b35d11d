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
from tracker.rules.wording import counted, listed, percent, short

NAMED = 5
NAMED_BRIEFLY = 2
TITLE_LENGTH = 36


def training(data: SummaryData) -> Section:
    """Return how many staff are trained, the worst group, and what nobody has recorded."""
    found = _coverage(data)
    blocks: list[Block] = (
        [Paragraph(_figures(data, found))] if found.groups else [Missing("No training need recorded.")]
    )
    blocks += [Callout("Missing", text) for text in _missing(data, found, NAMED)]
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
    found = _coverage(data)
    said = [_brief(data, found) if found.groups else "No training need recorded."]
    said += [f"{text[:1].upper()}{text[1:]}" for text in _missing(data, found, NAMED_BRIEFLY)]
    return [("Training", " ".join(said))]


def _brief(data: SummaryData, found: Coverage) -> str:
    """Return the figures of training in one sentence."""
    needed, floor = data.now.settings.training_required, data.now.settings.training_floor
    share = percent(found.trained, found.affected, needed, floor)
    parts = [f"{found.trained:,} of {found.affected:,} staff affected trained ({share} %)"]
    if found.worst is not None and found.worst.level != "green":
        parts.append(f"worst: {group_text(found.worst, data.now.settings)}, {data.now.ref(Pilot, found.worst.pilot)}")
    late = [group.level for group in found.groups if group.level in ("red", "amber")]
    if late:
        edge = floor if set(late) == {"red"} else needed
        parts.append(f"{counted(len(late), 'group')} past go-live and below {edge} %")
    return "; ".join(parts) + "."


E = TypeVar("E", bound=Entity)


def of_running(data: SummaryData, register: type[E]) -> list[E]:
    """Return the records of a register that belong to a running pilot."""
    running = {pilot.uid for pilot in data.running}
    return [record for record in data.now.all(register) if getattr(record, "pilot", "") in running]


def _figures(data: SummaryData, found: Coverage) -> str:
    settings = data.now.settings
    needed, floor = settings.training_required, settings.training_floor
    share = percent(found.trained, found.affected, needed, floor)
    parts = [f"{found.trained:,} of {found.affected:,} staff affected are trained ({share} %)."]
    worst = found.worst
    if worst is not None and worst.level != "green":
        parts.append(f"Worst group: {group_text(worst, settings)}, {data.now.ref(Pilot, worst.pilot)}.")
    red = [group for group in found.groups if group.level in ("red", "amber")]
    if red:
        deep = sum(group.level == "red" for group in red)
        groups = counted(len(red), "group is", "groups are")
        edge = floor if deep == len(red) else needed
        parts.append(
            f"{groups} past go-live and below {edge} %"
            + (f" ({deep} below {floor} %)." if 0 < deep < len(red) else ".")
        )
    return " ".join(parts)


def _missing(data: SummaryData, found: Coverage, most: int) -> list[str]:
    said = []
    none = [f"{group.name} ({data.now.ref(Pilot, group.pilot)})" for group in found.groups if not group.recorded]
    if none:
        said.append(f"no session recorded for {listed(none, most)}; counted as 0 trained.")
    if found.without_need:
        refs = listed((data.now.ref(Pilot, uid) for uid in found.without_need), most * 2)
        said.append(f"no training need recorded for {refs}, though real users are on.")
    ended = {pilot.uid for pilot in data.pilots} - {pilot.uid for pilot in data.running}
    extra = [
        name + (f" ({data.now.ref(Pilot, pilot)})" if data.now.ref(Pilot, pilot) else "")
        for pilot, name in found.unneeded
        if pilot not in ended
    ]
    if extra:
        said.append(f"attendance without a training need, not counted: {listed(extra, most)}.")
    return said


def wins(data: SummaryData) -> list[tuple[str, str]]:
    """Return the wins of the period (or the newest), verified ones first."""
    most = data.now.settings.wins_shown
    some = [win for win in data.now.all(Win) if in_period(data, win)]
    # By ref, then the newest, then the best evidence: each sort keeps the order of the one before.
    some.sort(key=lambda win: win.ref)
    some.sort(key=lambda win: win.event_date, reverse=True)
    some.sort(key=_trust)
    title = "Small wins"
    if not some:
        return [(title, f"None recorded{since_words(data)}.")]
    shown = some[:most]
    verified = sum(bool(win.verified_by) for win in some)
    alike = len({_trust_words(win) for win in shown}) == 1
    names = [_win(data, win, told=not alike) for win in shown]
    said = [f"{verified} of {len(some)} verified{':' if names else '.'}"]
    said += [f"{'; '.join(names)}."] if names else []
    return [(title, " ".join(said))]


def in_period(data: SummaryData, win: Win) -> bool:
    """Return whether a win is of the time since the earlier day, or was recorded only since."""
    return data.before is None or win.event_date > data.before.date or data.earlier(Win, win.uid) is None


def _trust(win: Win) -> int:
    return 0 if win.verified_by else 1 if win.evidence != "none" else 2


def _trust_words(win: Win) -> str:
    if win.verified_by:
        return "verified"
    return "not verified" + (", no evidence" if win.evidence == "none" else "")


def _win(data: SummaryData, win: Win, *, told: bool) -> str:
    """Return a win on half a line; ``told``: with how far it can be trusted, since the others differ."""
    parts = [part for part in (data.now.ref(Pilot, win.pilot), _trust_words(win) if told else "") if part]
    return short(win.title, TITLE_LENGTH) + (f" ({', '.join(parts)})" if parts else "")
