"""Rules of what stands once, and of work that is given to somebody who has left."""

from tracker.entities import Person, entity
from tracker.entities.base import lost_word
from tracker.entities.laws import Once
from tracker.fields import Field
from tracker.rules.leavers import PARTED, mark_of
from tracker.rules.slips import likeness
from tracker.rules.wording import listed, optional
from tracker.services.guards.guard import Proposal
from tracker.storage import record
from tracker.storage.neighbours import last_day, sharing

LEFT = "person.left"  # the code of the problem that somebody's word overrides


def hold_beside_others(proposal: Proposal) -> None:
    """Hold a record to what stands once, and its work to people who are there."""
    hold_once(proposal)
    hold_present(proposal)
    note_ground(proposal)


def hold_once(proposal: Proposal) -> None:
    """Refuse a second record of what can stand only once, and note what may be one."""
    for once in proposal.register.once:
        needed = set(once.fields).difference(once.may_be_empty)
        if proposal.changed(*once.fields) and all(proposal[name] is not None for name in needed):
            _hold_once(proposal, once)


def _hold_once(proposal: Proposal, once: Once) -> None:
    register = proposal.register
    fields = register.fields()
    texts = [name for name in once.fields if fields[name].kind == "text" and not fields[name].target]
    shared = {name: proposal[name] for name in once.fields if name not in texts}
    keys = tuple(likeness(proposal[name]) for name in texts)
    for namesake in sharing(proposal.store, register, shared, texts, proposal.uid):
        if tuple(map(likeness, namesake.texts)) != keys or namesake.state in once.but_not:
            continue
        labels = listed(fields[name].label.lower() for name in once.fields if proposal[name] is not None)
        if not once.certain:
            proposal.note("twice.maybe", f"{namesake.ref} has the same {labels}.", kind=register.kind, ref=namesake.ref)
            continue
        spelt = ", ".join(f"“{text}”" for text in namesake.texts)
        same = f"{namesake.ref} has the same {labels} already{optional(' (', spelt, ')')}"
        proposal.refuse(
            once.fields[-1],
            "twice",
            f"{same}, and a second one would count twice: change {namesake.ref}, or remove it first.",
            kind=register.kind,
            ref=namesake.ref,
        )
        return


def hold_present(proposal: Proposal) -> None:
    """Refuse to give work to somebody who has left, unless somebody says so knowingly."""
    register = proposal.register
    if not register.owner_field or register.append_only or not _is_work(proposal):
        return
    for field in people_at_work(proposal):
        uid = proposal[field.name]
        if not uid or not proposal.changed(field.name):
            continue
        candidate = last_day(proposal.store, uid)
        mark = candidate and mark_of(*candidate[1:], proposal.by.today)
        if candidate and mark:
            name = f"{candidate[0]} {PARTED.get(mark, mark)}"
            proposal.refuse(
                field.name,
                LEFT,
                f"{field.label}: {name}. Name somebody who is there, or say that it is meant all the same.",
                person=candidate[0].ref,
            )


def note_ground(proposal: Proposal) -> None:
    """Note that open work is tied to what has ended: it is counted apart from the beginning."""
    register = proposal.register
    name = register.belongs_to
    is_open = bool(register.state_field) and proposal[register.state_field] in register.open_states
    if not name or not is_open or not proposal.changed(name):
        return
    owner = record(proposal.store, entity(register.fields()[name].target), proposal[name])
    word = lost_word(owner, proposal.by.today) if owner is not None else ""
    if owner is not None and word:
        proposal.note("ground.lost", f"{owner.ref} is {word}: what is open on it is counted apart, and not as late.")


def people_at_work(proposal: Proposal) -> list[Field]:
    """Return the fields that say who answers for a record."""
    return [field for field in proposal.register.stored() if field.target == Person.kind]


def _is_work(proposal: Proposal) -> bool:
    """Return whether something is still to be done about a record, a draft among them."""
    register = proposal.register
    if not register.state_field:
        return True
    state = proposal[register.state_field]
    return state in register.open_states or bool(register.ended_states and state not in register.ended_states)
