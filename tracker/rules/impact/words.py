"""A comparison before and after in the words and figures that a board reads."""

import math

from tracker.entities.metric import Metric
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, VERDICT_WORDS, WORSENED, Comparison
from tracker.rules.impact.cautions import period
from tracker.rules.impact.figures import Answers, Ratio, Single, is_part
from tracker.rules.impact.pairing import Effect, Side
from tracker.rules.reading import decimal_text, share_text
from tracker.rules.wording import listed

MINUS = "−"
MOST_DECIMALS = 4
CURRENCIES = "£€$"


class Scale:
    """Writes the values of one comparison, all with as many decimals as they need to be told apart."""

    def __init__(self, found: Comparison) -> None:
        self.metric = found.metric
        known = [side.figures for side in (found.before, found.after) if side and side.figures]
        self.part = any(is_part(found.metric, one) for one in known) or (not known and _share_metric(found.metric))
        values = [one.value for one in known]
        self.decimals = _part_decimals(values) if self.part else _decimals(values, found.effect)

    def value(self, value: float) -> str:
        """Return a value with its unit: ``83 %``, ``29.5 minutes``."""
        if not self.part:
            return self._unit(number(value, self.decimals))
        decimals = self.decimals
        # Nearly all is not all, and hardly any is not none.
        while decimals < MOST_DECIMALS and round(value * 100, decimals) in (0, 100) and value not in (0, 1):
            decimals += 1
        return f"{number(value * 100, decimals)} %"

    def goal(self, value: float) -> str:
        """Return a target as it was given, with its unit: 1.5 stays 1.5, however the figures are rounded."""
        if self.part:
            return share_text(round(value, 6))
        whole, _, rest = decimal_text(abs(value)).partition(".")
        text = f"{int(whole):,}" + (f".{rest}" if rest else "")
        return self._unit(MINUS + text if value < 0 else text)

    def amount(self, change: float) -> str:
        """Return the size of a change with its unit and without a sign: ``5 points``, ``11.5 minutes``."""
        if self.part:
            return f"{_plain(round(abs(change) * 100, 1))} points"
        return self._unit(_plain(abs(change)))

    def change(self, change: float) -> str:
        """Return a change with its sign and unit: ``+14.1 points``, ``−11.5 minutes``."""
        if self.part:
            return f"{self.bare(change)} points"
        return self._unit(self.bare(change))

    def bare(self, change: float) -> str:
        """Return a change with its sign, without its unit."""
        return signed(change * 100, 1) if self.part else signed(change, self.decimals)

    def _unit(self, text: str) -> str:
        unit = self.metric.unit
        if unit in CURRENCIES:
            return f"{text[0]}{unit}{text[1:]}" if text[0] in "+" + MINUS else f"{unit}{text}"
        return f"{text} {unit}"


def _share_metric(metric: Metric) -> bool:
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
    whole = all(value == int(value) for value in values)
    return 0 if whole else max(_digits(change, 2), _digits(least, 3) if effect and effect.ratio else 0)


def _digits(value: float, shown: int) -> int:
    if value <= 0 or not math.isfinite(value):
        return 0 if shown > 2 else 1
    return min(max(shown - 1 - math.floor(math.log10(value)), 0), MOST_DECIMALS)


