"""Finding what people mean: records by ref, uid or name, and typed text as values."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tracker.entities import ENTITIES, entity
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.rules.reading import NotRead, nearest, read
from tracker.storage import Store, link
from tracker.storage.queries import Link, find, links
from tracker.text import clean

if TYPE_CHECKING:
    from tracker.services.guards.guard import Values


def resolve_ref(store: Store, kind: str, text: str, *, deleted: bool = False) -> Link:
    """Return the record that a text names: a ref, the beginning of a uid, or a unique name.

    Raises TrackerError that lists the candidates when there are several, or the nearest name when there is none.
    ``deleted`` lets a removed record be meant.
    """
    register = entity(kind)
    if not text.strip():
        raise TrackerError(f"Name a {register.noun}, by its ref or its name.", "not_found", kind=kind)
    hits = find(store, kind, " ".join(text.split())) or _person_called(store, kind, text)
    live = [match for match, is_removed in hits if not is_removed]
    removed = [match for match, is_removed in hits if is_removed]
    matches = live
    if deleted:
        matches = live or removed
    if len(matches) == 1:
        return matches[0]
    if matches:
        candidates = "; ".join(map(str, matches[:8]))
        raise TrackerError(f"“{text}” may be any of these {register.plural}: {candidates}. Use the ref.")
    if removed:
        ref = removed[0].ref
        raise TrackerError(f"{ref} was removed.", "found_removed", kind=kind, ref=ref)
    named = [record for record in links(store, kind).values() if record.name]
    guess = nearest(text, [record.name for record in named] + [record.ref for record in named])
    message = f"There is no {register.noun} “{text}”."
    if guess:
        raise TrackerError(f"{message} Did you mean “{guess}”?")
    raise TrackerError(message, "not_found", kind=kind)


def _person_called(store: Store, kind: str, text: str) -> list[tuple[Link, bool]]:
    """Return the person that is called so but for case, accents and spaces, as those are found who act."""
    if kind != "person":
        return []
    from tracker.services.records.people import who_is

    person = link(store, kind, who_is(store, text))
    return [(person, False)] if person else []


def kind_of(ref: str) -> str:
    """Return the kind of record that a ref such as ``R-014`` names. Raises TrackerError."""
    compact = ref.strip().upper().replace("-", "").replace(" ", "")
    letters = compact.rstrip("0123456789")
    for prefix in (letters, letters[:-1]):  # R-B014: the copy of the file with the site letter B
        for kind in ENTITIES:
            if prefix == entity(kind).prefix and letters != compact:
                return kind
    raise TrackerError(f"“{ref}” is not a ref. Write it like R-014 or P-03.")


def resolve_any(store: Store, text: str) -> tuple[str, Link]:
    """Return the kind and the record that a ref names, removed or not. Raises TrackerError."""
    kind = kind_of(text)
    return kind, resolve_ref(store, kind, text, deleted=True)


def read_values(store: Store, kind: str, texts: Mapping[str, str], today: date) -> tuple["Values", list[Note]]:
    """Return typed values (references as uids) for texts by field name, and notes on what was cleaned away.

    Raises Invalid with every problem at once.
    """
    values, notes, problems = read_each(store, kind, texts, today)
    if problems:
        raise Invalid(problems)
    return values, notes


def read_each(
    store: Store, kind: str, texts: Mapping[str, str], today: date
) -> tuple["Values", list[Note], list[Problem]]:
    """Return the values of texts that can be read, notes on what was cleaned away, and the other texts' problems."""
    fields = entity(kind).fields()
    values: Values = {}
    problems: list[Problem] = []
    notes: list[Note] = []
    for name, text in texts.items():
        field = fields[name]
        removed = clean(text, lines=field.show.lines > 1).removed
        if removed:
            notes.append(Note("cleaned", f"{field.label}: {removed} character(s) that cannot be shown were taken out."))
        try:
            value = read(field, text, today)
            values[name] = resolve_ref(store, field.target, value).uid if field.target and value else value
        except NotRead as error:
            problems.append(Problem(name, "not_read", str(error)))
        except TrackerError as error:
            problems.append(Problem(name, error.code, f"{field.label}: {error}", error.values))
    return values, notes, problems
