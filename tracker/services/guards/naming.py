"""People of the register who are named in texts that may be read by anybody."""

import re
from collections.abc import Iterable

from tracker.fields import PUBLIC
from tracker.rules.erasing.folding import letters
from tracker.services.guards.guard import Proposal
from tracker.storage import Query
from tracker.storage.queries import rows

FIELDS = ("display_name", "login", "publish_name")


def note_public_names(proposal: Proposal) -> None:
    """Note who is named in those texts of a record that are public where the record is."""
    note_names(proposal, (field.name for field in proposal.register.settable() if PUBLIC in field.flags))


def note_names(proposal: Proposal, fields: Iterable[str]) -> None:
    """Note who of the register of people is named in new texts of a record; not whose name may be published."""
    texts = {name: str(proposal[name]) for name in fields if proposal[name] and proposal.changed(name)}
    texts = {name: text for name, text in texts.items() if proposal.register.fields()[name].kind == "text"}
    words = set(_words(" ".join(texts.values())))
    people = [
        (name, login)
        for _, _, name, login, may_be_published in (rows(proposal.store, Query("person"), FIELDS) if words else ())
        if not may_be_published and not words.isdisjoint(_words(f"{name} {login or ''}"))
    ]
    if not people:
        return
    from tracker.rules.erasing.forms import Known
    from tracker.rules.public.named import Names
    from tracker.storage.people import surroundings

    vocabulary = surroundings(proposal.store, [])._replace(people=())  # a surname that two people share is still a name
    names = Names((Known((name,), (), tuple(filter(None, [login]))), vocabulary) for name, login in people)
    labels = proposal.register.labels()
    for field, text in texts.items():
        for hit in names.hits(text):
            sentence = f"{labels[field]}: “{hit.part}” is the {hit.what}. Say the role, unless the name may be read."
            proposal.note("names", sentence)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", letters(text))
