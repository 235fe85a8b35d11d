"""Two records of one person become one."""

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_JSON, Session, as_json, command, data, json_value, words


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
    words(
        f"{merged.alias} is the same person as {merged.person} now; {merged.changed} record(s) point there. "
        f"“tracker undo” takes it back."
    )
