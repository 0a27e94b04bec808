#!/usr/bin/env python3
"""Fits the polynomials of the line's noise and Poisson sampler and writes the C++ header that holds them.

Usage: python3 scripts/poisson_coefficients.py > model/conflict/poisson_coefficients.hpp

Three functions are fitted, each by linear programming (least greatest weighted error):

1. The standard normal quantile of u < 1/2, as -(1 - 2u) P(w) with w = -log(4u(1-u)) (after M. Giles,
   2010): once for the sampler, which decides far tails otherwise, and once for all the values that
   half a word gives u, where the error may be as large as their spacing.
2. The continuous Poisson quantile x(mean, z), where z is the normal quantile of the draw and
   floor(x) the count: x = mean (1 + s + s^2 A(s)) + B(s) + C(s) / mean with s = z / sqrt(mean), the
   form of Temme's uniform expansion of the incomplete gamma function (M. Giles, 2016, ACM Trans.
   Math. Softw. 42, algorithm 955). It is fitted where it matters: at the thresholds, where x is a
   whole number n because Phi(z) = P(N < n).

3. The exponential function around 0, for the factors of the intensity.

The sampler does not rely on the first two: within `guard` of a whole number the exact inversion decides.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.special import ndtr, ndtri, pdtr, pdtrc

SMALLEST_MEAN, LARGEST_MEAN = 0.1, 600.0
SMALLEST_SLOPE, LARGEST_SLOPE = -1.2, 4.0  # of s
LARGEST_NORMAL = 3.8
TERMS = (9, 7, 6)  # coefficients of A, B, C
GUARD_CONSTANT, GUARD_MEAN = 0.1, 0.001  # guard = margin (constant + 1/sqrt(mean) + slope mean)
OVERHANG = 1.04  # how far the fit reaches over the edges named above
MARGIN = 1.3  # of the guard over the greatest error of the fit


def least_greatest_error(columns, target, weight):
    """Coefficients with the least max |weight (columns @ c - target)|, and that error."""
    scale = np.abs(columns).max(axis=0)
    scaled = columns / scale * weight[:, None]
    ones = np.ones((len(target), 1))
    unit = 1e4  # the solver's tolerance is absolute
    bound = np.concatenate([target * weight, -target * weight]) * unit
    solution = linprog(
        np.r_[np.zeros(columns.shape[1]), 1.0],
        A_ub=np.block([[scaled, -ones], [-scaled, -ones]]),
        b_ub=bound,
        bounds=[(None, None)] * columns.shape[1] + [(0, None)],
        method="highs",
    )
    return solution.x[:-1] / scale / unit, solution.x[-1] / unit


def fit_half_normal():
    """Coefficients of the normal quantile of a half word, its error and its largest w."""
    words = np.unique(np.r_[np.arange(300), np.geomspace(300, 2**15 - 1, 2500).astype(int)])
    u = (words + 0.5) / 2**16
    size = 1 - 2 * u
    w = -np.log(4 * u) - np.log1p(-u)
    columns = np.vander(w - w.max() / 2, 8, increasing=True)
    coefficients, error = least_greatest_error(columns, -ndtri(u) / size, size)
    return coefficients, error, w.max()


def fit_guess():
    """Coefficients of the single polynomial up to LARGEST_NORMAL, its error and its largest w."""
    u = np.concatenate(
        [np.geomspace(ndtr(-LARGEST_NORMAL), 0.01, 2500), np.linspace(0.01, 0.5, 2500)[1:-1]]
    )
    size = 1 - 2 * u
    w = -np.log(4 * u) - np.log1p(-u)
    columns = np.vander(w - w.max() / 2, 9, increasing=True)
    coefficients, error = least_greatest_error(columns, -ndtri(u) / size, size)
    return coefficients, error, w.max()


def thresholds(means):
    """Rows (mean, z, n): where the count passes from n - 1 to n."""
    rows = []
    for mean in means:
        n = np.arange(0, int(mean + 8 * np.sqrt(mean) + 30))
        below, above = pdtr(n, mean), pdtrc(n, mean)
        z = np.where(below < 0.5, ndtri(below), -ndtri(above))
        keep = np.abs(z) < LARGEST_NORMAL * OVERHANG
        rows.append(np.c_[np.full(keep.sum(), mean), z[keep], n[keep] + 1.0])
    points = np.concatenate(rows)
    s = points[:, 1] / np.sqrt(points[:, 0])
    return points[(s >= SMALLEST_SLOPE * OVERHANG) & (s <= LARGEST_SLOPE * OVERHANG)]


def fit_poisson():
    """Coefficients of A, B and C in one row, and the greatest error in units of the guard's shape."""
    points = thresholds(np.geomspace(SMALLEST_MEAN / OVERHANG, LARGEST_MEAN, 800))
    rng = np.random.default_rng(1)
    points = points[rng.random(len(points)) < np.minimum(1.0, 30.0 / points[:, 0])]
    mean, z, n = points.T
    s = z / np.sqrt(mean)
    columns = [mean * s ** (2 + i) for i in range(TERMS[0])]
    columns += [s**i for i in range(TERMS[1])]
    columns += [s**i / mean for i in range(TERMS[2])]
    shape = GUARD_CONSTANT + 1 / np.sqrt(mean) + GUARD_MEAN * mean
    return least_greatest_error(np.stack(columns, axis=1), n - mean * (1 + s), 1 / shape)


