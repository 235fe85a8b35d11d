"""What has to hold of the papers of any portfolio: laws that yield a sentence for each place where they are broken."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from portfolios import BESIDE, SCALES, Known, Place, Portfolio, Position, Rated, kind_of

from tracker.entities import Pilot, Risk, registers
from tracker.reports.model import Bullets, Callout, Facts, Missing, Paragraph, Quote, Report, Signal, Table
from tracker.rules.wording import show_date
from tracker.services.late import dated, late_of
from tracker.services.overview import DUE_SHOWN, overview
from tracker.services.papers.building import pack
from tracker.storage import Query, records
from tracker.storage.queries import count, rows
from tracker.text import natural_order

DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}\b")
NUMBER = re.compile(r"\d[\d,]*")
RATED_SIGNS = "●◒▲◆■"  # of any rating but not rated
OF_RATINGS = re.compile(
    r"(?i:(?P<dimension>cost|time) \((?P<kind>reported|by assurance)\): |(?P<assured>assurance: ))?"
    rf"[{RATED_SIGNS}○] [^→:]*→ [{RATED_SIGNS}○]"
)
OF_EVIDENCE = re.compile(rf"[Ee]vidence [{RATED_SIGNS}○] [^→:]*→ [{RATED_SIGNS}○]")  # what is judged, not reported
BOARDS_APART = timedelta(35)
REF = re.compile(r"\b[A-Z]{1,3}-\d+\b")
REFS = re.compile(r"\b[A-Z]{1,3}-\d+(?:(?:, | and )[A-Z]{1,3}-\d+)+")
TOTAL = re.compile(
    r"\b(?P<what>Budget|Forecast|Spent):?(?: \|)? (?:(?P<amount>−?£\d[\d,]*\.?\d*) over|[Nn]ot stated:) "
    r"(?P<given>\d+) of (?P<of>\d+) running pilots?(?:; (?P<rest>[^.|]*))?"
)
WHOLE: Place = ("overall", "reported")
COMPUTED = "(worked out)"  # what is said of a day that nobody set


class Line(NamedTuple):
    """What a paper says at one place, and in which section and table."""

    section: str
    table: str
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The cells as one text."""
        return " | ".join(self.cells)


def lines(report: Report) -> Iterator[Line]:
    """Yield everything that a paper says, a row or paragraph at a time."""
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Paragraph() | Missing():
                    yield Line(section.id, "", (block.text,))
                case Quote():
                    yield Line(section.id, "", (block.text, block.source))
                case Callout():
                    yield Line(section.id, "", (f"{block.label}: {block.text}",))
                case Signal():
                    yield Line(section.id, "", (block.label, block.sentence))
                case Bullets():
                    yield from (Line(section.id, "", (item,)) for item in block.items)
                case Facts():
                    yield from (Line(section.id, "facts", item) for item in block.items)
                case Table():
                    yield Line(section.id, "", (block.caption, block.note))
                    yield from (Line(section.id, block.id, row) for row in block.rows)
                case _:
                    pass


def broken(portfolio: Portfolio, before: Position | None, now: Position) -> list[str]:
    """Return every law that the papers of a position break, compared with an earlier one."""
    since = before.day if before else None
    paper = pack(portfolio.store, day=now.day, since=since)
    said = list(lines(paper))
    problems = [*pilots_add_up(said, now), *money_adds_up(said, now), *boards_met(said, now)]
    problems += [
        *nothing_is_green(said, now),
        *days_were_recorded(said, portfolio, now),
        *leavers_are_marked(said, now),
        *refs_in_order(said, now),
        *advice_rests_on_records(said, now),
        *refs_are_there(said, portfolio),
    ]
    if now is portfolio.positions[-1]:  # the overview is of today alone
        problems += overview_counts(portfolio, now)
    if before:
        problems += movement_is_movement(said, before, now)
    return [f"{now.day}: {problem}" for problem in problems]


def pilots_add_up(said: list[Line], now: Position) -> Iterator[str]:
    """The pilots by rating are as many as run."""
    total = len(now.running)
    for line in said:
        match = re.search(r"(\d+) running pilots?: (.*?) as reported", line.text)
        if match is None:
            continue
        parts = sum(int(number) for number in re.findall(rf"(\d+) [{RATED_SIGNS}○–]", match[2]))
        if (int(match[1]), parts) != (total, total):
            yield f"{total} pilots run: “{line.text}”"


