"""The thresholds of the signals, as design/signals.md gives them; a programme may set its own."""

from typing import NamedTuple


class SettingSpec(NamedTuple):
    """One setting: its name, what people read, its default, and the values allowed (a range, or choices).

    A default with a decimal point makes it a number with decimals.
    """

    name: str
    label: str
    help: str
    default: float | str
    least: float = 0
    most: float = 0
    choices: tuple[str, ...] = ()


S = SettingSpec

SIGNAL_SETTINGS = (
    # Evidence signal
    S("slip_amber_days", "Slip: amber days", "Amber above the larger of days and per cent of the plan", 7, 0, 365),
    S("slip_amber_percent", "Slip: amber per cent", "Of the planned duration", 10, 0, 200),
    S("slip_red_days", "Slip: red days", "Red above the larger of days and per cent of the plan", 21, 0, 730),
    S("slip_red_percent", "Slip: red per cent", "Of the planned duration", 25, 0, 400),
    S("passed_red_days", "Passed forecast: red", "Days by which a forecast end may be passed", 14, 0, 365),
    S("cost_amber_percent", "Cost: amber", "Per cent over budget", 5, 0, 200),
    S("cost_red_percent", "Cost: red", "Per cent over budget", 10, 0, 400),
    S("benefit_amber_gap", "Benefits: amber", "Points by which attainment lags behind the time gone", 20, 1, 100),
    S("benefit_red_gap", "Benefits: red", "Points by which attainment lags behind the time gone", 50, 1, 100),
    S("benefit_red_elapsed", "Benefits: red from", "Per cent of the time to the target", 60, 0, 100),
    S("no_change_elapsed", "No change: amber from", "Per cent of the time to the target", 50, 0, 100),
    S("risk_red_score", "Risk: red score", "From this score a risk above appetite and uncovered is red", 15, 1, 25),
    S("dimensions_needed", "Dimensions needed", "With data, for an evidence signal", 4, 1, 7),
    # Rushed pilot
    S("users_tested_least", "Users tested", "Least before go-live, in each pilot", 5, 1, 1000),
    S("late_evidence_percent", "Late evidence", "Per cent of a gate's evidence in its last days", 50, 1, 100),
    S("late_evidence_days", "Late evidence days", "Working days up to and including that of the gate", 2, 1, 30),
    S("training_lead_days", "Training lead", "Days between first session and go-live", 14, 0, 365),
    S("iterations_before_live", "Iterations before go-live", "Closed, with research", 2, 0, 20),
    S("decision_earlier_percent", "Decision moved earlier", "Per cent of the time that was left", 20, 1, 100),
    S("short_stage_percent", "Short stage", "Per cent of the programme's median stage", 50, 1, 100),
    S("short_stage_needs", "Stages needed", "Completed stages for a median", 3, 2, 100),
    S("rushed_flags", "Rushed: warning from", "Flags without a hard one", 3, 1, 11),
    # Training
    S("training_soon_days", "Training: soon", "Days before go-live", 14, 1, 365),
    S("training_soon_percent", "Training: soon needs", "Per cent of each group", 70, 1, 100),
    S("training_early_days", "Training: early", "Days before go-live", 42, 1, 365),
    S("training_early_percent", "Training: early needs", "Per cent of each group", 40, 1, 100),
    S("training_projected_red", "Training: projected red", "Per cent expected at go-live", 75, 1, 100),
    S("show_rate_default", "Show rate assumed", "Per cent, with few bookings", 80, 1, 100),
    S("show_rate_bookings", "Show rate needs", "Bookings in the last days", 20, 1, 1000),
    S("show_rate_days", "Show rate days", "Days that count", 90, 1, 730),
    S("show_rate_low", "Show rate low", "Per cent below which it is a warning", 60, 1, 100),
    S("learning_gain_low", "Learning gain low", "Points of the scale, or less", 0.5, 0, 10),
    S("pass_rate_low", "Pass rate low", "Per cent", 70, 1, 100),
    S("reaction_low", "Reaction low", "Points of five", 3.5, 1, 5),
    S("evaluation_least", "Evaluation needs", "People", 5, 1, 1000),
    S("follow_up_from", "Follow-up from", "Days after go-live", 30, 1, 365),
    S("follow_up_to", "Follow-up until", "Days after go-live", 90, 1, 730),
    S("retraining_days", "Retraining within", "Days of a release that changes work", 30, 1, 365),
    S("one_trainer_people", "One trainer", "Most people for one trainer", 50, 1, 10_000),
    # Rhythm
    S("rhythm_slipping", "Rhythm: slipping", "Times the usual gap", 1.5, 1, 10),
    S("rhythm_stalled", "Rhythm: stalled", "Times the usual gap, and a week", 2.0, 1, 20),
    S("rhythm_red_days", "Rhythm: red", "Days since the last iteration ended, when stalled", 42, 1, 365),
    S("release_days", "Release due", "Days without a release to real users", 183, 1, 730),
    S("irregular_percent", "Rhythm: irregular", "Per cent of the usual gap", 25, 1, 200),
    # Exposure
    S("stagnant_assessments", "Stagnant risk", "Assessments with the same score", 3, 2, 20),
    S("concentration_percent", "Concentration", "Per cent of the points above appetite with one owner", 40, 1, 100),
    # Before and after
    S("interval_percent", "Interval", "Per cent of confidence", 95, 80, 99),
    S("impact_least_n", "Sample needed", "In each period", 30, 2, 10_000),
    S("impact_least_events", "Events needed", "In each period", 10, 1, 10_000),
    S("impact_least_days", "Days needed", "Of data in each period", 28, 1, 365),
    S("period_length_percent", "Unequal periods", "Per cent difference in length", 25, 1, 400),
    S("channel_points", "Channel shift", "Points of the online share", 10, 1, 100),
    S("many_metrics", "Many metrics", "More than so many: some differ by chance", 5, 1, 100),
    # Scale-readiness
    S("scale_partly", "Scale: open points", "Mandatory criteria that may be partly met", 2, 0, 12),
    S("no_value_days", "No value", "Days without anything for real users", 183, 30, 1000),
    # Service prioritisation
    S("weight_hours", "Weight: citizen hours", "Of impact", 30, 0, 100),
    S("weight_failure", "Weight: failure rate", "Of impact", 20, 0, 100),
    S("weight_cost", "Weight: annual cost", "Of impact", 20, 0, 100),
    S("weight_handoffs", "Weight: hand-offs", "Of impact", 10, 0, 100),
    S("weight_vulnerability", "Weight: vulnerability", "Of impact", 20, 0, 100),
    S("weight_readiness", "Weight: readiness", "Of feasibility", 60, 0, 100),
    S("weight_data", "Weight: data readiness", "Of feasibility", 40, 0, 100),
    S("weight_shift", "Weights: shift", "Per cent up and down for the range of ranks", 25, 1, 100),
    # Publishing
    S("publish_ratings", "Publish ratings", "Whether the board agreed to publish ratings", "no", choices=("no", "yes")),
    S("publication_delay_days", "Publication delay", "Days from approved minutes to the public version", 0, 0, 365),
    # Freshness
    S("late_measurement", "Measurement late", "Times its frequency", 1.5, 1, 10),
)
