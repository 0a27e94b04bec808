"""Writes a small result file in the format that docs/results_format.md describes.

The numbers are made up to look like a run: exponential waiting times whose probabilities at the
horizon are given below, counts rounded from them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Sequence

import h5py
import numpy as np

REGIMES = (
    "status-quo", "open-door", "membership", "membership-controlled-territory",
    "membership-after-settlement", "membership-in-force", "neutrality", "neutrality-unarmed",
    "bilateral-guarantee", "coalition-tripwire", "coalition-rear", "air-shield",
)
OUTCOMES = (
    "salient_incident", "stray", "misattribution", "consultation", "joint_response",
    "invocation", "credibility_failure", "alert", "misattributed_force", "collapse", "clash",
    "general_war", "nuclear_use", "settlement", "accession",
)
PATHS = ("deliberate", "accidental", "misattributed", "catalytic", "exogenous")
SOURCES = ("line", "troops", "stray", "probe", "raid", "offensive", "war_stray", "war_spillover")
RISKS = ("collapse", "clash", "settlement", "none")
EVENTS = (
    "salient_incident", "stray", "misattribution", "consultation", "probe", "raid", "allied_probe",
)
MEASURES = (
    ("violations_per_day", "1/d", 600.0), ("heavy_violations_per_day", "1/d", 40.0),
    ("daily_log_sd", "1", 0.9), ("civilian_casualties", "1", 900.0), ("soldiers_killed", "1", 250.0),
    ("probes_per_year", "1/year", 2.5), ("allied_probes_per_year", "1/year", 1.0),
    ("settlement_days", "d", 1600.0), ("accession_days", "d", 1826.0),
    ("ceasefire_delay", "d", 400.0), ("low_cohesion_days", "1", 0.45),
    ("collapse_low_cohesion", "1", 0.12),
)
WEIGHTED = ("clash", "general_war", "nuclear_use")
CAVEAT = (
    "Levels are not forecasts: what is estimated is the difference between regimes under stated "
    "assumptions."
)
COLLAPSE = (.268, .331, .226, .218, .326, .111, .197, .589, .082, .113, .108, .137)
CLASH = (.0174, .0225, .0231, .0178, .0229, .0172, .0133, .0437, .0111, .0116, .0199, .0232)
GENERAL_WAR = (.0043, .0054, .0073, .0054, .0056, .0058, .0028, .0116, .0043, .0048, .0076, .0067)
SOURCE_WEIGHTS = np.array([
    [.00, .00, .09, .10, .04, .94, .03, .68], [.00, .00, .10, .10, .04, 1.2, .03, .89],
    [.43, .00, .09, .15, .04, 1.1, .05, .64], [.01, .00, .09, .10, .04, 1.1, .04, .56],
    [.00, .00, .16, .10, .04, 1.2, .03, .86], [.77, .00, .09, .20, .04, .37, .03, .45],
    [.00, .00, .08, .10, .04, .70, .03, .52], [.00, .00, .06, .10, .04, 2.6, .15, 1.6],
    [.06, .00, .09, .10, .04, .65, .03, .27], [.02, .08, .09, .30, .10, .50, .03, .43],
    [.00, .03, .09, .10, .04, 1.5, .03, .36], [.00, .02, .05, .10, .04, 1.8, .03, .43],
])


class Writer:
    """Datasets with a dimension scale on every axis, as netCDF-4 wants them."""

    def __init__(self, group: h5py.Group) -> None:
        self.group = group

    def scale(self, name: str, values: Any, units: str = "1") -> None:
        data = self._dataset(name, values, units)
        data.make_scale(name)

    def variable(self, name: str, dimensions: Sequence[str], values: Any, units: str = "1",
                 **attributes: Any) -> None:
        data = self._dataset(name, values, units)
        for axis, dimension in enumerate(dimensions):
            data.dims[axis].attach_scale(self.group[dimension])
        for key, value in attributes.items():
            data.attrs[key] = np.bytes_(value) if isinstance(value, str) else value

    def _dataset(self, name: str, values: Any, units: str) -> h5py.Dataset:
        text = len(values) > 0 and isinstance(values[0], str)
        kind = {"dtype": h5py.string_dtype("utf-8")} if text else {}
        data = self.group.create_dataset(name, data=list(values) if text else values,
                                         track_order=True, **kind)
        data.attrs["long_name"] = np.bytes_(name.replace("_", " "))
        if not text:
            data.attrs["units"] = np.bytes_(units)
        return data


def wilson(share: np.ndarray, replications: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % Wilson interval."""
    z = 1.959964
    centre = share + z * z / (2 * replications)
    half = z * np.sqrt(share * (1 - share) / replications + (z / (2 * replications)) ** 2)
    scale = 1 + z * z / replications
    low = np.where(share == 0, 0, np.maximum(0, (centre - half) / scale))
    return low, np.minimum(1, (centre + half) / scale)


