"""People and training of a pack: coverage by role, sessions, what was learned; and the small wins."""

from typing import Any

from tracker.entities.attendance import Attendance
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.entities.win import Win
from tracker.fields import humanise
from tracker.reports.charting import coverage_chart, merged_groups
from tracker.reports.model import Block, Heading, Missing, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, since_words, source
from tracker.reports.sections.people import in_period, of_running, training
from tracker.rules.signals.result import level_text
from tracker.rules.training import Coverage, Group, coverage
from tracker.rules.wording import counted, date_or, percent, show_date

LEVELS = {"green": "● Green", "amber": "▲ Amber", "red": "■ Red", "grey": "○ Not due"}
GROUP_TITLES = ("Trained>", "Share>", "Needed by", "Standing")
SESSIONS = 12


def people_report(data: SummaryData) -> Section:
    """Return training by role group over the whole programme and by pilot, and the sessions held and planned."""
    now = data.now
    needs = of_running(data, TrainingNeed)
    cover = coverage(data.running, needs, now.all(TrainingSession), now.all(Attendance), now.settings, now.date)
    blocks: list[Block] = list(training(data).blocks)
    groups = merged_groups(cover.groups)
    chart = coverage_chart("training", "Training coverage by role group, all pilots", groups, now.settings)
    if chart is not None:
        blocks += [chart, _groups(data, cover)]
    blocks += _signals(data)
    blocks += _sessions(data)
    paragraph = source(data, "the registers of training needs, sessions, attendance and evaluations")
    return Section("people-report", "People and training", (paragraph, *blocks))


def _groups(data: SummaryData, cover: Coverage) -> Table:
    edges = data.now.settings.training_required, data.now.settings.training_floor
    ordered = sorted(cover.groups, key=lambda group: (data.now.ref(Pilot, group.pilot), group.name))
    rows = tuple((f"{group.name} ({data.now.ref(Pilot, group.pilot)})", *group_cells(data, group)) for group in ordered)
    titles = columns("Role group and pilot", *GROUP_TITLES)
    note = f"Amber is below {edges[0]} %, red below {edges[1]} %, once the day has come."
    return Table("training-groups", "Training by pilot and role group", titles, rows, note=note)


def group_cells(data: SummaryData, group: Group) -> tuple[str, ...]:
    """Return what a table with GROUP_TITLES says of a role group."""
    edges = data.now.settings.training_required, data.now.settings.training_floor
    return (
        f"{group.trained:,} of {group.headcount:,}",
        f"{percent(group.trained, group.headcount, *edges)} %",
        date_or(group.due, "No date"),
        LEVELS.get(group.level, group.level) + ("" if group.recorded else ", no session recorded"),
    )


def _signals(data: SummaryData) -> list[Block]:
    """Return what the people dimension says of each pilot that is not green."""
    rows = tuple(
        (level_text(finding.level), signals.evidence.ref, finding.sentence)
        for signals in data.signals.pilots
        for finding in signals.evidence.dimensions["people"].findings
        if finding.level in ("red", "amber")
    )
    titles = columns("Level", "Pilot", "What the rule found")
    return [Table("training-warnings", "Warnings", titles, rows)] if rows else []


def _sessions(data: SummaryData) -> list[Block]:
    sessions = sorted(data.now.all(TrainingSession), key=lambda session: (session.starts_on, session.ref), reverse=True)
    if not sessions:
        return [Heading("Sessions"), none_recorded("no training session")]
    counts: dict[str, list[Any]] = {}
    for attendance in data.now.all(Attendance):
        counts.setdefault(attendance.session, []).append(attendance)
    rows = tuple(
        (
            f"{session.ref} {session.title}",
            data.now.ref(Pilot, session.pilot) or "–",
            show_date(session.starts_on),
            humanise(session.status),
            _sum(counts.get(session.uid, []), "booked"),
            _sum(counts.get(session.uid, []), "present"),
            _sum(counts.get(session.uid, []), "passed"),
        )
        for session in sessions[:SESSIONS]
    )
    titles = columns("Session", "Pilot", "Date", "Status", "Booked>", "Present>", "Passed>")
    note = f"The newest {SESSIONS} of {len(sessions)}." if len(sessions) > SESSIONS else ""
    table = Table("sessions", "Training sessions, the newest first", titles, rows, note=note)
    return [Heading("Sessions"), table]


def _sum(attendances: list[Any], field: str) -> str:
    counts = [getattr(attendance, field) for attendance in attendances if getattr(attendance, field) is not None]
    return f"{sum(counts):,}" if counts else "–"


def wins_report(data: SummaryData) -> Section:
    """Return the small wins of the period, the verified first."""
    wins = [win for win in data.now.all(Win) if in_period(data, win)]
    wins.sort(key=lambda win: win.event_date, reverse=True)
    wins.sort(key=lambda win: not win.verified_by)
    paragraph = source(data, "the register of small wins")
    title = "Small wins"
    if not wins:
        return Section("all-wins", title, (paragraph, Missing(f"None recorded{since_words(data)} – checked.")))
    rows = tuple(
        (
            f"{win.ref} {win.title}",
            data.now.ref(Pilot, win.pilot) or "–",
            show_date(win.event_date),
            humanise(win.who_benefits) if win.who_benefits else "Not said",
            "● Verified" if win.verified_by else "○ Not verified",
            win.what_changed or "Not described.",
        )
        for win in wins
    )
    sentence = f"{counted(len(wins), 'win')}{since_words(data)}, {sum(bool(w.verified_by) for w in wins)} verified."
    titles = columns("Win", "Pilot", "Date", "Who benefits", "Standing", "What changed+")
    table = Table("wins", "Small wins, the verified first", titles, rows)
    return Section("all-wins", title, (paragraph, Paragraph(sentence), table))
