"""Finding what people mean: records by ref, uid or name, typed text as values, and what is called the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.entities import ENTITIES, Entity, Person, entity, is_tied
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.rules.reading import NotRead, nearest, read
from tracker.rules.refs import parsed_refs
from tracker.rules.wording import short, taken_out, with_article
from tracker.services.typed.conventions import needed_for
from tracker.storage import Store, link
from tracker.storage.columns.sql import Link
from tracker.storage.queries import Query, find, holding, links, refs_meant, rows
from tracker.text import clean

if TYPE_CHECKING:
    from tracker.fields import Looks
    from tracker.services.guards.guard import Values

ME = "me"  # whoever acts, where a person is named


def resolve_ref(store: Store, kind: str, text: str, *, deleted: bool = False) -> Link:
    """Return the record that a text names: a ref, the beginning of a uid, or a unique name or words of it.

    ``me`` is the person who uses the store, and nobody else. Raises TrackerError that lists the candidates when there
    are several or the text is only a part of a word, or the nearest name when there is none. ``deleted`` lets a removed
    record be meant.
    """
    register = entity(kind)
    if register is Person and is_me(text):
        return myself(store)
    if not text.strip():
        raise TrackerError(f"Name {with_article(register.noun)}, by its ref or its name.", _unfound(kind), kind=kind)
    hits = _hits(store, register, " ".join(text.split())) or _person_called(store, kind, text)
    live = [match for match, is_removed in hits if not is_removed]
    removed = [match for match, is_removed in hits if is_removed]
    matches = live
    if deleted:
        matches = live or removed
    if len(matches) == 1:
        return matches[0]
    if matches:
        candidates = "; ".join(map(str, matches[:8]))
        raise TrackerError(f"“{short(text, 80)}” may be any of these {register.plural}: {candidates}. Use the ref.")
    if removed:
        ref = removed[0].ref
        raise TrackerError(f"{ref} was removed.", "found_removed", kind=kind, ref=ref)
    raise _nobody_is_called(store, register, text)


def is_me(text: str) -> bool:
    """Return whether a text stands for whoever acts."""
    return text.strip().casefold() == ME


def myself(store: Store) -> Link:
    """Return the person who uses the store. Raises TrackerError where the file knows nobody of that name."""
    from tracker.services.records.people import who_is

    person = link(store, Person.kind, who_is(store, store.user))
    if person is None:
        raise TrackerError(f"“{ME}” is “{store.user}” here, and nobody in this file is called so.", "who")
    return person


def _unfound(kind: str) -> str:
    """Return the code of an error about a record that is not there; what is tied to records has lists of its own."""
    return f"not_found.{kind}" if is_tied(kind) else "not_found"


def _nobody_is_called(store: Store, register: type[Entity], text: str) -> TrackerError:
    """Return the error that says which record was called so before, or which name is near; of a removed one, that."""
    message = f"There is no {register.noun} “{short(text, 80)}”."
    error = _renamed(message, formerly(store, text, register.kind)) or _inside_words(
        text, [link for link, is_removed in holding(store, register.kind, " ".join(text.split())) if not is_removed]
    )
    if error is not None:
        return error
    of_removed = {uid for uid, _ in rows(store, Query(register.kind, deleted=True), [])}
    named = [record for record in links(store, register.kind).values() if record.name]
    for those, removed in (
        ([record for record in named if record.uid not in of_removed], ""),
        ([record for record in named if record.uid in of_removed], ", which was removed"),
    ):
        guess = _guess(text, those)
        if guess:
            return TrackerError(f"{message} Did you mean “{guess}”{removed}?")
    return TrackerError(message, _unfound(register.kind), kind=register.kind)


def _renamed(message: str, former: Sequence[tuple[str, Link, str]]) -> TrackerError | None:
    """Return the error that says which records were called so before; None where there are none."""
    if len(former) == 1:
        ((kind, link, name),) = former
        sentence = f"{message} {link.ref} was called “{short(name, 80)}” before; now: {short(link.name, 80)}."
        return TrackerError(sentence, "former_name", kind=kind, ref=link.ref)
    if not former:
        return None
    candidates = "; ".join(f"{link} (before: {short(name, 80)})" for _, link, name in former[:8])
    return TrackerError(f"{message} These were called so before: {candidates}. Use the ref.")


def _inside_words(text: str, records: Sequence[Link]) -> TrackerError | None:
    """Return the error that lists whose names hold a text inside a word; None where none does."""
    if not records:
        return None
    candidates = "; ".join(map(str, records[:8]))
    sentence = f"“{short(text, 80)}” is only a part of a word, in {candidates}."
    return TrackerError(f"{sentence} Write the beginning of a word, or use the ref.", "name.part")


def _guess(text: str, records: Sequence[Link]) -> str:
    """Return the name that was probably meant: one that holds all the words, in another order, or else a near one."""
    words = text.casefold().split()
    holding = (record.name for record in records if all(word in record.name.casefold() for word in words))
    return next(holding, "") or nearest(text, [record.name for record in records] + [record.ref for record in records])


def formerly(store: Store, text: str, kind: str = "") -> list[tuple[str, Link, str]]:
    """Return the records of a kind, or of all, that were called so before, removed ones too; the whole name goes first.

    Each comes with its kind and that name. What is called so today is not among them.
    """
    from tracker.rules.erasing.folding import same_name
    from tracker.storage.journal.names import called_before

    exact: dict[str, tuple[str, Link, str]] = {}
    part: dict[str, tuple[str, Link, str]] = {}
    for former in called_before(store, text, kind):
        for record, _ in find(store, former.kind, former.uid):
            if record.name != former.name:
                those = exact if same_name(former.name) == same_name(text) else part
                those.setdefault(record.uid, (former.kind, record, former.name))
    return list((exact or part).values())


def _person_called(store: Store, kind: str, text: str) -> list[tuple[Link, bool]]:
    """Return the person that is called so but for case, accents and spaces, or else those whose role this is."""
    if kind != "person":
        return []
    from tracker.services.records.people import in_role, who_is

    person = link(store, kind, who_is(store, text))
    people = [person] * (person is not None) or in_role(store, text)
    return [(match, False) for match in people if match is not None]


def _hits(store: Store, register: type[Entity], text: str) -> list[tuple[Link, bool]]:
    """Return the records that a text may mean, each with whether it is removed.

    A ref of ours wins; the identifier of another system goes before a part of a name, and beside the whole of one.
    """
    hits = find(store, register.kind, text)
    if any(link.ref in refs_meant(register, text) for link, _ in hits):
        return hits
    uids = {link.uid for kind, link in _known(store, text) if kind == register.kind}
    if not uids:
        return hits
    named = [hit for hit in hits if hit[0].name.casefold() == text.casefold() and hit[0].uid not in uids]
    return [hit for uid in sorted(uids) for hit in find(store, register.kind, uid)] + named


def former_names_listed(store: Store, register: type[Entity], text: str, uids: Sequence[str]) -> list[str]:
    """Return a sentence for each of some records that a list holds for a name that it had before."""
    if not text.strip():
        return []
    from tracker.storage.journal.names import listed_by_former_name

    links_now = {link.uid: link for link in links(store, register.kind).values() if link.uid in set(uids)}
    names = {uid: link.name for uid, link in links_now.items()}
    former = listed_by_former_name(store, register.kind, text, names)
    return [f"{links_now[uid].ref} was called “{short(former[uid], 80)}” before." for uid in uids if uid in former]


def kind_of(ref: str) -> str:
    """Return the kind of record that a ref such as ``R-014`` names. Raises TrackerError."""
    for parts in parsed_refs(ref):
        for kind in ENTITIES:
            if parts.prefix == entity(kind).prefix:
                return kind
    raise TrackerError(f"“{ref}” is not a ref. Write it like R-014 or P-03.")


def resolve_any(store: Store, text: str) -> tuple[str, Link]:
    """Return the kind and the record that a ref, the identifier of another system or a name means, removed or not.

    A ref of ours wins, then an identifier. Raises TrackerError, also where several records are meant.
    """
    if is_me(text):
        return Person.kind, myself(store)
    try:
        kind = kind_of(text)
    except TrackerError:
        return _identified(store, text) or _called(store, text)
    try:
        return kind, resolve_ref(store, kind, text, deleted=True)
    except TrackerError:
        other = _identified(store, text)
        if other is None:
            raise
        return other


def named_by_ref(store: Store, text: str) -> tuple[str, Link] | None:
    """Return the kind and the record, removed or not, whose ref a text is; None where it is no ref of this file."""
    try:
        kind = kind_of(text)
        return kind, resolve_ref(store, kind, text, deleted=True)
    except TrackerError:
        return None


def _called(store: Store, text: str) -> tuple[str, Link]:
    """Return the kind and the record of any register that has a name, whole or in part, or the beginning of a uid.

    Raises TrackerError.
    """
    from tracker.entities.outline import outlines

    sought = " ".join(text.split())
    named = [kind for kind, outline in outlines().items() if outline.name_field] if sought else []
    hits = [(kind, *hit) for kind in named for hit in find(store, kind, sought)]
    full = [hit for hit in hits if hit[1].name.casefold() == sought.casefold()]
    live = [(kind, link) for kind, link, is_removed in full or hits if not is_removed]
    several = live or [(kind, link) for kind, link, _ in full or hits]
    if len(several) == 1:
        return several[0]
    if several:
        raise _several(text, several, "Use the ref.")
    message = f"“{short(text, 80)}” is neither a ref, such as R-014 or P-03, nor the name of a record."
    former = formerly(store, text) if sought else []
    parts = [link for kind in named for link, is_removed in holding(store, kind, sought) if not is_removed]
    raise _renamed(message, former) or _inside_words(text, parts) or TrackerError(message, "not_found.any")


def _several(text: str, records: Sequence[tuple[str, Link]], advice: str) -> TrackerError:
    candidates = "; ".join(f"{link} ({entity(kind).noun})" for kind, link in records[:8])
    return TrackerError(f"“{text}” may be any of these: {candidates}. {advice}")


def _identified(store: Store, text: str) -> tuple[str, Link] | None:
    """Return the one record that another system knows by a text, or None. Raises TrackerError where there are several.

    ``GMPP:0007`` asks for the identifier of one system.
    """
    records = _known(store, text)
    if len(records) > 1:
        raise _several(text, records, f"Use the ref, or SOURCE:{text}.")
    return records[0] if records else None


def _known(store: Store, text: str) -> list[tuple[str, Link]]:
    from tracker.storage.search import identified

    code = text.strip()
    source, colon, remainder = code.partition(":")
    return identified(store, code) or (identified(store, remainder.strip(), source.strip()) if colon else [])


def _side(register: type[Entity], name: str, texts: Mapping[str, str]) -> "Looks | None":
    """Return on which side of today a day lies for the state that is typed with it; None: as its field says."""
    state = texts.get(register.state_field, "").strip().lower().replace(" ", "_").replace("-", "_")
    if name == register.date_field and state and state in register.past_states:
        return "back"
    return None


def read_values(
    store: Store, kind: str, texts: Mapping[str, str], today: date, named: dict[str, Link] | None = None
) -> tuple["Values", list[Note]]:
    """Return typed values (references as uids) for texts by field name, and notes on what was cleaned away.

    The records that texts name are put into ``named``, by field. Raises Invalid with every problem at once.
    """
    values, notes, problems = read_each(store, kind, texts, today, named)
    if problems:
        raise Invalid(problems)
    return values, notes


def read_each(
    store: Store, kind: str, texts: Mapping[str, str], today: date, named: dict[str, Link] | None = None
) -> tuple["Values", list[Note], list[Problem]]:
    """Return the values of texts that can be read, notes on what was cleaned away, and the other texts' problems.

    The records that texts name are put into ``named``, by field.
    """
    named = {} if named is None else named
    fields = entity(kind).fields()
    conventions = needed_for(store, entity(kind), texts)
    values: Values = {}
    problems: list[Problem] = []
    notes: list[Note] = []
    for name, text in texts.items():
        field = fields[name]
        removed = clean(text, lines=field.show.lines > 1).removed
        if removed:
            notes.append(Note("cleaned", taken_out(field.label, removed)))
        try:
            value = read(field, text, today, conventions, _side(entity(kind), name, texts))
            if field.target and value:
                named[name] = resolve_ref(store, field.target, value)
                value = named[name].uid
            values[name] = value
        except NotRead as error:
            problems.append(Problem(name, "not_read", str(error), {"days": error.days}))
        except TrackerError as error:
            problems.append(Problem(name, error.code, f"{field.label}: {error}", error.values))
    return values, notes, problems


def near_title(store: Store, kind: str, uid: str, values: "Values") -> tuple[Note, ...]:
    """Return a line on the newest other record whose title is nearly the one that a record got by some values.

    Nothing where there is none, or the values hold no title.
    """
    register = entity(kind)
    field = register.fields()[register.name_field]
    title = values.get(field.name)
    if field.kind != "text" or not title or register.lead_field != field.name:  # a role is held by many
        return ()
    from tracker.rules.slips import likeness
    from tracker.storage.neighbours import titled_nearly

    namesake = titled_nearly(store, register, str(title), uid)
    if namesake is None:
        return ()
    nearly = "nearly " * (likeness(namesake.name) != likeness(str(title)))
    message = f"{namesake.ref} has {nearly}the same {field.label.lower()}: “{namesake.name}”."
    return (Note("near.title", message, kind=kind, ref=namesake.ref),)
