"""Nothing is advised, counted, dated or called running that nobody recorded: typed as people type it."""

from datetime import date

from shell import Shell, prepared


@prepared
def bare(shell: Shell) -> None:
    """Type a pilot of which nothing is known but that it began long ago."""
    shell.done("pilot", "add", "A", "--start", "2025-01-01")
    shell.day = date(2026, 10, 12)


def test_a_pilot_of_which_nothing_is_known_gets_no_advice(bare: Shell) -> None:
    page = " ".join(bare.done("pilot", "explain", "P-01").split())
    assert "No advice: 12 of 12 criteria are not known: 1 target metric improved" in page
    assert "onsider stopping" not in page
    assert "The rules advise" not in page and "Phase not stated" in page
    scaling = bare.json("pilot", "explain", "P-01")["scaling"]
    assert (scaling["status"], scaling["recommendation"], scaling["advice_by"]) == ("not_known", "", "rules")
    pack = bare.done("report", "pack")
    assert "onsider stopping" not in pack and "rules advise" not in pack


def test_a_phase_that_nobody_chose_is_said_so_in_lists_pages_and_papers(bare: Shell) -> None:
    assert "Phase not stated" in bare.done("pilot", "list")
    assert bare.json("pilot", "list")[0]["phase"] is None
    assert "Phase not stated" in bare.done("report", "summary")
    assert "P-01" not in bare.done("pilot", "list", "--where", "phase=discovery")
    for typed in ("phase=", "phase=missing", "phase=not stated", "phase!=stopped"):
        assert "P-01" in bare.done("pilot", "list", "--where", typed)
    assert "P-01" not in bare.done("pilot", "list", "--where", "phase!=missing")
    bare.done("pilot", "set", "P-01", "--visibility", "public")
    assert "Phase not stated" in bare.done("report", "public")
    bare.done("pilot", "set", "P-01", "--phase", "private-beta")
    assert "No gate opened" not in bare.words
    assert "phase_started" not in bare.done("pilot", "show", "P-01") and "Phase started" not in bare.out
    paper = bare.done("report", "pack", "--since", "2026-10-11")
    assert "Phase not stated → Private beta" in paper


def test_stopping_is_advised_where_it_is_recorded_that_nothing_reached_anybody(bare: Shell) -> None:
    bare.done("pilot", "set", "P-01", "--phase", "alpha")
    what = ("--start", "2026-09-01", "--end", "2026-09-11", "--released-to", "nobody", "--learned", "Too slow")
    bare.done("iteration", "add", "Show it", "--pilot", "P-01", *what, "--goal-result", "missed")
    scaling = bare.json("pilot", "explain", "P-01")["scaling"]
    assert scaling["recommendation"] == "Stop" and "IT-001 was released to nobody" in scaling["headline"]
    assert "The rules advise: Stop. The board decides." in scaling["headline"]


def test_whose_a_recommendation_is_stands_with_it(bare: Shell) -> None:
    options = "Go on\nDo nothing: it stays as it is"
    ask = (
        "--options",
        options,
        "--pilot",
        "P-01",
        "--question",
        "Go on?",
        "--status",
        "sought",
        "--recommendation",
        "Go on",
    )
    bare.done("decision", "add", "Go on with A", *ask, "--requested-by", "ana")
    pack = bare.done("report", "pack")
    assert "Requester recommends: Go on." in pack and "Recommended by ana" in pack
    assert "By the rules, ready to scale?" in pack


def test_money_has_totals_that_say_of_how_many(bare: Shell) -> None:
    for name, budget in (("B", "withheld: commercial"), ("C", "14.2m"), ("D", "0"), ("E", "tbc"), ("F", "n/a")):
        bare.done("pilot", "add", name, "--budget", budget)
    total = "Budget £14,200,000 over 2 of 6 running pilots; 1 missing, 1 withheld, 1 not yet known, 1 not applicable"
    assert total in " ".join(bare.done("report", "summary").split())
    assert total in str(bare.done("report", "summary", "--format", "json"))
    pack = bare.done("report", "pack")
    for words in ("Withheld", "Not yet known", "Not applicable", "withheld: budget; not recorded: forecast and spent"):
        assert words in " ".join(pack.split()), words
    assert "The budget is withheld, so nobody can tell" in " ".join(bare.done("pilot", "explain", "P-02").split())
    bare.done("pilot", "set", "P-04", "--outcome", "stopped")  # the one whose budget is 0
    assert "£14,200,000 over 1 of 5 running pilots" in " ".join(bare.done("report", "summary").split())


