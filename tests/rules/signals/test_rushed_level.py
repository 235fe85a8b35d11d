"""The rushed-pilot warning: when it is judged, and the level that its flags make."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence
from rules.rushed_cases import (
    CALM,
    LIVE,
    criterion,
    fired,
    gate,
    judged,
    one,
    rule,
    session,
    steady,
)

from tracker.fields import Nothing
from tracker.rules.signals.rushed.warning import rushed_signal


def test_gates_that_open_no_phase_count_from_go_live_on() -> None:
    bad = criterion(None, gate="G-02", result="partly", evidence=None)
    for held, fires in ((LIVE, ["RP2!"]), (DAY, ["RP2!"]), (LIVE - timedelta(1), []), (DAY + timedelta(1), [])):
        assert fired(judged(*CALM, gate("G-02", held_on=held, opens_phase=None), bad)) == fires
    assert fired(judged(*CALM, gate("G-02", held_on=None, outcome="pending"), bad)) == []
    assert fired(judged(*CALM, gate("G-02", held_on=DAY, opens_phase=None), bad, of=one(first_real_user_on=None))) == []


def test_in_alpha_it_is_too_early_but_the_date_of_the_decision_counts() -> None:
    ahead = {"phase": "alpha", "first_real_user_on": DAY + timedelta(20)}
    found = judged(of=one(**ahead, decision_due=DAY + timedelta(100)))
    assert (found.level, fired(found)) == ("too_early", [])
    found = judged(of=one(**ahead, decision_due=DAY + timedelta(50)))
    assert (found.level, fired(found)) == ("watch", ["RP9"])
    assert judged(of=one(phase="discovery", first_real_user_on=None)).level == "too_early"


def test_real_users_in_alpha_are_judged_as_real_users() -> None:
    assert "RP6!" in fired(judged(of=one(phase="alpha")))


def test_before_go_live_there_is_still_time_and_without_a_go_live_nothing_is_known() -> None:
    ahead = judged(gate(), criterion(), session(DAY), of=one(first_real_user_on=DAY + timedelta(20)))
    assert (ahead.level, fired(ahead)) == ("clear", [])
    assert {rule(ahead, name).level for name in ("RP4", "RP6")} == {"grey"}
    unknown = judged(gate(), criterion(), of=one(first_real_user_on=None))
    assert unknown.level == "grey"
    assert unknown.missing[0].startswith("the go-live date")


def test_a_go_live_that_is_not_yet_known_is_not_called_missing() -> None:
    unknown = one(first_real_user_on=None)
    day = evidence(unknown, gate(), criterion(), nothings={("P-01", "first_real_user_on"): Nothing("not_yet_known")})
    signal = rushed_signal(day, unknown)
    assert signal.level == "grey"
    assert not any("go-live" in gap for gap in signal.missing)


def test_three_soft_flags_are_a_warning_and_the_number_is_a_setting() -> None:
    two = one(users_tested=1, baseline_end=LIVE + timedelta(20))
    assert judged(*CALM, of=two).level == "watch"
    assert judged(*CALM, of=two, rushed_flags=2).level == "warning"


@steady
@given(
    st.sampled_from(["discovery", "alpha", "private_beta", "public_beta", "live", "paused", "stopped"]),
    st.none() | st.integers(-60, 300),
    st.none() | st.integers(0, 300),
    st.sets(st.integers(0, len(CALM) - 1)),
)
def test_any_records_make_a_level_and_nothing_recorded_is_never_clear(
    phase: str, since: int | None, left: int | None, kept: set[int]
) -> None:
    live = None if since is None else DAY - timedelta(since)
    due = None if left is None else DAY + timedelta(left)
    which = one(phase=phase, first_real_user_on=live, decision_due=due, baseline_end=due)
    found = judged(*(CALM[n] for n in sorted(kept)), of=which)
    again = judged(*(CALM[n] for n in sorted(kept)), of=which)
    assert found == again
    assert found.level in ("warning", "watch", "clear", "too_early", "grey")
    assert (found.level in ("warning", "watch")) == bool(fired(found))
    if not kept and live is not None and live <= DAY:
        assert found.level == "warning"
    assert not any("uid<" in one.sentence for one in found.findings)
