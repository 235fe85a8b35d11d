"""New records of an import beside those that were here: which of them may be the same, under another key."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from tracker.entities import entity
from tracker.rules.slips import likeness, nearly_same
from tracker.rules.wording import short
from tracker.services.importing.identities import Identities
from tracker.services.importing.outcome import CellRemark, Outcome
from tracker.storage import Link

SHARED = 4  # letters at the beginning, or at the end, of titles that are compared: two slips are seldom at both


def nearly_named(identities: Identities, outcomes: Iterable[Outcome], present: Collection[str]) -> Iterator[Outcome]:
    """Yield the outcomes, each new record with the earlier one that is called nearly so.

    Those that a row is about, whose uids are ``present``, are others for certain.
    """
    beside: dict[str, Mapping[str, list[Link]]] = {}
    for outcome in outcomes:
        if outcome.status != "created":
            yield outcome
            continue
        if outcome.register not in beside:
            before = identities.named_before(entity(outcome.register))
            links = [link for group in before.values() for link in group if link.uid not in present]
            beside[outcome.register] = _by_ends(links)
        yield _beside(outcome, beside[outcome.register], identities)


def _beside(outcome: Outcome, earlier: Mapping[str, list[Link]], identities: Identities) -> Outcome:
    candidates = (link for end in _ends(outcome.title) for link in earlier.get(end, ())) if earlier else ()
    near = next((link for link in candidates if nearly_same(outcome.title, link.name)), None)
    if near is None:
        return outcome
    codes = "".join(f", to the source “{short(code, 60)}”" for code in identities.codes_of(near.uid)[:1])
    words = f"nearly the same name as {near.ref} {short(near.name, 80)}{codes}"
    return outcome._replace(
        remarks=(*outcome.remarks, CellRemark(entity(outcome.register).noun, "near", outcome.title, words))
    )


def _by_ends(links: Iterable[Link]) -> Mapping[str, list[Link]]:
    """Return records by what titles that are nearly the same share."""
    by_end: dict[str, list[Link]] = {}
    for link in links:
        for end in _ends(link.name):
            by_end.setdefault(end, []).append(link)
    return by_end


def _ends(title: str) -> tuple[str, ...]:
    """Return the letters at both ends of a title, and of its words in order: those of nearly equal ones meet."""
    folded = likeness(title)
    words = "".join(sorted(likeness(word) for word in title.split()))
    return f"<{folded[:SHARED]}", f">{folded[-SHARED:]}", f"={words}"
