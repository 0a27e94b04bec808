"""The rules of the house that a compiler does not check.

The rules read the tree in FIREBREAK_SOURCE_DIR; each one is also run on a small tree with a
seeded fault, because a check that cannot fail checks nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SOURCE_DIR = Path(os.environ.get("FIREBREAK_SOURCE_DIR", Path(__file__).resolve().parents[1]))

LAYERS = ["base", "regime", "conflict", "ensemble", "inference", "io", "command"]

# Rules of the conflict that know the state and nothing of each other.
PROCESSES = {
    "violations",
    "incidents",
    "attribution",
    "response",
    "capitals",
    "accession",
    "cohesion",
    "settlement",
    "crisis",
    "war",
    "belief",
}

# The files of conflict/ that put processes together.
COMPOSITIONS = {"replication", "retrial", "course", "survival", "expectation", "observation",
                "measurement"}

# Library: (pattern of its headers, pattern of the sources that own it, owners form one file pair).
LIBRARIES = {
    "Random123": (r"Random123/", r"base/random\w*\.cpp", False),
    "TBB": (r"(oneapi/)?tbb(/|\.h)", r"ensemble/parallel\w*\.cpp", False),
    "Boost.Math": (r"boost/math/", r"ensemble/\w+\.cpp", True),
    "Boost.Random": (r"boost/(?!math/|crc)", r"ensemble/sobol\.cpp", False),
    "Boost.CRC": (r"boost/crc", r"io/checksum\.cpp", False),
    "MPI": (r"mpi\.h", r"ensemble/distributed\w*\.cpp", False),
    "HDF5": (r"(hdf5|H5)\w*\.h", r"io/(results|hdf5)\w*\.cpp", False),
    "toml++": (r"toml\+\+/|toml\.hpp", r"io/(config|toml)\w*\.cpp", False),
    "CLI11": (r"CLI/", r"command/arguments\.cpp", False),
}

MOST_LINES = 400
VAGUE_FOLDERS = {"utils", "util", "common", "helpers", "helper", "misc"}
PRINTING = re.compile(
    r"\b(?:printf|fprintf|puts)\s*\("
    r"|\bstd::c(?:out|err|log)\b"
    r"|(?<![\w.>])(?:std::)?(?:quick_|_)?exit\s*\("
)
DISTRIBUTION = re.compile(r"\bstd::\w+_distribution\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def sources(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each C++ file under model/ as (path relative to model/, text)."""
    model = root / "model"
    for path in sorted(model.rglob("*")):
        if path.suffix in {".hpp", ".cpp"}:
            yield path.relative_to(model).as_posix(), path.read_text(encoding="utf-8")


def own_includes(text: str) -> list[str]:
    """Return the quoted includes of a file."""
    return [name for bracket, name in INCLUDE.findall(text) if bracket == '"']


def code_only(text: str) -> str:
    """Return a text without its comments and string literals, with the same number of lines."""
    return COMMENT_OR_TEXT.sub(lambda match: "\n" * match.group().count("\n"), text)


def layer_of(name: str) -> str:
    """Return the layer of a path below model/, or an empty text for a file directly in it."""
    return name.split("/")[0] if "/" in name else ""


def process_of(name: str) -> str | None:
    """Return the process a file of conflict/ belongs to: its stem up to a suffix."""
    if layer_of(name) != "conflict":
        return None
    stem = Path(name).stem
    if stem in COMPOSITIONS:
        return None
    owners = (name for name in PROCESSES if stem == name or stem.startswith(name + "_"))
    return next(owners, None)


def includes_point_down(root: Path) -> list[str]:
    """A file includes its own layer and those below it; only firebreak.cpp stands above all."""
    faults = []
    for name, text in sources(root):
        layer = layer_of(name)
        if layer not in LAYERS:
            if name != "firebreak.cpp":
                faults.append(f"{name}: is in no layer")
            continue
        for included in own_includes(text):
            target = layer_of(included)
            if target not in LAYERS:
                if included != "build_info.hpp":
                    faults.append(f'{name}: includes "{included}" (write "layer/file.hpp")')
            elif LAYERS.index(target) > LAYERS.index(layer):
                faults.append(f'{name}: includes "{included}" (above {layer})')
    return faults


def own_header_comes_first(root: Path) -> list[str]:
    """A source includes its own header before anything else, which proves that it stands alone."""
    texts = dict(sources(root))
    faults = []
    for name, text in texts.items():
        header = name.removesuffix(".cpp") + ".hpp"
        if not name.endswith(".cpp") or header not in texts:
            continue
        included = [own for _, own in INCLUDE.findall(text)]
        if included[:1] != [header]:
            faults.append(f'{name}: begins with another header than "{header}"')
    return faults


