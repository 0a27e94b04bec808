#!/bin/sh
# Runs the study, draws its figures and puts its numbers into README.md.
# Usage: runs/002_what_decides/make.sh [FIREBREAK]      (build/release/firebreak)
# A run that was broken off goes on with `firebreak resume runs/002_what_decides/results.h5`.
set -eu
cd "$(dirname "$0")/../.."
firebreak=${1:-build/release/firebreak}
study=runs/002_what_decides
PYTHONPATH=$PWD/analysis${PYTHONPATH:+:$PYTHONPATH}
export PYTHONPATH

"$firebreak" sweep "$study/study.toml" -o "$study/results.h5"
python3 -m firebreak sweep "$study/results.h5" --outcome collapse --outcome clash -o "$study/figures"
python3 scripts/update_study.py "$study" "$study/results.h5"
