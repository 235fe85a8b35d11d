"""Erasing a person: first where the name stands, then the question, then the erasure."""

import shlex
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import (
    AS_JSON,
    WITHOUT_ASKING,
    Session,
    as_json,
    command,
    confirm,
    data,
    json_object,
    json_value,
    misused,
    words,
)
from tracker.rules.wording import counted, verb

if TYPE_CHECKING:
    from tracker.services.erasing import Decision, Erased, Looked, Mention
    from tracker.services.reading import Link, Store

HEADINGS = {
    "certain": "Certain: these go.",
    "likely": "Likely: these go, unless they are left (--leave REF or WORD).",
    "open": "Words that mean something else too: these stay, unless they are named (--take REF or WORD).",
}
WHERE = {"record": "", "journal": "history of ", "reason": "change "}
NOT_LOOKED_INTO = "Papers, archives and e-mails that left the file are not looked into."


@command('tracker erase PER-012 --reason "Left; asked to be erased"')
@click.argument("person", type=Reference("person"))
@click.option("--reason", metavar="TEXT", help="Why; it stays in the history.")
@click.option("--list", "only_list", is_flag=True, help="Only list where the name stands.")
@click.option("--leave", multiple=True, metavar="REF|WORD", help="Leave what is likely there. May be repeated.")
@click.option("--take", multiple=True, metavar="REF|WORD", help="Take an ordinary word too. May be repeated.")
@WITHOUT_ASKING
@AS_JSON
def erase(
    session: Session,
    person: str,
    reason: str | None,
    only_list: bool,
    leave: tuple[str, ...],
    take: tuple[str, ...],
    yes: bool,
    json_: bool,
) -> None:
    """Erase a person's name and addresses from the whole file, history included. It cannot be undone.

    First it lists where the name stands, however it is written: what is certain, what is likely (a surname or first
    name alone), and words that mean something else too, such as May or Mark. Where a terminal is there to answer, it
    asks for each that is not certain.
    """
    from tracker.services.erasing import Decision, look_for, refuse_unknown
    from tracker.services.records.finding import resolve_ref

    if not reason and not only_list:
        raise misused("Say why the person is erased (--reason “…”), or list where the name stands with --list.")
    decision = Decision.of(leave, take)
    with session.store(read_only=only_list, upkeep=False) as store:  # a backup made now would keep the name
        link = resolve_ref(store, "person", person, deleted=True)
        looked = look_for(store, link.uid, session.now())
        refuse_unknown(looked, decision)
        if not only_list:
            _erase(session, store, link, looked, _Way(decision, reason or "", yes, json_))
        elif json_:
            as_json(_as_object(looked, decision, None))
        else:
            _print(looked, decision)


class _Way(NamedTuple):
    """How somebody wants to erase."""

    decision: "Decision"
    reason: str
    yes: bool
    json: bool


def _erase(session: Session, store: "Store", link: "Link", looked: "Looked", way: _Way) -> None:
    """Show where the person stands, ask, and erase; the list goes where the question does."""
    from tracker.services.erasing import erase_person, remove_beside

    decision = way.decision
    if not way.yes:
        with redirect_stdout(sys.stderr):
            _print(looked, decision)
        if sys.stdin is not None and sys.stdin.isatty():
            decision = _ask_each(looked, decision)
    confirm(f"Erase {link} from the whole file? This cannot be undone.", way.yes)
    erased = erase_person(store, link.uid, session.acting(store), reason=way.reason, decision=decision)
    stuck = remove_beside(looked)
    if way.json:
        as_json(_as_object(looked, decision, erased))
    else:
        data(link.ref)
    if erased.clock:
        words(erased.clock)
    _say(looked, decision, erased)
    for path in stuck:
        words(f"{path} could not be removed: remove it by hand.")


def _goes(mention: "Mention", decision: "Decision") -> bool:
    from tracker.services.erasing import goes

    return goes(mention, decision)


