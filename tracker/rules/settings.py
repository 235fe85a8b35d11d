"""The figures that a programme may set for itself: thresholds, appetites, and how much a paper shows."""

from collections.abc import Mapping
from typing import Annotated as A
from typing import Literal, NamedTuple, get_args

from tracker.entities import Risk
from tracker.errors import Note

Band = Literal["low", "medium", "high", "very_high"]
Appetite = Literal["averse", "minimal", "cautious", "open", "eager"]
YesNo = Literal["no", "yes"]
Every = Literal["never", "daily", "weekly", "monthly"]
SettingValue = int | float | str

BANDS: tuple[Band, ...] = get_args(Band)
APPETITES: tuple[Appetite, ...] = get_args(Appetite)
UNCATEGORISED = "uncategorised"
CATEGORIES = Risk.fields()["category"].choices


class Spec(NamedTuple):
    """What people read of a setting, and the least and the most it may be where it is a number.

    Without a label of its own a setting is called by its name: ``tolerance_open`` is ``Tolerance: open``.
    """

    label: str
    help: str
    least: float = 0
    most: float = 0


CategoryAppetite = A[Appetite, Spec("", "How much risk the board accepts in this category")]
Tolerance = A[int, Spec("", "The highest score within this appetite", 1, 25)]


class Settings(NamedTuple):
    """The settings of a programme: each with its default, and over them what it has set.

    ``own`` names those that the programme set itself; ``problems`` says what could not be used.
    """

    # Bands of the risk score
    band_medium: A[int, Spec("Medium risk from", "The lowest score called medium", 2, 25)] = 6
    band_high: A[int, Spec("High risk from", "The lowest score called high", 2, 25)] = 13
    band_very_high: A[int, Spec("Very high risk from", "The lowest score called very high", 2, 25)] = 20
    # Reviews
    review_days_low: A[int, Spec("Review of low risks", "Days between reviews", 1, 730)] = 90
    review_days_medium: A[int, Spec("Review of medium risks", "Days between reviews", 1, 730)] = 60
    review_days_high: A[int, Spec("Review of high risks", "Days between reviews", 1, 730)] = 30
    review_days_very_high: A[int, Spec("Review of very high risks", "Days between reviews", 1, 730)] = 14
    # Appetite by category
    appetite_strategy: CategoryAppetite = "cautious"
    appetite_governance: CategoryAppetite = "cautious"
    appetite_operations: CategoryAppetite = "minimal"
    appetite_legal: CategoryAppetite = "minimal"
    appetite_property: CategoryAppetite = "cautious"
    appetite_financial: CategoryAppetite = "cautious"
    appetite_commercial: CategoryAppetite = "cautious"
    appetite_people: CategoryAppetite = "cautious"
    appetite_technology: CategoryAppetite = "open"
    appetite_information: CategoryAppetite = "cautious"
    appetite_security: CategoryAppetite = "minimal"
    appetite_project: CategoryAppetite = "cautious"
    appetite_reputational: CategoryAppetite = "cautious"
    appetite_uncategorised: CategoryAppetite = "cautious"
    # The highest score within an appetite
    tolerance_averse: Tolerance = 4
    tolerance_minimal: Tolerance = 6
    tolerance_cautious: Tolerance = 9
    tolerance_open: Tolerance = 12
    tolerance_eager: Tolerance = 16
    # Recording and papers
    late_entry_days: A[int, Spec("Late entry after", "Days after the event", 0, 365)] = 14
    long_iteration_days: A[int, Spec("Long iteration", "Days from which an iteration is called long", 1, 365)] = 42
    training_required: A[int, Spec("Training required", "Percent of each group, at go-live", 1, 100)] = 90
    training_floor: A[int, Spec("Training floor", "Percent below which coverage is red", 0, 100)] = 80
    top_risks_shown: A[int, Spec("Risks shown", "How many risks the summary names", 1, 20)] = 3
    wins_shown: A[int, Spec("Wins shown", "How many wins the summary names", 0, 20)] = 3
    soon_days: A[int, Spec("Soon", "Days ahead in which a decision is called soon", 1, 365)] = 28
    # Evidence signal
    slip_amber_days: A[
        int, Spec("Slip: amber days", "Amber above the larger of days and per cent of the plan", 0, 365)
    ] = 7
    slip_amber_percent: A[int, Spec("Slip: amber per cent", "Of the planned duration", 0, 200)] = 10
    slip_red_days: A[int, Spec("Slip: red days", "Red above the larger of days and per cent of the plan", 0, 730)] = 21
    slip_red_percent: A[int, Spec("Slip: red per cent", "Of the planned duration", 0, 400)] = 25
    passed_red_days: A[int, Spec("Passed forecast: red", "Days by which a forecast end may be passed", 0, 365)] = 14
    cost_amber_percent: A[int, Spec("Cost: amber", "Per cent over budget", 0, 200)] = 5
    cost_red_percent: A[int, Spec("Cost: red", "Per cent over budget", 0, 400)] = 10
    benefit_amber_gap: A[
        int, Spec("Benefits: amber", "Points by which attainment lags behind the time gone", 1, 100)
    ] = 20
    benefit_red_gap: A[int, Spec("Benefits: red", "Points by which attainment lags behind the time gone", 1, 100)] = 50
    benefit_red_elapsed: A[int, Spec("Benefits: red from", "Per cent of the time to the target", 0, 100)] = 60
    no_change_elapsed: A[int, Spec("No change: amber from", "Per cent of the time to the target", 0, 100)] = 50
    risk_red_score: A[
        int, Spec("Risk: red score", "From this score a risk above appetite and uncovered is red", 1, 25)
    ] = 15
    dimensions_needed: A[int, Spec("Dimensions needed", "With data, for an evidence signal", 1, 7)] = 4
    # Rushed pilot
    users_tested_least: A[int, Spec("Users tested", "Least before go-live, in each pilot", 1, 1000)] = 5
    late_evidence_percent: A[int, Spec("Late evidence", "Per cent of a gate's evidence in its last days", 1, 100)] = 50
    late_evidence_days: A[
        int, Spec("Late evidence days", "Working days up to and including that of the gate", 1, 30)
    ] = 2
    training_lead_days: A[int, Spec("Training lead", "Days between first session and go-live", 0, 365)] = 14
    iterations_before_live: A[int, Spec("Iterations before go-live", "Closed, with research", 0, 20)] = 2
    decision_earlier_percent: A[int, Spec("Decision moved earlier", "Per cent of the time that was left", 1, 100)] = 20
    short_stage_percent: A[int, Spec("Short stage", "Per cent of the programme's median stage", 1, 100)] = 50
    short_stage_needs: A[int, Spec("Stages needed", "Completed stages for a median", 2, 100)] = 3
    rushed_flags: A[int, Spec("Rushed: warning from", "Flags without a hard one", 1, 11)] = 3
    # Training
    training_soon_days: A[int, Spec("Training: soon", "Days before go-live", 1, 365)] = 14
    training_soon_percent: A[int, Spec("Training: soon needs", "Per cent of each group", 1, 100)] = 70
    training_early_days: A[int, Spec("Training: early", "Days before go-live", 1, 365)] = 42
    training_early_percent: A[int, Spec("Training: early needs", "Per cent of each group", 1, 100)] = 40
    training_projected_red: A[int, Spec("Training: projected red", "Per cent expected at go-live", 1, 100)] = 75
    show_rate_default: A[int, Spec("Show rate assumed", "Per cent, with few bookings", 1, 100)] = 80
    show_rate_bookings: A[int, Spec("Show rate needs", "Bookings in the last days", 1, 1000)] = 20
    show_rate_days: A[int, Spec("Show rate days", "Days that count", 1, 730)] = 90
    show_rate_low: A[int, Spec("Show rate low", "Per cent below which it is a warning", 1, 100)] = 60
    learning_gain_low: A[float, Spec("Learning gain low", "Points of the scale, or less", 0, 10)] = 0.5
    pass_rate_low: A[int, Spec("Pass rate low", "Per cent", 1, 100)] = 70
    reaction_low: A[float, Spec("Reaction low", "Points of five", 1, 5)] = 3.5
    evaluation_least: A[int, Spec("Evaluation needs", "People", 1, 1000)] = 5
    follow_up_from: A[int, Spec("Follow-up from", "Days after go-live", 1, 365)] = 30
    follow_up_to: A[int, Spec("Follow-up until", "Days after go-live", 1, 730)] = 90
    retraining_days: A[int, Spec("Retraining within", "Days of a release that changes work", 1, 365)] = 30
    one_trainer_people: A[int, Spec("One trainer", "Most people for one trainer", 1, 10000)] = 50
    # Rhythm
    rhythm_slipping: A[float, Spec("Rhythm: slipping", "Times the usual gap", 1, 10)] = 1.5
    rhythm_stalled: A[float, Spec("Rhythm: stalled", "Times the usual gap, and a week", 1, 20)] = 2.0
    rhythm_red_days: A[int, Spec("Rhythm: red", "Days since the last iteration ended, when stalled", 1, 365)] = 42
    release_days: A[int, Spec("Release due", "Days without a release to real users", 1, 730)] = 183
    irregular_percent: A[int, Spec("Rhythm: irregular", "Per cent of the usual gap", 1, 200)] = 25
    # Exposure
    stagnant_assessments: A[int, Spec("Stagnant risk", "Assessments with the same score", 2, 20)] = 3
    concentration_percent: A[
        int, Spec("Concentration", "Per cent of the points above appetite with one owner", 1, 100)
    ] = 40
    # Before and after
    interval_percent: A[int, Spec("Interval", "Per cent of confidence", 80, 99)] = 95
    impact_least_n: A[int, Spec("Sample needed", "In each period", 2, 10000)] = 30
    impact_least_events: A[int, Spec("Events needed", "In each period", 1, 10000)] = 10
    impact_least_days: A[int, Spec("Days needed", "Of data in each period", 1, 365)] = 28
    period_length_percent: A[int, Spec("Unequal periods", "Per cent difference in length", 1, 400)] = 25
    base_change_percent: A[int, Spec("Changed base", "Per cent more or fewer cases", 1, 1000)] = 25
    channel_points: A[int, Spec("Channel shift", "Points of the online share", 1, 100)] = 10
    many_metrics: A[int, Spec("Many metrics", "More than so many: some differ by chance", 1, 100)] = 5
    # Scale-readiness
    scale_partly: A[int, Spec("Scale: open points", "Mandatory criteria that may be partly met", 0, 12)] = 2
    no_value_days: A[int, Spec("No value", "Days without anything for real users", 30, 1000)] = 183
    # Service prioritisation
    weight_hours: A[int, Spec("Weight: citizen hours", "Of impact", 0, 100)] = 30
    weight_failure: A[int, Spec("Weight: failure rate", "Of impact", 0, 100)] = 20
    weight_cost: A[int, Spec("Weight: annual cost", "Of impact", 0, 100)] = 20
    weight_handoffs: A[int, Spec("Weight: hand-offs", "Of impact", 0, 100)] = 10
    weight_vulnerability: A[int, Spec("Weight: vulnerability", "Of impact", 0, 100)] = 20
    weight_readiness: A[int, Spec("Weight: readiness", "Of feasibility", 0, 100)] = 60
    weight_data: A[int, Spec("Weight: data readiness", "Of feasibility", 0, 100)] = 40
    weight_shift: A[int, Spec("Weights: shift", "Per cent up and down for the range of ranks", 1, 100)] = 25
    # Publishing
    publish_ratings: A[YesNo, Spec("Publish ratings", "Whether the board agreed to publish ratings")] = "no"
    publication_delay_days: A[
        int, Spec("Publication delay", "Days from approved minutes to the public version", 0, 365)
    ] = 0
    publisher: A[str, Spec("Publisher", "Who publishes the public version, such as a council")] = ""
    licence: A[str, Spec("Licence", "Under which others may use it, such as OGL-UK-3.0")] = ""
    licence_address: A[str, Spec("Licence: address", "The page that holds its text")] = ""
    public_contact: A[str, Spec("Contact", "Where readers ask: an office address, not a person's")] = ""
    accessibility: A[str, Spec("Accessibility statement", "The page that holds it, or a sentence")] = ""
    # Backups that are made by themselves
    backup_every: A[Every, Spec("Backups", "How often one is made by itself, when somebody writes")] = "daily"
    backup_days: A[int, Spec("Backups: days", "Days of which the newest is kept", 1, 60)] = 7
    backup_weeks: A[int, Spec("Backups: weeks", "Weeks of which the newest is kept", 0, 60)] = 4
    backup_months: A[int, Spec("Backups: months", "Months of which the newest is kept", 0, 120)] = 12
    backup_folder: A[str, Spec("Backups: folder", "Where they go; by itself beside the file")] = ""
    # Freshness
    late_measurement: A[float, Spec("Measurement late", "Times its frequency", 1, 10)] = 1.5

    own: frozenset[str] = frozenset()
    problems: tuple[Note, ...] = ()

    @property
    def values(self) -> dict[str, SettingValue]:
        """The value of every setting, in the order of the catalogue."""
        return {name: getattr(self, name) for name in CATALOGUE}

    def band_cuts(self) -> tuple[int, int, int]:
        """Return the lowest scores called medium, high and very high."""
        return self.band_medium, self.band_high, self.band_very_high

    def review_days(self, band: Band) -> int:
        """Return the days between two reviews of a risk in a band."""
        days: int = getattr(self, f"review_days_{band}")
        return days

    def appetite(self, category: str | None) -> Appetite:
        """Return the appetite for a category of risk; None is uncategorised."""
        appetite: Appetite = getattr(self, f"appetite_{category or UNCATEGORISED}")
        return appetite

    def tolerance(self, category: str | None) -> int:
        """Return the highest score that the appetite for a category accepts."""
        tolerance: int = getattr(self, f"tolerance_{self.appetite(category)}")
        return tolerance


class SettingSpec(NamedTuple):
    """One setting as fronts need it: a number from ``least`` to ``most``, or one of some choices."""

    name: str
    label: str
    help: str
    default: SettingValue
    least: float
    most: float
    choices: tuple[str, ...]


def _catalogue() -> dict[str, SettingSpec]:
    catalogue = {}
    for name, annotation in Settings.__annotations__.items():
        if hasattr(annotation, "__metadata__"):
            (spec,) = annotation.__metadata__
            label = spec.label or name.capitalize().replace("_", ": ")
            catalogue[name] = SettingSpec(
                name, label, spec.help, Settings._field_defaults[name], spec.least, spec.most,
                get_args(annotation.__origin__),
            )  # fmt: skip
    return catalogue


CATALOGUE: Mapping[str, SettingSpec] = _catalogue()
DEFAULTS = Settings()
