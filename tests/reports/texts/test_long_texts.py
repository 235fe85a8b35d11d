"""No text is cut in its middle, however long it is: each sentence and each name that a file begins, it ends."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from paper_said import PAPERS, words_of
from papers import DAY, PREV, at, begin

from tracker.entities import entity
from tracker.fields import Values
from tracker.reports.formats import make
from tracker.services.papers.building import Papers, papers
from tracker.services.programme_file import open_programme
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

TEXTS = 8_000  # characters of a text; a cell of a sheet may hold three


class Filler:
    """Fills texts: sentences that begin with B and a number of their own and end with E and the same one."""

    def __init__(self) -> None:
        self.count = 0

    def _part(self, words: str) -> str:
        self.count += 1
        return f"B{self.count:05}q {words} E{self.count:05}q"

    def values(self, kind: str, *names: str) -> Values:
        """Return texts for some fields of a register; those called as a name have no sentence in them."""
        longest = {name: entity(kind).fields()[name].longest or TEXTS for name in names}
        return {name: self._name(most) if most <= 200 else self._text() for name, most in longest.items()}

    def _name(self, most: int) -> str:
        return self._part(("a name that goes on and on " * 10)[: most - 16])

    def _text(self) -> str:
        sentences: list[str] = []
        while sum(map(len, sentences)) < TEXTS:
            sentences.append(self._part("is what we believe, and nobody has shown that it is not so") + ".")
        return " ".join(sentences)


def filled(store: Store, by: Acting) -> str:
    """Fill a programme with long texts; return the uid of the meeting that its papers are for."""
    fill = Filler().values
    pilot = {**fill("pilot", "name", "status_note", "problem", "hypothesis"), "phase": "private_beta"}
    pilot_uid = add(store, "pilot", {**pilot, "forecast_end": DAY}, by).uid
    for of in (pilot_uid, None):
        add(store, "confidence", {"pilot": of, "rating": "red", **fill("confidence", "narrative")}, by)
    grave = {"likelihood": 5, "impact": 5, "pilot": pilot_uid, "category": "legal"}
    risk = add(store, "risk", {**grave, **fill("risk", "title", "cause", "event", "consequence", "controls")}, by).uid
    owner = add(store, "person", {"display_name": "Data lead"}, by).uid
    add(store, "action", {**fill("action", "text"), "risk": risk, "owner": owner, "due": PREV}, by)
    issue = {**fill("issue", "title", "description", "impact"), "pilot": pilot_uid, "severity": "major"}
    add(store, "issue", issue, by)
    add(store, "win", {**fill("win", "title", "what_changed"), "pilot": pilot_uid}, by)
    iteration = {"start": date(2026, 9, 1), "end": date(2026, 9, 12), "pilot": pilot_uid}
    add(store, "iteration", {**fill("iteration", "goal", "learned", "blockers"), **iteration}, by)
    metric = {**fill("metric", "name", "definition", "limitations"), "pilot": pilot_uid, "metric_kind": "proportion"}
    add(store, "metric", metric, by)
    add(store, "need", {**fill("need", "role_group"), "pilot": pilot_uid, "headcount": 20}, by)
    add(store, "feedback", {**fill("feedback", "summary"), "pilot": pilot_uid}, by)
    board = add(store, "board", {**fill("board", "title", "place"), "meets_on": DAY}, by).uid
    asked = {**fill("decision", "title", "question", "recommendation"), "options": "Do nothing: it waits\nGo on"}
    decision = add(store, "decision", {**asked, "status": "sought", "pilot": pilot_uid, "board": board}, by).uid
    add(store, "item", {**fill("item", "title", "presenter"), "board": board, "decision": decision}, by)
    reason = str(fill("win", "title")["title"])
    change(store, "pilot", pilot_uid, {"forecast_end": date(2027, 1, 4)}, at(by, DAY), reason=reason)
    return board


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    path = tmp_path_factory.mktemp("long") / "programme.db"
    store, by = begin(path, {"name": "A programme of a name that is long " * 5, "board_name": "A board " * 24})
    with store:
        board = filled(store, at(by, PREV))
    with open_programme(path, read_only=True) as store:
        return papers(store, day=DAY, since=PREV, board=board)


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("paper", ["summary", "pack"])
def test_what_begins_ends(made: Papers, kind: str, paper: str, tmp_path: Path) -> None:
    text = words_of(kind, make(getattr(made, paper), kind).data, tmp_path)
    assert "…" not in text
    begun, ended = (Counter(re.findall(rf"{sign}(\d{{5}})q", text)) for sign in "BE")
    assert begun == ended and len(begun) > 5