def test_a_date_that_is_withheld_has_not_moved(bare: Shell) -> None:
    bare.done("pilot", "set", "P-01", "--forecast-end", "2027-03-31")
    bare.day = date(2026, 11, 12)
    bare.done("pilot", "set", "P-01", "--forecast-end", "withheld: commercial", "--reason", "Talks with the supplier")
    pack = " ".join(bare.done("report", "pack", "--since", "2026-10-12").split())
    assert "Not comparable: 1 record" in pack
    assert "forecast end withheld (commercial), was 31 mar 2027" in pack.lower()
    assert "taken away" not in pack and "1 moved" not in pack
    bare.day = date(2026, 12, 1)
    bare.done("pilot", "set", "P-01", "--forecast-end", "2027-03-31")
    bare.done("pilot", "set", "P-01", "--forecast-end", "", "--reason", "We do not know any more")
    assert "taken away" in bare.done("report", "pack", "--since", "2026-10-12")


def test_an_old_risk_gets_no_day_that_nobody_set(bare: Shell) -> None:
    old = ("--raised-on", "2025-01-10", "--likelihood", "4", "--impact", "4", "--escalated-to", "board")
    bare.done("risk", "add", "Old", "--pilot", "P-01", *old)
    risk = bare.json("risk", "show", "R-001")
    assert risk["assessed_on"] == "2025-01-10" and risk["escalated_on"] is None
    signals = " ".join(bare.done("signals").split())
    assert "1 review overdue (1 worked out from the score, without a day that anybody set)" in signals
    assert "(worked out) (overdue)" in " ".join(bare.done("report", "pack").split())
    bare.done("risk", "add", "New", "--likelihood", "2", "--impact", "2", "--escalated-to", "board")
    risk = bare.json("risk", "show", "R-002")
    assert (risk["assessed_on"], risk["escalated_on"]) == ("2026-10-12", "2026-10-12")


def test_what_ended_on_a_day_that_nobody_gave_is_not_dated_today(bare: Shell) -> None:
    done = ("--owner", "ana", "--status", "done", "--evidence", "Mail")
    words = bare.refused(1, "action", "add", "Ask", "--due", "2025-02-01", *done)
    assert "Done on is needed" in words
    bare.done("action", "add", "Tell", "--due", "2027-02-01", *done)
    assert bare.json("action", "show", "A-001")["done_on"] == "2026-10-12"
    closed = ("--status", "closed", "--closing-reason", "expired")
    assert "Closed on is needed" in bare.refused(1, "risk", "add", "Old", "--raised-on", "2025-02-01", *closed)
    words = bare.refused(1, "risk", "add", "Old", "--closed-on", "2025-02-01", *closed)
    assert "Raised on is needed" in words
    held = ("--pilot", "P-01", "--planned-on", "2025-03-01", "--outcome", "green")
    assert "Held on is needed" in bare.refused(1, "gate", "add", "Alpha", *held)


def test_a_pilot_that_has_ended_runs_in_no_paper(bare: Shell) -> None:
    bare.done("pilot", "add", "B", "--phase", "live", "--actual-end", "2026-10-02")
    bare.done("pilot", "add", "C", "--phase", "alpha", "--outcome", "stopped")
    summary = " ".join(bare.done("report", "summary").split())
    assert "1 running pilot:" in summary and "of 1 running pilot" in summary
    assert "running pilots" not in summary


def test_the_section_that_names_the_register_of_standards_prints_them(bare: Shell) -> None:
    bare.done("standard", "add", "Shared address", "--kind", "data-standard")
    assert "ST-01 Shared address" in bare.done("report", "pack")


def test_rolling_periods_are_taken_and_never_tested(bare: Shell) -> None:
    bare.day = date(2026, 11, 12)
    bare.done("metric", "add", "Take-up", "--kind", "proportion", "--definition", "Online of all", "--pilot", "P-01")

    def measured(phase: str, start: str, end: str, k: str) -> tuple[str, ...]:
        period = ("--phase", phase, "--period-start", start, "--period-end", end)
        return ("measurement", "add", "M-01", *period, "--numerator", k, "--denominator", "1000")

    bare.done(*measured("baseline", "2025-01-01", "2025-12-31", "500"))
    words = bare.refused(1, *measured("after", "2025-07-01", "2026-06-30", "600"))
    assert "overlaps ME-001" in words and "that the periods of M-01 are rolling" in words
    bare.done("metric", "set", "M-01", "--periods", "rolling")
    bare.done(*measured("after", "2025-07-01", "2026-06-30", "600"))
    page = " ".join(bare.done("metric", "compare", "M-01").split())
    assert "no independent samples" in page and "points (95% interval" not in page
    again = bare.refused(1, *measured("after", "2025-07-01", "2026-06-30", "610"))
    assert "overlaps ME-002" in again
