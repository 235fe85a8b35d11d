"""The figures that a programme may set for itself: thresholds, appetites, and how much a paper shows."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Self, TypeVar, cast, dataclass_transform, get_args

from tracker.errors import Note

Band = Literal["low", "medium", "high", "very_high"]
Appetite = Literal["averse", "minimal", "cautious", "open", "eager"]
YesNo = Literal["no", "yes"]
Every = Literal["never", "daily", "weekly", "monthly"]
SettingValue = int | float | str
V = TypeVar("V", bound=SettingValue)

BANDS: tuple[Band, ...] = get_args(Band)
APPETITES: tuple[Appetite, ...] = get_args(Appetite)
UNCATEGORISED = "uncategorised"


class Spec(NamedTuple):
    """The default of a setting, what people read of it, and the least and the most it may be where it is a number.

    Without a label of its own a setting is called by its name: ``tolerance_open`` is ``Tolerance: open``.
    """

    default: SettingValue
    label: str
    help: str
    least: float = 0
    most: float = 0


def setting(default: V, label: str, words: str, least: float = 0, most: float = 0) -> V:
    """Return a setting as a class declares it; to whoever reads types it is its default."""
    return cast("V", Spec(default, label, words, least, most))


def _of_category(default: Appetite) -> Appetite:
    return setting(default, "", "How much risk the board accepts in this category")


def _tolerance(default: int) -> int:
    return setting(default, "", "The highest score within this appetite", 1, 25)


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class _Declared:
    """Takes values over the defaults: to make a tuple of so many annotated fields takes 3 ms of every list."""

    def __init__(self, **values: SettingValue | frozenset[str] | tuple[Note, ...]) -> None:
        self.__dict__.update({name: spec.default for name, spec in CATALOGUE.items()} | values)

    def but(self, **values: SettingValue) -> Self:
        """Return the same settings with other values of some."""
        return type(self)(**{**vars(self), **values})


class Settings(_Declared):
    """The settings of a programme: each with its default, and over them what it has set.

    ``own`` names those that the programme set itself; ``problems`` says what could not be used.
    """

    # Bands of the risk score
    band_medium: int = setting(6, "Medium risk from", "The lowest score called medium", 2, 25)
    band_high: int = setting(13, "High risk from", "The lowest score called high", 2, 25)
    band_very_high: int = setting(20, "Very high risk from", "The lowest score called very high", 2, 25)
    # Reviews
    review_days_low: int = setting(90, "Review of low risks", "Days between reviews", 1, 730)
    review_days_medium: int = setting(60, "Review of medium risks", "Days between reviews", 1, 730)
    review_days_high: int = setting(30, "Review of high risks", "Days between reviews", 1, 730)
    review_days_very_high: int = setting(14, "Review of very high risks", "Days between reviews", 1, 730)
    # Appetite by category
    appetite_strategy: Appetite = _of_category("cautious")
    appetite_governance: Appetite = _of_category("cautious")
    appetite_operations: Appetite = _of_category("minimal")
    appetite_legal: Appetite = _of_category("minimal")
    appetite_property: Appetite = _of_category("cautious")
    appetite_financial: Appetite = _of_category("cautious")
    appetite_commercial: Appetite = _of_category("cautious")
    appetite_people: Appetite = _of_category("cautious")
    appetite_technology: Appetite = _of_category("open")
    appetite_information: Appetite = _of_category("cautious")
    appetite_security: Appetite = _of_category("minimal")
    appetite_project: Appetite = _of_category("cautious")
    appetite_reputational: Appetite = _of_category("cautious")
    appetite_uncategorised: Appetite = _of_category("cautious")
    # The highest score within an appetite
    tolerance_averse: int = _tolerance(4)
    tolerance_minimal: int = _tolerance(6)
    tolerance_cautious: int = _tolerance(9)
    tolerance_open: int = _tolerance(12)
    tolerance_eager: int = _tolerance(16)
    # Recording and papers
    late_entry_days: int = setting(14, "Late entry after", "Days after the event", 0, 365)
    long_iteration_days: int = setting(42, "Long iteration", "Days from which an iteration is called long", 1, 365)
    training_required: int = setting(90, "Training required", "Percent of each group, at go-live", 1, 100)
    training_floor: int = setting(80, "Training floor", "Percent below which coverage is red", 0, 100)
    top_risks_shown: int = setting(3, "Risks shown", "How many risks the summary names", 1, 20)
    wins_shown: int = setting(3, "Wins shown", "How many wins the summary names", 0, 20)
    soon_days: int = setting(28, "Soon", "Days ahead in which a decision is called soon", 1, 365)
    # Evidence signal
    slip_amber_days: int = setting(
        7, "Slip: amber days", "Amber above the larger of days and per cent of the plan", 0, 365
    )
    slip_amber_percent: int = setting(10, "Slip: amber per cent", "Of the planned duration", 0, 200)
    slip_red_days: int = setting(21, "Slip: red days", "Red above the larger of days and per cent of the plan", 0, 730)
    slip_red_percent: int = setting(25, "Slip: red per cent", "Of the planned duration", 0, 400)
    passed_red_days: int = setting(14, "Passed forecast: red", "Days by which a forecast end may be passed", 0, 365)
    cost_amber_percent: int = setting(5, "Cost: amber", "Per cent over budget", 0, 200)
    cost_red_percent: int = setting(10, "Cost: red", "Per cent over budget", 0, 400)
    benefit_amber_gap: int = setting(
        20, "Benefits: amber", "Points by which attainment lags behind the time gone", 1, 100
    )
    benefit_red_gap: int = setting(50, "Benefits: red", "Points by which attainment lags behind the time gone", 1, 100)
    benefit_red_elapsed: int = setting(60, "Benefits: red from", "Per cent of the time to the target", 0, 100)
    no_change_elapsed: int = setting(50, "No change: amber from", "Per cent of the time to the target", 0, 100)
    risk_red_score: int = setting(
        15, "Risk: red score", "From this score a risk above appetite and uncovered is red", 1, 25
    )
    dimensions_needed: int = setting(4, "Dimensions needed", "With data, for an evidence signal", 1, 7)
    # Rushed pilot
    users_tested_least: int = setting(5, "Users tested", "Least before go-live, in each pilot", 1, 1000)
    late_evidence_percent: int = setting(50, "Late evidence", "Per cent of a gate's evidence in its last days", 1, 100)
    late_evidence_days: int = setting(
        2, "Late evidence days", "Working days up to and including that of the gate", 1, 30
    )
    training_lead_days: int = setting(14, "Training lead", "Days between first session and go-live", 0, 365)
    iterations_before_live: int = setting(2, "Iterations before go-live", "Closed, with research", 0, 20)
    decision_earlier_percent: int = setting(20, "Decision moved earlier", "Per cent of the time that was left", 1, 100)
    short_stage_percent: int = setting(50, "Short stage", "Per cent of the programme's median stage", 1, 100)
    short_stage_needs: int = setting(3, "Stages needed", "Completed stages for a median", 2, 100)
    rushed_flags: int = setting(3, "Rushed: warning from", "Flags without a hard one", 1, 11)
    # Training
    training_soon_days: int = setting(14, "Training: soon", "Days before go-live", 1, 365)
    training_soon_percent: int = setting(70, "Training: soon needs", "Per cent of each group", 1, 100)
    training_early_days: int = setting(42, "Training: early", "Days before go-live", 1, 365)
    training_early_percent: int = setting(40, "Training: early needs", "Per cent of each group", 1, 100)
    training_projected_red: int = setting(75, "Training: projected red", "Per cent expected at go-live", 1, 100)
    show_rate_default: int = setting(80, "Show rate assumed", "Per cent, with few bookings", 1, 100)
    show_rate_bookings: int = setting(20, "Show rate needs", "Bookings in the last days", 1, 1000)
    show_rate_days: int = setting(90, "Show rate days", "Days that count", 1, 730)
    show_rate_low: int = setting(60, "Show rate low", "Per cent below which it is a warning", 1, 100)
    learning_gain_low: float = setting(0.5, "Learning gain low", "Points of the scale, or less", 0, 10)
    pass_rate_low: int = setting(70, "Pass rate low", "Per cent", 1, 100)
    reaction_low: float = setting(3.5, "Reaction low", "Points of five", 1, 5)
    evaluation_least: int = setting(5, "Evaluation needs", "People", 1, 1000)
    follow_up_from: int = setting(30, "Follow-up from", "Days after go-live", 1, 365)
    follow_up_to: int = setting(90, "Follow-up until", "Days after go-live", 1, 730)
    retraining_days: int = setting(30, "Retraining within", "Days of a release that changes work", 1, 365)
    one_trainer_people: int = setting(50, "One trainer", "Most people for one trainer", 1, 10000)
    # Rhythm
    rhythm_slipping: float = setting(1.5, "Rhythm: slipping", "Times the usual gap", 1, 10)
    rhythm_stalled: float = setting(2.0, "Rhythm: stalled", "Times the usual gap, and a week", 1, 20)
    rhythm_red_days: int = setting(42, "Rhythm: red", "Days since the last iteration ended, when stalled", 1, 365)
    release_days: int = setting(183, "Release due", "Days without a release to real users", 1, 730)
    irregular_percent: int = setting(25, "Rhythm: irregular", "Per cent of the usual gap", 1, 200)
    # Exposure
    stagnant_assessments: int = setting(3, "Stagnant risk", "Assessments with the same score", 2, 20)
    concentration_percent: int = setting(
        40, "Concentration", "Per cent of the points above appetite with one owner", 1, 100
    )
    # Before and after
    interval_percent: int = setting(95, "Interval", "Per cent of confidence", 80, 99)
    impact_least_n: int = setting(30, "Sample needed", "In each period", 2, 10000)
    impact_least_events: int = setting(10, "Events needed", "In each period", 1, 10000)
    impact_least_days: int = setting(28, "Days needed", "Of data in each period", 1, 365)
    period_length_percent: int = setting(25, "Unequal periods", "Per cent difference in length", 1, 400)
    base_change_percent: int = setting(25, "Changed base", "Per cent more or fewer cases", 1, 1000)
    channel_points: int = setting(10, "Channel shift", "Points of the online share", 1, 100)
    many_metrics: int = setting(5, "Many metrics", "More than so many: some differ by chance", 1, 100)
    # Scale-readiness
    scale_partly: int = setting(2, "Scale: open points", "Mandatory criteria that may be partly met", 0, 12)
    no_value_days: int = setting(183, "No value", "Days without anything for real users", 30, 1000)
    # Service prioritisation
    weight_hours: int = setting(30, "Weight: citizen hours", "Of impact", 0, 100)
    weight_failure: int = setting(20, "Weight: failure rate", "Of impact", 0, 100)
    weight_cost: int = setting(20, "Weight: annual cost", "Of impact", 0, 100)
    weight_handoffs: int = setting(10, "Weight: hand-offs", "Of impact", 0, 100)
    weight_vulnerability: int = setting(20, "Weight: vulnerability", "Of impact", 0, 100)
    weight_readiness: int = setting(60, "Weight: readiness", "Of feasibility", 0, 100)
    weight_data: int = setting(40, "Weight: data readiness", "Of feasibility", 0, 100)
    weight_shift: int = setting(25, "Weights: shift", "Per cent up and down for the range of ranks", 1, 100)
    # Publishing
    publish_ratings: YesNo = setting("no", "Publish ratings", "Whether the board agreed to publish ratings")
    publication_delay_days: int = setting(
        0, "Publication delay", "Days from approved minutes to the public version", 0, 365
    )
    publisher: str = setting("", "Publisher", "Who publishes the public version, such as a council")
    licence: str = setting("", "Licence", "Under which others may use it, such as OGL-UK-3.0")
    licence_address: str = setting("", "Licence: address", "The page that holds its text")
    public_contact: str = setting("", "Contact", "Where readers ask: an office address, not a person's")
    accessibility: str = setting("", "Accessibility statement", "The page that holds it, or a sentence")
    # Backups that are made by themselves
    backup_every: Every = setting("daily", "Backups", "How often one is made by itself, when somebody writes")
    backup_days: int = setting(7, "Backups: days", "Days of which the newest is kept", 1, 60)
    backup_weeks: int = setting(4, "Backups: weeks", "Weeks of which the newest is kept", 0, 60)
    backup_months: int = setting(12, "Backups: months", "Months of which the newest is kept", 0, 120)
    backup_folder: str = setting("", "Backups: folder", "Where they go; by itself beside the file")
    registers_shown: str = setting("", "Registers shown", "Registers that are shown before their first record")
    # Freshness
    late_measurement: float = setting(1.5, "Measurement late", "Times its frequency", 1, 10)

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
        spec = vars(Settings)[name]
        if isinstance(spec, Spec):
            default, label, words, least, most = spec
            label = label or name.capitalize().replace("_", ": ")
            catalogue[name] = SettingSpec(name, label, words, default, least, most, get_args(annotation))
    return catalogue


CATALOGUE: Mapping[str, SettingSpec] = _catalogue()
DEFAULTS = Settings()
