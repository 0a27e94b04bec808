"""Print the table of goals and the times behind it from the results that run.sh leaves.

Usage: python3 benchmarks/goals.py DIRECTORY
where DIRECTORY holds line_*.json and whole_*.json of Google Benchmark and peers_*.txt.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path

COMMAND_DAYS = 48 * 1826
TARGETS = {4: "AVX-512", 3: "AVX2", 2: "SSE4"}
PEER = re.compile(r"(?P<name>.+): (?P<ns>[0-9.]+) ns per command-day, .* replications/s")

Times = dict[str, list[float]]


def read_benchmarks(directory: Path) -> tuple[Times, list[str], list[dict]]:
    """Return the times by name [ns], the names that were skipped, and each file's context."""
    times: Times = defaultdict(list)
    skipped = {}
    contexts = []
    for path in sorted(directory.glob("*.json")):
        file = json.loads(path.read_text())
        contexts.append(file["context"])
        for run in file["benchmarks"]:
            name = run["name"]
            if run.get("run_type") == "aggregate":
                continue
            if run.get("error_occurred"):
                skipped[name] = run["error_message"]
            elif "per_command_day" in run:
                times[name].append(1e9 * run["per_command_day"])
            elif "per_history" in run:
                times[name].append(1e9 * run["per_history"])
            else:
                times[name].append(1e9 / run["histories_per_s"])
    return times, [f"{name}: {why}" for name, why in skipped.items()], contexts


def read_peers(directory: Path) -> tuple[Times, list[str]]:
    """Return the peers' times [ns] and what they said instead."""
    times: Times = defaultdict(list)
    said = []
    for path in sorted(directory.glob("peers_*.txt")):
        for line in path.read_text().splitlines():
            found = PEER.fullmatch(line)
            if found:
                times[found["name"]].append(float(found["ns"]))
            elif line and line not in said:
                said.append(line)
    return times, said


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


class Goals:
    """The rows of the table: what is divided by what, the goal, what was reached."""

    def __init__(self, best: dict[str, float]) -> None:
        self.best = best
        self.rows: list[list[str]] = []

    def add(self, what: str, over: list[str], under: list[str], goal: str = "") -> None:
        """Add the ratio of two sums of times, or its absence."""
        if not all(name in self.best for name in over + under):
            self.rows.append([what, goal, "not measured", ""])
            return
        ratio = sum(self.best[n] for n in over) / sum(self.best[n] for n in under)
        verdict = ""
        if goal:
            sense, bound = goal.split()
            is_met = ratio >= float(bound) if sense == "≥" else ratio <= float(bound)
            verdict = "yes" if is_met else "no"
        digits = 0 if ratio >= 20 else 1 if ratio >= 4 else 2
        self.rows.append([what, goal, f"{ratio:.{digits}f}", verdict])


def goals(best: dict[str, float], peers: dict[str, float]) -> list[list[str]]:
    at = Goals(best | peers)
    naive_goals = {4: "≥ 85", 3: "≥ 55", 2: ""}
    for target, name in TARGETS.items():
        world = f"kernel_one_world/target:{target}"
        at.add(f"naive C++ / kernel, {name}", ["naive_objects"], [world], naive_goals[target])
    for target, name in TARGETS.items():
        shared = f"kernel_shared_noise/target:{target}"
        at.add(f"naive C++ / kernel with shared noise, {name}", ["naive_objects"], [shared])
    kernel, shared = "kernel_one_world/target:4", "kernel_shared_noise/target:4"
    if kernel not in best:
        kernel, shared = kernel.replace("4", "3"), shared.replace("4", "3")
    numpy = [name for name in peers if name.startswith("NumPy")]
    fastest_numpy = min(numpy, key=peers.__getitem__, default="NumPy")
    at.add("Numba / kernel", ["Numba"], [kernel], "≥ 26")
    at.add(f"{fastest_numpy} / kernel", [fastest_numpy], [kernel], "≥ 35")
    at.add("Python objects, as in Mesa / kernel", ["Python objects"], [kernel], "≥ 650")
    floor = "word_floor/" + kernel.split("/")[1]
    at.add("kernel / its random words alone", [kernel], [floor], "≤ 6")
    at.add("kernel with shared noise / its random words alone", [shared], [floor], "≤ 4")
    at.add("line, 12 regimes that share noise / 12 single", [shared], [kernel], "≤ 0.8")
    alone = ["one_regime/status_quo", "one_regime/membership"]
    twelve = ["twelve_regimes"]
    at.add("whole model, 12 regimes that share noise / 12 single", 2 * twelve, alone, "≤ 0.8")
    line = ["noise_alone", "line_alone"]
    at.add("whole model / line with the same noise", alone[:1], line, "≤ 1.5")
    bare = best.get(kernel, 0.0) * COMMAND_DAYS
    if bare:
        at.best["bare line"] = bare
    at.add("whole model / line without latent factors", alone[:1], ["bare line"])
    # A rate of two threads over that of one is a time of one over that of two.
    one, two = ["threads/1/real_time"], ["threads/2/real_time"]
    at.add("two threads / one", one, two, "≥ 1.9")
    return at.rows


def shares(best: dict[str, float]) -> list[list[str]]:
    """The parts of a history under membership: what a run without the part saves."""
    prefix = "one_regime/membership"
    whole = best[prefix]
    parts = {
        "noise": best["noise_alone"],
        "fire of the line": best["line_alone"],
        "day loop: a day's bookkeeping when nothing happens": best[f"{prefix}_only_the_line"]
        - best["noise_alone"]
        - best["line_alone"],
        "incidents, investigation and response": whole - best[f"{prefix}_without_incidents"],
        "politics": whole - best[f"{prefix}_with_one_politics_day"],
        "war and branch": whole - best[f"{prefix}_without_war"],
    }
    parts["not separable"] = whole - sum(parts.values())
    parts["together"] = whole
    return [[name, f"{t / 1e3:.0f}", f"{100 * t / whole:.0f}"] for name, t in parts.items()]


def times_of(times: Times, scale: float, digits: int) -> list[list[str]]:
    rows = []
    for name, all_times in sorted(times.items()):
        low, middle = min(all_times) / scale, statistics.median(all_times) / scale
        rows.append([f"`{name}`", f"{low:.{digits}f}", f"{middle:.{digits}f}"])
    return rows


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    directory = Path(sys.argv[1])
    times, skipped, contexts = read_benchmarks(directory)
    peer_times, said = read_peers(directory)
    best = {name: min(all_times) for name, all_times in times.items()}
    peers = {name: min(all_times) for name, all_times in peer_times.items()}
    loads = ", ".join(f"{context['load_avg'][0]:.1f}" for context in contexts)
    print(table(["ratio", "goal", "reached", "met"], goals(best, peers)))
    print("\nParts of a history of five years, membership, in µs and per cent of the whole:\n")
    print(table(["part", "µs", "%"], shares(best)))
    of_line = {name: t for name, t in times.items() if min(t) < 1000.0} | peer_times
    of_model = {name: t for name, t in times.items() if min(t) >= 1000.0}
    print("\nns per command-day:\n")
    print(table(["line", "least", "median"], times_of(of_line, 1.0, 2)))
    print("\nµs per history of five years and one regime:\n")
    print(table(["model", "least", "median"], times_of(of_model, 1e3, 0)))
    print(f"\nLoad average before each round of the line and of the model: {loads}")
    for line in skipped + said:
        print(f"Skipped: {line}")


if __name__ == "__main__":
    main()
