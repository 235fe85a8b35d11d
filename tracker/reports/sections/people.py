"""People and small wins: a line each on the summary; training by role, sessions and every win in the pack."""

from typing import TypeVar

from tracker.entities import Attendance, Entity, Pilot, TrainingNeed, TrainingSession, Win
from tracker.fields import humanise
from tracker.reports.charting import coverage_chart, merged_groups
from tracker.reports.model import Block, Callout, Heading, Missing, Pairs, Paragraph, Section, Table
from tracker.reports.papers.data import (
    SummaryData,
    newest_note,
    since_words,
    sourced,
    table,
    table_or_none,
    verified_cell,
)
from tracker.reports.printed import MOST_ROWS
from tracker.rules.signals.result import level_text
from tracker.rules.totals import brief, total
from tracker.rules.training import Coverage, Group, coverage, group_key, group_text, trained_percent, without_counts
from tracker.rules.wording import counted, listed, optional, show_date, upper_first, verb
from tracker.text import natural_order

NAMED = 5
NAMED_BRIEFLY = 2
WINS_LENGTH = 105  # of the wins on the summary
TRUST = ("verified", "not verified", "not verified, no evidence")
NO_NEED = "No training need recorded."


def training(data: SummaryData) -> Section:
    """Return how many staff are trained, the worst group, and what nobody has recorded."""
    cover = _coverage(data)
    block: Block = Missing(NO_NEED)
    if cover.groups:
        block = Paragraph(_figures(data, cover))
    missing = (Callout("Missing", text) for text in _missing(data, cover, NAMED))
    return Section("training", "People and training", (block, *missing))


def _coverage(data: SummaryData) -> Coverage:
    """Return how far the staff of the running pilots are trained."""
    now = data.now
    needs = of_running(data, TrainingNeed)
    return coverage(data.running, needs, now.all(TrainingSession), now.all(Attendance), now.settings, now.date)


def coverage_of(data: SummaryData, pilot: Pilot) -> Coverage:
    """Return how far the staff of a pilot are trained, by its own sessions and those of the whole programme."""
    now = data.now
    sessions = [*now.of_pilot(TrainingSession, pilot), *now.of(TrainingSession, "pilot", None)]
    counts = [count for session in sessions for count in now.of(Attendance, "session", session.uid)]
    return coverage([pilot], now.of_pilot(TrainingNeed, pilot), sessions, counts, now.settings, now.date)


def trained(data: SummaryData) -> Pairs:
    """Return how many staff are trained, the worst group, and what nobody has recorded, in few words."""
    cover = _coverage(data)
    sentence = NO_NEED
    if cover.groups:
        sentence = _brief(data, cover)
    return [("Training", " ".join((sentence, *map(upper_first, _missing(data, cover, NAMED_BRIEFLY)))))]


def _brief(data: SummaryData, cover: Coverage) -> str:
    """Return the figures of training in one sentence."""
    parts = [_count(data, cover, "trained"), optional("worst: ", _worst(data, cover))]
    late = _late(cover)
    if late:
        parts.append(f"{counted(len(late), 'group')} past go-live and below {_edge(data, late)}%")
    return "; ".join(filter(None, parts)) + "."


def _count(data: SummaryData, cover: Coverage, trained: str) -> str:
    share = trained_percent(data.now.settings, cover.trained, cover.affected)
    return f"{cover.trained:,} of {cover.affected:,} staff affected {trained} ({share}%)"


def _worst(data: SummaryData, cover: Coverage) -> str:
    """Return the group that is trained worst, with its pilot; empty when it is trained well enough."""
    worst = cover.worst
    if worst is None or worst.level == "green":
        return ""
    return f"{group_text(worst, data.now.settings)}, {data.now.ref(Pilot, worst.pilot)}"


def _late(cover: Coverage) -> list[str]:
    """Return the levels of the groups past go-live with too few trained."""
    return [group.level for group in cover.groups if group.level in ("red", "amber")]


def _edge(data: SummaryData, late: list[str]) -> int:
    """Return the share, in per cent, that all of these groups are below."""
    settings = data.now.settings
    return settings.training_required if "amber" in late else settings.training_floor


E = TypeVar("E", bound=Entity)


def of_running(data: SummaryData, register: type[E]) -> list[E]:
    """Return the records of a register that belong to a running pilot."""
    running = {pilot.uid for pilot in data.running}
    return [record for record in data.now.all(register) if getattr(record, "pilot", "") in running]


