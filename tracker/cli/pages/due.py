"""The command that says what is late and what is due next, of every register."""

from datetime import date
from typing import Any

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_CSV, AS_OF, Count, OneOf, Session, command, words
from tracker.rules.late import Deadline, Lateness, summed
from tracker.rules.wording import WORKED_OUT, counted, listed
from tracker.services.late import DAYS_AHEAD, dated, late_and_due, people_marked, people_named
from tracker.services.reading import Store, on_day

PAST = ("late", "ago")  # what a day has passed by; of what is counted apart the other word
HEADERS = ("What", "Ref", "Title", "Owner", "Day", "How late")


@command("tracker due --days 14 --mine")
@click.option(
    "--days", type=Count(3660), metavar="N", default=DAYS_AHEAD, help=f"How far ahead; {DAYS_AHEAD} by itself."
)
@click.option("--mine", is_flag=True, help="Only what is yours.")
@click.option("--owner", metavar="NAME", type=Reference("person"), help="Only what is this person's.")
@click.option("--pilot", metavar="REF", type=Reference("pilot"), help="Only what belongs to this pilot.")
@click.option("--kind", metavar="KIND", type=OneOf(*(register.kind for register in dated())), help="Of one register.")
@click.option("--late", "only_late", is_flag=True, help="Only what is late already.")
@click.option("--apart", is_flag=True, help="What is late of pilots that have ended or were removed.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@AS_CSV
@AS_OF
def due(session: Session, days: int, json_: bool, csv_: bool, as_of: str | None, **options: Any) -> None:
    """List what is late and what is due next, of every register: the most urgent first.

    On its day nothing is late yet. What belongs to a pilot that has ended or was removed is counted apart.
    """
    from tracker.cli.shell.tables import listing, terminal_width

    day = session.state_day(as_of)
    today = day or session.today()
    with session.store(read_only=True) as now, on_day(now, day) as store:
        whose, pilot = _people_and_pilot(now, options)
        everything = late_and_due(store, today, days)
        chosen = Lateness(*(_only(part, whose, pilot, options["kind"]) for part in everything))
        names = people_named(store)
        marked = people_marked(store, today)
        looked_at = listed(register.plural for register in dated(store))
    entries = (*chosen.late, *chosen.due)
    if options["only_late"]:
        entries = chosen.late
    if options["apart"]:
        entries = chosen.apart
    headers: tuple[str, ...] = HEADERS
    rows = [_cells(deadline, today, marked) for deadline in entries]
    if terminal_width() is not None:  # what finds no room is rather the day than how late it is
        headers, rows = _days_last(HEADERS), [_days_last(row) for row in rows]
    listing(headers, rows, json=json_, csv=csv_, objects=[_data(entry, today, names) for entry in entries], wide=(2,))
    words(summed(chosen))
    narrowed = any(options[name] for name in ("mine", "owner", "pilot", "kind"))
    number = "Nothing is"
    if chosen.due:
        more = "more " * bool(chosen.late)
        number = counted(len(chosen.due), f"{more}thing is", f"{more}things are")
    ahead = f"{number} due in the next {counted(days, 'day')}."
    words(ahead if narrowed else f"{ahead} Looked at: {looked_at}.")


def _days_last(row: tuple[str, ...]) -> tuple[str, ...]:
    *before, day, late = row
    return *before, late, day


def _people_and_pilot(store: Store, options: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the uids of the person and of the pilot that are options for. Raises TrackerError."""
    from tracker.services.records.finding import ME, resolve_ref

    owner = options["owner"]
    pilot = options["pilot"]
    if options["mine"]:
        owner = ME
    if owner:
        owner = resolve_ref(store, "person", owner, deleted=True).uid
    if pilot:
        pilot = resolve_ref(store, "pilot", pilot, deleted=True).uid
    return owner, pilot


def _only(
    deadlines: tuple[Deadline, ...], owner: str | None, pilot: str | None, kind: str | None
) -> tuple[Deadline, ...]:
    return tuple(
        deadline
        for deadline in deadlines
        if owner in (None, deadline.owner) and pilot in (None, deadline.pilot) and kind in (None, deadline.kind)
    )


def _cells(deadline: Deadline, today: date, names: dict[str, str]) -> tuple[str, ...]:
    from tracker.rules.boards.cycle import days_words

    day = str(deadline.day)
    if deadline.is_worked_out:
        day += f" ({WORKED_OUT})"
    who = names.get(deadline.owner or "", deadline.role)
    lateness = days_words(deadline.day, today, PAST[deadline.apart])
    return deadline.what, deadline.ref, deadline.title, who, day, lateness


def _data(deadline: Deadline, today: date, names: dict[str, str]) -> dict[str, Any]:
    """Return something late or due as JSON has it."""
    owner = deadline.owner
    pilot = deadline.pilot
    return {
        "what": deadline.what,
        "kind": deadline.kind,
        "uid": deadline.uid,
        "ref": deadline.ref,
        "title": deadline.title,
        "owner": {"name": names.get(owner, ""), "uid": owner} if owner else None,
        "role": deadline.role or None,
        "pilot": {"ref": deadline.pilot_ref, "uid": pilot} if pilot else None,
        "day": deadline.day.isoformat(),
        "worked_out": deadline.is_worked_out,
        "days_late": deadline.days_late(today),
        "apart": deadline.apart,
    }
