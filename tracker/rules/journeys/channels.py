"""The channels through which a service is used, and the part of its cases that each has."""

import re

from tracker.rules.reading import NotRead, suggestion

CHANNELS = ("web", "phone", "face_to_face", "post", "email", "paper_form", "assisted")
ALSO = {
    "online": "web",
    "website": "web",
    "digital": "web",
    "telephone": "phone",
    "call": "phone",
    "calls": "phone",
    "counter": "face_to_face",
    "in_person": "face_to_face",
    "letter": "post",
    "mail": "post",
    "paper": "paper_form",
    "e_mail": "email",
}
OFF_BY = 1.0  # per cent: parts that were rounded need not make 100


def read_channels(text: str) -> dict[str, float]:
    """Return the per cent of each channel in a text such as ``web 40, phone 35, post 25``. Raises NotRead."""
    shares: dict[str, float] = {}
    # A comma between two digits stands before decimals: behind one between parts there is a channel.
    for piece in filter(None, (piece.strip() for piece in re.split(r"[;\n]|,(?!\d)", text))):
        parts = re.fullmatch(r"([^\d]*[a-z])[\s:=]*(\d{1,3}(?:[.,]\d{1,3})?)\s*%?", piece, re.ASCII | re.IGNORECASE)
        if parts is None:
            raise NotRead(
                f"Channel mix: “{piece[:40]}” is not a channel and its per cent. Write web 40, phone 35, post 25."
            )
        word = re.sub(r"[\s-]+", "_", parts[1].strip().lower())
        channel = ALSO.get(word, word)
        if channel not in CHANNELS:
            hint = suggestion(channel, (*CHANNELS, *ALSO))
            raise NotRead(f"Channel mix: “{parts[1]}” is not a channel.{hint} Choose from: {', '.join(CHANNELS)}.")
        if channel in shares:
            raise NotRead(f"Channel mix: {channel} stands there twice: give its per cent once.")
        shares[channel] = float(parts[2].replace(",", "."))
    total = sum(shares.values())
    if abs(total - 100) > OFF_BY + 1e-9:
        raise NotRead(f"Channel mix: the parts make {total:g}%, not 100. Change them so that they do.")
    return shares


def write_channels(mix: dict[str, float]) -> str:
    """Return the per cent of each channel as text that ``read_channels`` reads as the same."""
    return ", ".join(f"{channel} {part:g}" for channel, part in mix.items())
