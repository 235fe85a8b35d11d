"""A comparison before and after in the words and figures that a board reads."""

import math
from collections.abc import Iterator
from functools import partial

from tracker.entities import Metric
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, VERDICT_WORDS, WORSENED, Comparison
from tracker.rules.impact.cautions import period
from tracker.rules.impact.figures import Answers, Ratio, Single, is_part
from tracker.rules.impact.pairing import Effect, Side
from tracker.rules.reading import decimal_text, share_text
from tracker.rules.wording import MINUS, half_up, listed, lower_first, number, optional, upper_first

MOST_DECIMALS = 4
CURRENCIES = ("£", "€", "$")


class Scale:
    """Writes the values of one comparison, all with as many decimals as tell them apart."""

    def __init__(self, comparison: Comparison) -> None:
        self.metric = metric = comparison.metric
        sides = (comparison.before, comparison.after)
        figures = [side.figures for side in sides if side is not None and side.figures is not None]
        self.part = any(is_part(metric, side) for side in figures) or (not figures and _is_share_metric(metric))
        values = [side.value for side in figures]
        usual = _decimals(values, comparison.effect)
        if self.part:
            usual = _part_decimals(values)
        self.decimals = usual
        self._difference: float | None = None  # of what is printed, where no more decimals make it that of the values
        if len(values) == 2 and comparison.effect is not None and not comparison.effect.ratio:
            self._agree(values, usual)
        self._told = self.decimals
        while self._told > 2 and all(half_up(value, self._told) % 10 == 0 for value in values):
            self._told -= 1  # “2.100” reads like two thousand

    def _agree(self, values: list[float], usual: int) -> None:
        """Take as many decimals, one more at most, as make the printed change that between the printed values.

        Where neither does, the change between the printed values is printed.
        """
        factor = 100**self.part
        before, after = (value * factor for value in values)
        for self.decimals in (usual, usual + 1):
            printed = _printed(after, self.decimals) - _printed(before, self.decimals)
            digits = max(self.decimals, int(self.part))
            if abs(_printed(after - before, digits) - printed) < 0.5 * 10**-self.decimals:
                return
        self._difference = printed / factor

    def estimate(self, change: float) -> float:
        """Return the change to be printed: the one that was worked out, or that between the printed values."""
        if self._difference is None:
            return change
        return self._difference

    def value(self, value: float) -> str:
        """Return a value with its unit: ``83%``, ``29.5 minutes``."""
        if not self.part:
            return self._unit(number(value, self._told))
        decimals = self.decimals
        # Nearly all is not all, and hardly any is not none.
        while decimals < MOST_DECIMALS and _printed(value * 100, decimals) in (0, 100) and value not in (0, 1):
            decimals += 1
        return f"{number(value * 100, decimals)}%"

    def goal(self, value: float) -> str:
        """Return a target as it was given, with its unit: 1.5 stays 1.5, however the figures are rounded."""
        if self.part:
            return share_text(round(value, 6))
        units, point, decimals = decimal_text(abs(value)).partition(".")
        sign = MINUS if value < 0 else ""
        return self._unit(f"{sign}{int(units):,}{point}{decimals}")

    def amount(self, change: float) -> str:
        """Return the size of a change with its unit and without a sign: ``5 points``, ``less than 0.1 points``.

        A change that is there is never said to be of 0.
        """
        if self.part:
            points = _printed(abs(change) * 100, 1)
            if change and not points:
                return "less than 0.1 points"
            return f"{_plain(points)} points"
        text = _plain(abs(change))
        if change and text == "0":
            return f"less than {self._unit(f'{10**-MOST_DECIMALS}')}"
        return self._unit(text)

    def change(self, change: float) -> str:
        """Return a change with its sign and unit: ``+14.1 points``, ``−11.5 minutes``."""
        if self.part:
            return f"{self.bare(change)} points"
        return self._unit(self.bare(change))

    def bare(self, change: float) -> str:
        """Return a change with its sign, without its unit."""
        if self.part:
            return signed(change * 100, max(self.decimals, 1))
        return signed(change, self.decimals)

    def _unit(self, text: str) -> str:
        return with_unit(text, self.metric.unit)


