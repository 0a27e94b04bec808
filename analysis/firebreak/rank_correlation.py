"""How strongly each of many factors goes with a response, by ranks, the others held constant."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

PARTIAL = "partial rank correlation"
SPEARMAN = "Spearman's rank correlation"
NEGLIGIBLE = 1e-12
"""Share of a variance below which it is rounding."""


@dataclass(frozen=True)
class RankCorrelations:
    """Coefficients of all factors with one response.

    Attributes
    ----------
    method : str
        `PARTIAL`, or `SPEARMAN` where the points are too few to hold the other factors constant.
    points : int
        Points with a response.
    independent : int
        How many of them count for the intervals: points that share the values of their factors,
        as in Saltelli samples and where worlds are crossed with levels, are not independent.
    estimate, low, high : numpy.ndarray
        Coefficient by factor with its interval; NaN where it is not defined: a factor or a
        response that does not vary, or factors of which one follows from others.
    standard_error : float
        Of Fisher's z, the inverse hyperbolic tangent of a coefficient.
    explained : float
        Share of the variance of the response's ranks that the factors' ranks explain together,
        adjusted for their number; NaN for Spearman's.
    """

    method: str
    points: int
    independent: int
    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    standard_error: float
    explained: float

    def limit(self, comparisons: int, confidence_level: float) -> float:
        """Return the size that no coefficient of so many passes by chance alone (Bonferroni).

        Parameters
        ----------
        comparisons : int
            How many coefficients are looked at together.
        confidence_level : float
            Probability that none passes it if all are zero, at the least.
        """
        tail = (1 - confidence_level) / (2 * max(1, comparisons))
        return float(np.tanh(NormalDist().inv_cdf(1 - tail) * self.standard_error))


def rank_correlations(
    factors: np.ndarray, response: np.ndarray, confidence_level: float = 0.95
) -> RankCorrelations:
    """Return the partial rank correlation coefficients of factors with a response.

    Factors and response are replaced by their ranks. A coefficient is the correlation of what a
    linear regression on the ranks of the other factors leaves of the factor and of the response.
    Intervals are by Fisher's z with variance 1 / (m - 2 - p) for m independent points and p
    factors: of Pearson's 1 / (m - 3), one point is taken for each of the p - 1 other factors. With
    n <= p + 3 points it falls back to Spearman's coefficients and the variance
    (1 + r^2 / 2) / (m - 3). As m stands the largest number of values that a factor takes: every
    point has its own in a sample, two for each base point in Saltelli's, one for each world where
    worlds are crossed with levels, and a few in a grid, which then has no interval to speak of.

    Sources: Iman and Conover (1979), Technometrics 21; Marino et al. (2008), Journal of
    Theoretical Biology 254; Fisher (1924), Metron 3, for partial correlations; Bonett and Wright
    (2000), Psychometrika 65, for Spearman's.

    Parameters
    ----------
    factors : numpy.ndarray
        Values (point, factor).
    response : numpy.ndarray
        Values (point); points where it is NaN are left out.
    confidence_level : float
        Of the intervals.
    """
    known = np.isfinite(response)
    points = int(known.sum())
    ranks = _centred_ranks(np.asarray(factors, dtype=float)[known])
    answer = _centred_ranks(np.asarray(response, dtype=float)[known, None])[:, 0]
    varies = ranks.any(axis=0)
    count = int(varies.sum())
    partial = points > count + 3
    estimate = np.full(ranks.shape[1], np.nan)
    explained = np.nan
    if answer.any() and count > 0:
        if partial:
            estimate[varies], explained = _partial(ranks[:, varies], answer)
        else:
            estimate[varies] = _simple(ranks[:, varies], answer)
    independent = max((len(np.unique(column)) for column in ranks.T), default=0)
    freedom = independent - 2 - count if partial else independent - 3
    error = 1 / np.sqrt(freedom) if freedom > 0 else np.inf
    half = NormalDist().inv_cdf((1 + confidence_level) / 2) * error
    half = half * (1 if partial else np.sqrt(1 + estimate**2 / 2))
    z = np.arctanh(np.clip(estimate, -1 + 1e-15, 1 - 1e-15))
    return RankCorrelations(
        PARTIAL if partial else SPEARMAN, points, independent, estimate, np.tanh(z - half), np.tanh(z + half),
        float(error), float(explained),
    )


def confounding(factors: np.ndarray) -> np.ndarray:
    """Return, by factor, the largest size of its rank correlation with any other factor.

    Sobol points in many dimensions have pairs of factors that go together unless there are many
    more points than factors; without holding the others constant, one then stands for the other.

    Parameters
    ----------
    factors : numpy.ndarray
        Values (point, factor).
    """
    ranks = _centred_ranks(np.asarray(factors, dtype=float))
    lengths = np.sqrt((ranks**2).sum(axis=0))
    ranks = ranks / np.where(lengths > 0, lengths, 1)
    between = np.abs(ranks.T @ ranks)
    np.fill_diagonal(between, 0)
    return between.max(axis=0)


def _centred_ranks(values: np.ndarray) -> np.ndarray:
    ranks = pd.DataFrame(values).rank().to_numpy()
    return ranks - (len(ranks) + 1) / 2


def _simple(ranks: np.ndarray, answer: np.ndarray) -> np.ndarray:
    return ranks.T @ answer / np.sqrt((ranks**2).sum(axis=0) * (answer @ answer))


def _partial(ranks: np.ndarray, answer: np.ndarray) -> tuple[np.ndarray, float]:
    # One regression gives them all: with coefficient b, residual sum r and v the factor's place on
    # the diagonal of (X'X)^-1, what the others leave of the response is b^2 / v + r.
    points = len(answer)
    ranks = ranks / np.sqrt((ranks**2).sum(axis=0))
    left, sizes, right = np.linalg.svd(ranks, full_matrices=False)
    kept = sizes > 1e-8 * sizes[0]
    inseparable = (np.abs(right[~kept]) > 1e-6).any(axis=0)
    left, sizes, right = left[:, kept], sizes[kept], right[kept]
    coefficient = right.T @ ((left.T @ answer) / sizes)
    diagonal = ((right / sizes[:, None]) ** 2).sum(axis=0)
    residual = answer - ranks @ coefficient
    unexplained, total = residual @ residual, answer @ answer
    own = coefficient**2 / diagonal
    remaining = own + unexplained
    known = ~inseparable & (remaining > NEGLIGIBLE * total)
    estimate = np.full(ranks.shape[1], np.nan)
    estimate[known] = np.sign(coefficient[known]) * np.sqrt(own[known] / remaining[known])
    explained = 1 - unexplained / (points - 1 - kept.sum()) * (points - 1) / total
    return estimate, explained
