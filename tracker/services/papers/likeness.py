"""Whether a file is what a paper gives in a format: byte for byte, or by its parts."""

from collections.abc import Iterator

from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.packages import properties_beside
from tracker.reports.formats import Format, make
from tracker.reports.model import NotRendered, Report
from tracker.rules.wording import listed
from tracker.text import plain

BYTES = "byte for byte"
MOST_PROPERTIES = 8  # named in a sentence


def rendered_same(report: Report, form: Format, data: bytes, house: Branding) -> bool:
    """Return whether a paper gives these very bytes in a format, in a house style or in none.

    Raises NotRendered when the format cannot be made here, so that nothing can be said.
    """
    return any(rendered == data for rendered in _rendered(report, form, house))


def sameness(report: Report, form: Format, data: bytes, house: Branding) -> str | None:
    """Return how a file is what a paper gives: ``byte for byte``, or by its parts and what was added; None: it is not.

    Raises NotRendered when the format cannot be made here, so that nothing can be said.
    """
    for rendered in _rendered(report, form, house):
        if rendered == data:
            return BYTES
        beside = properties_beside(rendered, data)
        if beside is not None:
            words = "it was packed anew"
            if beside:
                words = f"properties were added or changed: {listed(map(plain, beside), MOST_PROPERTIES)}"
            return f"part by part; {words}"
    return None


def _rendered(report: Report, form: Format, house: Branding) -> Iterator[bytes]:
    """Yield a paper in a format, in a house style and in none. Raises NotRendered, last, for what cannot be made."""
    trouble = None
    for style in dict.fromkeys((house, NO_BRANDING)):
        try:
            yield make(style.applied(report), form.name, style.brand).data
        except NotRendered as error:
            trouble = error
    if trouble is not None:
        raise trouble
