"""Programmes that the papers are tested on: a small one full of hostile text, and one of many pilots."""

from datetime import UTC, date, datetime
from pathlib import Path

from tracker.fields import Values
from tracker.services.erasing import erase_person
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change, remove
from tracker.storage.store import Acting, Store

PREV, DAY = date(2026, 10, 8), date(2026, 11, 12)
MARKUP = "A | B [click](javascript:alert(1)) <script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0 {{ 7*7 }} {% raw %} $x$ `rm` https://evil.example www.evil.example a@b.cd"
ARABIC = "تجديد بطاقة ذوي الإعاقة"
LONG = "Zusammenhangsverwaltungs" * 3 + "amtwort8"
EMOJI = "👩‍👩‍👧‍👦 family grant ❤️ 福祉"
SECRET, LOST = "Operation Nightjar", "Zebulon Quirke"


def at(by: Acting, day: date) -> Acting:
    """Return the same person acting on another day."""
    return by._replace(now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC), today=day)


def begin(path: Path, values: Values) -> tuple[Store, Acting]:
    """Return a new programme and who made it."""
    start = datetime(2026, 9, 1, 9, tzinfo=UTC)
    store = create_programme(path, values, "Ana | <b>Novak</b>", start, start.date())
    return store, acting(store, "Ana | <b>Novak</b>", "cli", start, start.date())


def hostile(path: Path) -> None:
    """Make the small programme: every free text tries to be something else than text."""
    named = {"name": f"Simpler {MARKUP}"[:80], "board_name": "# Board\\", "classification_label": "*OFFICIAL*"}
    store, ana = begin(path, named)
    with store:
        first = at(ana, date(2026, 9, 2))
        pilots = _pilots(store, first)
        lost = add(store, "person", {"display_name": LOST, "role_title": "Trainer"}, first).uid
        _work(store, first, pilots, lost)
        _later(store, ana, pilots, lost)
        erase_person(store, lost, at(ana, date(2026, 11, 10)), reason="asked to be forgotten")


def _pilots(store: Store, by: Acting) -> list[str]:
    names = (MARKUP, "- " + FORMULA[:70], ARABIC, LONG[:80], EMOJI)
    uids = []
    for number, name in enumerate(names):
        values = {"name": name, "phase": "alpha", "forecast_end": date(2026, 12, 18), "status_note": f"1. {FORMULA}"}
        if number < 2:
            values |= {"budget": 10_000_000, "forecast_cost": 10_800_050}
        uids.append(add(store, "pilot", values, by).uid)
    uids.append(add(store, "pilot", {"name": SECRET, "visibility": "restricted"}, by).uid)
    return uids


def _work(store: Store, by: Acting, pilots: list[str], lost: str) -> None:
    for uid, rating in zip(pilots, ("green", "green", "amber"), strict=False):
        add(store, "confidence", {"pilot": uid, "rating": rating, "narrative": f"As planned, {MARKUP}"}, by)
    described = {"cause": "of \\ this", "event": f"> {MARKUP}", "consequence": "| --- |"}
    risk = {"title": "Two\\| pipes", "category": "legal", "likelihood": 3, "impact": 5, "owner": lost, **described}
    add(store, "risk", {**risk, "pilot": pilots[0]}, by)
    add(store, "risk", {"title": f"# {EMOJI}", "pilot": pilots[1], "owner": by.person}, by)
    add(store, "risk", {**risk, "title": f"Risk of {SECRET}", "pilot": pilots[5]}, by)
    add(store, "risk", {**risk, "title": "Seen twice", "owner": by.person}, by)
    add(store, "action", {"text": f"Ask {LONG} about it", "owner": lost, "due": date(2026, 10, 1)}, by)
    need = {"role_group": "Front-line | counter staff", "pilot": pilots[0], "headcount": 18, "needed_by": PREV}
    add(store, "need", need, by)
    add(store, "need", {"role_group": ARABIC, "pilot": pilots[2], "headcount": 4}, by)


def _later(store: Store, ana: Acting, pilots: list[str], lost: str) -> None:
    by = at(ana, date(2026, 10, 20))
    moved = {"forecast_end": date(2027, 1, 29), "decision_due": date(2026, 11, 23)}
    change(store, "pilot", pilots[0], moved, by, reason=f"supplier capacity | {FORMULA}")
    add(store, "confidence", {"pilot": pilots[0], "rating": "red", "narrative": f"Behind, since {FORMULA}"}, by)
    told = "Two things <b>went</b> well.\n# And one\n- did not, said " + MARKUP
    add(store, "confidence", {"rating": "amber", "narrative": told}, by)
    late = {"title": "Found late", "raised_on": date(2026, 9, 10), "likelihood": 2, "impact": 2}
    add(store, "risk", late, by)
    (seen,) = [row[0] for row in store.read("SELECT uid FROM risk WHERE title = 'Seen twice'")]
    remove(store, "risk", seen, by, reason="duplicate of [R-001](x) | really")
    group = {"title": "Workshop", "pilot": pilots[0], "starts_on": date(2026, 10, 19), "status": "held"}
    session = add(store, "session", group, by).uid
    add(store, "attendance", {"session": session, "role_group": "front-line | COUNTER staff", "present": 5}, by)
    add(store, "attendance", {"session": session, "role_group": "<i>others</i>", "present": 2}, by)
    add(store, "win", {"title": f"**{EMOJI}**", "pilot": pilots[4]}, by)
    quoted = {"evidence": "link", "evidence_note": "https://evil.example", "verified_by": lost}
    add(store, "win", {"title": "_Fewer_ ~calls~ & more", **quoted}, by)
    add(store, "win", {"title": SECRET, "visibility": "restricted"}, by)
    add(store, "setting", {"name": "soon_days", "value": "several"}, by)


def many(path: Path, number: int) -> None:
    """Make a programme of many pilots, each with a risk, a need and a rating."""
    store, ana = begin(path, {"name": "A large programme"})
    with store:
        by = at(ana, date(2026, 11, 2))
        for n in range(number):
            pilot = add(store, "pilot", {"name": f"Pilot number {n + 1}", "phase": "live"}, by).uid
            rating = ("green", "amber", "red")[n % 3]
            add(store, "confidence", {"pilot": pilot, "rating": rating, "narrative": "As everybody expected."}, by)
            risk = {"title": f"Risk {n + 1}", "pilot": pilot, "likelihood": n % 5 + 1, "impact": 4}
            add(store, "risk", risk, by)
            add(store, "need", {"role_group": "Staff", "pilot": pilot, "headcount": 10}, by)