def number(value: float, decimals: int) -> str:
    """Return a number with thousands commas and a real minus sign; what rounds to nought has no sign."""
    text = f"{abs(value):,.{decimals}f}"
    return MINUS + text if value < 0 and any(digit in text for digit in "123456789") else text


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign, plus or minus; nought has a plus."""
    text = number(value, decimals)
    return text if text.startswith(MINUS) else f"+{text}"


def _plain(value: float) -> str:
    """Return a number with at most three digits and no needless nought."""
    decimals = max(2 - math.floor(math.log10(value)), 0) if value > 0 else 0
    text = number(value, min(decimals, MOST_DECIMALS, 1 if value >= 1 else MOST_DECIMALS))
    return text.rstrip("0").rstrip(".") if "." in text else text


def level_words(found: Comparison) -> str:
    """Return the confidence of the interval: ``95 % interval``."""
    return f"{round(found.level * 100)} % interval"


def change_words(found: Comparison, effect: Effect | None = None) -> str:
    """Return a change, by itself the whole one, such as ``+14.1 points (95 % interval +9.3 to +18.8)``."""
    effect = effect or found.effect
    if effect is None or found.before is None or found.before.figures is None:
        return ""
    scale = Scale(found)
    if effect.ratio:
        ends = f" ({level_words(found)} {effect.low:.2f} to {effect.high:.2f})"
        return f"{effect.estimate:.2f} times the rate before{ends}"
    told, notes = scale.change(effect.estimate), []
    base = found.before.figures.value
    if isinstance(found.before.figures, Ratio | Single) and not scale.part and base:
        notes.append(f"{signed(effect.estimate / abs(base) * 100, 0)} %")
    if effect.low is not None and effect.high is not None:
        kind = "if the total is 10 % out:" if effect.sensitivity else level_words(found)
        notes.append(f"{kind} {scale.bare(effect.low)} to {scale.bare(effect.high)}")
    return told + (f" ({'; '.join(notes)})" if notes else "")


def brief_change(found: Comparison) -> str:
    """Return the change with its interval in figures only, such as ``+14.1 (+9.3 to +18.8)``; empty without one."""
    effect = found.effect
    if effect is None:
        return ""
    tell = (lambda value: f"{value:.2f}") if effect.ratio else Scale(found).bare
    ends = " (no interval)"
    if effect.low is not None and effect.high is not None and not effect.sensitivity:
        ends = f" ({tell(effect.low)} to {tell(effect.high)})"
    return f"{tell(effect.estimate)}{' ×' if effect.ratio else ''}{ends}"


def side_words(side: Side, scale: Scale, *, with_value: bool = True) -> str:
    """Return what was measured, such as ``83 % after (531 of 640, Aug–Oct 2026)``."""
    if side.figures is None:
        return f"not complete ({period(side.measurement)})"
    made_of = ", ".join(part for part in (side.figures.words(), period(side.measurement)) if part)
    when = {"baseline": "before", "after": "after", "during": "so far"}[side.measurement.phase]
    return f"{scale.value(side.figures.value)} {when} ({made_of})"


def sentence(found: Comparison) -> str:
    """Return what became of a metric in a few sentences that may stand alone in a paper."""
    name = found.metric.name
    scale = Scale(found)
    verdict = VERDICT_WORDS[found.verdict].partition(" ")[2]
    if found.effect is None:
        known = [side_words(side, scale) for side in (found.before, found.after) if side]
        if not known:
            return f"{name}: {_small(verdict)}; {_small(found.reason)}"
        return f"{name} was {' and '.join(known)}. {verdict}: {_small(found.reason)}"
    assert found.before and found.after
    told = f"{name} was {side_words(found.before, scale)} and {side_words(found.after, scale)}: {change_words(found)}."
    return " ".join([told, *_more(found, scale), f"{_verdict_words(found, scale)}.", *_limits(found)]).strip()


def _more(found: Comparison, scale: Scale) -> list[str]:
    """Return the sentences on the other satisfaction figure and on the comparison group."""
    more = []
    assert found.before and found.after
    first, second = found.before.figures, found.after.figures
    if found.other and isinstance(first, Answers) and isinstance(second, Answers):
        other = "score" if first.share else "share of 4 and 5"
        old, new = (scale.value(one._replace(share=not one.share).value) for one in (first, second))
        kpi = "share of 4 and 5" if first.share else "score"
        more.append(f"The {kpi} is the KPI; the {other} went from {old} to {new}: {change_words(found, found.other)}.")
    if found.effect and found.effect.sensitivity:
        more.append("All cases were counted, so there is no interval.")
    if found.against:
        old, new = (
            scale.value(side.figures.value)
            for side in (found.against.before, found.against.after)
            if side.figures is not None
        )
        beyond = change_words(found, found.against.effect)
        more.append(f"The comparison group went from {old} to {new}; beyond that the change was {beyond}.")
    return more


def caveats(found: Comparison) -> str:
    """Return what a reader must know beside the figures, in sentences: other figures, limits, or why none compare."""
    if found.effect is None:
        return f"{found.reason[:1].upper()}{found.reason[1:].rstrip('.')}." if found.reason else ""
    return " ".join([*_more(found, Scale(found)), *_limits(found)])


def _verdict_words(found: Comparison, scale: Scale) -> str:
    verdict = VERDICT_WORDS[found.verdict].partition(" ")[2]
    worth = found.metric.min_worthwhile_change
    if found.verdict == NO_CHANGE and found.reason and worth is not None:
        return f"No worthwhile change: it is smaller than {scale.amount(worth)}, the least worth having"
    return f"{verdict}: {_small(found.reason).rstrip('.')}" if found.reason else verdict


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _limits(found: Comparison) -> list[str]:
    parts = [caution.short for caution in found.cautions]
    if found.against is None:
        cause = "the pilot" if found.metric.pilot else "what was done"
        tail = f", so the change is associated with {cause}, not proven to be caused by it"
        parts.append("no comparison group" + (tail if found.verdict in (IMPROVED, WORSENED) else ""))
    told = "; ".join(parts)
    return [told[0].upper() + told[1:] + "."] if told else []


def verdict_text(found: Comparison) -> str:
    """Return the verdict as mark and words, so that colour is never the only sign."""
    return VERDICT_WORDS[found.verdict]


def target_words(found: Comparison) -> str:
    """Return how far the way to the target is done, such as ``Target 80 %: 127 % of the way …``; empty without one."""
    from tracker.rules.when import show_date

    metric, scale = found.metric, Scale(found)
    if metric.better == "target_band" and (metric.band_from is not None or metric.band_to is not None):
        ends = [scale.goal(end) for end in (metric.band_from, metric.band_to) if end is not None]
        aim = f"Target band {' to '.join(ends)}" if len(ends) == 2 else f"Target {_one_end(metric)} {ends[0]}"
    elif found.target is not None:
        aim = f"Target {scale.goal(found.target)}"
    else:
        return ""
    by = f" by {show_date(metric.target_on)}" if metric.target_on else ""
    done = f"{number(found.attainment * 100, 0)} % of the way" if found.attainment is not None else ""
    time = f"{found.elapsed * 100:.0f} % of the time" if found.elapsed is not None else ""
    told = {2: f"{done} at {time}", 1: done or f"{time} is gone", 0: ""}[bool(done) + bool(time)]
    return f"{aim}{by}" + (f": {told}." if told else ".")


def _one_end(metric: Metric) -> str:
    return "at least" if metric.band_from is not None else "at most"


def sample_words(found: Comparison) -> str:
    """Return what the samples can show and what is needed; empty when nothing can be said."""
    scale, parts = Scale(found), []
    if found.visible is not None:
        tense = "can show" if found.after else "will be able to show, with as many cases afterwards,"
        parts.append(f"These figures {tense} a change of about {scale.amount(found.visible)}")
    if found.needed is not None:
        change = found.metric.min_worthwhile_change
        what = scale.amount(change) if change else "the change to the target"
        parts.append(f"to see {what}, each period needs {found.needed:,.0f}")
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]} (with a chance of 80 %)." if told else ""


def definition_words(metric: Metric) -> str:
    """Return the exact definition of a metric with its variant, as it is printed with the figures."""
    variant = f" (variant {metric.definition_variant})" if metric.definition_variant else ""
    return f"{metric.definition}{variant}"


def short_value(side: Side | None, scale: Scale) -> str:
    """Return the value of a side for a table; a dash where nothing was measured."""
    return scale.value(side.figures.value) if side and side.figures else "—"


def missing_words(found: Comparison) -> str:
    """Return what is not recorded, as one sentence; empty when all is there."""
    return f"{listed(found.missing)}." if found.missing else ""
