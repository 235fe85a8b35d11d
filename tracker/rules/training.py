"""Who has been trained: coverage of each pilot's role groups, from needs, sessions held and attendance counts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Attendance, TrainingNeed, TrainingSession
from tracker.entities.pilot import STAGES_WITH_USERS, Pilot
from tracker.rules.settings import Settings
from tracker.rules.slips import likeness
from tracker.rules.wording import percent
from tracker.text import natural_order


class Group(NamedTuple):
    """How many of a role group are trained for a pilot (a uid).

    ``trained`` never exceeds ``headcount``. ``recorded`` is False when no session held so far has counts for the
    group: nobody is then known to be trained. ``due`` is the day by which they should be, when one is known.
    ``level`` is green, amber, red, or grey (not due yet, or no day is known).
    """

    pilot: str
    name: str
    headcount: int
    trained: int
    recorded: bool
    mandatory: bool
    due: date | None
    level: str


class Coverage(NamedTuple):
    """Training of the whole programme: groups as recorded, totals, and what is missing.

    ``worst`` is None without groups. ``unneeded`` are groups (pilot uid or None, name) with attendance but no
    training need; ``without_need`` are uids of pilots with real users and no need at all; ``uncounted`` are groups
    of which nobody knows how many came to a session that was held: nobody of them is counted for it.
    """

    groups: tuple[Group, ...]
    trained: int
    affected: int
    worst: Group | None
    unneeded: tuple[tuple[str | None, str], ...]
    without_need: tuple[str, ...]
    uncounted: tuple[tuple[str | None, str], ...] = ()


def group_key(name: str) -> str:
    """Return what makes two spellings of a role group the same: letters and digits, whatever stands between them."""
    return likeness(name)


def coverage(
    pilots: Iterable[Pilot],
    needs: Iterable[TrainingNeed],
    sessions: Iterable[TrainingSession],
    counts: Iterable[Attendance],
    settings: Settings,
    day: date,
) -> Coverage:
    """Return the training coverage on a day.

    A count is of those who passed where there was a test, else of those present. People who came to two
    sessions count twice, up to the headcount: attendance holds no names.
    """
    by_uid = {pilot.uid: pilot for pilot in pilots}
    held = {session.uid: session.pilot for session in sessions if session.status == "held" and session.starts_on <= day}
    counts = list(counts)
    trained, names = _trained(held, counts)
    groups = [
        _group(of_group, by_uid.get(pilot), trained.get((pilot, name)), settings, day)
        for (pilot, name), of_group in _merged(needs).items()
    ]
    needed = {(group.pilot, group_key(group.name)) for group in groups}
    with_need = {group.pilot for group in groups}
    return Coverage(
        groups=tuple(groups),
        trained=sum(group.trained for group in groups),
        affected=sum(group.headcount for group in groups),
        worst=_worst(groups, day),
        unneeded=tuple((pilot, names[pilot, name]) for pilot, name in trained if (pilot, name) not in needed),
        without_need=tuple(
            uid for uid, pilot in by_uid.items() if pilot.phase in STAGES_WITH_USERS and uid not in with_need
        ),
        uncounted=_uncounted(held, counts),
    )


GroupKey = tuple[str | None, str]


def _uncounted(pilot_of: Mapping[str, str | None], counts: Iterable[Attendance]) -> tuple[GroupKey, ...]:
    """Return the groups that came to a session that was held, and nobody knows how many."""
    unknown = [
        (pilot_of[count.session], count.role_group)
        for count in counts
        if count.session in pilot_of and count.present is None and count.passed is None
    ]
    return tuple((pilot, name) for pilot, name in dict.fromkeys(unknown))


def _trained(
    pilot_of: Mapping[str, str | None], counts: Iterable[Attendance]
) -> tuple[dict[GroupKey, int], dict[GroupKey, str]]:
    """Return how many of each group were trained in some sessions, whose pilots are given, and the groups' names."""
    trained: dict[GroupKey, int] = {}
    names: dict[GroupKey, str] = {}
    for count in counts:
        number = count.present if count.passed is None else count.passed
        if count.session in pilot_of and number is not None:
            key = pilot_of[count.session], group_key(count.role_group)
            trained[key] = trained.get(key, 0) + number
            names.setdefault(key, count.role_group)
    return trained, names


def _merged(needs: Iterable[TrainingNeed]) -> dict[tuple[str, str], list[TrainingNeed]]:
    merged: dict[tuple[str, str], list[TrainingNeed]] = {}
    for need in needs:
        merged.setdefault((need.pilot, group_key(need.role_group)), []).append(need)
    return merged


def _group(needs: list[TrainingNeed], pilot: Pilot | None, counted: int | None, settings: Settings, day: date) -> Group:
    """Return the coverage of one group; needs for several levels are of the same people."""
    headcount = max(need.headcount for need in needs)
    trained = min(counted or 0, headcount)
    go_live = pilot.first_real_user_on if pilot else None
    days = [due for due in (need.needed_by or go_live for need in needs) if due is not None]
    due = min(days, default=None)
    return Group(
        pilot=needs[0].pilot,
        name=needs[0].role_group,
        headcount=headcount,
        trained=trained,
        recorded=counted is not None,
        mandatory=any(need.mandatory for need in needs),
        due=due,
        level=_level(trained, headcount, due is not None and due <= day, settings),
    )


def _level(trained: int, headcount: int, is_due: bool, settings: Settings) -> str:
    if trained * 100 >= settings.training_required * headcount:
        return "green"
    if not is_due:
        return "grey"
    return "amber" if trained * 100 >= settings.training_floor * headcount else "red"


def _worst(groups: list[Group], day: date) -> Group | None:
    """Return the group with the lowest share: a mandatory one that is due, if there is any."""
    candidates = [group for group in groups if group.mandatory] or groups
    due = [group for group in candidates if group.due is not None and group.due <= day] or candidates
    return min(
        due,
        key=lambda group: (group.trained / group.headcount, -group.headcount, natural_order(group.name)),
        default=None,
    )


def group_text(group: Group, settings: Settings) -> str:
    """Return ``Front-line counter staff: 5 of 18 (28%)``, and whether no session is recorded for them."""
    share = percent(group.trained, group.headcount, settings.training_required, settings.training_floor)
    note = "" if group.recorded else ", no session recorded"
    return f"{group.name}: {group.trained:,} of {group.headcount:,} ({share}%){note}"
