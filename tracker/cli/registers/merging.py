"""Two records of one person become one, and the work of one person goes to another."""

from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import Reference, Words, waived_by
from tracker.cli.shell import AS_JSON, Session, as_json, command, data, json_value, say_readings, words
from tracker.entities import registers
from tracker.rules.wording import counted

if TYPE_CHECKING:
    from tracker.services.records.merging import HandedOver

ANSWERED = tuple(register.kind for register in registers() if register.owner_field or register.offices)


@command('tracker person merge PER-026 --into PER-004 --reason "The same person, recorded twice"', "merge")
@click.argument("person", type=Reference("person"))
@click.option("--into", required=True, metavar="REF", type=Reference("person"), help="The record that stays.")
@click.option("--reason", required=True, metavar="TEXT", help="Why they are one person, for the history.")
@AS_JSON
def merge(session: Session, person: str, into: str, reason: str, json_: bool) -> None:
    """Let one record of a person take the place of another. One undo takes it back.

    What points at the other goes to the one that stays, and the other leads there: by its ref, name and login. The
    history keeps what was recorded under either, and two-person rules see one person.
    """
    from tracker.services.records.merging import merge_people, named_people

    with session.store() as store:
        uids = named_people(store, person, into)
        merged = merge_people(store, *uids, session.acting(store), reason=reason)
    if json_:
        people = {"person": json_value(merged.person), "alias": json_value(merged.alias)}
        as_json({**people, "changed": merged.changed})
    else:
        data(merged.person.ref)
    pointing = counted(merged.changed, "record points", "records point")
    words(f"{merged.alias} is the same person as {merged.person} now; {pointing} there. “tracker undo” takes it back.")


@command('tracker hand-over "Data lead" PER-007 --only risk,action --pilot P-03', "hand-over")
@click.argument("giver", metavar="FROM", type=Reference("person"))
@click.argument("taker", metavar="TO", type=Reference("person"))
@click.option("--only", metavar="KIND,…", type=Words(ANSWERED, many=True), help="Only records of these kinds.")
@click.option("--pilot", metavar="REF", type=Reference("pilot"), help="Only what belongs to this pilot, and itself.")
@click.option("--even-though-left", is_flag=True, help="Also where the one who takes over has left.")
@click.option("--reason", metavar="TEXT", help="Why, for the history.")
@AS_JSON
def hand_over(
    session: Session,
    giver: str,
    taker: str,
    only: str | None,
    pilot: str | None,
    even_though_left: bool,
    reason: str | None,
    json_: bool,
) -> None:
    """Give what is open of one person to another: risks, actions, issues, pilots and all else that they answer for.

    What is done stays with whoever did it. One undo takes all of it back.
    """
    from tracker.services.records import merging
    from tracker.services.records.finding import resolve_ref

    with session.store() as store:
        first, second = (
            session.record_meant(side, name, resolve_ref(store, "person", name)).uid
            for side, name in (("from", giver), ("to", taker))
        )
        kinds = merging.kinds_named(tuple(filter(None, (only or "").split(","))))
        of_pilot = ""
        if pilot:
            of_pilot = session.record_meant("pilot", pilot, resolve_ref(store, "pilot", pilot)).uid
        handed = merging.hand_over(
            store,
            first,
            second,
            session.acting(store),
            only=kinds,
            pilot=of_pilot,
            reason=reason,
            waived=waived_by(even_though_left),
        )
    say_readings(session, handed.taker.ref)
    _print_handed(handed, json=json_)


def _print_handed(handed: "HandedOver", *, json: bool) -> None:
    refs = list(dict.fromkeys(ref for group in handed.groups for ref in group.refs))
    if json:
        as_json({"from": json_value(handed.giver), "to": json_value(handed.taker), "moved": refs})
    else:
        for ref in refs:
            data(ref)
    if handed.tx:
        words(f"From {handed.giver} to {handed.taker}: {handed.words}. “tracker undo” takes it back.")
    else:
        words(f"{handed.giver} answers for {handed.words}; nothing was changed.")
