"""Training and small wins of a summary."""

from typing import Any

from tracker.fields import humanise
from tracker.reports.data import SummaryData, since_words
from tracker.reports.model import Block, Bullets, Callout, Missing, Paragraph, Section
from tracker.rules.training import Coverage, coverage, group_text
from tracker.rules.wording import counted, listed, percent, short

NAMED = 5
TITLE_LENGTH = 52


def training(data: SummaryData) -> Section:
    """Return how many staff are trained, the worst group, and what nobody has recorded."""
    now = data.now
    found = coverage(
        data.running, of_running(data, "need"), now.of("session"), now.of("attendance"), now.settings, now.day
    )
    blocks: list[Block] = (
        [Paragraph(_figures(data, found))] if found.groups else [Missing("No training need recorded.")]
    )
    blocks += [Callout("Missing", text) for text in _missing(data, found)]
    return Section("training", "People and training", tuple(blocks))


def of_running(data: SummaryData, kind: str) -> list[Any]:
    """Return the records of a kind that belong to a running pilot."""
    running = {pilot.uid for pilot in data.running}
    return [record for record in data.now.of(kind) if record.pilot in running]


def _figures(data: SummaryData, found: Coverage) -> str:
    settings = data.now.settings
    needed, floor = settings.number("training_required"), settings.number("training_floor")
    share = percent(found.trained, found.affected, needed, floor)
    parts = [f"{found.trained:,} of {found.affected:,} staff affected are trained ({share} %)."]
    worst = found.worst
    if worst is not None and worst.level != "green":
        parts.append(f"Worst group: {group_text(worst, settings)}, {data.ref('pilot', worst.pilot)}.")
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


def _missing(data: SummaryData, found: Coverage) -> list[str]:
    said = []
    none = [f"{group.name} ({data.ref('pilot', group.pilot)})" for group in found.groups if not group.recorded]
    if none:
        said.append(f"no session recorded for {listed(none, NAMED)}; counted as 0 trained.")
    if found.without_need:
        refs = listed((data.ref("pilot", uid) for uid in found.without_need), NAMED * 2)
        said.append(f"no training need recorded for {refs}, though real users are on.")
    ended = {pilot.uid for pilot in data.pilots} - {pilot.uid for pilot in data.running}
    extra = [
        name + (f" ({data.ref('pilot', pilot)})" if data.ref("pilot", pilot) else "")
        for pilot, name in found.unneeded
        if pilot not in ended
    ]
    if extra:
        said.append(f"attendance without a training need, not counted: {listed(extra, NAMED)}.")
    return said


def wins(data: SummaryData) -> Section:
    """Return the wins of the period (or the newest), verified ones first."""
    most = data.now.settings.number("wins_shown")
    some = [win for win in data.now.of("win") if in_period(data, win)]
    # By ref, then the newest, then the best evidence: each sort keeps the order of the one before.
    some.sort(key=lambda win: win.ref)
    some.sort(key=lambda win: win.event_date, reverse=True)
    some.sort(key=_trust)
    title = "Small wins"
    if not some:
        return Section("wins", title, (Missing(f"None recorded{since_words(data)}."),))
    blocks: list[Block] = [Bullets(tuple(_win(data, win) for win in some[:most]))] if most else []
    verified = sum(bool(win.verified_by) for win in some)
    if len(some) > most:
        blocks.append(Paragraph(f"{len(some)} recorded, {verified} verified."))
    return Section("wins", title, tuple(blocks))


def in_period(data: SummaryData, win: Any) -> bool:
    """Return whether a win is of the time since the earlier day, or was recorded only since."""
    return data.before is None or win.event_date > data.before.day or data.earlier("win", win.uid) is None


def _trust(win: Any) -> int:
    return 0 if win.verified_by else 1 if win.evidence != "none" else 2


def _win(data: SummaryData, win: Any) -> str:
    pilot = data.ref("pilot", win.pilot)
    trust = "verified" if win.verified_by else "not verified"
    if not win.verified_by:
        trust += ", no evidence" if win.evidence == "none" else f", evidence: {humanise(win.evidence).lower()}"
    return f"{win.ref} {short(win.title, TITLE_LENGTH)} ({', '.join(part for part in (pilot, trust) if part)})"