def fit_exponential():
    """Coefficients of exp(r) for |r| <= log(2) / 2, the first of them 1, and the relative error."""
    r = np.log(2.0) / 2 * 1.001 * np.cos(np.linspace(0.0, np.pi, 2000))
    columns = np.vander(r, 6, increasing=True)[:, 1:]
    rest, error = least_greatest_error(columns, np.expm1(r), np.exp(-r))
    return np.r_[1.0, rest], error


def array(name, values, comment):
    numbers = ", ".join(f"{value:.9e}F" for value in values)
    return f"/// {comment}\ninline constexpr float {name}[] = {{{numbers}}};\n"


def constant(name, value, comment):
    return f"/// {comment}\ninline constexpr float {name} = {value:.9e}F;\n"


def main():
    half, half_error, half_end = fit_half_normal()
    guess, guess_error, guess_end = fit_guess()
    exponential, exponential_error = fit_exponential()
    poisson, error = fit_poisson()
    a, b, c = np.split(poisson, np.cumsum(TERMS)[:2])
    print("#pragma once\n")
    print("// Written by scripts/poisson_coefficients.py, which explains each; do not edit.\n")
    print("namespace firebreak::coefficients {\n")
    print(array("normal_half", half, f"Greatest error {half_error:.1e}."))
    print(constant("normal_half_centre", half_end / 2, "Centre of w in it."))
    print(array("normal_guess", guess, f"Greatest error {guess_error:.1e}."))
    print(constant("normal_guess_end", guess_end, "The single polynomial serves w up to here."))
    print(constant("normal_guess_centre", guess_end / 2, "Centre of w in the single polynomial."))
    print(array("exponential", exponential, f"Greatest relative error {exponential_error:.1e}."))
    print(array("poisson_a", a, "A(s), times mean s^2."))
    print(array("poisson_b", b, "B(s)."))
    print(array("poisson_c", c, "C(s), times 1 / mean."))
    print(constant("smallest_mean", SMALLEST_MEAN, "The fit holds from this mean on."))
    print(constant("largest_mean", LARGEST_MEAN, "The fit holds up to this mean."))
    print(constant("smallest_slope", SMALLEST_SLOPE, "The fit holds from this s on."))
    print(constant("largest_slope", LARGEST_SLOPE, "The fit holds up to this s."))
    print(constant("largest_normal", LARGEST_NORMAL, "The fit holds up to this |z|."))
    margin = MARGIN * error
    guard = "Guard band = constant + root / sqrt(mean) + slope mean: this is the "
    print(constant("guard_constant", margin * GUARD_CONSTANT, guard + "constant."))
    print(constant("guard_root", margin, guard + "root."))
    print(constant("guard_slope", margin * GUARD_MEAN, guard + "slope."))
    print("}  // namespace firebreak::coefficients")


if __name__ == "__main__":
    main()