def _print(looked: "Looked", decision: "Decision") -> None:
    """Print where the person stands, by how sure it is, and what lies beside the file."""
    from tracker.cli.shell.tables import table

    for sureness, heading in HEADINGS.items():
        mentions = [mention for mention in looked.mentions if mention.sureness == sureness]
        if mentions:
            data(heading)
            cells = [[*_cells(mention), "goes" if _goes(mention, decision) else "stays"] for mention in mentions]
            table(["Where", "Field", "Written", "Passage", "Then"], cells, [4])
            data("")
    for line in _beside(looked):
        data(line)
    data(NOT_LOOKED_INTO)


def _cells(mention: "Mention") -> list[str]:
    times = f" ({mention.times}×)" if mention.times > 1 else ""
    return [f"{WHERE[mention.where]}{mention.key}{times}", mention.field, mention.part, mention.passage]


def _beside(looked: "Looked") -> list[str]:
    """Return what becomes of drafts, leftovers, frozen papers and backups, in sentences."""
    lines = [f"A draft goes that was typed and not saved: {path}" for path in looked.drafts]
    lines += [f"What a killed command left goes: {path}" for path in looked.parts]
    if looked.frozen:
        lines.append(
            f"Frozen papers keep the name, since what a board was shown never changes: {', '.join(looked.frozen)}. "
            f"Papers that are frozen again (“tracker board freeze”) do not hold it: publish and archive those."
        )
    if looked.copies:
        paths = " ".join(shlex.quote(str(path)) for path in looked.copies)
        backups = counted(len(looked.copies), "backup")
        stay = verb(len(looked.copies), "stays", "stay")
        lines.append(f"{backups} may hold the name, and {stay}. When you may: rm -- {paths}")
    return lines


def _ask_each(looked: "Looked", decision: "Decision") -> "Decision":
    """Ask for each place that is not certain and was not decided yet; return what was decided.

    Of a word that means something else too it is asked first whether its places are to be looked at.
    """
    from tracker.services.erasing import Decision

    leave = set(decision.leave)
    take = set(decision.take)
    for sureness, default in (("likely", True), ("open", False)):
        undecided = [
            mention
            for mention in looked.mentions
            if mention.sureness == sureness and _goes(mention, decision) is default
        ]
        words_of = dict.fromkeys(mention.word for mention in undecided)
        looked_at = [word for word in words_of if default or _look_at(word, undecided)]
        places = {f"{m.key} {m.word}".lower(): m for m in reversed(undecided) if m.word in looked_at}
        for name, mention in reversed(places.items()):
            question = f"Take “{mention.part}” out of {WHERE[mention.where]}{mention.key}: {mention.passage}?"
            if click.confirm(question, default=default, err=True) is not default:
                (leave if default else take).add(name)
    return Decision(frozenset(leave), frozenset(take))


def _look_at(word: str, mentions: list["Mention"]) -> bool:
    places = [mention for mention in mentions if mention.word == word]
    number = counted(len(places), "place")
    question = f"“{places[0].part}” means something else too, and stays in {number}. Look at each?"
    return click.confirm(question, default=False, err=True)


def _say(looked: "Looked", decision: "Decision", erased: "Erased") -> None:
    words(
        f"Erased; the papers say “{erased.name}”. The name was also taken out of {counted(erased.texts, 'other text')}."
    )
    remaining = [mention for mention in looked.mentions if not _goes(mention, decision)]
    if remaining:
        refs = ", ".join(dict.fromkeys(f"“{mention.part}” in {mention.key}" for mention in remaining))
        words(f"These stay, as words that may mean something else: {refs}.")
    for line in _beside(looked):
        words(line)


def _as_object(looked: "Looked", decision: "Decision", erased: "Erased | None") -> dict[str, Any]:
    person, *aliases = looked.records
    return {
        "person": json_value(person),
        "aliases": [json_value(alias) for alias in aliases],
        "mentions": [{**json_object(mention), "goes": _goes(mention, decision)} for mention in looked.mentions],
        "frozen": looked.frozen,
        "drafts": [str(path) for path in looked.drafts],
        "parts": [str(path) for path in looked.parts],
        "backups": [str(path) for path in looked.copies],
        "erased": None if erased is None else {"change": erased.tx, "name": erased.name, "texts": erased.texts},
    }
