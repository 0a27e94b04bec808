"""A Slurm cluster of one host: munge, controller and node, on loopback, in a folder of its own.

Needs no privileges, no service manager and nothing of the machine's own configuration.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

# Debian puts the daemons where only root looks.
SEARCH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "sinfo", "scontrol")


class CannotStart(RuntimeError):
    """Slurm is not installed, or does not come up here."""


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens at just now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class OneHostSlurm:
    """Starts the three daemons when entered and ends those, and nothing else, when left."""

    def __init__(self, folder: Path, cpus: int = 2) -> None:
        self.folder = folder.resolve()
        self.cpus = cpus
        self.daemons: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "PATH": SEARCH,
            "SLURM_CONF": str(self.folder / "slurm.conf"),
        }

    def __enter__(self) -> OneHostSlurm:
        missing = [name for name in PROGRAMS if shutil.which(name, path=SEARCH) is None]
        if missing:
            message = f"not installed: {', '.join(missing)} (Debian: slurm-wlm, munge)"
            raise CannotStart(message)
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Write the configuration, start the daemons and wait until the node is idle."""
        # munged refuses a socket below a folder that others may write to, and a key they may read.
        for name, mode in [("socket", 0o755), ("log", 0o700), ("state", 0o700), ("spool", 0o755)]:
            (self.folder / name).mkdir(mode=mode)
            (self.folder / name).chmod(mode)
        self.folder.chmod(0o755)
        key = self.folder / "log" / "munge.key"
        key.write_bytes(secrets.token_bytes(1024))
        key.chmod(0o600)
        munge_socket = self.folder / "socket" / "munge"
        log = self.folder / "log"
        self.start_daemon(
            "munged",
            "--foreground",
            "--force",  # the checks of folders above ours are not for a private daemon
            f"--key-file={key}",
            f"--socket={munge_socket}",
            f"--pid-file={log / 'munged.pid'}",
            f"--log-file={log / 'munged.log'}",
            f"--seed-file={log / 'munged.seed'}",
            "--num-threads=2",
        )
        self.wait_until("munged", munge_socket.exists)
        self.configure(munge_socket)
        self.start_daemon("slurmctld", "-D", "-c")
        self.start_daemon("slurmd", "-D", "-N", socket.gethostname().split(".")[0])
        self.wait_until("the node", lambda: self.call("sinfo", "-h", "-o", "%t") == "idle")

    def configure(self, munge_socket: Path) -> None:
        """Write the configuration of a cluster that listens at 127.0.0.1 alone."""
        host = socket.gethostname().split(".")[0]
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout
        controller, node = free_ports(2)
        folder = self.folder
        settings = {
            "ClusterName": "onehost",
            "SlurmctldHost": f"{host}(127.0.0.1)",
            "SlurmUser": user.strip(),
            "SlurmdUser": user.strip(),
            "AuthType": "auth/munge",
            # A short life of credentials lets a killed job be requeued at once.
            "AuthInfo": f"socket={munge_socket},cred_expire=5",
            "CredType": "cred/munge",
            "CommunicationParameters": "NoCtldInAddrAny,NoInAddrAny,NoAddrCache",
            "SlurmctldPort": controller,
            "SlurmdPort": node,
            "StateSaveLocation": folder / "state",
            "SlurmdSpoolDir": folder / "spool",
            "SlurmctldPidFile": folder / "log" / "slurmctld.pid",
            "SlurmdPidFile": folder / "log" / "slurmd.pid",
            "SlurmctldLogFile": folder / "log" / "slurmctld.log",
            "SlurmdLogFile": folder / "log" / "slurmd.log",
            "ProctrackType": "proctrack/linuxproc",
            "TaskPlugin": "task/none",
            "SelectType": "select/cons_tres",
            "SelectTypeParameters": "CR_Core",
            "SchedulerParameters": "bf_interval=1,sched_interval=1,sched_min_interval=0,"
            "batch_sched_delay=0",
            "MpiDefault": "none",
            "ReturnToService": 2,
            "SwitchType": "switch/none",
            "JobAcctGatherType": "jobacct_gather/none",
            "AccountingStorageType": "accounting_storage/none",
            "KillWait": 2,
            "MinJobAge": 300,
            "NodeName": f"{host} NodeAddr=127.0.0.1 CPUs={self.cpus} RealMemory=1000",
            "PartitionName": f"test Nodes={host} Default=YES MaxTime=600 State=UP",
        }
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        (folder / "slurm.conf").write_text(text, encoding="utf-8")
        (folder / "cgroup.conf").write_text("CgroupAutomount=no\n", encoding="utf-8")

    def start_daemon(self, *command: str) -> None:
        """Start a daemon in the foreground of nothing."""
        with (self.folder / "log" / f"{command[0]}.out").open("wb") as output:
            program = shutil.which(command[0], path=SEARCH) or command[0]
            self.daemons.append(
                subprocess.Popen(
                    [program, *command[1:]],
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def wait_until(self, what: str, is_there: object, seconds: float = 30.0) -> None:
        """Wait for something to come up; a daemon that ends, or no sign in time, is an error."""
        end = time.monotonic() + seconds
        while not is_there():
            if time.monotonic() > end or any(one.poll() is not None for one in self.daemons):
                logs = sorted((self.folder / "log").glob("*.out")) + sorted(
                    (self.folder / "log").glob("*.log")
                )
                said = [line for log in logs for line in log.read_text("utf-8").splitlines()[-3:]]
                message = f"{what} did not come up: " + " | ".join(said)
                raise CannotStart(message)
            time.sleep(0.1)

    def stop(self) -> None:
        """End the daemons, last first."""
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons.clear()

    def call(self, *command: str, **environment: str) -> str:
        """Run one of Slurm's commands; returns what it says, or nothing if it failed."""
        done = subprocess.run(
            command,
            env=self.environment | environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def submit(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Submit a job and wait for its end; the exit code is the job's."""
        return subprocess.run(
            ["sbatch", "--wait", *command],
            env=self.environment | environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