def with_unit(text: str, unit: str) -> str:
    """Return a figure with its unit as British papers have it: ``29.5 minutes``, ``69%``, ``−£9.10``."""
    if unit == "%":
        return f"{text}%"
    if unit not in CURRENCIES:
        return f"{text} {unit}".strip()
    digits = text.lstrip("+" + MINUS)
    sign = text.removesuffix(digits)
    if digits[-2:-1] == ".":  # nine pounds ten are £9.10
        digits += "0"
    return f"{sign}{unit}{digits}"


def _is_share_metric(metric: Metric) -> bool:
    return metric.metric_kind == "proportion" or metric.kpi_code in ("user_satisfaction_score", "user_satisfaction_pct")


def _part_decimals(values: list[float]) -> int:
    small = any(0 < value < 0.1 or 0.99 < value < 1 for value in values)
    near = len(values) == 2 and 0 < abs(values[1] - values[0]) < 0.02
    return 1 if small or near else 0


def _decimals(values: list[float], effect: Effect | None) -> int:
    """Return how many decimals show two digits of what is not sure, or of the change, or three of the values."""
    if effect and not effect.ratio and effect.low is not None and effect.high is not None:
        return _digits((effect.high - effect.low) / 2, 2)
    change = abs(values[1] - values[0]) if len(values) == 2 else 0.0
    least = min((abs(value) for value in values if value), default=0.0)
    if all(value == int(value) for value in values):
        return 0
    decimals = _digits(change, 2)
    if effect and effect.ratio:
        decimals = max(decimals, _digits(least, 3))
    return decimals


def _digits(value: float, significant: int) -> int:
    """Return the decimals that show so many significant digits of a value."""
    if value <= 0 or not math.isfinite(value):
        return int(significant <= 2)
    return min(max(significant - 1 - math.floor(math.log10(value)), 0), MOST_DECIMALS)


