"""What a board decided, and its minutes, in a shell."""

from typing import TYPE_CHECKING

import click

from tracker.cli.board.cycle import step
from tracker.cli.papers.files import check_place, deliver, destination
from tracker.cli.papers.public import ACCEPT, accepted_parts
from tracker.cli.registers.field_options import BOARD, EVEN_THOUGH_LEFT, Reference, Words, waived_by
from tracker.cli.shell import OVERWRITE_ONE, RECORDED, Session, command, confirm_saved, data, read_word, words
from tracker.cli.shell.paths import BRAND, TO_FILE
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.services.reading import Acting, Store
    from tracker.services.records.writing import Saved

MEMBERS = click.option("--members", is_flag=True, help="Those for members alone, with what is restricted.")
WORDS = ("approved", "approved-with-conditions", "rejected", "noted", "deferred")
DECIDE = (
    "tracker board decide D-011 --board B-02 --outcome approved-with-conditions "
    '--condition "Train the desks; owner Data lead; due 2027-01-15"'
)


@command(DECIDE)
@click.argument("ref", metavar="DECISION", type=Reference("decision"))
@click.option("--board", type=Reference("board"), metavar="REF", help="The meeting; by itself the decision's own.")
@click.option(
    "--outcome", type=Words(WORDS), metavar="WORD", required=True, help=f"What it answered: {', '.join(WORDS)}."
)
@click.option("--rationale", metavar="TEXT", help="Why it was decided so.")
@click.option(
    "--condition",
    "conditions",
    multiple=True,
    metavar="TEXT",
    help="What has to be done: “TEXT; owner NAME; due DATE”. It becomes an action. May be repeated.",
)
@click.option("--owner", type=Reference("person"), metavar="REF", help="Of the conditions that name none.")
@click.option("--due", metavar="DATE", help="Of the conditions that name none; 90 days after the meeting by itself.")
@click.option("--gate", type=Reference("gate"), metavar="REF", help="A gate that asks for the same conditions.")
@EVEN_THOUGH_LEFT
@click.option("--on", metavar="DATE", help="When; by itself the day of the meeting.")
@click.option("--review-on", metavar="DATE", help="When to see whether it was right.")
def decide(
    session: Session,
    ref: str,
    board: str | None,
    outcome: str,
    rationale: str | None,
    conditions: tuple[str, ...],
    owner: str | None,
    due: str | None,
    gate: str | None,
    on: str | None,
    review_on: str | None,
    even_though_left: bool,
) -> None:
    """Record what a board decided, with its conditions as actions, all in one change."""
    from tracker.services.board.deciding import OUTCOMES, Answer, decide_as_typed

    decided = read_word("Outcome", outcome, OUTCOMES)
    answer = Answer(
        decided, rationale, (), None, session.day(on, "--on"), session.day(review_on, "--review-on", "ahead")
    )
    answer = answer._replace(waived=waived_by(even_though_left))
    with session.store() as store:
        saved = decide_as_typed(
            store,
            ref,
            board or "",
            answer,
            session.acting(store),
            conditions=conditions,
            owner=owner or "",
            due=due or "",
            gate=gate or "",
        )
    confirm_saved(saved, RECORDED, session)


@command("tracker board minutes B-02 -o minutes.docx")
@click.argument("ref", metavar="BOARD|ITEM", type=Reference())
@click.option("--text", metavar="TEXT", help="The minutes of an agenda item (AG-003), by roles; not with a board.")
@click.option(
    "--format", "format_", metavar="FORMAT", help="As “tracker report pack”; by itself from the file, or txt."
)
@TO_FILE
@MEMBERS
@BRAND
@OVERWRITE_ONE
def minutes(
    session: Session,
    ref: str,
    text: str | None,
    format_: str | None,
    output: str | None,
    members: bool,
    brand: str | None,
    force: bool,
) -> int:
    """Print the minutes of a meeting, made from its records; or write those of an agenda item with --text.

    A meeting that was held goes on to draft minutes. What is restricted is counted in them, and told in those of
    --members.
    """
    from tracker.cli.shell.mending import in_shell
    from tracker.services.board.cycle import meeting, resolve_meeting
    from tracker.services.board.minutes import draft, left_out_since
    from tracker.services.papers.files import find_house

    if text is not None:
        return _write_item(session, ref, text)
    goal = destination([format_] if format_ else [], output)
    name = "members-" * members + "minutes"
    house = find_house(session.chosen().path, brand)
    with session.store() as store:
        uid = resolve_meeting(store, ref)
        check_place(goal, name, force=force)
        report, begins = draft(store, uid, session.acting(store), members=members)
        caution = left_out_since(store, meeting(store, uid))
    code = deliver(goal, name, report, house, None, force=force)
    if caution is not None and not members:
        words(in_shell(caution))
    if begins:
        words("The minutes are a draft now. “tracker undo” takes that back.")
    return code