def processes_stay_apart(root: Path) -> list[str]:
    """A process of conflict/ is known to the compositions there, to inference/ (whose reenactments
    put processes together in settings of history) and to nothing else."""
    faults = []
    for name, text in sources(root):
        if layer_of(name) == "conflict" and Path(name).stem in COMPOSITIONS:
            continue
        if layer_of(name) == "inference":
            continue
        own = process_of(name)
        for included in own_includes(text):
            process = process_of(included)
            if process is not None and process != own:
                allowed = ", ".join(sorted(COMPOSITIONS))
                faults.append(f'{name}: includes "{included}" (only {allowed} may)')
    return faults


def libraries_have_one_owner(root: Path) -> list[str]:
    """The headers of a third-party library are named by its owner alone and by no header."""
    faults = []
    for library, (pattern, owner, single) in LIBRARIES.items():
        users = [
            name
            for name, text in sources(root)
            if any(re.match(pattern, included) for _, included in INCLUDE.findall(text))
        ]
        for name in users:
            if not re.fullmatch(owner, name):
                faults.append(f"{name}: includes {library} (owner: {owner})")
        if single and len(users) > 1:
            faults.append(f"{', '.join(users)}: include {library} (one owner is enough)")
    return faults


def files_stay_short(root: Path) -> list[str]:
    """One idea per file."""
    faults = []
    for folder in ("model", "analysis"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".hpp", ".cpp", ".py"}:
                lines = len(path.read_text(encoding="utf-8").splitlines())
                if lines > MOST_LINES:
                    name = path.relative_to(root).as_posix()
                    faults.append(f"{name}: {lines} lines (at most {MOST_LINES})")
    return faults


def folders_have_names(root: Path) -> list[str]:
    """No drawer for whatever fits nowhere else."""
    faults = []
    for top in ("model", "analysis", "tests", "benchmarks", "configs", "scripts", "docs"):
        for path in sorted((root / top).rglob("*")):
            if path.is_dir() and path.name in VAGUE_FOLDERS:
                name = path.relative_to(root).as_posix()
                faults.append(f"{name}: says nothing about what is inside")
    return faults


def only_the_program_prints(root: Path) -> list[str]:
    """Printing and ending the process are left to the command line."""
    return matches(root, PRINTING, "left to command/", skip=("command/", "firebreak.cpp"))


def no_standard_distributions(root: Path) -> list[str]:
    """The standard leaves their algorithms open, so results would depend on the library."""
    return matches(root, DISTRIBUTION, "its algorithm is not fixed by the standard")


def matches(
    root: Path, pattern: re.Pattern[str], why: str, skip: tuple[str, ...] = ()
) -> list[str]:
    """Return one fault per line of code that matches a pattern; some folders are skipped."""
    return [
        f"{name}:{number}: {found.group()} ({why})"
        for name, text in sources(root)
        if not name.startswith(skip)
        for number, line in enumerate(code_only(text).splitlines(), start=1)
        if (found := pattern.search(line))
    ]


RULES = [
    includes_point_down,
    own_header_comes_first,
    processes_stay_apart,
    libraries_have_one_owner,
    files_stay_short,
    folders_have_names,
    only_the_program_prints,
    no_standard_distributions,
]

SOUND_TREE = {
    "model/base/random.hpp": "#pragma once\n",
    "model/base/random.cpp": '#include "base/random.hpp"\n#include <Random123/philox.h>\n',
    "model/regime/scenario.hpp": '#pragma once\n#include "base/random.hpp"\n',
    "model/conflict/violations.hpp": '#pragma once\n#include "regime/scenario.hpp"\n',
    "model/conflict/violations_kernel.cpp": '#include "conflict/violations.hpp"\n// std::cout\n',
    "model/conflict/response.hpp": "#pragma once\n",
    "model/conflict/replication.cpp": (
        '#include "conflict/response.hpp"\n#include "conflict/violations.hpp"\n'
    ),
    "model/ensemble/parallel.cpp": "#include <tbb/parallel_for.h>\n",
    "model/ensemble/estimate.cpp": "#include <boost/math/distributions/beta.hpp>\n",
    "model/io/results_file.cpp": '#include <hdf5.h>\n#include "build_info.hpp"\n',
    "model/io/config.cpp": "#include <toml++/toml.h>\nint x = on_exit(1);\n",
    "model/command/arguments.cpp": (
        '#include <CLI/CLI.hpp>\n#include "io/text.hpp"\nvoid show() { std::cout << 1; }\n'
    ),
    "model/firebreak.cpp": '#include "command/arguments.hpp"\nint main() { std::cout << 1; }\n',
    "analysis/firebreak/figures.py": "x = 1\n",
}

