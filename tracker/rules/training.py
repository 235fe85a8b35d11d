"""Who has been trained: coverage of each pilot's role groups, from needs, sessions held and attendance counts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Attendance, TrainingNeed, TrainingSession
from tracker.entities.pilot import STAGES_WITH_USERS, Pilot
from tracker.rules.settings import Settings
from tracker.rules.slips import likeness
from tracker.rules.wording import optional, percent
from tracker.text import natural_order

# What is there in place of counts of those trained; the last says the most.
LACKING = NO_SESSION, NOT_HELD, NOT_COUNTED = (
    "no session recorded",
    "no session held yet",
    "attendance not recorded",
)


class Group(NamedTuple):
    """How many of a role group are trained for a pilot (a uid).

    ``trained`` never exceeds ``headcount``. ``lacking`` is one of LACKING when no session held so far has counts for
    the group (nobody is then known to be trained), empty when one has. ``due`` is the day by which they should be, when
    one is known. ``level`` is green, amber, red, or grey (not due yet, or no day is known).
    """

    pilot: str
    name: str
    headcount: int
    trained: int
    lacking: str
    mandatory: bool
    due: date | None
    level: str

    @property
    def recorded(self) -> bool:
        """Whether a session held so far has counts for the group."""
        return not self.lacking


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
    sessions = list(sessions)
    held = {session.uid: session.pilot for session in sessions if session.status == "held" and session.starts_on <= day}
    counts = list(counts)
    trained, names = _trained(held, counts)
    offers = _offers(sessions, held, counts)
    groups = [
        _group(of_group, by_uid.get(pilot), trained.get((pilot, name)), settings, day)._replace(
            lacking="" if (pilot, name) in trained else _lacking(pilot, name, offers)
        )
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


class _Offer(NamedTuple):
    """A session: the groups it names (a key of the text), those booked on it, and what it is in place of counts."""

    named: str
    booked: frozenset[str]
    state: str


def _offers(
    sessions: Iterable[TrainingSession], held: Mapping[str, str | None], counts: Iterable[Attendance]
) -> dict[str | None, list[_Offer]]:
    """Return what sessions offer, by the pilot that they belong to."""
    booked: dict[str, set[str]] = {}
    for count in counts:
        booked.setdefault(count.session, set()).add(group_key(count.role_group))
    offers: dict[str | None, list[_Offer]] = {}
    for session in sessions:
        state = NOT_COUNTED if session.uid in held else NOT_HELD
        groups = frozenset(booked.get(session.uid, ()))
        offers.setdefault(session.pilot, []).append(_Offer(group_key(session.role_groups or ""), groups, state))
    return offers


def _lacking(pilot: str, name: str, offers: Mapping[str | None, list[_Offer]]) -> str:
    """Return what is there of a group (its key) that no session has counts of, one of LACKING.

    A session is for the groups that it names or that are booked on it; one of the pilot for all where it names none.
    """
    states = [offer.state for offer in offers.get(pilot, []) if not offer.named or name in offer.named]
    states += [offer.state for offer in offers.get(None, []) if name in offer.named]
    states += [offer.state for key in (pilot, None) for offer in offers.get(key, []) if name in offer.booked]
    return max(states, key=LACKING.index, default=NO_SESSION)


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
        lacking="" if counted is not None else NO_SESSION,
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


def trained_percent(settings: Settings, trained: int, people: int) -> int:
    """Return how many of some people are trained, in whole per cent that never read like a threshold not reached."""
    edges = settings.training_required, settings.training_floor, settings.training_projected_red
    return percent(trained, people, *edges, settings.training_soon_percent, settings.training_early_percent)


def group_text(group: Group, settings: Settings) -> str:
    """Return ``Front-line counter staff: 5 of 18 (28%)``, and what is lacking where nobody was counted."""
    share = trained_percent(settings, group.trained, group.headcount)
    return f"{group.name}: {group.trained:,} of {group.headcount:,} ({share}%)" + optional(", ", group.lacking)


def without_counts(groups: Iterable[Group]) -> list[tuple[str, list[Group]]]:
    """Return the groups of which nobody was counted by what is lacking, in the order of LACKING; none of no group."""
    uncounted = [group for group in groups if group.lacking]
    return [
        (words, [group for group in uncounted if group.lacking == words])
        for words in LACKING
        if any(group.lacking == words for group in uncounted)
    ]
