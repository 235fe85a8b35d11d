"""The papers for a board."""

from pathlib import Path

import click

from tracker.cli.options import OneOf, Suggesting, everywhere, example
from tracker.cli.output import words
from tracker.cli.session import Session


@click.group(cls=Suggesting, epilog=example("tracker report summary --since 2026-10-08"))
@everywhere
def report() -> None:
    """Print the papers for a board."""


@report.command(epilog=example("tracker report summary --as-of 2026-11-12 --since 2026-10-08 -o summary.md"))
@click.option("--as-of", "as_of", metavar="DATE", help="The position at the end of that day; today by itself.")
@click.option("--since", metavar="DATE", help="Tell what changed since the end of that day.")
@click.option(
    "--format",
    "format_",
    type=OneOf("md", "txt", "json"),
    metavar="md|txt|json",
    help="By itself from the name of the file, or txt.",
)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, not to the terminal.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@everywhere
@click.pass_obj
def summary(
    session: Session, as_of: str | None, since: str | None, format_: str | None, output: str | None, force: bool
) -> None:
    """Print the status summary: one page for a governance board."""
    import sys

    from tracker.services.reporting import render, summary

    day, since_day = session.day(as_of) or session.today(), session.day(since)
    ending = Path(output).suffix.lstrip(".").lower() if output else ""
    kind = format_ or (ending if ending in ("md", "txt", "json") else "txt")
    with session.store(read_only=True) as store:
        paper = render(summary(store, day=day, since=since_day), kind)
    if output is None:
        sys.stdout.write(paper.decode("utf-8"))
        return
    from tracker.reports.write import write_report

    write_report(paper, Path(output), force=force)
    words(f"Written to {output}.")