def _printed(value: float, decimals: int) -> float:
    scale: int = 10**decimals
    return half_up(value, decimals) / scale


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign, plus or minus; zero has a plus."""
    text = number(value, decimals)
    return text if text.startswith(MINUS) else f"+{text}"


def _plain(value: float) -> str:
    """Return a number with at most three digits and no needless zero."""
    if value <= 0:
        return number(value, 0)
    most_decimals = 1 if value >= 1 else MOST_DECIMALS
    text = number(value, min(max(2 - math.floor(math.log10(value)), 0), most_decimals))
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits_of(value: float) -> str:
    """Return a number with its first four digits at least, without needless zeros: ``12,345``, ``2.1``, ``0.0375``."""
    text = number(value, _digits(abs(value), 4))
    return text.rstrip("0").rstrip(".") if "." in text else text


def level_words(comparison: Comparison) -> str:
    """Return the confidence of the interval: ``95% interval``."""
    return f"{round(comparison.level * 100)}% interval"


def change_words(comparison: Comparison, effect: Effect | None = None) -> str:
    """Return a change, by itself the whole one, such as ``+14.1 points (95% interval +9.3 to +18.8)``."""
    effect = effect or comparison.effect
    if effect is None or comparison.before is None or comparison.before.figures is None:
        return ""
    scale = Scale(comparison)
    if effect.ratio and effect.low is not None and effect.high is not None:
        ends = f" ({level_words(comparison)} {number(effect.low, 2)} to {number(effect.high, 2)})"
        return f"{number(effect.estimate, 2)} times the rate before{ends}"
    notes = []
    base = comparison.before.figures.value
    if isinstance(comparison.before.figures, Ratio | Single) and not scale.part and base:
        notes.append(f"{signed(effect.estimate / abs(base) * 100, 0)}%")
    if effect.low is not None and effect.high is not None:
        kind = "if the total is 10% out:" if effect.sensitivity else level_words(comparison)
        notes.append(f"{kind} {scale.bare(effect.low)} to {scale.bare(effect.high)}")
    estimate = effect.estimate
    if effect is comparison.effect:
        estimate = scale.estimate(estimate)
    return scale.change(estimate) + optional(" (", "; ".join(notes), ")")


def brief_change(comparison: Comparison) -> str:
    """Return the change with its interval in figures only, such as ``+14.1 (+9.3 to +18.8)``; empty without one."""
    effect = comparison.effect
    if effect is None:
        return ""
    scale = Scale(comparison)
    write = scale.bare
    estimate = scale.estimate(effect.estimate)
    times = ""
    if effect.ratio:
        write = partial(number, decimals=2)
        times = " ×"
    interval = "no interval"
    if effect.low is not None and effect.high is not None and not effect.sensitivity:
        interval = f"{write(effect.low)} to {write(effect.high)}"
    return f"{write(estimate)}{times} ({interval})"


def side_words(side: Side, scale: Scale) -> str:
    """Return what was measured, such as ``83% after (531 of 640, Aug–Oct 2026)``."""
    if side.figures is None:
        return f"not complete ({period(side.measurement)})"
    made_of = ", ".join(part for part in (side.figures.words(), period(side.measurement)) if part)
    when = {"baseline": "before", "after": "after", "during": "so far"}[side.measurement.phase]
    return f"{scale.value(side.figures.value)} {when} ({made_of})"


def sentence(comparison: Comparison) -> str:
    """Return what became of a metric in a few sentences that may stand alone in a paper."""
    name = comparison.metric.name
    scale = Scale(comparison)
    before = comparison.before
    after = comparison.after
    if comparison.effect is None or before is None or after is None:
        verdict = verdict_words(comparison)
        reason = lower_first(comparison.reason)
        sides = " and ".join(side_words(side, scale) for side in (before, after) if side is not None)
        if not sides:
            return f"{name}: {lower_first(verdict)}; {reason}"
        return f"{name} was {sides}. {verdict}: {reason}"
    change = f"{side_words(before, scale)} and {side_words(after, scale)}: {change_words(comparison)}"
    verdict = _verdict_sentence(comparison, scale)
    return " ".join([f"{name} was {change}.", *_more(comparison, scale), verdict, *_limits(comparison)])


def _more(comparison: Comparison, scale: Scale) -> Iterator[str]:
    """Yield the sentences on the other satisfaction figure and on the comparison group."""
    if comparison.other and comparison.before and comparison.after:
        first = comparison.before.figures
        second = comparison.after.figures
        if isinstance(first, Answers) and isinstance(second, Answers):
            kpi, other = ("share of 4 and 5", "score") if first.share else ("score", "share of 4 and 5")
            others = comparison._replace(
                before=comparison.before._replace(figures=first.other),
                after=comparison.after._replace(figures=second.other),
                effect=comparison.other,
            )
            old = Scale(others).value(first.other.value)
            new = Scale(others).value(second.other.value)
            change = change_words(others)
            yield f"The {kpi} is the KPI; the {other} went from {old} to {new}: {change}."
    if comparison.effect and comparison.effect.sensitivity:
        yield "All cases were counted, so there is no interval."
    if comparison.against:
        group = comparison.against
        old = short_value(group.before, scale)
        new = short_value(group.after, scale)
        beyond = change_words(comparison, group.effect)
        yield f"The comparison group went from {old} to {new}; beyond that the change was {beyond}."


def caveats(comparison: Comparison) -> str:
    """Return what a reader must know beside the figures, in sentences: other figures, limits, or why none compare."""
    if comparison.effect is None:
        return optional("", upper_first(comparison.reason).rstrip("."), ".")
    return " ".join(
        [*comparison.rolling * [comparison.reason], *_more(comparison, Scale(comparison)), *_limits(comparison)]
    )


def _verdict_sentence(comparison: Comparison, scale: Scale) -> str:
    worthwhile = comparison.metric.min_worthwhile_change
    if comparison.verdict == NO_CHANGE and comparison.reason and worthwhile is not None:
        least = scale.amount(worthwhile)
        return f"No worthwhile change: it is smaller than {least}, the least worth having."
    reason = optional(": ", lower_first(comparison.reason).rstrip("."))
    return f"{verdict_words(comparison)}{reason}."


def _limits(comparison: Comparison) -> list[str]:
    limits = [caution.short for caution in comparison.cautions]
    if comparison.against is None:
        limits.append("no comparison group")
        if comparison.verdict in (IMPROVED, WORSENED):
            cause = "the pilot" if comparison.metric.pilot else "what was done"
            limits[-1] += f", so the change is associated with {cause}, not proven to be caused by it"
    return [f"{upper_first('; '.join(limits))}."] if limits else []


def verdict_text(comparison: Comparison) -> str:
    """Return the verdict as mark and words, so that colour is never the only sign."""
    return VERDICT_WORDS[comparison.verdict]


def verdict_words(comparison: Comparison) -> str:
    """Return the verdict in words without its mark."""
    _, _, words = VERDICT_WORDS[comparison.verdict].partition(" ")
    return words


def target_words(comparison: Comparison) -> str:
    """Return how far the way to the target is done, such as ``Target 80%: 72% of the way there``; empty without one."""
    from tracker.rules.wording import show_date

    target = _target(comparison)
    if not target:
        return ""
    if comparison.metric.target_on:
        target += f" by {show_date(comparison.metric.target_on)}"
    progress = []
    if comparison.attainment is not None:
        reached = comparison.attainment >= 1
        progress.append("reached" if reached else f"{number(comparison.attainment * 100, 0)}% of the way there")
    if comparison.elapsed is not None:
        progress.append(f"{'with ' * bool(progress)}{number(comparison.elapsed * 100, 0)}% of the time gone")
    return f"{target}{optional(': ', ', '.join(progress))}."


def _target(comparison: Comparison) -> str:
    metric = comparison.metric
    scale = Scale(comparison)
    low, high = (scale.goal(end) if end is not None else "" for end in (metric.band_from, metric.band_to))
    if metric.better == "target_band" and (low or high):
        if low and high:
            return f"Target band {low} to {high}"
        return f"Target {optional('at least ', low) or optional('at most ', high)}"
    return f"Target {scale.goal(comparison.target)}" if comparison.target is not None else ""


def sample_words(comparison: Comparison) -> str:
    """Return what the samples can show and what is needed; empty when neither is known."""
    scale = Scale(comparison)
    parts = []
    if comparison.visible:
        ability = "can show" if comparison.after else "will be able to show, with as many cases afterwards,"
        parts.append(f"These figures {ability} a change of {_about(scale.amount(comparison.visible))}")
    if comparison.needed is not None:
        worthwhile = comparison.metric.min_worthwhile_change
        change = scale.amount(worthwhile) if worthwhile else "the change to the target"
        parts.append(f"to see {change}, each period needs {comparison.needed:,.0f}")
    return optional("", upper_first("; ".join(parts)), " (with a chance of 80%).")


def _about(amount: str) -> str:
    return amount if amount.startswith("less than") else f"about {amount}"


def definition_words(metric: Metric) -> str:
    """Return the exact definition of a metric with its variant, as it is printed with the figures."""
    return f"{metric.definition}{optional(' (as defined in ', metric.definition_variant or '', ')')}"


def short_value(side: Side | None, scale: Scale) -> str:
    """Return the value of a side for a table; a dash where nothing was measured."""
    return scale.value(side.figures.value) if side and side.figures else "—"


def missing_words(comparison: Comparison) -> str:
    """Return what is not recorded, as one sentence; empty when all is there."""
    return optional("", listed(comparison.missing), ".")