def _figures(data: SummaryData, cover: Coverage) -> str:
    """Return the figures of training in a few sentences."""
    parts = [f"{_count(data, cover, 'are trained')}.", optional("Worst group: ", _worst(data, cover), ".")]
    late = _late(cover)
    if late:
        groups = counted(len(late), "group is", "groups are")
        sentence = f"{groups} past go-live and below {_edge(data, late)}%"
        if len(set(late)) > 1:
            sentence += f" ({late.count('red')} below {data.now.settings.training_floor}%)"
        parts.append(f"{sentence}.")
    return " ".join(filter(None, parts))


def _missing(data: SummaryData, cover: Coverage, limit: int) -> list[str]:
    sentences = []
    for words, groups in without_counts(cover.groups):
        names = listed((_group_name(data, group) for group in groups), limit)
        sentences.append(f"{words} for {names}; counted as 0 trained.")
    if cover.without_need:
        refs = listed((data.now.ref(Pilot, uid) for uid in cover.without_need), limit * 2)
        sentence = f"no training need recorded for {refs}, in a phase with real users."
        if not cover.groups:  # that there is none stands before it
            sentence = f"{refs} {verb(len(cover.without_need))} in a phase with real users."
        sentences.append(sentence)
    ended = {pilot.uid for pilot in data.pilots} - {pilot.uid for pilot in data.running}
    extra = [
        name + optional(" (", data.now.ref(Pilot, pilot), ")") for pilot, name in cover.unneeded if pilot not in ended
    ]
    unknown = [
        name + optional(" (", data.now.ref(Pilot, pilot), ")") for pilot, name in cover.uncounted if pilot not in ended
    ]
    if unknown:
        sentences.append(f"attendance of sessions held not known, and nobody counted for it: {listed(unknown, limit)}.")
    if extra:
        sentences.append(f"attendance without a training need, not counted: {listed(extra, limit)}.")
    return sentences


def wins(data: SummaryData) -> Pairs:
    """Return the wins of the period (or the newest), verified ones first."""
    limit = data.now.settings.wins_shown
    recent = _in_period(data)
    # By ref, then the newest, then the best evidence: each sort keeps the order of the one before.
    recent.sort(key=lambda win: natural_order(win.ref))
    recent.sort(key=lambda win: win.event_date, reverse=True)
    recent.sort(key=_trust)
    title = "Small wins"
    if not recent:
        return [(title, f"None recorded{since_words(data)}.")]
    first = recent[:limit]
    verified = sum(bool(win.verified_by) for win in recent)
    alike = len(set(map(_trust, first))) == 1
    names = [_win(data, win, with_trust=not alike) for win in first]
    sentence = f"{verified} of {len(recent)} verified"
    if names:
        fitting = _as_fit(names)
        sentence += f"{', such as' * (len(fitting) < len(names))}: {'; '.join(fitting)}"
    return [(title, f"{sentence}.")]


def _group_name(data: SummaryData, group: Group) -> str:
    return f"{group.name} ({data.now.ref(Pilot, group.pilot)})"


def _in_period(data: SummaryData) -> list[Win]:
    """Return the wins of the time since the earlier day, and those that were recorded only since."""
    wins = data.now.all(Win)
    before = data.before
    if before is None:
        return list(wins)
    return [win for win in wins if win.event_date > before.date or data.earlier(Win, win.uid) is None]


def _trust(win: Win) -> int:
    """Return how little a win can be trusted: the place of its words in TRUST."""
    if win.verified_by:
        return 0
    if win.evidence != "none":
        return 1
    return 2


def _as_fit(names: list[str]) -> list[str]:
    """Return the first names that fit, whole; at least the first."""
    return [name for n, name in enumerate(names) if not n or len("; ".join(names[: n + 1])) <= WINS_LENGTH]


def _win(data: SummaryData, win: Win, *, with_trust: bool) -> str:
    """Return a win on half a line; ``with_trust``: with how far it can be trusted, since the others differ."""
    parts = [data.now.ref(Pilot, win.pilot)]
    if with_trust:
        parts.append(TRUST[_trust(win)])
    return win.title + optional(" (", ", ".join(filter(None, parts)), ")")


LEVELS = {"green": "● Green", "amber": "▲ Amber", "red": "■ Red", "grey": "○ Not due"}
WORST = ("red", "amber", "grey", "green")
GROUP_TITLES = ("Trained>", "Share>", "Needed by", "Standing")
SESSIONS = 12


def people_report(data: SummaryData) -> Section:
    """Return training by role group over the whole programme and by pilot, and the sessions held and planned."""
    cover = _coverage(data)
    section = training(data)
    blocks = list(section.blocks)
    groups = merged_groups(cover.groups)
    chart = coverage_chart("training", "Training coverage by role group, all pilots", groups, data.now.settings)
    if chart is not None:
        blocks += [chart, _groups(data, cover)]
    blocks += [*_signals(data), Heading("Sessions"), _sessions(data)]
    origin = "the registers of training needs, sessions, attendance and evaluations"
    return sourced(data, "people-report", section.title, origin, blocks)


