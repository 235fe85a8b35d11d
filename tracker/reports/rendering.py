"""What a renderer is given beside the paper, and what it gives back."""

from typing import NamedTuple

from tracker.errors import TrackerError

ACCENT = "#12436d"  # contrast with white 10.9


USUAL_TEXT = 12.0  # points: the size of a paper's text, where nothing has to fit a page
TEXT_SIZES = (USUAL_TEXT, 11.5, 11.0, 10.5, 10.0)


class Brand(NamedTuple):
    """The house style of an organisation; the plain one needs nothing.

    ``logo`` is the bytes of an SVG or PNG picture and ``logo_alt`` what it shows; ``accent`` a colour whose contrast
    with white is 4.5 or more; ``page`` is a4 or letter; ``fonts`` are font files; ``docx`` and ``odt`` are the bytes
    of the organisation's own templates, which were checked already. ``smallest_text`` is how small, in points, a page
    may be set that has to be one page: 12 forbids it.
    """

    organisation: str = ""
    logo: bytes = b""
    logo_type: str = ""
    logo_alt: str = ""
    accent: str = ACCENT
    page: str = "a4"
    fonts: tuple[bytes, ...] = ()
    docx: bytes = b""
    odt: bytes = b""
    smallest_text: float = 10


PLAIN = Brand()


def text_sizes(brand: Brand) -> tuple[float, ...]:
    """Return the sizes of text, in points and the largest first, of which a single page takes the first that fits."""
    return tuple(size for size in TEXT_SIZES if size >= brand.smallest_text) or (USUAL_TEXT,)


class Rendered(NamedTuple):
    """A finished file, and what the person who sends it should know (such as characters that had to be replaced)."""

    data: bytes
    notes: tuple[str, ...] = ()


class NotRendered(TrackerError):
    """A format that cannot be made here, with a sentence that says why and what to do."""
