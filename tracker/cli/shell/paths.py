"""Options that name a file, each worded once; apart from the others, since most commands have none."""

import click

BRAND = click.option("--brand", type=click.Path(), metavar="FILE", help="The house style (or $TRACKER_BRAND).")
TO_FILE = click.option(
    "-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, not to the terminal."
)
