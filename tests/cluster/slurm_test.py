"""The job scripts of runs/, under a real scheduler: what they give is what one machine gives."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from one_host_slurm import CannotStart, OneHostSlurm

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from program import BINARY, QUICK, SOURCE_DIR, firebreak, run_to_file  # noqa: E402
from result_content import content, differences  # noqa: E402

SMALL = ("--horizon", "365", "--replications", "200", "--quiet")
SHARDS = "3"
ARRAY = str(SOURCE_DIR / "runs" / "slurm_array.sbatch")
RANKS = str(SOURCE_DIR / "runs" / "slurm_mpi.sbatch")
# What the scripts ask of a cluster is more than a test needs or this one has.
LITTLE = ("--time=5", "--mem-per-cpu=100", "--signal=TERM@10")


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneHostSlurm]:
    """A cluster of one host with two processors."""
    cluster = OneHostSlurm(tmp_path_factory.mktemp("slurm"))
    try:
        cluster.__enter__()
    except CannotStart as reason:
        pytest.skip(f"Slurm cannot start here: {reason}")
    try:
        yield cluster
    finally:
        cluster.__exit__()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same study, run by one process."""
    return run_to_file(tmp_path_factory.mktemp("local") / "local.h5", *SMALL[:-1])


def send(slurm: OneHostSlurm, script: str, *words: object, array: str = "", **settings: str) -> int:
    """Submit a job script and wait; returns its exit code, and says why if it is not 0."""
    options = [f"--array={array}"] if array else []
    done = slurm.submit(
        *LITTLE,
        *options,
        script,
        *map(str, words),
        FIREBREAK=BINARY,
        OMPI_ALLOW_RUN_AS_ROOT="1",
        OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
        OMPI_MCA_btl="self,vader",
        OMPI_MCA_pml="ob1",
        OMPI_MCA_btl_vader_single_copy_mechanism="none",
        **settings,
    )
    if done.returncode != 0:
        logs = [f"{log.name}: {log.read_text('utf-8')}" for log in slurm.folder.glob("*.log")]
        print(done.stderr, *logs, sep="\n")  # shown by pytest with a failure
    return done.returncode


def missing(path: Path) -> str:
    """What `firebreak missing` prints."""
    done = firebreak("missing", path)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_array_gives_what_one_machine_gives(slurm: OneHostSlurm, local: Path) -> None:
    """Two of three shards, then the one that `missing` names; merged, the same values."""
    path = slurm.folder / "array.h5"
    assert send(slurm, ARRAY, SHARDS, QUICK, path, *SMALL, array="1,3") == 0
    assert missing(path) == "2"
    assert firebreak("merge", path).returncode != 0
    assert not path.exists()
    assert send(slurm, ARRAY, SHARDS, QUICK, path, *SMALL, array=missing(path)) == 0
    assert missing(path) == ""
    done = firebreak("merge", path, "--quiet")
    assert done.returncode == 0, done.stderr
    assert differences(content(path), content(local)) == []


def test_a_shard_that_is_sent_again_goes_on(slurm: OneHostSlurm, local: Path) -> None:
    """Sending a whole array twice changes nothing."""
    path = slurm.folder / "twice.h5"
    for _ in range(2):
        assert send(slurm, ARRAY, SHARDS, QUICK, path, *SMALL, array="1-3") == 0
    assert firebreak("merge", path, "--quiet").returncode == 0
    assert differences(content(path), content(local)) == []


@pytest.mark.parametrize("launcher", ["srun --mpi=pmix", "mpirun"])
def test_ranks_give_what_one_machine_gives(
    slurm: OneHostSlurm, local: Path, launcher: str
) -> None:
    """Two ranks, started by Slurm or by mpirun inside the job."""
    path = slurm.folder / f"{launcher.split()[0]}.h5"
    assert send(slurm, RANKS, QUICK, path, *SMALL, FIREBREAK_LAUNCHER=launcher) == 0
    assert differences(content(path), content(local)) == []


def test_a_failing_job_fails(slurm: OneHostSlurm) -> None:
    """The exit code reaches Slurm: a mistake in the options is 2."""
    path = slurm.folder / "wrong.h5"
    assert send(slurm, ARRAY, SHARDS, QUICK, path, "--replications", "0", array="1") == 2
    assert not list(slurm.folder.glob("wrong.h5*"))
