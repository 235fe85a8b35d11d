"""What in a public paper looks as if it told who somebody is, or the private matter of a single person."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracker.content import content
from tracker.entities import Person
from tracker.errors import TrackerError
from tracker.reports.model import Report
from tracker.reports.texts import texts_of
from tracker.reports.visible.texts import without
from tracker.rules.public.named import Names
from tracker.rules.public.personal_data import Hit, scan
from tracker.rules.public.single_person import PERSON, Words, about_somebody, words_from
from tracker.rules.refs import parsed_refs
from tracker.rules.visible.sight import hidden_words, sight
from tracker.rules.wording import listed
from tracker.services.evidence import everything
from tracker.storage import Store, records
from tracker.storage.people import known_as, surroundings

REF_LIKE = re.compile(r"\b[A-Za-z]{1,4}[- ]?\d{1,9}(?:\.\w+)?\b")
LISTS = (PERSON, "health", "family", "money")  # of data/public/


class Suspect(NamedTuple):
    """A part of a text in a public paper that looks as if it told who somebody is, and the section it stands in."""

    what: str
    part: str
    where: str


class Look(NamedTuple):
    """What texts are looked through for: the people of a programme, and the matters of a single person."""

    names: Names
    words: Words

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield what in a text is to be asked about."""
        yield from scan(text)
        yield from self.names.hits(text)
        yield from about_somebody(text, self.words)


def refuse_telling(store: Store, day: date, reason: str, words: Collection[str] = ()) -> None:
    """Raise TrackerError when a reason that is printed tells of what is restricted, or has words to be blacked out.

    A ref tells of its record however it is written: ``R-014``, ``r14``.
    """
    hidden = hidden_words(sight(day, everything(store)))
    refs = {parsed for word in hidden for parsed in parsed_refs(word)}
    typed = [part for part in REF_LIKE.findall(reason) if refs.intersection(parsed_refs(part))]
    telling = sorted(word for word in hidden | set(words) if without(reason, [word], "") != reason)
    if named := listed(dict.fromkeys([*typed, *telling])):
        sentence = f"The reason is printed in an open paper, and it tells of what is restricted ({named})"
        raise TrackerError(f"{sentence}: say it without, such as “A matter was restricted”.", "board.reason")


def look_of(store: Store) -> Look:
    """Return what public texts are looked through for: every name and login that a file knows and may not publish.

    Former names and removed records are among them; whose name may be published (``publish_name``) is not.
    """
    things = surroundings(store, [])._replace(people=())  # a surname that two people share is none the less a name
    people = [person for deleted in (False, True) for person in records(store, Person, deleted=deleted)]
    hidden = [known_as(store, [person.uid]) for person in people if not person.publish_name]
    return Look(Names((known, things) for known in hidden), _words())


@lru_cache(maxsize=1)
def _words() -> Words:
    return words_from({name: content("public", f"{name}.txt").read_text("utf-8") for name in LISTS})


def suspects(paper: Report, look: Look) -> Iterator[Suspect]:
    """Yield the parts of a paper's texts that are to be asked about, each with its section."""
    for section in paper.sections:
        for text in texts_of(section.blocks):
            for hit in look.hits(text):
                yield Suspect(hit.what, hit.part, section.title)
