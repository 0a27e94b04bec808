"""The package as pip installs it: whole, and at work from any folder."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ANALYSIS = Path(__file__).resolve().parents[2] / "analysis"
LACKING = [name for name in ("pip", "setuptools", "wheel") if importlib.util.find_spec(name) is None]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that pip has installed the package to, from a copy: building leaves files behind."""
    if LACKING:
        pytest.skip(f"this Python has no {', '.join(LACKING)}")
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(ANALYSIS, folder / "source", ignore=shutil.ignore_patterns(
        "__pycache__", "build", "*.egg-info", "node_modules"))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index",
         "--disable-pip-version-check", "--target", folder / "target", folder / "source"],
        capture_output=True, text=True, check=False, timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return folder / "target"


def run_at(installed, tmp_path, *arguments):
    """Run Python in another folder, where only the installed package is found."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=tmp_path, text=True, capture_output=True, check=False,
        env={**environment, "PYTHONPATH": str(installed)}, timeout=300,
    )


def test_every_folder_of_the_package_is_named_for_installing():
    named = re.search(r"^packages = \[([^]]*)\]", (ANALYSIS / "pyproject.toml").read_text(), re.M)
    folders = {
        ".".join(path.parent.relative_to(ANALYSIS).parts)
        for path in (ANALYSIS / "firebreak").rglob("__init__.py")
    }
    assert set(re.findall(r'"([\w.]+)"', named.group(1))) == folders


def test_the_installed_package_is_imported_and_no_other(installed, tmp_path):
    done = run_at(installed, tmp_path, "-c", "import firebreak; print(firebreak.__file__)")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_every_file_of_the_package_is_installed(installed):
    def files(folder):
        return {
            path.relative_to(folder) for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".pyc",)
        }

    missing = files(ANALYSIS / "firebreak") - files(installed / "firebreak")
    assert not {path for path in missing if path.suffix == ".py"}
    # Whatever a module reads at work is data of the package.
    assert not {path for path in missing if path.suffix in (".html", ".js", ".mjs", ".css", ".json")}


def test_commands_run_from_another_folder(installed, whole_file, tmp_path):
    done = run_at(installed, tmp_path, "-m", "firebreak", "tables", str(whole_file), "--outcome", "clash")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("| per cent |")
    done = run_at(installed, tmp_path, "-m", "firebreak", "figures", str(whole_file), "-o", "figures",
                  "--columns", "one", "--outcome", "clash")
    assert done.returncode == 0, done.stderr
    done = run_at(installed, tmp_path, "-m", "firebreak", "provenance", "figures/clash_paths.svg")
    assert done.returncode == 0 and "9223372036854775807" in done.stdout