def money_adds_up(said: list[Line], now: Position) -> Iterator[str]:
    """Every total is that of the pilots that state one, says of how many, and counts the others by their kind."""
    sums = {
        "budget": [pilot.budget for pilot in now.running],
        "forecast": [pilot.forecast for pilot in now.running],
        "spent": [pilot.spent for pilot in now.running],
    }
    totals = 0
    for line in said:
        for match in TOTAL.finditer(line.text):
            totals += 1
            values = sums[match["what"].lower()]
            stated = [value for value in values if isinstance(value, int)]
            amount = sum(stated) if stated else None
            if (_pence(match["amount"]), int(match["given"]), int(match["of"])) != (amount, len(stated), len(values)):
                yield f"{match['what']} is {amount} over {len(stated)} of {len(values)}: “{line.text}”"
            if _kinds(match["rest"] or "") != Counter(kind_of(value) for value in values if not isinstance(value, int)):
                yield f"{match['what']} lacks otherwise: “{line.text}”"
    if now.running and totals < len(sums):
        yield f"of {len(sums)} totals {totals} are printed"


def _pence(amount: str | None) -> int | None:
    return None if amount is None else round(float(amount.replace(",", "").replace("£", "").replace("−", "-")) * 100)


def _kinds(rest: str) -> Counter[str]:
    """Return what stands behind a total, by kind of nothing."""
    found = re.findall(r"(\d+) (missing|withheld|not yet known|not applicable)", rest)
    return Counter({kind.replace(" ", "_"): int(number) for number, kind in found})


def refs_in_order(said: list[Line], now: Position) -> Iterator[str]:
    """No table and no list stands in the order of refs as texts, where P-100 comes before P-11."""
    columns: dict[tuple[str, str], list[str]] = {}
    for line in said:
        if line.table not in ("", "facts"):
            columns.setdefault((line.section, line.table), []).extend(REF.findall(line.cells[0])[:1])
        for match in REFS.finditer(line.text):
            columns[line.section, match[0]] = REF.findall(match[0])
    for place, refs in columns.items():
        if len(refs) > 2 and refs == sorted(refs) != sorted(refs, key=natural_order):
            yield f"{place[0]}, {place[1]}: {refs}"


def advice_rests_on_records(said: list[Line], now: Position) -> Iterator[str]:
    """What is advised comes from iterations that were recorded; without metrics nothing is ready to be scaled."""
    released = {pilot.ref.lower(): pilot.released for pilot in now.pilots.values()}
    for line in said:
        match = re.search(r"The rules advise: ([^.]*)\.", line.text)
        if match is None:
            continue
        to = released[line.section.removeprefix("pilot-")]
        if match[1] == "Stop" and not to & {"nobody", "test_users"}:
            yield f"nothing says that it reached nobody: “{line.text}”"
        if match[1] not in ("Stop", "Pause") or not to:
            yield f"nothing of it is recorded: “{line.text}”"


def refs_are_there(said: list[Line], portfolio: Portfolio) -> Iterator[str]:
    """Every ref that is named is that of a record of the file."""
    prefixes = {register.prefix: register for register in registers()}
    there = {ref for register in registers() for _, ref in rows(portfolio.store, Query(register.kind), [])}
    for line in said:
        for ref in REF.findall(line.text):
            if ref.partition("-")[0] in prefixes and ref not in there:
                yield f"there is no {ref}: “{line.text}”"


def overview_counts(portfolio: Portfolio, now: Position) -> Iterator[str]:
    """Every count of the overview is that of the list that it opens, and each of its lines is a record."""
    store = portfolio.store
    shown = overview(store, now.day)
    late = [entry for register in dated() for entry in late_of(store, register, now.day)]
    expected = {
        "late": (shown.late, sum(not entry.apart for entry in late)),
        "apart": (shown.apart, sum(entry.apart for entry in late)),
        "due": (len(shown.due), min(shown.late + shown.soon, DUE_SHOWN)),
        "pilots": (len(shown.pilots), count(store, Query(Pilot.kind))),
        "running": (sum(not line.ended for line in shown.pilots), len(now.running)),
    }
    gone = {pilot.uid for pilot in now.pilots.values() if pilot.ended or pilot.removed}
    risks = [risk for risk in records(store, Risk) if risk.is_open]
    expected["risks"] = shown.live_risks, sum(risk.pilot not in gone for risk in risks)
    for name, (printed, counted) in expected.items():
        if printed != counted:
            yield f"the overview counts {printed} {name}, the list {counted}"
    deciding = {entry.pilot for entry in late if entry.what in ("Decision", "Gate") and not entry.apart}
    if {line.uid for line in shown.pilots if line.decision_late} != deciding - {None}:
        yield "the overview marks other decisions late than the lists"