def _groups(data: SummaryData, cover: Coverage) -> Table:
    edges = data.now.settings.training_required, data.now.settings.training_floor
    ordered = sorted(
        cover.groups, key=lambda group: (natural_order(data.now.ref(Pilot, group.pilot)), natural_order(group.name))
    )
    caption = "Training by pilot and role group"
    if len(ordered) > MOST_ROWS:
        ordered.sort(key=lambda group: (WORST.index(group.level), group.trained / max(group.headcount, 1)))
        caption += ", the worst first"
    rows = ((_group_name(data, group), *group_cells(data, group)) for group in ordered)
    titles = ("Role group and pilot", *GROUP_TITLES)
    note = f"Amber is below {edges[0]}%, red below {edges[1]}%, once the day has come."
    return table("training-groups", caption, titles, rows, note=note)


def group_cells(data: SummaryData, group: Group) -> tuple[str, ...]:
    """Return what a table with GROUP_TITLES says of a role group."""
    standing = LEVELS.get(group.level, group.level)
    standing += optional(", ", group.lacking)
    return (
        f"{group.trained:,} of {group.headcount:,}",
        f"{trained_percent(data.now.settings, group.trained, group.headcount)}%",
        _needed_by(data, group),
        standing,
    )


def _needed_by(data: SummaryData, group: Group) -> str:
    """Return by when a role group is to be trained, or which kind of nothing is said of that."""
    if group.due is not None:
        return show_date(group.due)
    needs = [need for need in data.now.all(TrainingNeed) if need.pilot == group.pilot]
    of_group = [need for need in needs if group_key(need.role_group) == group_key(group.name)]
    kinds = (brief(data.now, need, "needed_by", "") for need in of_group)
    return next(filter(None, kinds), "No date")


def _signals(data: SummaryData) -> list[Block]:
    """Return what the people dimension says of each pilot that is not green."""
    rows = [
        (level_text(finding.level), signals.evidence.ref, finding.sentence)
        for signals in data.signals.pilots
        for finding in signals.evidence.dimensions["people"].findings
        if finding.level in ("red", "amber")
    ]
    if not rows:
        return []
    return [table("training-warnings", "Warnings", ("Level", "Pilot", "What the records show"), rows)]


def _sessions(data: SummaryData) -> Block:
    sessions = sorted(
        data.now.all(TrainingSession), key=lambda session: (session.starts_on, natural_order(session.ref)), reverse=True
    )
    rows = (
        (
            f"{session.ref} {session.title}",
            data.pilot_ref(session.pilot),
            show_date(session.starts_on),
            humanise(session.status),
            *(_sum(data, session, field) for field in ("booked", "present", "passed")),
        )
        for session in sessions[:SESSIONS]
    )
    caption = "Training sessions, the newest first"
    titles = ("Session", "Pilot", "Date", "Status", "Booked>", "Present>", "Passed>")
    note = newest_note(SESSIONS, len(sessions))
    return table_or_none("sessions", caption, titles, rows, "no training session", note=note)


def _sum(data: SummaryData, session: TrainingSession, field: str) -> str:
    """Return how many were booked, were present or passed, as far as it was counted."""
    attendances = data.now.of(Attendance, "session", session.uid)
    figure = total(data.now, attendances, field)
    if not figure.given:
        return "–"
    if figure.given == figure.of:
        return f"{figure.amount:,}"
    return f"{figure.amount:,} (of {figure.scope('groups')})"


def wins_report(data: SummaryData) -> Section:
    """Return the small wins of the period, the verified first."""
    wins = _in_period(data)
    wins.sort(key=lambda win: win.event_date, reverse=True)
    wins.sort(key=lambda win: not win.verified_by)
    rows = (
        (
            f"{win.ref} {win.title}",
            data.pilot_ref(win.pilot),
            show_date(win.event_date),
            humanise(win.who_benefits or "") or "Not said",
            verified_cell(win),
            win.what_changed or "Not described.",
        )
        for win in wins
    )
    sentence = f"{counted(len(wins), 'win')}{since_words(data)}, {sum(bool(w.verified_by) for w in wins)} verified."
    titles = ("Win", "Pilot", "Date", "Who benefits", "Standing", "What changed+")
    blocks: list[Block] = [Missing(f"None recorded{since_words(data)} – checked.")]
    if wins:
        blocks = [Paragraph(sentence), table("wins", "Small wins, the verified first", titles, rows)]
    return sourced(data, "all-wins", "Small wins", "the register of small wins", blocks)
