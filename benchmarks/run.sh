#!/usr/bin/env bash
# Measures the line, the whole model and the peers, and prints the table of goals.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

usage() {
    cat <<TEXT
Usage: benchmarks/run.sh [--rounds N] [--repetitions N] [--again]

Builds the benchmarks of the release preset, runs them and the peers one after another, round after
round, and prints the table of goals from the least time of each. Progress goes to stderr.
    --rounds N       rounds (default 3), each of all programs
    --repetitions N  repetitions of each benchmark in a round, in random order (default 7)
    --again          keep the results of earlier rounds of the same build and add to them
TEXT
}

rounds=3
repetitions=7
again=no
while (($#)); do
    case "$1" in
    -h | --help) usage && exit 0 ;;
    --rounds) rounds=$2 && shift ;;
    --repetitions) repetitions=$2 && shift ;;
    --again) again=yes ;;
    *)
        echo "benchmarks/run.sh: unknown argument '$1'" >&2
        usage >&2
        exit 2
        ;;
    esac
    shift
done

install_packages "${run_packages[@]}" libbenchmark-dev >&2
python=$(find_python numba numpy 2>/dev/null || find_python numpy)

cmake --preset release --log-level=WARNING >&2
cmake --build --preset release --target line_benchmark whole_model_benchmark >&2

programs=build/release/benchmarks
results=$programs/results
[[ $again == yes ]] || rm -rf -- "$results"
mkdir -p -- "$results"
rm -f -- "$results"/*.part
first=$(find "$results" -name 'line_*.json' | wc -l)

# measure PROGRAM FILE: the program's results, in JSON.
measure() {
    echo "   $1, load $(cut -d' ' -f1 /proc/loadavg)" >&2
    "$programs/$1" --benchmark_repetitions="$repetitions" --benchmark_enable_random_interleaving=true \
        --benchmark_min_time=0.1 --benchmark_out="$2.part" --benchmark_out_format=json >/dev/null 2>&1 ||
        { echo "benchmarks/run.sh: $1 failed; run it alone to see why" >&2 && exit 1; }
    mv -- "$2.part" "$2" # a round that is cut short leaves nothing that goals.py would read
}

for ((round = first + 1; round <= first + rounds; ++round)); do
    echo "== Round $round" >&2
    measure line_benchmark "$results/line_$round.json"
    measure whole_model_benchmark "$results/whole_$round.json"
    for peer in numpy numba python; do
        echo "   $peer, load $(cut -d' ' -f1 /proc/loadavg)" >&2
        # A peer that is skipped says why and fails; one that errs stops here.
        PYTHONDONTWRITEBYTECODE=1 "$python" "benchmarks/peers/${peer}_line.py" 2>&1 |
            tee -a "$results/peers_$round.txt" >&2 || tail -n 1 "$results/peers_$round.txt" | grep -q skipped
    done
done

commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[[ -z $(git status --porcelain --untracked-files=no 2>/dev/null) ]] || commit+=", changed"
compiler=$(sed -nE 's/^set\(CMAKE_CXX_COMPILER_(ID|VERSION) "(.*)"\)$/\2/p' \
    build/release/CMakeFiles/*/CMakeCXXCompiler.cmake | xargs)
echo "CPU: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors"
echo "Compiler: $compiler"
echo "Commit: $commit"
echo
"$python" benchmarks/goals.py "$results"
