"""People of the register of people who are named in a text; what is only a role names nobody."""

import re
from collections.abc import Iterable, Iterator

from tracker.rules.erasing.finding import Finder
from tracker.rules.erasing.folding import letters
from tracker.rules.erasing.forms import Known, Surroundings, forms
from tracker.rules.erasing.ordinary import PARTICLES, ROLES, WORK
from tracker.rules.public.personal_data import Hit

NAME = "name of a person"
LOGIN = "login of a person"


class Names:
    """Finds people by their names and logins in texts that are to be published."""

    def __init__(self, people: Iterable[tuple[Known, Surroundings]]) -> None:
        self._finders: list[Finder] = []
        self._exact: list[tuple[str, re.Pattern[str]]] = []
        for known, around in people:
            things = frozenset(word for thing in around.things for word in _words(thing))
            names = tuple(name for name in known.names if not is_role(name, things))
            logins = tuple(login for login in known.logins if not set(_words(login)) <= WORK | things)
            self._finders.append(Finder(forms(Known(names, (), logins), around)))
            # As they stand in the register they are asked about, though the words may mean something else.
            self._exact += [(NAME, _as_recorded(name)) for name in names]
            self._exact += [(LOGIN, _as_recorded(login)) for login in logins]

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield where somebody is named in a text, each part of it once."""
        parts: dict[str, str] = {}
        for subject, pattern in self._exact:
            parts |= dict.fromkeys(pattern.findall(text), subject)
        for finder in self._finders:
            for hit in finder.hits(text):
                if hit.sureness != "open" and not any(hit.part in part for part in parts):
                    parts[hit.part] = NAME
        for part, subject in parts.items():
            yield Hit(subject, part)


def _as_recorded(name: str) -> re.Pattern[str]:
    """Return the pattern of a name with any spaces; in any case, but a short single word as it is recorded."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    flags = re.IGNORECASE if len(name.split()) > 1 else re.NOFLAG
    return re.compile(rf"(?<![\w@-]){pattern}(?![\w@])", flags)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", letters(text))


def is_role(name: str, things: frozenset[str] = frozenset()) -> bool:
    """Whether a name is only words of a role, such as “Delivery lead, Parking”; ``things`` are words of other names.

    A word for what somebody does is among them, and what follows a comma is a field of work: a single word, or words
    with a small letter or of other names; two words with capitals that nothing is called by may be a person.
    """
    role, _, field = name.partition(",")
    if not set(_words(role)) & ROLES or not _all_known(role, things):
        return False
    small = any(
        word[0].islower() for word in re.findall(r"[^\W\d_]+", field) if letters(word) not in PARTICLES - {"of", "and"}
    )
    return small or len(field.split()) < 2 or _all_known(field, things)


def _all_known(text: str, things: frozenset[str]) -> bool:
    """Whether each word is one of work or of other names; beside words with a capital a small one is no name."""
    words = re.findall(r"[^\W\d_]+", text)
    unknown = [word for word in words if letters(word) not in WORK | ROLES | PARTICLES | things]
    has_capitals = any(word[0].isupper() for word in words)
    return not unknown or (has_capitals and not any(word[0].isupper() for word in unknown))