def _write_item(session: Session, ref: str, text: str) -> int:
    from tracker.services.board.minutes import write
    from tracker.services.records.finding import kind_of, resolve_ref

    if kind_of(ref) != "item":
        raise TrackerError(f"{ref} is no agenda item: minutes are written item by item, such as AG-003.")
    with session.store() as store:
        saved = write(store, resolve_ref(store, "item", ref).uid, text, session.acting(store))
    for note in saved.notes:
        words(note)
    data(saved.ref)
    return 0


@command("tracker board notice B-02 -o notice.pdf")
@BOARD
@click.option(
    "--format", "format_", metavar="FORMAT", help="As “tracker report pack”; by itself from the file, or txt."
)
@TO_FILE
@MEMBERS
@BRAND
@OVERWRITE_ONE
def notice(
    session: Session,
    ref: str,
    format_: str | None,
    output: str | None,
    members: bool,
    brand: str | None,
    force: bool,
) -> int:
    """Print the notice of a meeting: day, time and place, who is expected, its agenda, and by when papers go out.

    It is made from the file as it stands, before any paper is frozen. Restricted items are counted in it, and told in
    that of --members.
    """
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.board.notice import notice as make_notice
    from tracker.services.papers.files import find_house

    goal = destination([format_] if format_ else [], output)
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        report = make_notice(store, resolve_meeting(store, ref), session.today(), members=members)
    name = "members-" * members + "notice"
    check_place(goal, name, force=force)
    return deliver(goal, name, report, house, None, force=force)


@command('tracker board approve B-02 --by "Deputy Chief Executive"')
@BOARD
@click.option("--by", "person", type=Reference("person"), required=True, metavar="REF", help="Who approved them.")
@click.option("--on", metavar="DATE", help="When; today by itself.")
def approve(session: Session, ref: str, person: str, on: str | None) -> None:
    """Record that the minutes were approved. They stay as they are from then on; corrections are listed."""
    from tracker.services.board.minutes import issue
    from tracker.services.records.finding import resolve_ref

    day = session.day(on, "--on")

    def take(store: "Store", uid: str, by: "Acting") -> "Saved":
        approved_by = session.record_meant("by", person, resolve_ref(store, "person", person))
        return issue(store, uid, approved_by.uid, by, on=day)

    step(session, ref, take)


@command("tracker board publish B-02")
@BOARD
@click.option("--on", metavar="DATE", help="When; today by itself.")
@ACCEPT
@click.option("--early", metavar="REASON", help="Why it goes out before its day (setting publication_delay_days).")
def publish(session: Session, ref: str, on: str | None, accept: tuple[str, ...], early: str | None) -> None:
    """Record that what a meeting was shown and decided was published, and keep its public version for good.

    Texts of it are looked through for personal data first. “tracker report public --board B-02” gives the papers.
    """
    from tracker.services.board.publishing import publish as record_it

    day = session.day(on, "--on")
    accepted = accepted_parts(accept)
    step(session, ref, lambda store, uid, by: record_it(store, uid, by, on=day, accepted=accepted, early=early))


@command("tracker board withdraw B-02 --reason 'A figure of P-02 was wrong'")
@BOARD
@click.option("--reason", metavar="TEXT", required=True, help="Why; it is public.")
@click.option("--on", metavar="DATE", help="When; today by itself.")
@ACCEPT
def withdraw(session: Session, ref: str, reason: str, on: str | None, accept: tuple[str, ...]) -> None:
    """Record that the public version of a meeting was withdrawn, by whom, when and why.

    What was public stays, with its hash. “tracker report public --board B-02” makes what stands in its place, later
    public papers say it too, and “tracker board publish B-02” publishes it anew.
    """
    from tracker.services.board.withdrawing import withdraw as record_it

    day = session.day(on, "--on")
    accepted = accepted_parts(accept)
    step(session, ref, lambda store, uid, by: record_it(store, uid, by, reason, on=day, accepted=accepted))
