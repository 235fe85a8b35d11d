"""Bodies, members, holidays and invitations as typed in a shell."""

from shell import Shell, prepared


@prepared
def body(shell: Shell) -> None:
    """A body with a member, and a meeting of it."""
    shell.done("body", "add", "Steering group", "--clear-days", "3")
    shell.done("member", "add", "ana", "--body", "BD-01", "--role", "Chair")
    shell.done("board", "add", "December group", "--meets-on", "2026-12-30", "--start-time", "14:30", "--body", "BD-01")


def test_members_are_invited(body: Shell) -> None:
    assert body.done("board", "invite", "B-01") == "BA-001\n"
    assert "All members are there already" in body.refused(1, "board", "invite", "B-01")
    body.done("undo")
    assert body.json("attendee", "list") == []


def test_holidays_are_taken_and_named(body: Shell) -> None:
    refs = body.done("holiday", "take", "GB-ENG", "--from", "2026", "--to", "2026").split()
    assert refs == [f"HD-00{n}" for n in range(1, 9)]
    (desk,) = body.json("board", "next")
    assert "not counted: Christmas Day (25 Dec 2026) and Boxing Day (observed) (28 Dec 2026)" in desk["notice"]
    assert next(step["due"] for step in desk["steps"] if step["leads_to"] == "frozen") == "2026-12-22"
    body.done("holiday", "remove", "HD-008", "--reason", "We work on that day")
    (desk,) = body.json("board", "next")
    assert next(step["due"] for step in desk["steps"] if step["leads_to"] == "frozen") == "2026-12-23"


def test_it_is_said_where_a_country_alone_has_fewer_days(body: Shell) -> None:
    body.done("holiday", "take", "GB", "--from", "2026", "--to", "2026")
    assert "its parts have more: GB-ENG, GB-NIR, GB-SCT and GB-WLS" in body.words
    assert "Easter Monday" not in {holiday["name"] for holiday in body.json("holiday", "list")}
    body.done("holiday", "take", "GB-ENG", "--from", "2026", "--to", "2026")
    assert "its parts have more" not in body.words
    assert "Easter Monday" in {holiday["name"] for holiday in body.json("holiday", "list")}


def test_the_years_are_this_and_the_next_by_themselves(body: Shell) -> None:
    body.done("holiday", "take", "IE")
    years = {holiday["falls_on"][:4] for holiday in body.json("holiday", "list")}
    assert years == {"2026", "2027"}
    assert "There is no calendar “XX”" in body.refused(1, "holiday", "take", "XX")
    assert "--from" in body.refused(2, "holiday", "take", "IE", "--from", "soon")


def test_a_body_says_what_hangs_on_it(body: Shell) -> None:
    assert "board meeting (B-01) hang" in body.refused(1, "body", "remove", "BD-01", "--reason", "Merged with another")
