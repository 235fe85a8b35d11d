"""Rules of training: sessions, attendance, and what people say and have learned."""

from tracker.entities import entity
from tracker.fields import humanise
from tracker.rules.reading import decimal_text
from tracker.rules.slips import likeness
from tracker.rules.wording import counted, listed, optional, verb
from tracker.services.guards.guard import Proposal
from tracker.services.guards.services_and_journeys import note_personal_data
from tracker.storage import neighbours
from tracker.storage.neighbours import Training, answered, groups_needed, most_answers, training

LEAST_PUBLISHED = 5  # people: figures of fewer are nobody else's business
EXTENT = {"cancelled": "at all"}
RESULTS = "results"  # the level that is of a metric, and not of those who came


def session(proposal: Proposal) -> None:
    """Hold that a session was held on a day that has been, and say what of it does not count."""
    day = proposal["starts_on"]
    status = proposal["status"]
    if status == "held" and day and day > proposal.by.today:
        proposal.refuse(
            "starts_on", "session.ahead", f"A session cannot be held on a day to come ({day}); leave it planned."
        )
    if proposal.before is None or not proposal.changed("status", "capacity"):
        return
    beside = training(proposal.store, proposal.uid)
    if beside is not None and status == "planned" and beside.present is not None:
        came = f"{counted(beside.present, 'person', 'people')} recorded as present"
        proposal.note("session.uncounted", f"{came} do not count while it is planned.")
    capacity = proposal["capacity"]
    if beside is not None and capacity is not None and beside.booked > capacity:
        proposal.note("attendance.places", _more_than_places(beside.booked, capacity))


def _more_than_places(booked: int, capacity: int) -> str:
    return f"{booked:,} are booked for {counted(capacity, 'place')}: change one of the two if that is not so."


def attendance(proposal: Proposal) -> None:
    """Note counts that do not fit one another or the session, and what does not count."""
    booked = proposal["booked"]
    present = proposal["present"]
    if booked is not None and present is not None and present > booked:
        proposal.note(
            "attendance.more", f"More people were present ({present}) than booked ({booked}); that is fine if it is so."
        )
    if not proposal["session"] or not proposal.changed("session", "role_group", "booked", "present", "passed"):
        return
    beside = training(proposal.store, proposal["session"], without=proposal.uid)
    if beside is None:
        return
    if beside.status != "held":
        extent = EXTENT.get(beside.status, "yet")
        proposal.note("attendance.uncounted", f"{beside.ref} is {beside.status}, so this does not count {extent}.")
    all_booked = beside.booked + (booked or 0)
    if beside.capacity is not None and all_booked > beside.capacity and proposal.changed("session", "booked"):
        proposal.note("attendance.places", f"{beside.ref}: {_more_than_places(all_booked, beside.capacity)}")
    if present is not None and proposal.changed("session", "present"):
        answers = most_answers(proposal.store, proposal["session"])
        attended = (beside.present or 0) + present
        if answers > attended:
            proposal.note(
                "attendance.fewer",
                f"{beside.ref} has an evaluation of {counted(answers, 'person', 'people')}, and {attended} were "
                "present: one of the two is wrong.",
            )
    if proposal.changed("session", "role_group"):
        _note_group(proposal, beside)


def _note_group(proposal: Proposal, beside: Training) -> None:
    """Note a role group that no training need of the pilot names: it counts for nobody."""
    groups = groups_needed(proposal.store, proposal["session"])
    group = proposal["role_group"] or ""
    if beside.pilot is None or not groups or likeness(group) in map(likeness, groups):
        return
    names = listed(f"“{name}”" for name in groups)
    proposal.note(
        "attendance.group",
        f"No training need of {beside.pilot} is of “{group}”, so this counts for none; there are {names}.",
    )


def evaluation(proposal: Proposal) -> None:
    """Hold an evaluation to a session or pilot and to the figures of its level; the pilot is the session's."""
    _hold_pilot_of_session(proposal)
    _hold_scores(proposal)
    note_personal_data(proposal, "note")
    count = proposal["n"]
    if count is not None and 0 < count < LEAST_PUBLISHED and proposal.changed("n"):
        few = f"Figures of {count} people are not published"
        proposal.note("evaluation.few", f"{few}: fewer than {LEAST_PUBLISHED} could be recognised.")
    _hold_answers(proposal)
    if proposal["level"] == "results" and not proposal["metric"]:
        proposal.note("evaluation.no_metric", "Results are shown by a metric: name it when there is one.")


