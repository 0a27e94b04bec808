"""The same study gives the same result file, whatever the threads, order and company of regimes."""

from __future__ import annotations

import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

from program import run_to_file
from result_content import by_regime, content, differences

# Seven blocks, the last one short: enough for threads to finish them out of order.
REPLICATIONS = ("--replications", "200")
REGIMES = ("status-quo", "membership", "neutrality", "bilateral-guarantee")


def choose(*regimes: str) -> list[str]:
    """Return the options that pick regimes."""
    return [word for name in regimes for word in ("--regime", name)]


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the file that the others are held to: one thread, with histories."""
    path = tmp_path_factory.mktemp("identity") / "reference.h5"
    return run_to_file(path, *REPLICATIONS, "--threads", "1", "--histories")


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_threads_change_nothing_but_the_runtime(
    reference: Path, tmp_path: Path, threads: int
) -> None:
    """Every byte of every variable and attribute is the same, twice with the same threads too."""
    other = run_to_file(tmp_path / "x.h5", *REPLICATIONS, "--threads", threads, "--histories")
    assert differences(content(reference), content(other)) == []
    with h5py.File(other) as file:
        assert file["runtime"].attrs["threads"] == threads


def test_runtime_is_the_only_place_for_what_may_differ(reference: Path, tmp_path: Path) -> None:
    """Two runs with other threads do differ there, so leaving it out is needed and seen."""
    other = run_to_file(tmp_path / "x.h5", *REPLICATIONS, "--threads", "2", "--histories")
    found = differences(content(reference, ()), content(other, ()))
    assert "/runtime@threads" in found
    assert all(name.startswith("/runtime@") for name in found)


def test_two_seeds_give_two_results(reference: Path, tmp_path: Path) -> None:
    """Another seed changes the counts, the estimates and the histories of every regime."""
    other = run_to_file(tmp_path / "x.h5", *REPLICATIONS, "--seed", "7", "--histories")
    found = differences(content(reference), content(other))
    assert {"/count", "/probability", "/violations_per_day", "/histories/first_day"} <= set(found)
    assert {"/measure_mean", "/measure_difference", "/measure_mean_high"} <= set(found)
    assert {"/@seed", "/@seed_text", "/@history"} <= set(found)
    assert not {"/regime", "/outcome", "/time", "/@configuration"} & set(found)
    left, right = by_regime(reference, paired=False), by_regime(other, paired=False)
    assert all(left["count", name] != right["count", name] for name in REGIMES)


def test_the_order_of_regimes_changes_only_the_order(reference: Path, tmp_path: Path) -> None:
    """Each regime and each pair of regimes has the same values, wherever it stands."""
    other = run_to_file(
        tmp_path / "x.h5", *REPLICATIONS, "--histories", *choose(*reversed(REGIMES))
    )
    with h5py.File(other) as file:
        assert [name.decode() for name in file["regime"][()]] == list(reversed(REGIMES))
        assert file.attrs["reference_regime"] == b"status-quo"
    left, right = by_regime(reference, paired=True), by_regime(other, paired=True)
    assert ("difference", "membership", "neutrality") in left
    assert differences(left, right) == []


@pytest.mark.parametrize("company", [(), ("air-shield",), ("neutrality-unarmed", "neutrality")])
def test_the_company_of_a_regime_does_not_touch_it(
    reference: Path, tmp_path: Path, company: tuple[str, ...]
) -> None:
    """Alone or with others: every value of the regime itself is the same."""
    chosen = choose(*company, "membership")
    other = run_to_file(tmp_path / "x.h5", *REPLICATIONS, "--histories", *chosen)
    left = {k: v for k, v in by_regime(reference, paired=False).items() if k[1] == "membership"}
    right = {k: v for k, v in by_regime(other, paired=False).items() if k[1] == "membership"}
    assert len(left) > 15
    assert differences(left, right) == []


def test_a_change_to_one_regime_leaves_the_others_alone(reference: Path, tmp_path: Path) -> None:
    """Another line in neutrality, and with it other noise, is felt in neutrality only."""
    other = run_to_file(
        tmp_path / "x.h5", *REPLICATIONS, "--histories", "--set", "neutrality:line.sectors=12"
    )
    left, right = by_regime(reference, paired=False), by_regime(other, paired=False)
    found = differences(left, right)
    assert ("violations_per_day", "neutrality") in found
    assert {regime for _, regime in found} == {"neutrality"}


def test_more_replications_keep_those_there_were(reference: Path, tmp_path: Path) -> None:
    """A longer run begins with the histories of the shorter one."""
    other = run_to_file(tmp_path / "x.h5", "--replications", "230", "--histories")
    with h5py.File(reference) as short, h5py.File(other) as long:
        first = short["histories/first_day"][()]
        np.testing.assert_array_equal(first, long["histories/first_day"][:, :, : first.shape[2]])
        assert long["histories/first_day"].shape[2] == 230


def test_histories_change_nothing_else(reference: Path, tmp_path: Path) -> None:
    """Keeping every first day adds a group and a word to the command, and nothing more."""
    other = run_to_file(tmp_path / "x.h5", *REPLICATIONS)
    left = content(reference, ("/runtime", "/histories"))
    assert differences(left, content(other)) == ["/@history"]


def test_histories_agree_with_the_counts(reference: Path) -> None:
    """At every time the count is the number of first days before it."""
    with h5py.File(reference) as file:
        first = file["histories/first_day"][()]  # design point, regime, replication, outcome
        day = file["day"][()]
        counted = np.stack([((first >= 0) & (first < end)).sum(axis=2) for end in day], axis=-1)
        np.testing.assert_array_equal(counted, file["count"][()])
        assert counted.any() and (counted[..., 0] < counted[..., -1]).any()


@pytest.mark.parametrize(
    ("place", "value"), [("count", 1), ("probability", 1e-15), ("histories/first_day", 1)]
)
def test_the_comparison_sees_one_changed_value(
    reference: Path, tmp_path: Path, place: str, value: float
) -> None:
    """The comparison that the tests above stand on notices the smallest change."""
    other = Path(shutil.copy(reference, tmp_path / "x.h5"))
    with h5py.File(other, "r+") as file:
        values = file[place][()]
        values[0, 1, -1, -1] += value
        file[place][...] = values
    assert differences(content(reference), content(other)) == ["/" + place]
    assert [key[:2] for key in differences(by_regime(reference, True), by_regime(other, True))] == [
        (place, REGIMES[1])
    ]


def test_the_comparison_sees_a_changed_attribute(reference: Path, tmp_path: Path) -> None:
    """So it does for the text and the type of an attribute, and for what is missing."""
    other = Path(shutil.copy(reference, tmp_path / "x.h5"))
    with h5py.File(other, "r+") as file:
        file["count"].attrs["units"] = "2"
        file.attrs["seed"] = file.attrs["seed"].astype("i4")
        del file.attrs["caveat"]
        file.move("belief", "disbelief")
    found = set(differences(content(reference), content(other)))
    assert {"/count@units", "/@seed", "/@caveat", "/belief", "/disbelief", "/"} <= found
