"""The public version: papers and an open dashboard with nothing in them but what may be published."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.papers.files import check_place, deliver, destination, format_option
from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import OVERWRITE, Session, command, data, misused, words
from tracker.cli.shell.paths import BRAND
from tracker.cli.shell.tables import table
from tracker.reports.formats import PAPERS

if TYPE_CHECKING:
    from tracker.reports.branding.brand import Branding
    from tracker.rules.public.release import Withheld
    from tracker.services.papers.public import Published

ACCEPT = click.option(
    "--accept",
    multiple=True,
    metavar="WORDS=REASON",
    help="A text that looks like personal data may be shown, and why. May be repeated.",
)


@command("tracker report public --as-of 2026-11-12 --site open/")
@click.option("--as-of", "as_of", metavar="DATE", help="The position at the end of that day; else today's.")
@click.option("--board", type=Reference("board"), metavar="REF", help="What that meeting was shown, as it was frozen.")
@click.option("--published-on", metavar="DATE", help="When it goes out; today by itself.")
@click.option("--site", type=click.Path(), metavar="FOLDER", help="Write an open dashboard into an empty folder.")
@format_option(PAPERS)
@click.option("-o", "--output", type=click.Path(), metavar="FILE|FOLDER/", help="Write to a file, or many to a folder.")
@ACCEPT
@click.option("--withheld", is_flag=True, help="List what stays behind and why; for those who run the programme.")
@BRAND
@OVERWRITE
def public(session: Session, **options: Any) -> int:
    """Print or write the public version, or an open dashboard (--site).

    Only records marked public are in it, only the fields on the allow-list, and no small numbers. Texts are looked
    through for personal data; that look is a help, not a guarantee. Of a board it is what “tracker board publish”
    kept, once it was published; a programme may lay down how many days lie between the minutes and that.
    """
    return _public(session, **options)


def _public(
    session: Session,
    as_of: str | None,
    board: str | None,
    published_on: str | None,
    site: str | None,
    formats: Sequence[str],
    output: str | None,
    accept: Sequence[str],
    withheld: bool,
    brand: str | None,
    force: bool,
) -> int:
    from tracker.services.papers.files import find_house, stem
    from tracker.services.papers.template_texts import check_public_templates

    house = find_house(session.chosen().path, brand)
    goal = destination(formats, output)
    accepted = accepted_parts(accept)
    check_public_templates(house.brand, goal.kinds, accepted)
    if board:
        version = _of_board(session, board, as_of, published_on, accepted, inside=withheld)
    else:
        version = _of_day(session, as_of, published_on, accepted)
    name = stem("public", version.report.header.as_of)
    if withheld:
        _list(version.withheld)
        return 0
    code = 0
    if site is not None:
        _write_site(Path(site), version, house, force=force)
    else:
        check_place(goal, name, force=force)
        code = deliver(goal, name, version.report, house, None, force=force)
    for note in version.lacking:
        words(note)
    return code


def _of_day(session: Session, as_of: str | None, published_on: str | None, accepted: dict[str, str]) -> "Published":
    from tracker.services.papers.public import published

    day = session.past_day(as_of, "--as-of") or session.today()
    goes_out = session.day(published_on, "--published-on") or session.today()
    if goes_out < day:
        raise misused("--published-on lies before the day of the position.")
    with session.store(read_only=True) as store:
        return published(store, day, accepted=accepted, on=goes_out)


def _of_board(
    session: Session,
    board: str,
    as_of: str | None,
    published_on: str | None,
    accepted: dict[str, str],
    *,
    inside: bool,
) -> "Published":
    from tracker.services.board.publishing import public_of_board
    from tracker.services.papers.files import named_board

    if as_of:
        raise misused("--board has a day of its own: leave --as-of out.")
    if published_on:
        raise misused("“tracker board publish” says when what a board was shown went out: leave --published-on out.")
    with session.store(read_only=True) as store:
        uid = named_board(store, board).uid
        return public_of_board(store, uid, session.today(), accepted=accepted, inside=inside)


def accepted_parts(texts: Sequence[str]) -> dict[str, str]:
    """Return what --accept lets through, with the reasons. Raises UsageError for one that gives none."""
    accepted = {}
    for text in texts:
        words, sign, reason = text.partition("=")
        if not sign or len(reason.strip()) < 5:
            raise misused(f"--accept “{text}” needs the words, “=”, and a reason of five characters or more.")
        accepted[words.strip()] = reason.strip()
    return accepted


def _list(withheld: "Sequence[Withheld]") -> None:

    table(("Ref", "Kind", "Why"), [(record.ref, record.kind, record.why) for record in withheld], (2,))
    words(f"{len(withheld)} records stay behind. Keep this list inside.")


def _write_site(folder: Path, version: "Published", house: "Branding", *, force: bool) -> None:
    from tracker.reports.files.site import site
    from tracker.reports.files.write import write_tree

    pages = [(name, house.applied(page)) for name, page in version.pages]
    files = site(house.applied(version.report), pages, house.brand)
    for path in write_tree(folder, files, force=force):
        data(str(path))
    words(f"An open dashboard of {len(files)} files is in {folder}; it opens with {folder / 'index.html'}.")
