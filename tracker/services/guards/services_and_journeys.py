"""Rules of services, journeys, integrations, issues and feedback beside other records."""

from tracker.fields import humanise
from tracker.rules.reading import NotRead
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Proposal
from tracker.storage import neighbours

ISSUE_ENDS = ("resolved", "closed")


def note_personal_data(proposal: Proposal, *names: str) -> None:
    """Note what in the free texts of a record looks like personal data."""
    texts = {name: proposal[name] for name in names if proposal[name] and proposal.changed(name)}
    if not texts:
        return
    from tracker.rules.public.personal_data import describe_hits, scan
    from tracker.services.guards.naming import note_names

    labels = proposal.register.labels()
    sentences = [sentence for name, text in texts.items() for sentence in describe_hits(labels[name], scan(text))]
    if sentences:
        sentences.append("Keep no personal data of the public here: say it in words that name nobody.")
    for sentence in sentences:
        proposal.note("personal_data", sentence)
    note_names(proposal, texts)


def service(proposal: Proposal) -> None:
    """Hold the channel mix of a service to channels that are known and parts that make a hundred."""
    text = proposal["channel_mix"]
    if not text or not proposal.changed("channel_mix"):
        return
    from tracker.rules.journeys.channels import read_channels, write_channels

    try:
        proposal.values["channel_mix"] = write_channels(read_channels(text))
    except NotRead as error:
        proposal.refuse("channel_mix", "not_read", str(error))


def journey(proposal: Proposal) -> None:
    """Note another journey of the service with the same kind and version, and personal data in the note."""
    note_personal_data(proposal, "note")
    service, kind, version = (proposal[name] for name in ("service", "journey_kind", "version"))
    if not service or not kind or not version or not proposal.changed("service", "journey_kind", "version"):
        return
    namesake = neighbours.same_version(proposal.store, service, kind, version, proposal.uid)
    if namesake:
        other, ref, free = namesake
        version_of = f"{other} is version {version} of {ref} “{humanise(kind).lower()}” too"
        proposal.note("journey.version", f"{version_of}: if this one follows it, call it version {free}.")


def step(proposal: Proposal) -> None:
    """Give a step the next place of its journey, or hold that no other step has its place."""
    note_personal_data(proposal, "pain_text")
    journey = proposal["journey"]
    order = proposal["step_order"]
    if not journey or not proposal.changed("journey", "step_order"):
        return
    free, other = neighbours.place_in_journey(proposal.store, journey, order, proposal.uid)
    if order is None:
        proposal.values["step_order"] = free
    elif other:
        in_use = f"Order ({order}) is that of {other} already"
        proposal.refuse(
            "step_order", "step.order", f"{in_use}: no two steps of a journey have one place. {free} is free."
        )


def integration(proposal: Proposal) -> None:
    """Hold that an integration ties two different sides together, from its first test on."""
    provider, consumer, other = (proposal[name] for name in ("provider", "consumer", "other_party"))
    state = humanise(proposal["status"] or "").lower()
    if provider and provider == consumer:
        proposal.refuse(
            "consumer",
            "integration.same",
            "Consumer and provider are the same service: an integration ties two together. Change one of the two.",
        )
    elif proposal["status"] not in ("in_test", "in_production"):
        return
    elif not provider and not consumer:
        needed = f"Provider or consumer is needed when status is {state}"
        proposal.refuse("provider", "integration.own_side", f"{needed}: name the service of this organisation.")
    elif sum(map(bool, (provider, consumer, other))) < 2:
        field = "consumer" if provider else "provider"
        needed = f"{humanise(field)} or other organisation is needed when status is {state}"
        proposal.refuse(field, "integration.other_side", f"{needed}: say who is on the other side.")


def issue(proposal: Proposal) -> None:
    """Date the end of an issue, and note who and when is missing of one that is grave."""
    note_personal_data(proposal, "title", "description", "impact", "resolution")
    ended = proposal["status"] in ISSUE_ENDS
    if ended:
        _date_resolution(proposal)
    if not ended and proposal["severity"] in ("major", "critical"):
        texts = {"owner": "an owner", "due": "a date by which it is due"}
        missing = " and ".join(text for name, text in texts.items() if not proposal[name])
        if missing:
            proposal.note("issue.incomplete", f"A {proposal['severity']} issue should have {missing}.")
    if proposal["risk"] and proposal.changed("risk"):
        risk = neighbours.risk_status(proposal.store, proposal.values["risk"])
        if risk and risk[1] != "became_issue":
            ref = risk[0]
            status = risk[1].replace("_", " ")
            proposal.note("issue.risk", f"{ref} is still {status}.", risk=ref)


def _date_resolution(proposal: Proposal) -> None:
    raised = proposal["raised_on"]
    resolved = proposal["resolved_on"]
    before = proposal.before
    if not resolved:
        if before is not None and before["status"] in ISSUE_ENDS:  # it was resolved at some time before
            return
        values = proposal.values
        today = proposal.by.today
        proposal.values["resolved_on"] = proposal.register.deed_day(values, before, today, "raised_on")
    elif raised and resolved < raised:
        order = f"Resolved on ({show_date(resolved)}) is before it was raised ({show_date(raised)})"
        proposal.refuse("resolved_on", "order", f"{order}. Change one of the two.")


def feedback(proposal: Proposal) -> None:
    """Note what looks like personal data in feedback, and hold its dates in order."""
    note_personal_data(proposal, "summary", "theme", "response_reason")
    ties = ("pilot", "service", *proposal.register.belongs_through)
    if not any(proposal[name] for name in ties):
        proposal.note("feedback.untied", "It is tied to no pilot and no service.")
    received = proposal["received_on"]
    closed = proposal["loop_closed_on"]
    if received and closed and closed < received:
        order = f"Loop closed on ({show_date(closed)}) is before it was received ({show_date(received)})"
        proposal.refuse("loop_closed_on", "order", f"{order}. Change one of the two.")
