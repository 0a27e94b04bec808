"""The two commands: what they write, and that they write nothing when something is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from firebreak import read_provenance
from firebreak.__main__ import main
from firebreak.output_files import write_files

FIGURES = ("cumulative_probability", "paired_differences", "clash_paths")
PACKAGE = Path(__file__).resolve().parents[2] / "analysis"


def test_figures_writes_three_figures_in_three_forms_and_prints_where(
    whole_file, tmp_path, capsys
):
    assert main(["figures", str(whole_file), "-o", str(tmp_path / "new" / "folder")]) == 0
    printed = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in printed] == [
        f"{name}.{form}" for name in FIGURES for form in ("svg", "pdf", "png")
    ]
    assert sorted(printed) == sorted((tmp_path / "new" / "folder").iterdir())
    assert all(path.stat().st_size > 1000 for path in printed)


def test_options_choose_outcome_reference_point_and_width(sweep_file, tmp_path, capsys):
    arguments = ["figures", str(sweep_file), "-o", str(tmp_path), "--outcome", "nuclear_use",
                 "--reference", "neutrality", "--point", "2", "--columns", "one"]
    assert main(arguments) == 0
    written = tmp_path / "cumulative_probability_nuclear_use.png"
    assert str(written) in capsys.readouterr().out
    assert read_provenance(written).design_point == 2


def test_svg_bytes_are_the_same_in_another_process(whole_file, tmp_path):
    # PDF and PNG too: nothing in them depends on the clock or on addresses in memory.
    for name, seed in (("a", "1"), ("b", "2")):
        subprocess.run(
            [sys.executable, "-m", "firebreak", "figures", whole_file, "-o", tmp_path / name],
            check=True, cwd=PACKAGE, stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_tables_go_to_the_terminal_or_to_files(whole_file, tmp_path, capsys):
    assert main(["tables", str(whole_file), "--outcome", "clash"]) == 0
    assert capsys.readouterr().out.startswith("| per cent | Russia–protector clash |")
    arguments = ["tables", str(whole_file), "-o", str(tmp_path), "--format", "csv"]
    assert main([*arguments, "--table", "both"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "differences.csv", "probabilities.csv",
    ]


@pytest.mark.parametrize(
    "extra",
    [["--outcome", "peace"], ["--reference", "anarchy"], ["--point", "5"]],
    ids=lambda extra: extra[0],
)
@pytest.mark.parametrize("command", ["figures", "tables"])
def test_a_wrong_request_ends_with_2_one_line_and_no_file(
    whole_file, tmp_path, capsys, command, extra
):
    folder = tmp_path / "none"
    arguments = [command, str(whole_file), "-o", str(folder), *extra]
    if command == "tables":
        arguments += ["--table", "both"]
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("firebreak: ") and captured.err.count("\n") == 1
    assert not folder.exists()


@pytest.mark.parametrize("command", ["figures", "tables"])
def test_a_bad_file_ends_with_2_and_one_line(tmp_path, capsys, command):
    (tmp_path / "bad.h5").write_text("not HDF5")
    assert main([command, str(tmp_path / "bad.h5"), "-o", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_an_output_folder_that_is_a_file_ends_with_2(whole_file, tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert main(["tables", str(whole_file), "-o", str(tmp_path / "taken")]) == 2
    assert "taken" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["report", "export-salib"])
def test_a_result_file_is_never_replaced(sweep_file, tmp_path, capsys, command):
    before = sweep_file.read_bytes()
    (tmp_path / "link.h5").symlink_to(sweep_file)
    for output in (sweep_file, tmp_path / "link.h5"):
        assert main([command, str(sweep_file), "-o", str(output)]) == 2
        assert capsys.readouterr().err == (
            f"firebreak: {output}: is a result file and is not replaced\n"
        )
    assert sweep_file.read_bytes() == before
    assert main([command, str(sweep_file), "-o", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"firebreak: {tmp_path}: is a folder, not a file to write\n"


def test_a_pipe_is_not_replaced_and_an_empty_name_is_refused(whole_file, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    assert main(["report", str(whole_file), "-o", str(tmp_path / "pipe")]) == 2
    assert "is a device or a pipe and is not replaced" in capsys.readouterr().err
    for command in ("report", "figures", "tables"):
        with pytest.raises(SystemExit) as ended:
            main([command, str(whole_file), "-o", ""])
        assert ended.value.code == 2
        assert "argument -o/--output: is empty" in capsys.readouterr().err


def test_files_appear_all_or_none(tmp_path):
    with pytest.raises(TypeError):
        write_files(tmp_path, {"one": b"1", "two": "not bytes"})
    assert list(tmp_path.iterdir()) == []
