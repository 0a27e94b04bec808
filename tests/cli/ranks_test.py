"""The program on the ranks of an MPI job: the same values, and a journal that outlives a rank."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from program import BINARY, QUICK, firebreak, run_to_file
from result_content import content, differences

MPIRUN = shutil.which("mpirun")
# Root, more ranks than processors, and a container without ssh are meant.
ENVIRONMENT = os.environ | {
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "OMPI_MCA_hwloc_base_binding_policy": "none",
    "OMPI_MCA_plm_rsh_agent": "",
    "OMPI_MCA_btl": "self,vader",
    "OMPI_MCA_pml": "ob1",
    "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
    "OMPI_MCA_odls_base_sigkill_timeout": "5",
}


def has_mpi() -> bool:
    """Tell whether there is mpirun, and whether the program was built with MPI."""
    return MPIRUN is not None and b"MPI_Init_thread" in Path(BINARY).read_bytes()


pytestmark = pytest.mark.skipif(not has_mpi(), reason="no mpirun, or a build without MPI")


def on_ranks(ranks: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program on some ranks to its end."""
    return subprocess.run(
        [str(MPIRUN), "-n", str(ranks), BINARY, *map(str, arguments)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def replications_done(journal: Path) -> int:
    """Return how far a journal is, by `firebreak verify`; 0 where it is none yet."""
    words = firebreak("verify", journal).stdout.split()
    return int(words[words.index("of") - 1]) if "of" in words else 0


@pytest.mark.parametrize("ranks", [1, 2, 3])
def test_ranks_give_the_same_values(ranks: int, tmp_path: Path) -> None:
    """Whatever the number of ranks and threads."""
    one = run_to_file(tmp_path / "one.h5")
    many = tmp_path / "many.h5"
    done = on_ranks(ranks, "run", QUICK, "-o", many, "--quiet", "--horizon", 365, "--threads", 2)
    assert done.returncode == 0, done.stderr
    assert differences(content(many), content(one)) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_journal_outlives_a_rank(how: signal.Signals, tmp_path: Path) -> None:
    """A rank is killed or told to stop: the job ends and goes on later, to the same values."""
    path = tmp_path / "broken.h5"
    replications = ("--horizon", "365", "--replications", "6000")
    command = [BINARY, "run", QUICK, "-o", path, "--quiet", *replications, "--threads", "1"]
    job = subprocess.Popen(
        [str(MPIRUN), "-n", "2", *map(str, command)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    journal = Path(f"{path}.journal")
    end = time.monotonic() + 120
    while not (journal.exists() and replications_done(journal) > 0):
        assert time.monotonic() < end and job.poll() is None
        time.sleep(0.05)
    children = Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text("ascii").split()
    os.kill(int(children[-1]), how)
    _, said = job.communicate(timeout=120)
    assert job.returncode != 0, said
    assert not path.exists()
    assert 0 < replications_done(journal) < 6000
    if how == signal.SIGTERM:
        assert b"firebreak resume" in said
    done = on_ranks(2, "resume", journal, "--quiet")
    assert done.returncode == 0, done.stderr
    whole = run_to_file(tmp_path / "whole.h5", *replications)
    assert differences(content(path), content(whole)) == []


def test_a_mistake_on_all_ranks_is_said_once(tmp_path: Path) -> None:
    """The first rank speaks for all; the exit code is its own."""
    path = tmp_path / "there.h5"
    path.write_bytes(b"")
    done = on_ranks(3, "run", QUICK, "-o", path, "--quiet")
    assert done.returncode == 2
    assert done.stderr.count("exists already") == 1


@pytest.mark.parametrize("what", ["program", "seed"])
def test_a_rank_of_another_program_or_study_is_refused(what: str, tmp_path: Path) -> None:
    """One byte more in the program of a rank, or another seed: none of its work is taken."""
    other = tmp_path / "firebreak"
    shutil.copy2(BINARY, other)
    seed = 1
    if what == "program":
        with other.open("ab") as file:
            file.write(b"\0")
    else:
        seed = 2
    path = tmp_path / "mixed.h5"
    rest = ("run", QUICK, "-o", path, "--quiet", "--replications", 6000, "--threads", 1)
    command = [MPIRUN, "-n", 1, BINARY, *rest, "--seed", 1]
    command += [":", "-n", 1, other, *rest, "--seed", seed]
    done = subprocess.run(
        [*map(str, command)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "rank 1: runs another program or study" in done.stderr
    assert not path.exists()