def write_results(
    path: Path, *, replications: int = 20000, points: int = 1, regimes: Sequence[str] = REGIMES,
    histories: int = 0, version: int = 3, title: str = "Twelve regimes at the baseline",
    no_clash: Sequence[str] = (), undefined: Sequence[str] = (), same: Sequence[str] = (),
    failed: Sequence[int] = (), looks: Sequence[int] = (),
) -> Path:
    """Write a result file and return its path.

    Parameters
    ----------
    histories : histories that are kept of each point and regime
    no_clash : regimes that saw no clash: counts zero, shares NaN
    undefined : regimes whose estimates are all NaN
    same : regimes whose difference from every other is exactly zero with an empty interval
    failed : points of which nothing is known
    looks : how often a stopping rule looked at each point; an odd number reached the target
    """
    index = [REGIMES.index(regime) for regime in regimes]
    time = np.linspace(0.25, 5.0, 20)
    shape = (points, len(regimes), len(OUTCOMES), time.size)
    at_end = np.zeros(shape[:3])
    for outcome, values in (("collapse", COLLAPSE), ("clash", CLASH), ("general_war", GENERAL_WAR)):
        at_end[:, :, OUTCOMES.index(outcome)] = np.array(values)[index]
    at_end[:, :, OUTCOMES.index("nuclear_use")] = np.array(GENERAL_WAR)[index] * 0.12
    for number, outcome in enumerate(OUTCOMES):
        if outcome not in ("collapse", "clash", "general_war", "nuclear_use"):
            at_end[:, :, number] = 0.05 + 0.03 * number
    at_end = np.minimum(at_end * (1 + 0.1 * np.arange(points))[:, None, None], 0.99)
    hazard = -np.log1p(-at_end)
    probability = 1 - np.exp(-hazard[..., None] * (time / 5.0) ** 1.15)
    for regime in no_clash:
        for outcome in ("clash", "general_war", "nuclear_use"):
            probability[:, list(regimes).index(regime), OUTCOMES.index(outcome)] = 0
    count = np.floor(probability * replications).astype(np.int64)
    analog = count / replications
    analog_low, analog_high = wilson(analog, replications)
    weighted_error = np.sqrt(probability * (1 - probability) / (5 * replications))
    weighted_low = np.maximum(0, probability - 1.96 * weighted_error)
    weighted_high = np.where(probability > 0, probability + 1.96 * weighted_error, analog_high)
    estimator = np.array([int(name in WEIGHTED) for name in OUTCOMES], dtype=np.int8)
    pick = estimator[None, None, :, None] == 1
    best = np.where(pick, probability, analog)
    low = np.where(pick, weighted_low, analog_low)
    high = np.where(pick, weighted_high, analog_high)
    for regime in undefined:
        for values in (best, low, high):
            values[:, list(regimes).index(regime)] = np.nan
    for values in (best, low, high):
        values[list(failed)] = np.nan
    difference = best[:, :, None] - best[:, None, :]
    error = 0.6 * np.sqrt((best * (1 - best))[:, :, None] + (best * (1 - best))[:, None, :])
    error /= np.sqrt(replications)
    for regime in same:
        place = list(regimes).index(regime)
        for values in (difference, error):
            values[:, place] = 0
            values[:, :, place] = 0
    weights = SOURCE_WEIGHTS[index] / SOURCE_WEIGHTS[index].sum(1, keepdims=True)
    clashes = count[:, :, OUTCOMES.index("clash"), -1]
    source_count = np.floor(weights[None] * clashes[..., None]).astype(np.int64)
    path_weights = np.stack([weights[:, [3, 4, 5]].sum(1), weights[:, [2, 6]].sum(1),
                             weights[:, 0], weights[:, 1], weights[:, 7]], axis=1)
    path_count = np.floor(path_weights[None] * clashes[..., None]).astype(np.int64)
    dims = ("design_point", "regime", "outcome", "time")
    pair = ("design_point", "regime", "reference", "outcome", "time")
    with h5py.File(path, "w", libver=("earliest", "v108"), track_order=True) as file:
        for name, value in {
            "title": title, "question": "Which regime keeps the ceasefire?",
            "Conventions": "CF-1.8", "history": "firebreak run baseline.toml",
            "firebreak_version": "0.1.0",
            "git_commit": "0123456789abcdef0123456789abcdef01234567", "compiler": "GNU 12.2.0",
            "seed_text": "9223372036854775807", "random_scheme": "philox4x32-10",
            "configuration": "[study]\n", "caveat": CAVEAT,
        }.items():
            text = value.encode()
            file.attrs.create(name, text, dtype=h5py.string_dtype("utf-8", len(text)))
        file.attrs["seed"] = np.array([9223372036854775807], dtype=np.int64)
        file.attrs["random_scheme_version"] = np.array([1], dtype=np.int32)
        file.attrs["results_format_version"] = np.array([version], dtype=np.int32)
        file.attrs["horizon_days"] = np.array([1826], dtype=np.int32)
        file.attrs["confidence_level"] = np.array([0.95])
        write = Writer(file)
        write.scale("design_point", np.arange(points, dtype=np.int32))
        for name, values in (
            ("regime", regimes), ("reference", regimes), ("outcome", OUTCOMES),
            ("side", ("Russia", "Ukraine")), ("path", PATHS), ("source", SOURCES),
            ("measure", [name for name, _, _ in MEASURES]),
            ("risk", RISKS), ("event", EVENTS), ("protection", ("not_in_force", "in_force")),
        ):
            write.scale(name, values)
        write.scale("time", time, "years")
        write.variable("day", ("time",), np.round(time * 365.25).astype(np.int32), "d")
        write.variable("measure_unit", ("measure",), [unit for _, unit, _ in MEASURES])
        level = np.array([mean for _, _, mean in MEASURES])
        # Accession never comes: the same in every history, which says nothing of others.
        spread = np.where(level == 1826.0, 0.0, 0.5 * level / np.sqrt(replications))
        mean = np.repeat((level * (1 + 0.05 * np.array(index)[:, None] * (spread > 0)))[None],
                         points, axis=0)
        mean[list(failed)] = np.nan
        mean_difference = mean[:, :, None] - mean[:, None]
        for stem, axes, values, errors in (
            ("mean", ("design_point", "regime", "measure"), mean, mean * 0 + spread),
            ("difference", ("design_point", "regime", "reference", "measure"), mean_difference,
             mean_difference * 0 + 0.7 * spread),
        ):
            half = np.where(errors > 0, 1.96 * errors, np.nan)
            write.variable(f"measure_{stem}", axes, values)
            write.variable(f"measure_{stem}_low", axes, values - half)
            write.variable(f"measure_{stem}_high", axes, values + half)
            write.variable(f"measure_{stem}_standard_error", axes, errors)
        write.variable("probability", dims, best)
        write.variable("probability_low", dims, low)
        write.variable("probability_high", dims, high)
        write.variable("estimator", ("outcome",), estimator,
                       flag_values=np.array([0, 1], dtype=np.int8), flag_meanings="analog weighted")
        write.variable("count", dims, count)
        write.variable("difference", pair, difference)
        write.variable("difference_low", pair, difference - 1.96 * error)
        write.variable("difference_high", pair, difference + 1.96 * error)
        write.variable("difference_standard_error", pair, error)
        for name, values in (
            ("probability_analog", analog), ("probability_analog_low", analog_low),
            ("probability_analog_high", analog_high), ("probability_weighted", probability),
            ("probability_weighted_low", weighted_low),
            ("probability_weighted_high", weighted_high),
            ("standard_error_analog", np.sqrt(analog * (1 - analog) / replications)),
            ("standard_error_weighted", weighted_error), ("variance_ratio", probability * 0 + 5),
        ):
            write.variable(name, dims, values)
        lost = np.isin(np.arange(points), failed).astype(np.int8)
        write.variable("failed", ("design_point",), lost, dtype="bool")
        write.variable("replications", ("design_point", "regime"),
                       np.where(lost[:, None] == 1, 0, np.full(shape[:2], replications)))
        if len(looks):
            often = np.asarray(looks, dtype=np.int32)
            write.variable("looks", ("design_point",), often)
            write.variable("target_reached", ("design_point",), (often % 2).astype(np.int8),
                           dtype="bool")
        for name, counts, names in (("path", path_count, PATHS), ("source", source_count, SOURCES)):
            axes = ("design_point", "regime", name)
            total = counts.sum(-1, keepdims=True)
            share = np.where(total > 0, counts / np.maximum(total, 1), np.nan)
            write.variable(f"{name}_count", axes, counts)
            write.variable(f"{name}_share", axes, share)
        if points > 1:
            for parameter, kind, values, distribution, low, high in (
                ("response.commitment", "lever", np.linspace(0.5, 1, points), "fixed", 0.8, 0.8),
                ("line.immigrant_rate", "uncertainty", 3 + np.arange(points), "uniform", 2.6, 5.8),
                ("neutrality:commitment.aid_factor", "uncertainty", np.geomspace(0.1, 1, points),
                 "log-uniform", 0.1, 1.1),
            ):
                write.variable(re.sub("[^0-9A-Za-z]", "_", parameter), ("design_point",),
                               np.asarray(values, dtype=float),
                               units="1/d" if kind == "uncertainty" else "1",
                               parameter=parameter, kind=kind, prior_distribution=distribution,
                               prior_low=low, prior_high=high)
        runtime = file.create_group("runtime", track_order=True)
        runtime.attrs["host"] = np.bytes_("somewhere")
        if histories:
            kept = Writer(file.create_group("histories", track_order=True))
            kept.scale("design_point", np.arange(points, dtype=np.int32))
            kept.scale("regime", regimes)
            kept.scale("replication", np.arange(histories, dtype=np.int64))
            kept.scale("outcome", OUTCOMES)
            kept.scale("measure", [name for name, _, _ in MEASURES])
            kept.variable("measure_unit", ("measure",), [unit for _, unit, _ in MEASURES])
            kept.variable("measures", ("design_point", "regime", "replication", "measure"),
                          np.repeat(mean[:, :, None], histories, axis=2), "")
            days = np.full((points, len(regimes), histories, len(OUTCOMES)), -1, dtype=np.int32)
            days[:, :, 1] = 100
            kept.variable("first_day", ("design_point", "regime", "replication", "outcome"), days,
                          "d")
    return path
