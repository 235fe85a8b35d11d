"""What can stand only once, evaluations against attendance, and titles that are nearly the same, as they are typed."""

import pytest
from shell import Shell, prepared


@prepared
def training(shell: Shell) -> None:
    """A session that was held, with five of thirteen present, and a need of their group."""
    shell.done("pilot", "add", "Parking permits", "--phase", "alpha")
    shell.done("need", "add", "Front-line counter staff", "--pilot", "P-01", "--headcount", "18")
    held = ("--date", "1 Sep 2026", "--pilot", "P-01", "--status", "held", "--capacity", "18")
    shell.done("session", "add", "First workshop", *held)
    shell.done("session", "add", "Second workshop", "--date", "1 Nov 2026", "--pilot", "P-01", "--capacity", "18")
    count = ("--booked", "13", "--present", "5")
    shell.done("attendance", "add", "T-01", "--role-group", "Front-line counter staff", *count)


@pytest.mark.parametrize("group", ["Front-line counter staff", "front line  COUNTER staff", "Frontline counter-staff"])
def test_a_group_is_counted_once_in_a_session(training: Shell, group: str) -> None:
    typed = ("attendance", "add", "T-01", "--role-group", group, "--present", "5")
    assert "AT-001 has the same session and role group already" in training.refused(1, *typed)
    training.done("attendance", "add", "T-02", "--role-group", group, "--booked", "5")
    assert "T-02 is planned, so this does not count yet." in training.words


def test_another_spelling_counts_for_the_same_need(training: Shell) -> None:
    training.done("attendance", "remove", "AT-001", "--reason", "Typed wrongly")
    typed = ("attendance", "add", "T-01", "--role-group", "Front line counter staff", "--present", "5")
    training.done(*typed)
    assert "No training need" not in training.words
    assert "5 of 18" in training.done("pilot", "explain", "P-01")


def test_a_group_that_nobody_needs_is_said(training: Shell) -> None:
    training.done("attendance", "add", "T-01", "--role-group", "Back office", "--present", "2")
    assert "No training need of P-01 is of “Back office”" in training.words


def test_more_booked_than_places_is_said(training: Shell) -> None:
    training.done("attendance", "add", "T-02", "--role-group", "Counter", "--booked", "500")
    assert "500 are booked for 18 places" in training.words


def test_attendance_of_a_cancelled_session_is_said_not_to_count(training: Shell) -> None:
    training.done("session", "set", "T-02", "--status", "cancelled")
    training.done("attendance", "add", "T-02", "--role-group", "Counter", "--booked", "5")
    assert "T-02 is cancelled, so this does not count at all." in training.words


REACTION = ("evaluation", "add", "reaction", "--session", "T-01", "--mean-score", "4.8", "--n")


def test_no_more_answer_than_came(training: Shell) -> None:
    words = training.refused(1, *REACTION, "30")
    assert "30 people" in words
    assert "5 were present at T-01" in words
    training.done(*REACTION, "3")
    assert "3" in training.refused(1, *REACTION, "3")  # with the three before it six of five
    training.done(*REACTION, "2")
    assert "TE-001 is of the same session and level" in training.words
    assert "more than came" in training.refused(1, "evaluation", "set", "TE-002", "--n", "3")
    training.done("attendance", "set", "AT-001", "--present", "2")
    assert "an evaluation of 5 people, and 2 were present" in training.words


def test_answers_without_attendance_are_said_to_be_of_nobody_knows_how_many(training: Shell) -> None:
    training.done("evaluation", "add", "reaction", "--session", "T-02", "--mean-score", "4", "--n", "30")
    assert "Nobody has recorded how many came to T-02" in training.words


TWICE = [
    ("need", "Front line counter staff", "--pilot", "P-01", "--headcount", "3"),
    ("compliance", "dpia", "--pilot", "P-01"),
    ("criterion", "People manage", "--gate", "G-01"),
    ("condition", "Measure it", "--gate", "G-01"),
    ("board", "November board", "--meets-on", "12 Nov 2026"),
    ("iteration", "Try it", "--pilot", "P-01", "--number", "4", "--start", "1 Sep 2026", "--end", "2 Sep 2026"),
    ("person", "Data lead", "--login", "dlead"),
]


@pytest.mark.parametrize("typed", TWICE, ids=[words[0] for words in TWICE])
def test_what_would_count_twice_is_refused(training: Shell, typed: tuple[str, ...]) -> None:
    training.done("gate", "add", "Beta", "--pilot", "P-01")
    kind, *rest = typed
    if kind != "need":
        training.done(kind, "add", *rest)
    assert "already" in training.refused(1, kind, "add", *rest)
    ref = training.json(kind, "list")[-1]["ref"]
    training.done(kind, "remove", ref, "--reason", "Typed wrongly")
    training.done(kind, "add", *rest)
    assert "already" in training.refused(1, kind, "restore", ref)


def test_an_item_that_expired_makes_place_for_the_next(training: Shell) -> None:
    training.done("compliance", "add", "dpia", "--pilot", "P-01", "--status", "expired")
    training.done("compliance", "add", "dpia", "--pilot", "P-01")


def test_what_only_may_be_twice_is_said(training: Shell) -> None:
    for name in ("Badges", "Council tax"):
        training.done("service", "add", name)
    for name in ("Address", "Change of address"):
        training.done("integration", "add", name, "--provider", "S-01", "--consumer", "S-02")
    assert "IN-001 has the same provider and consumer." in training.words
    training.done("board", "add", "November board", "--meets-on", "12 Nov 2026")
    training.done("board", "add", "Steering group", "--meets-on", "12 Nov 2026")
    assert "B-01 has the same meets on" in training.words


NEAR = [
    ("person", "Data lead", "data  lead"),
    ("pilot", "Blue Badge renewals online", "Blue badge renewals on-line"),
    ("service", "Blue Badges", "Blue Badgse"),
    ("win", "Counter staff removed one field", "Counter staff remove one field."),
    ("risk", "Address lookups fail for new estates", "address lookups fail for new estates."),
    ("issue", "Counter staff have no second screen", "Counter staff have no 2nd screen", False),
    ("risk", "Report for quarter 3 is late", "Report for quarter 4 is late", False),
    ("session", "Parking: second workshop", "Parking – second workshop", True, "--date", "1 Nov 2026"),
    ("feedback", "People look for the fee", "People look for the fees", True, "--pilot", "P-01"),
    ("risk", "Rain", "Rails", False),
]


@pytest.mark.parametrize("case", NEAR, ids=[f"{case[0]}: {case[2]}" for case in NEAR])
def test_a_title_that_is_nearly_another_gets_a_line(training: Shell, case: tuple[str, ...]) -> None:
    kind, first, second, *more = case
    is_near, options = (more[0], more[1:]) if more else (True, ())
    ref = training.done(kind, "add", first, *map(str, options)).strip()
    other = training.done(kind, "add", second, *map(str, options)).strip()
    lines = [line for line in training.words.splitlines() if line.startswith(f"{ref} has ")]
    assert (len(lines), other != ref) == (int(bool(is_near)), True)


def test_only_titles_of_the_same_pilot_are_near(training: Shell) -> None:
    training.done("pilot", "add", "Blue badges")
    training.done("risk", "add", "Lookups fail for new estates", "--pilot", "P-01")
    training.done("risk", "add", "Lookups fail for new estates", "--pilot", "P-02")
    assert "the same title" not in training.words
    training.done("risk", "add", "Lookups fail for new estates", "--pilot", "P-02")
    assert "R-002 has the same title" in training.words
