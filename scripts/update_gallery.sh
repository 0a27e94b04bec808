#!/bin/sh
# Draws the figures of docs/gallery.md again, by the commands that it names.
# Usage: scripts/update_gallery.sh [FIREBREAK]      (build/release/firebreak)
# Takes runs/baseline.h5, runs/map.h5 and runs/one-at-a-time.h5 if they are of one program, and makes those that are
# missing. The picture of the page needs chromium and is left as it was without it.
set -eu
cd "$(dirname "$0")/.."
firebreak=${1:-build/release/firebreak}
gallery=docs/gallery
export PYTHONPATH="$PWD/analysis${PYTHONPATH:+:$PYTHONPATH}"

drawn=$(mktemp -d)
trap 'rm -rf "$drawn"' EXIT

result() { # NAME STUDY: runs/NAME.h5, made if it is missing
    [ -e "runs/$1.h5" ] || "$firebreak" sweep "configs/studies/$2.toml" -o "runs/$1.h5" >&2
    echo "runs/$1.h5"
}

commit_of() {
    python3 -c 'import sys; from firebreak import open_results; print(open_results(sys.argv[1]).attrs["git_commit"])' "$1"
}

take() { # FIGURE...: into the gallery
    for figure; do cp "$drawn/$figure.svg" "$gallery/$figure.svg"; done
}

commits=$(for pair in "baseline baseline" "map provocation-and-deterrence" "one-at-a-time one-at-a-time"; do
    # shellcheck disable=SC2086 # a name and a study
    commit_of "$(result $pair)"
done | sort -u)
if [ "$(echo "$commits" | wc -l)" != 1 ]; then
    echo "update_gallery.sh: runs/baseline.h5, runs/map.h5 and runs/one-at-a-time.h5 are of different programs;" \
        "remove what is old" >&2
    exit 1
fi

python3 -m firebreak figures runs/baseline.h5 -o "$drawn"
take paired_differences clash_paths

"$firebreak" replay configs/studies/baseline.toml --regime membership --replication 14 --json > "$drawn/history.json"
python3 -m firebreak figures "$drawn/history.json" -o "$drawn"
python3 -m firebreak figures "$drawn/history.json" -o "$drawn" \
    --observed configs/evidence/calibration/truce_regrowth.csv \
    --observed configs/evidence/calibration/daily_violations_2021.csv
take attribution_race observed_violations

python3 -m firebreak map runs/map.h5 -o "$drawn" --regime membership --outcome collapse
take regime_map_collapse

python3 -m firebreak sensitivity runs/one-at-a-time.h5 -o "$drawn" --outcome collapse --regime membership \
    --columns one
take tornado_collapse

if command -v chromium > /dev/null; then
    python3 -m firebreak report runs/baseline.h5 -o "$drawn/report.html"
    chromium --headless --no-sandbox --hide-scrollbars --window-size=1280,1500 --virtual-time-budget=5000 \
        --screenshot="$drawn/report.png" "file://$drawn/report.html" > /dev/null 2>&1
    cp "$drawn/report.png" "$gallery/report.png"
fi