def boards_met(said: list[Line], now: Position) -> Iterator[str]:
    """No board is named by a day on which none met."""
    met = {show_date(day) for day in now.boards}
    for line in said:
        for day in re.findall(rf"[Bb]oards? (?:of|on) ({DATE.pattern})", line.text):
            if day not in met:
                yield f"no board met on {day}: “{line.text}”"
        if not met and re.search(r"every board|boards? running", line.text):
            yield f"no board has met: “{line.text}”"


def nothing_is_green(said: list[Line], now: Position) -> Iterator[str]:
    """A pilot that nobody rated, or whose rating is withheld, stands without the sign of a rating."""
    unrated = {pilot.ref for pilot in now.running if pilot.rated is None or pilot.rated.rating == "not_rated"}
    for line in said:
        if line.table != "pilots":
            continue
        reported = line.cells[2]
        if line.cells[0].split()[0] in unrated and any(sign in reported for sign in RATED_SIGNS):
            yield f"nobody rated it: “{line.text}”"


def movement_is_movement(said: list[Line], before: Position, now: Position) -> Iterator[str]:
    """A rating is better or worse only where both days have one on the same scale, and it differs that way."""
    groups = {"changes-improved": 1, "changes-worsened": -1}
    moved: set[tuple[str, Place, int]] = set()
    for line in said:
        for match in OF_RATINGS.finditer(OF_EVIDENCE.sub("", line.cells[1])) if line.table in groups else ():
            moved.add((line.cells[0].split()[0], _place(match), groups[line.table]))
    for pilot in now.running:
        earlier = before.pilots.get(pilot.uid)
        for place in (WHOLE, *BESIDE):
            first, last = _rated(earlier, place), _rated(pilot, place)
            expected = _step(first, last)
            for step, verb in ((1, "improved"), (-1, "worsened")):
                if ((pilot.ref, place, step) in moved) != (expected == step):
                    yield f"{pilot.ref} {place} {first} → {last}: {verb} is {expected != step}"


def _place(match: re.Match[str]) -> Place:
    """Return of what a printed movement is."""
    if match["assured"]:
        return "overall", "assurance"
    if match["dimension"]:
        return match["dimension"].lower(), match["kind"].removeprefix("by ")
    return WHOLE


def _rated(pilot: Known | None, place: Place) -> Rated | None:
    if pilot is None:
        return None
    return pilot.rated if place == WHOLE else pilot.beside.get(place)


def _step(first: Rated | None, last: Rated | None) -> int:
    """Return 1 where a rating became better, -1 where worse, 0 where neither can be said."""
    if first is None or last is None or first.scale != last.scale or "not_rated" in (first.rating, last.rating):
        return 0
    scale = SCALES[first.scale]
    difference = scale.index(last.rating) - scale.index(first.rating)
    return (difference > 0) - (difference < 0)


def days_were_recorded(said: list[Line], portfolio: Portfolio, now: Position) -> Iterator[str]:
    """Every day that is printed was recorded, or is computed and says so."""
    days = {*now.dates, *(position.day for position in portfolio.positions), now.day}
    reviews = {day + BOARDS_APART for day in days}  # until when a reason holds, as the entry of each rating says
    known = {show_date(day) for day in (*days, *reviews)}
    for line in said:
        for day in DATE.findall(line.text):
            if day not in known and COMPUTED not in line.text:
                yield f"{day} was never recorded: “{line.text}”"


def leavers_are_marked(said: list[Line], now: Position) -> Iterator[str]:
    """Whoever has left is marked wherever they answer for something, with their day, and nobody else is."""
    for line in said:
        for name, mark in re.findall(r"(Owner \d)( \(left [^)]*\))?", line.text):
            day = now.left.get(name)
            if mark != (f" (left {show_date(day)})" if day else ""):
                yield f"{name} left on {day}: “{line.text}”"
