"""One sweep gives one result file, whatever threads, ranks and shards make it, and in any order."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest

from program import BINARY, firebreak
from small_sweep import assert_same, finished, journal_of, refused, sweep, write_study

RANK_SETTINGS = {
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "OMPI_MCA_hwloc_base_binding_policy": "none",
    "OMPI_MCA_plm_rsh_agent": "",
    "OMPI_MCA_btl": "self,vader",
    "OMPI_MCA_pml": "ob1",
    "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
}
# Wide enough to stop some points at the first look and not all of them.
TARGET = ("--target-halfwidth", "0.005", "--target-outcome", "stray")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the study that all runs here are of."""
    return write_study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def reference(study: Path) -> Path:
    """Write the file that the others are held to: one thread, one go."""
    return sweep(study, study.parent / "reference.h5", "--threads", "1")


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_threads_change_nothing(
    study: Path, reference: Path, tmp_path: Path, threads: int
) -> None:
    """Histories included, the bytes are the same."""
    assert_same(reference, sweep(study, tmp_path / "x.h5", "--threads", threads))


def run_shards(study: Path, output: Path, count: int, order: list[int], *options: object) -> None:
    """Run all shards, one after another."""
    for index in order:
        sweep(study, output, "--shard", f"{index}/{count}", *options)
    assert not output.exists()


# With eleven shards of eight points, blocks are shared out and not points.
@pytest.mark.parametrize("count", [1, 2, 3, 7, 11])
def test_shards_merge_to_the_same(
    study: Path, reference: Path, tmp_path: Path, count: int
) -> None:
    """In whatever order they are run and named, and however often they are merged."""
    output = tmp_path / "x.h5"
    order = list(range(1, count + 1))
    random.Random(count).shuffle(order)
    if count == 1:
        sweep(study, output, "--shard", "1/1")
        assert_same(reference, output)
        return
    run_shards(study, output, count, order)
    assert firebreak("missing", output).stdout == ""
    finished("merge", output, "--quiet")
    assert_same(reference, output)
    random.Random(count + 1).shuffle(order)
    journals = [journal_of(output, f"{index}/{count}") for index in order]
    finished("merge", tmp_path / "again.h5", *journals, "--quiet")
    assert_same(reference, tmp_path / "again.h5")


def test_a_shard_that_is_there_twice_counts_once(
    study: Path, reference: Path, tmp_path: Path
) -> None:
    """As when an array was sent twice, to two folders, and both are named."""
    output = tmp_path / "x.h5"
    run_shards(study, output, 2, [1, 2])
    one, two = (journal_of(output, f"{index}/2") for index in (1, 2))
    copy = shutil.copy(one, tmp_path / "copy.journal")
    finished("merge", output, one, copy, two, one, "--quiet")
    assert_same(reference, output)


@pytest.mark.parametrize("ranks", [1, 2, 3])
def test_ranks_change_nothing(study: Path, reference: Path, tmp_path: Path, ranks: int) -> None:
    """Started by mpirun: one file, whose bytes are the same."""
    if shutil.which("mpirun") is None or b"libmpi" not in subprocess.run(
        ["ldd", BINARY], capture_output=True, check=True
    ).stdout:
        pytest.skip("this build has no MPI, or there is no mpirun")
    output = tmp_path / "x.h5"
    done = subprocess.run(
        ["mpirun", "-n", str(ranks), BINARY, "sweep", study, "-o", output, "--quiet"]
        + ["--threads", "2"],
        env=os.environ | RANK_SETTINGS, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done
    assert_same(reference, output)
    assert sorted(os.listdir(tmp_path)) == ["x.h5", "x.h5.journal"]


@pytest.mark.parametrize("first", [1, 100, 319])
def test_an_extended_run_is_one_made_in_one_go(
    study: Path, reference: Path, tmp_path: Path, first: int
) -> None:
    """Also where the first run ended in the middle of a block, and after two extensions."""
    output = sweep(study, tmp_path / "x.h5", "--replications", first)
    for more in (first, (first + 320) // 2, 320):
        finished("resume", output, "--replications", more, "--quiet")
    assert_same(reference, output)
    with h5py.File(output) as file:
        assert file["histories/first_day"].shape[2] == 320


def test_an_extension_crosses_the_size_of_blocks(tmp_path: Path) -> None:
    """A large run has larger blocks than the small one that it began as."""
    study = write_study(tmp_path)
    one_go = sweep(study, tmp_path / "one_go.h5", "--replications", "1100")
    output = sweep(study, tmp_path / "x.h5", "--replications", "90")
    finished("resume", output, "--replications", "1100", "--quiet")
    assert_same(one_go, output)


def test_a_run_is_not_shortened(study: Path, tmp_path: Path) -> None:
    """Fewer replications than were asked for are refused, and the file stays."""
    output = sweep(study, tmp_path / "x.h5", "--replications", "64")
    before = output.read_bytes()
    assert "must be at least the 64" in refused("resume", output, "--replications", "63")
    assert output.read_bytes() == before


@pytest.fixture(scope="module")
def adaptive(study: Path) -> Path:
    """Write the file of a run that stops where it knows enough."""
    options = ("--replications", "3000", "--threads", "1")
    return sweep(study, study.parent / "adaptive.h5", *TARGET, *options)


def test_a_target_is_reached_at_different_ends(adaptive: Path) -> None:
    """Or the tests below would compare runs in which the rule did nothing."""
    with h5py.File(adaptive) as file:
        replications = file["replications"][()]
        assert len(np.unique(replications)) > 1, replications


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_do_not_move_the_end(
    study: Path, adaptive: Path, tmp_path: Path, threads: int
) -> None:
    """Looks come at numbers of replications, and never at what happens to be done."""
    output = tmp_path / "x.h5"
    sweep(study, output, *TARGET, "--replications", "3000", "--threads", threads)
    assert_same(adaptive, output)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_shards_do_not_move_the_end(
    study: Path, adaptive: Path, tmp_path: Path, count: int
) -> None:
    """Each point is whole in one shard."""
    output = tmp_path / "x.h5"
    run_shards(
        study, output, count, list(range(count, 0, -1)), *TARGET, "--replications", "3000"
    )
    finished("merge", output, "--quiet")
    assert_same(adaptive, output)


@pytest.mark.parametrize("first", [40, 1024, 1500, 2100])
def test_an_extended_target_is_one_in_one_go(
    study: Path, adaptive: Path, tmp_path: Path, first: int
) -> None:
    """More looks make each stricter, so that no point had stopped too late."""
    output = sweep(study, tmp_path / "x.h5", *TARGET, "--replications", first)
    finished("resume", output, "--replications", "3000", "--quiet")
    assert_same(adaptive, output)


def test_a_target_refuses_shards_of_points(study: Path, tmp_path: Path) -> None:
    """A rule that looks at a point needs all of it."""
    message = refused("sweep", study, "-o", tmp_path / "x.h5", "--shard", "1/9", *TARGET)
    assert re.search(r"--shard.*whole design points.*only 8", message)
    assert os.listdir(tmp_path) == []
