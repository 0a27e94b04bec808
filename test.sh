#!/usr/bin/env bash
# Passes the tests: installs what is missing, builds, runs each step and says at the end how they went.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
source scripts/packages.sh

all_steps=(dev clang asan tsan tidy format)
ci_steps=(dev asan tsan format) # tidy and a plain Clang build: --all

usage() {
    cat <<TEXT
Usage: ./test.sh [--all | --ci | STEP...]

Installs the Debian packages that are missing and runs the steps; without a step: dev.
    dev      GCC, contracts on, all tests
    clang    Clang, unit tests
    asan     address and undefined-behaviour sanitizers with Clang, unit tests
    tsan     thread sanitizer, tests of the ensemble and a small study
    release  as for results, contracts off, all tests
    tidy     clang-tidy on model/
    format   clang-format on all C++ files
--all runs: ${all_steps[*]}
--ci runs:  ${ci_steps[*]}
Both also install Slurm, Chromium, R's and Octave's libraries, NCO and LaTeX, for tests that are skipped without them.
TEXT
}

packages=("${test_packages[@]}")
steps=()
for argument in "$@"; do
    case "$argument" in
    -h | --help) usage && exit 0 ;;
    --all) steps+=("${all_steps[@]}") packages+=("${cluster_packages[@]}" "${reader_packages[@]}") ;;
    --ci) steps+=("${ci_steps[@]}") packages+=("${cluster_packages[@]}" "${reader_packages[@]}") ;;
    dev | clang | asan | tsan | release | tidy | format) steps+=("$argument") ;;
    *)
        echo "test.sh: unknown step '$argument'" >&2
        usage >&2
        exit 2
        ;;
    esac
done
((${#steps[@]})) || steps=(dev)
jobs=$(nproc)

# build_and_test PRESET [CTEST ARGUMENT]...
build_and_test() {
    local preset=$1
    shift
    cmake --preset "$preset" --log-level=WARNING >/dev/null &&
        cmake --build --preset "$preset" &&
        ctest --preset "$preset" --output-on-failure -j "$jobs" "$@"
}

# sanitized_build_and_test PRESET [CTEST ARGUMENT]...: the sanitizers of these compilers cannot place their shadow
# memory where the system scatters addresses over more than 28 bits, so there it is told not to.
sanitized_build_and_test() {
    local bits=0
    if [[ -r /proc/sys/vm/mmap_rnd_bits ]]; then
        bits=$(</proc/sys/vm/mmap_rnd_bits)
    fi
    if ((bits > 28)); then
        export -f build_and_test
        jobs=$jobs setarch "$(uname -m)" -R bash -c 'build_and_test "$@"' bash "$@"
    else
        build_and_test "$@"
    fi
}

check_format() {
    find model tests benchmarks -name '*.[ch]pp' -print0 | xargs -0 -r clang-format --dry-run -Werror
}

run_step() {
    case "$1" in
    dev | release) build_and_test "$1" ;;
    clang) build_and_test clang ;;
    asan | tsan) sanitized_build_and_test "$1" ;;
    tidy) cmake --preset tidy --log-level=WARNING >/dev/null && cmake --build --preset tidy -- -k 0 ;;
    format) check_format ;;
    esac
}

install_packages "${packages[@]}"
find_python numpy h5py xarray h5netcdf netCDF4 matplotlib pandas scipy pytest >/dev/null

summary=()
failed=()
for step in "${steps[@]}"; do
    echo
    echo "== $step"
    step_started=$SECONDS
    # Each step in a shell of its own: after a failure the remaining ones still run.
    if (run_step "$step"); then
        outcome=passed
    else
        outcome=FAILED
        failed+=("$step")
    fi
    summary+=("$step $outcome $((SECONDS - step_started)) s")
done

echo
echo "test.sh: $(
    IFS=';'
    echo "${summary[*]}"
)" | sed 's/;/, /g'
((${#failed[@]} == 0))
