"""Random numbers for a simulation: quantiles of the distributions, Latin hypercube samples, correlated ranks.

Every distribution is drawn by its quantile function (the inverse of its cumulative distribution), so that a sample
stratified in probability is stratified in the input.
"""

from __future__ import annotations

import math
from contextlib import suppress
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from reportgen.compute.rounding import Array

Ranks = NDArray[np.int64]

Z90 = NormalDist().inv_cdf(0.95)
"""90% of a normal distribution lie within this many standard deviations of its mean."""

PERT_LAMBDA = 4.0
"""How much the most likely value weighs against low and high. Source: Malcolm, Roseboom, Clark and Fazar,
"Application of a technique for research and development program evaluation", Operations Research 7 (1959)."""


def quantile(distribution: str, low: float, value: float, high: float, p: Array) -> Array:
    """The number below which a share `p` (above 0, below 1) of the distribution lies, in the unit of `low`.

    `triangular` and `pert` lie between low and high with their peak at `value`; `uniform` lies between low and high.
    Of `normal` and `lognormal` 5% lie below low and 5% above high, which is all that they take from the author: the
    mean of `normal` is the middle of low and high, and the median of `lognormal` their geometric mean. `value` plays
    no part in these three. Where low and high are one number, that is the quantile.
    """
    if low == high:
        return np.full(p.shape, low)
    match distribution:
        case "triangular":
            return np.clip(_triangular(low, value, high, p), low, high)
        case "pert":
            return np.clip(low + (high - low) * _pert((value - low) / (high - low), p), low, high)
        case "uniform":
            return np.clip(low + (high - low) * p, low, high)
        case "normal":
            return (low + high) / 2 + (high - low) / (2 * Z90) * normal_quantile(p)
        case "lognormal":
            a, b = math.log(low), math.log(high)
            return np.asarray(np.exp((a + b) / 2 + (b - a) / (2 * Z90) * normal_quantile(p)))
        case _:
            raise ValueError(distribution)


def _triangular(low: float, value: float, high: float, p: Array) -> Array:
    """Source: Kotz and van Dorp, *Beyond Beta* (2004), chapter 1."""
    width = high - low
    below = (value - low) / width
    rising = low + np.sqrt(p * width * (value - low))
    falling = high - np.sqrt((1 - p) * width * (high - value))
    return np.where(p < below, rising, falling)


def _pert(peak: float, p: Array) -> Array:
    """The quantiles of a PERT distribution from 0 to 1 with this peak: a beta distribution whose two parameters add
    up to 2 + lambda = 6. Source: as `PERT_LAMBDA`."""
    a, b = 1 + PERT_LAMBDA * peak, 1 + PERT_LAMBDA * (1 - peak)
    middle = float(_lower_beta(a, b, np.array([0.5]))[0] ** a)
    left = p <= middle
    result = np.empty(p.shape)
    result[left] = _lower_beta_quantile(a, b, p[left])
    result[~left] = 1 - _lower_beta_quantile(b, a, 1 - p[~left])
    return result


def _lower_beta(a: float, b: float, x: Array) -> Array:
    """The a-th root of the regularised incomplete beta function, for x up to 1/2: nearly a straight line.

    I_x(a, b) = x^a / B(a, b) · Σ (1-b)_n x^n / (n! (a+n)). Source: NIST DLMF 8.17.7 and 15.2.1. The terms shrink
    by half and more, so that 60 of them are exact in double precision.
    """
    coefficients, factor = [], 1.0
    for n in range(60):
        coefficients.append(factor / (a + n))
        factor *= (1 - b + n) / (n + 1)
        if factor == 0:
            break
    series = np.zeros(x.shape)
    for each in reversed(coefficients):
        series *= x
        series += each
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    return np.asarray(x * (scale * series) ** (1 / a))


def _lower_beta_quantile(a: float, b: float, p: Array) -> Array:
    """The x up to 1/2 at which I_x(a, b) is p: Newton's method on its a-th root, from a table."""
    nodes = np.linspace(0.0, 0.5, 129)
    target = p ** (1 / a)
    x = np.interp(target, _lower_beta(a, b, nodes), nodes)
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    for _ in range(3):
        found = _lower_beta(a, b, x)
        # d/dx I^(1/a) = I^(1/a - 1) I' / a, with I' = scale x^(a-1) (1-x)^(b-1)
        slope = scale * (x / found) ** (a - 1) * (1 - x) ** (b - 1) / a
        x = np.clip(x - (found - target) / slope, 1e-300, 0.5)
    return np.asarray(x)


_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_NEAR = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)  # fmt: skip
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)  # fmt: skip


def normal_quantile(p: Array) -> Array:
    """The standard normal deviate below which a share `p` lies, to 16 digits.

    Source: Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37
    (1988), function PPND16.
    """
    q = p - 0.5
    central = 0.180625 - q * q
    result = np.asarray(q * _ratio(_CENTRE, central))
    outer = central < 0
    if outer.any():
        tail = np.minimum(p[outer], 1 - p[outer])
        r = np.sqrt(-np.log(tail))
        away = np.where(r <= 5, _ratio(_NEAR, r - 1.6), _ratio(_FAR, r - 5))
        result[outer] = np.copysign(away, q[outer])
    return result


def _ratio(polynomials: tuple[tuple[float, ...], tuple[float, ...]], x: Array) -> Array:
    above, below = (np.polyval(np.array(coefficients), x) for coefficients in polynomials)
    return np.asarray(above / below)


def latin_hypercube(draws: int, ranks: Ranks, generator: np.random.Generator) -> Array:
    """Probabilities, one in each of `draws` strata of equal width, in the order of `ranks` (0 to draws - 1).

    Source: McKay, Beckman and Conover, "A comparison of three methods for selecting values of input variables",
    Technometrics 21 (1979).
    """
    smallest = 2.0**-53
    return np.clip((ranks + generator.random(draws)) / draws, smallest, 1 - smallest)


def correlated_ranks(draws: int, correlations: Array, generator: np.random.Generator) -> Ranks:
    """For each row of a matrix of rank correlations (Spearman's), the ranks 0 to draws - 1 in an order such that
    these correlations come about, as near as the number of draws allows.

    Normal scores in random order are freed of the correlation that they have by chance, are given the one that is
    wanted, and lend their order to the ranks. Source: Iman and Conover, "A distribution-free approach to inducing
    rank correlation among input variables", Communications in Statistics B 11 (1982). Scores with Pearson's
    correlation 2 sin(pi rho / 6) have the rank correlation rho (Pearson, 1907). Where that makes the matrix
    impossible, the nearest direction that is possible is taken: negative eigenvalues count as nothing.
    """
    count = len(correlations)
    scores = normal_quantile(np.arange(1, draws + 1) / (draws + 1))
    columns = np.stack([scores[generator.permutation(draws)] for _ in range(count)])
    if draws > 2 * count:
        with suppress(np.linalg.LinAlgError):  # columns that by chance are one: too few draws to undo it
            columns = np.linalg.solve(np.linalg.cholesky(np.corrcoef(columns)), columns)
    wanted = 2 * np.sin(np.pi * correlations / 6)
    values, vectors = np.linalg.eigh(wanted)
    root = vectors * np.sqrt(np.maximum(values, 0))
    root /= np.sqrt((root**2).sum(axis=1, keepdims=True))
    return np.argsort(np.argsort(root @ columns, axis=1, kind="stable"), axis=1, kind="stable")
