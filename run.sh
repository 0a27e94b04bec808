#!/usr/bin/env bash
# The main job: install what is missing, build, run the baseline study, draw its figures.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
source scripts/packages.sh

study=configs/studies/baseline.toml
result=runs/baseline.h5
figures=runs/figures

case "${1:-}" in
-h | --help)
    cat <<TEXT
Usage: ./run.sh [OPTION OF firebreak run]...

Installs the Debian packages that are missing (apt-get, with sudo where not root), builds
build/release/firebreak, runs $study, writes the result to $result
and the figures to $figures. Run it from anywhere; a second run installs nothing.

Options go to the program, for example
    ./run.sh --replications 2000 --seed 7 --threads 4
    build/release/firebreak run --help      lists them all, once it is built

FIREBREAK_PYTHON names the Python that draws the figures, where the one found does not suit.
Exit codes: 0 done, 2 the input has errors, 3 something needed is not installed, else the step that failed.
TEXT
    exit 0
    ;;
esac

started=$SECONDS
install_packages "${run_packages[@]}"
python=$(find_python numpy h5py xarray h5netcdf matplotlib pandas)

echo "== Building build/release/firebreak"
cmake --preset release -DBUILD_TESTING=OFF -DFIREBREAK_BENCHMARKS=OFF --log-level=WARNING >/dev/null
cmake --build --preset release --target firebreak

echo "== Running $study"
mkdir -p "$(dirname -- "$result")"
build/release/firebreak run "$study" -o "$result" --force "$@"

echo "== Drawing the figures with $python"
PYTHONPATH=analysis PYTHONNOUSERSITE=1 MPLBACKEND=Agg "$python" -m firebreak figures "$result" -o "$figures"

echo
echo "Done in $((SECONDS - started)) s."
echo "Result:  $PWD/$result"
echo "Figures: $PWD/$figures"
