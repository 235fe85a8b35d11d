"""Student's t distribution with any degrees of freedom, from the incomplete beta function."""

import math
from statistics import NormalDist

MOST_TERMS = 2000
TINY = 1e-300  # stands for a zero that would be divided by
LARGE, NOT_FAR = 1000.0, 5.0  # where the expansion around the normal is good to 11 digits: degrees of freedom, z


class NotPossible(ValueError):
    """Figures for which there is no such interval, quantile or sample size; its str says which and why."""


def incomplete_beta(a: float, b: float, x: float, complement: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b); ``complement`` is 1 − x, which keeps its digits so.

    By the continued fraction DLMF 8.17.22 (Numerical Recipes, 6.4, modified Lentz). Raises NotPossible.
    """
    if a <= 0 or b <= 0 or not 0 <= x <= 1:
        raise NotPossible(f"The incomplete beta function has no value at a = {a}, b = {b}, x = {x}.")
    if x <= 0 or complement <= 0:
        return x
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(complement)
    front = math.exp(log_front)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, complement) / b


def _fraction(a: float, b: float, x: float) -> float:
    c = 1.0
    d = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def t_tail(t: float, df: float) -> float:
    """Return the probability of a value above ``t`` (0 or more): half of I_x(df/2, 1/2) at x = df/(df + t²)."""
    total = df + t * t
    return 0.5 * incomplete_beta(df / 2, 0.5, df / total, t * t / total)


def t_quantile(p: float, df: float) -> float:
    """Return the value below which a share ``p`` of Student's t with ``df`` degrees of freedom lies.

    Newton's method on the logarithms of the tail and of t, where the tail is concave: it cannot run away.
    Raises NotPossible when p is not inside 0 to 1, or df is not above 0.
    """
    if not 0 < p < 1 or not df > 0:
        raise NotPossible(f"There is no t quantile for p = {p} with {df} degrees of freedom.")
    if p < 0.5:
        return -t_quantile_above(p, df)
    return t_quantile_above(1 - p, df)


def t_quantile_above(tail: float, df: float) -> float:
    """Return the value that a share ``tail`` (at most a half) of Student's t lies above. Raises NotPossible."""
    if not 0 < tail <= 0.5 or not df > 0:
        raise NotPossible(f"There is no t quantile for a tail of {tail} with {df} degrees of freedom.")
    z = -NormalDist().inv_cdf(tail)
    if z <= 0:
        return 0.0
    if math.isinf(df):
        return z
    start = _around_normal(z, df)
    if df >= LARGE and z < NOT_FAR:
        return start
    return _newton(tail, df, start if df > z * z else z)


def _newton(tail: float, df: float, t: float) -> float:
    log_norm = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    for _ in range(60):
        above = t_tail(t, df)
        density = math.exp(log_norm - (df + 1) / 2 * math.log1p(t * t / df))
        try:
            step = math.log(above / tail) * above / (density * t)
            t *= math.exp(step)
        except (OverflowError, ZeroDivisionError, ValueError):
            raise NotPossible(f"The t quantile for a tail of {tail} with {df} degrees of freedom is too far.") from None
        if abs(step) < 1e-14:
            break
    return t


def _around_normal(z: float, df: float) -> float:
    """Return the quantile from that of the normal (Abramowitz and Stegun 26.7.5); good for many degrees of freedom."""
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    g4 = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + g1 / df + g2 / df**2 + g3 / df**3 + g4 / df**4