BOOST_MATH = "#include <boost/math/distributions/normal.hpp>\n"
INCLUDES_RESPONSE = '#include "conflict/response.hpp"\n'
TOO_LONG = "\n" * (MOST_LINES + 1)

SEEDED_FAULTS: list[tuple[Callable[[Path], list[str]], str, str]] = [
    (includes_point_down, "model/base/id.hpp", '#include "regime/scenario.hpp"\n'),
    (includes_point_down, "model/ensemble/tally.hpp", '#  include "io/results.hpp"\n'),
    (includes_point_down, "model/regime/ladder.cpp", '#include "ladder.hpp"\n'),
    (includes_point_down, "model/regime/rungs.cpp", '#include "../base/random.hpp"\n'),
    (includes_point_down, "model/extra/thing.hpp", "#pragma once\n"),
    (own_header_comes_first, "model/base/random.cpp", "#include <cmath>\n"),
    (own_header_comes_first, "model/regime/scenario.cpp", ""),
    (processes_stay_apart, "model/conflict/attribution.cpp", INCLUDES_RESPONSE),
    (processes_stay_apart, "model/conflict/violations_kernel.cpp", INCLUDES_RESPONSE),
    (processes_stay_apart, "model/conflict/state.hpp", INCLUDES_RESPONSE),
    (processes_stay_apart, "model/io/timeline.cpp", INCLUDES_RESPONSE),
    (libraries_have_one_owner, "model/base/random.hpp", "#include <Random123/philox.h>\n"),
    (libraries_have_one_owner, "model/conflict/war.cpp", "#include <Random123/threefry.h>\n"),
    (libraries_have_one_owner, "model/inference/claims.cpp", "#include <tbb/parallel_for.h>\n"),
    (libraries_have_one_owner, "model/ensemble/plan.cpp", "#include <oneapi/tbb.h>\n"),
    (libraries_have_one_owner, "model/inference/decision.cpp", BOOST_MATH),
    (libraries_have_one_owner, "model/ensemble/stopping.cpp", BOOST_MATH),
    (libraries_have_one_owner, "model/ensemble/design.cpp", "#include <boost/random/sobol.hpp>\n"),
    (libraries_have_one_owner, "model/ensemble/tally.cpp", "#include <mpi.h>\n"),
    (libraries_have_one_owner, "model/io/journal.cpp", "#include <H5Cpp.h>\n"),
    (libraries_have_one_owner, "model/io/results.hpp", "#include <hdf5.h>\n"),
    (libraries_have_one_owner, "model/regime/scenario.cpp", "#include <toml++/toml.h>\n"),
    (libraries_have_one_owner, "model/io/text.cpp", "#include <CLI/CLI.hpp>\n"),
    (files_stay_short, "model/regime/scenario.cpp", TOO_LONG),
    (files_stay_short, "analysis/firebreak/report.py", TOO_LONG),
    (folders_have_names, "model/base/utils/text.hpp", "#pragma once\n"),
    (folders_have_names, "tests/helpers/seeds.hpp", "#pragma once\n"),
    (only_the_program_prints, "model/io/cout.cpp", 'void f() { std::cout << "x"; }\n'),
    (only_the_program_prints, "model/io/printf.cpp", 'void f() { std::printf("x"); }\n'),
    (only_the_program_prints, "model/base/std_exit.cpp", "void f() { std::exit(1); }\n"),
    (only_the_program_prints, "model/base/exit.cpp", "void f() { exit(1); }\n"),
    (no_standard_distributions, "model/base/gauss.cpp", "std::normal_distribution<double> d;\n"),
]


def write_tree(root: Path, files: dict[str, str]) -> None:
    """Write files given by relative path."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps(rule: Callable[[Path], list[str]]) -> None:
    """The project itself is clean."""
    assert rule(SOURCE_DIR) == []


def test_the_project_is_found() -> None:
    """An empty list of sources would pass every rule."""
    assert any(sources(SOURCE_DIR))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_tree_passes(rule: Callable[[Path], list[str]], tmp_path: Path) -> None:
    """What the house allows is not reported."""
    write_tree(tmp_path, SOUND_TREE)
    assert rule(tmp_path) == []


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    SEEDED_FAULTS,
    ids=[f"{rule.__name__}-{name}" for rule, name, _ in SEEDED_FAULTS],
)
def test_a_seeded_fault_is_found(
    rule: Callable[[Path], list[str]], name: str, text: str, tmp_path: Path
) -> None:
    """Each rule reports a tree that breaks it, and names the file."""
    write_tree(tmp_path, SOUND_TREE | {name: text})
    named = (name.removeprefix("model/"), str(Path(name).parent))
    assert any(text in fault for fault in rule(tmp_path) for text in named)
