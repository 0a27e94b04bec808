#!/usr/bin/env bash
# Measures what the experiment engine costs beside the histories, and how well two threads and two
# ranks share the work. Wants a quiet machine.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

rounds=${1:-3}
[[ $rounds =~ ^[1-9][0-9]*$ ]] || { echo "Usage: benchmarks/experiments.sh [ROUNDS]" >&2 && exit 2; }

cmake --preset release --log-level=WARNING >&2
cmake --build --preset release --target experiments_benchmark firebreak >&2
build/release/benchmarks/experiments_benchmark --benchmark_min_time=0.2 2>/dev/null

firebreak=build/release/firebreak
study=configs/studies/quick.toml
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# timed REPLICATIONS COMMAND...: seconds of wall time of a run of the quick study.
timed() {
    local replications=$1 begin end
    shift
    rm -f -- "$scratch"/result.h5*
    begin=$(date +%s%N)
    "$@" run "$study" -o "$scratch/result.h5" --quiet --replications "$replications" "${options[@]}"
    end=$(date +%s%N)
    awk "BEGIN {printf \"%.3f\", ($end - $begin) / 1e9}"
}

# Two processes that know nothing of each other: what this machine gives at best.
apart() {
    local begin end
    rm -f -- "$scratch"/one.h5* "$scratch"/two.h5*
    begin=$(date +%s%N)
    "$firebreak" run "$study" -o "$scratch/one.h5" --quiet --replications "$1" --threads 1 &
    "$firebreak" run "$study" -o "$scratch/two.h5" --quiet --replications "$1" --threads 1
    wait
    end=$(date +%s%N)
    awk "BEGIN {printf \"%.3f\", ($end - $begin) / 1e9}"
}

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_hwloc_base_binding_policy=none
half=6000
echo "seconds: one thread, half the work | two processes, half each | two threads | two ranks"
for ((round = 1; round <= rounds; ++round)); do
    options=(--threads 1)
    one=$(timed "$half" "$firebreak")
    two=$(apart "$half")
    options=(--threads 2)
    threads=$(timed $((2 * half)) "$firebreak")
    options=(--threads 1)
    ranks=-
    if command -v mpirun >/dev/null; then
        ranks=$(timed $((2 * half)) mpirun --oversubscribe -n 2 "$firebreak")
    fi
    echo "$one | $two | $threads | $ranks"
done
