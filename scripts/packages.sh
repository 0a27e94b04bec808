# shellcheck shell=bash
# The Debian packages the two commands need, and how they are installed. Sourced by run.sh and test.sh.

run_packages=(
    g++ cmake ninja-build git
    libtbb-dev libhdf5-dev libcli11-dev libtomlplusplus-dev librandom123-dev libboost-dev
    python3-h5py python3-xarray python3-h5netcdf python3-netcdf4 python3-matplotlib python3-pandas python3-numpy
)

# shellcheck disable=SC2034 # used by test.sh
test_packages=(
    "${run_packages[@]}"
    libgtest-dev libgmock-dev libbenchmark-dev
    hdf5-tools netcdf-bin r-base-core r-cran-hdf5r python3-pytest python3-scipy
    clang libclang-rt-dev clang-tidy clang-format
    libopenmpi-dev openmpi-bin
)

# For the tests under a scheduler, which are skipped without it: no daemon is put on a machine unasked.
# shellcheck disable=SC2034 # used by test.sh
cluster_packages=(slurm-wlm munge)

# For the tests of what readers open result files and reports with, which are skipped without it.
# shellcheck disable=SC2034 # used by test.sh
reader_packages=(
    chromium chromium-driver python3-selenium
    r-cran-ggplot2 octave octave-netcdf gnuplot-nox fonts-freefont-otf nco
    texlive-latex-recommended texlive-latex-extra texlive-science
)

# missing_packages PACKAGE...: prints those that are not installed, one a line.
missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -Fxq -- "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

# install_packages PACKAGE...: installs what is missing, or says what has to be installed and exits with 3.
install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian system: the packages are not checked. Needed here: $*"
        return
    fi
    local missing=()
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        return
    fi
    echo "== Installing ${#missing[@]} missing packages: ${missing[*]}"
    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            cannot_install "this is not the root user and there is no sudo" "${missing[@]}"
        fi
        as_root=(sudo)
        # Without a terminal nobody could answer the question for a password.
        [[ -t 0 ]] || as_root+=(--non-interactive)
    fi
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update || echo "The package lists could not be refreshed; trying with those at hand."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
        cannot_install "apt-get failed, see above" "${missing[@]}"
}

# cannot_install WHY PACKAGE...
cannot_install() {
    local why=$1
    shift
    {
        echo
        echo "Missing packages cannot be installed ($why): $*"
        echo "Install them, then start again:"
        echo "    apt-get update && apt-get install -y --no-install-recommends $*"
    } >&2
    exit 3
}

# find_python MODULE...: prints the first Python that can import them all. The first python3 in PATH often is not
# the one Debian's packages belong to. FIREBREAK_PYTHON names one to try before any other.
find_python() {
    local candidate imports
    imports=$(
        IFS=,
        echo "import $*; print(6 * 7)"
    )
    for candidate in "${FIREBREAK_PYTHON:-}" "${VIRTUAL_ENV:+$VIRTUAL_ENV/bin/python3}" \
        "$(command -v python3 || true)" /usr/bin/python3; do
        if [[ -n $candidate && $(PYTHONNOUSERSITE=1 "$candidate" -c "$imports" 2>/dev/null || true) == 42 ]]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    echo "No Python can import all of: $* (tried FIREBREAK_PYTHON, VIRTUAL_ENV, PATH, /usr/bin/python3)" >&2
    exit 3
}
