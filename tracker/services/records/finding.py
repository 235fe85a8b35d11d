"""Finding what people mean: records by ref, uid or name, and typed text as values."""

from datetime import date
from typing import Any

from tracker.entities import ENTITIES, entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.rules.reading import NotRead, nearest, read
from tracker.storage.queries import Link, find, links
from tracker.storage.store import Store
from tracker.text import clean


def resolve(store: Store, kind: str, text: str, *, deleted: bool = False) -> Link:
    """Return the record that a text names: a ref, the beginning of a uid, or a unique name.

    Raises TrackerError that lists the candidates when there are several, or the nearest name when there is none.
    ``deleted`` lets a removed record be meant.
    """
    which = entity(kind)
    if not text.strip():
        raise TrackerError(f"Name a {which.noun}, by its ref or its name. “tracker {kind} list” shows them.")
    found = find(store, kind, text.strip())
    meant = found if deleted else [pair for pair in found if not pair[1]]
    if len(meant) > 1 and deleted:
        meant = [pair for pair in meant if not pair[1]] or meant
    if len(meant) == 1:
        return meant[0][0]
    if len(meant) > 1:
        listed = "; ".join(str(link) for link, _ in meant[:8])
        raise TrackerError(f"“{text}” may be any of these {which.plural}: {listed}. Use the ref.")
    if found:
        ref = found[0][0].ref
        raise TrackerError(f"{ref} was removed. Bring it back with “tracker {kind} restore {ref}”.")
    known = [link for link in links(store, kind).values() if link.name]
    guess = nearest(text, [link.name for link in known] + [link.ref for link in known])
    hint = f" Did you mean “{guess}”?" if guess else f" “tracker {kind} list” shows them."
    raise TrackerError(f"There is no {which.noun} “{text}”.{hint}")


def kind_of(ref: str) -> str:
    """Return the kind of record that a ref such as ``R-014`` names. Raises TrackerError."""
    compact = ref.strip().upper().replace("-", "").replace(" ", "")
    letters = compact.rstrip("0123456789")
    for whole in (letters, letters[:-1]):  # R-B014: the copy of the file with the site letter B
        for kind in ENTITIES:
            if whole == entity(kind).prefix and letters != compact:
                return kind
    raise TrackerError(f"“{ref}” is not a ref. Write it like R-014 or P-03.")


def resolve_any(store: Store, text: str) -> tuple[str, Link]:
    """Return the kind and the record that a ref names, removed or not. Raises TrackerError."""
    kind = kind_of(text)
    return kind, resolve(store, kind, text, deleted=True)


def read_values(store: Store, kind: str, texts: dict[str, str], today: date) -> tuple[dict[str, Any], list[str]]:
    """Return typed values (references as uids) for texts by field name, and notes on what was cleaned away.

    Raises Invalid with every problem at once.
    """
    fields = entity(kind).fields()
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for name, text in texts.items():
        field = fields[name]
        removed = clean(text, lines=field.show.lines > 1).removed
        if removed:
            notes.append(f"{field.label}: {removed} character(s) that cannot be shown were taken out.")
        try:
            value = read(field, text, today)
            values[name] = resolve(store, field.target, value).uid if field.target and value else value
        except NotRead as error:
            problems.append(Problem(name, "read_values.name", str(error)))
        except TrackerError as error:
            problems.append(Problem(name, "read_values.name", f"{field.label}: {error}"))
    if problems:
        raise Invalid(problems)
    return values, notes