def _hold_pilot_of_session(proposal: Proposal) -> None:
    session = proposal["session"]
    pilot = proposal["pilot"]
    before = proposal.before
    if not session:
        if not pilot:
            proposal.refuse(
                "session", "evaluation.untied", "Session or pilot is needed: say which training this is about."
            )
        return
    if not proposal.changed("session", "pilot"):
        return
    pilots = neighbours.session_and_pilots(proposal.store, session, pilot)
    if pilots is None or pilots[1] is None:
        return
    session_ref, uid, ref, other_ref = pilots
    moved = before is not None and session != before["session"] and pilot == before["pilot"]
    if not pilot or moved:
        proposal.values["pilot"] = uid
    elif pilot != uid:
        proposal.refuse(
            "pilot",
            "evaluation.pilot",
            f"Pilot ({other_ref}) is not that of {session_ref} ({ref}): leave it empty or change one.",
        )


def _hold_scores(proposal: Proposal) -> None:
    level = proposal["level"]
    scores = {name: proposal[name] for name in ("pre_mean", "post_mean", "passed_n")}
    scores = {name: score for name, score in scores.items() if score is not None}
    if level == "reaction" and proposal["mean_score"] is None:
        proposal.refuse("mean_score", "evaluation.mean", "Mean score is needed when level is reaction.")
    if level == "learning":
        _hold_learning(proposal, scores)
    elif level:
        labels = proposal.register.labels()
        for name, score in scores.items():
            # On the job people can be seen to manage it or not; a score before and after is of a test.
            if name != "passed_n" or level != "behaviour":
                proposal.refuse(
                    name,
                    "evaluation.level",
                    f"{labels[name]} ({decimal_text(float(score))}) belongs to level learning, not {level}.",
                )


def _hold_learning(proposal: Proposal, scores: dict[str, float]) -> None:
    labels = entity("evaluation").labels()
    scale_max = proposal["scale_max"]
    if not scores:
        needed = "Mean after is needed when level is learning"
        proposal.refuse(
            "post_mean", "evaluation.scores", f"{needed}: give mean before and mean after, or how many passed."
        )
    for name, other in (("pre_mean", "post_mean"), ("post_mean", "pre_mean")):
        if name in scores and other not in scores:
            needed = f"{labels[other]} is needed with {labels[name].lower()}"
            proposal.refuse(other, "evaluation.pair", f"{needed}: what was learned is the difference.")
    for name in ("pre_mean", "post_mean"):
        if name in scores and scale_max is not None and scores[name] > scale_max:
            score = f"{labels[name]} ({decimal_text(scores[name])})"
            proposal.refuse(name, "evaluation.scale", f"{score} is above the scale, which ends at {scale_max:g}.")


def _hold_answers(proposal: Proposal) -> None:
    """Hold that no more people evaluated a session than came to it."""
    session = proposal["session"]
    level = proposal["level"]
    count = proposal["n"]
    if not session or count is None or level in (None, RESULTS) or not proposal.changed("session", "level", "n"):
        return
    beside = training(proposal.store, session)
    if beside is None:
        return
    earlier = answered(proposal.store, session, level, without=proposal.uid)
    people = count + sum(number for _, number in earlier)
    label = humanise(level).lower()
    if beside.present is None or people <= beside.present:
        refs = listed(ref for ref, _ in earlier)
        if earlier:
            are = f"{refs} {verb(len(earlier))}"
            proposal.note("evaluation.another", f"{are} of the same session and level ({label}): all count.")
        if beside.present is None:
            unknown = f"Nobody has recorded how many came to {beside.ref}"
            proposal.note("evaluation.unknown", f"{unknown}, so it is not known of how many these are the answers.")
        return
    evaluations = counted(people, "person", "people")
    evaluations += optional(" with ", listed(f"{ref} ({number:,})" for ref, number in earlier))
    came = f"{beside.present:,} {verb(beside.present, 'was', 'were')} present at {beside.ref}"
    proposal.refuse(
        "n",
        "evaluation.more",
        f"An evaluation ({label}) of {evaluations} is of more than came: {came}. Change People, or the attendance.",
    )
