"""The commands of ``python -m firebreak``: figures, tables, sweep, effects and export-salib."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Sequence

from . import figures, style, sweep_report
from .deciding_parameters import parameter_table
from .effects import read_effects
from .effects_report import effects_markdown
from .page import write_files
from .reports import read_report
from .results import ResultsError, open_results, select_point
from .salib import salib_problem
from .sweep import read_sweep
from .sweep_differences import difference_quantiles, reference_quantiles
from .tables import difference_table, probability_table, to_csv, to_markdown

COLUMNS = {"one": style.ONE_COLUMN, "two": style.TWO_COLUMN}
REPORT_FIGURES = {"validation": figures.validation, "claims": figures.hypotheses}
ENDINGS = {"csv": "csv", "markdown": "md"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 2 after a one-line message.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process if omitted.
    """
    options = _parser().parse_args(arguments)
    try:
        for line in options.command(options):
            print(line)
        return 0
    except ResultsError as error:
        print(f"firebreak: {error}", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"firebreak: {where}{error.strerror or error}", file=sys.stderr)
    return 2


def _draw_figures(options: argparse.Namespace) -> list[str]:
    contents: dict[str, bytes] = {}
    width = COLUMNS[options.columns]
    if options.file.suffix == ".csv":
        drawn = _draw_report(options, width)
        return [str(path) for path in write_files(options.output, drawn.contents())]
    with open_results(options.file) as results:
        point = select_point(results, options.point)
    reference = options.reference or str(point.attrs.get("reference_regime", "status-quo"))
    rows: list[list[str] | None] = [options.outcome]
    if options.columns == "one":  # three families below each other fill a page for one outcome
        names = options.outcome or figures.cumulative_probability.default_outcomes(point)
        rows = [[name] for name in dict.fromkeys(names)]
    for drawing in (
        *(
            figures.cumulative_probability.draw(point, outcomes, reference, width)
            for outcomes in rows
        ),
        figures.paired_differences.draw(point, options.outcome, reference, width),
        figures.clash_paths.draw(point, width),
    ):
        contents.update(drawing.contents())
    return [str(path) for path in write_files(options.output, contents)]


def _draw_report(options: argparse.Namespace, width: float) -> figures.Drawing:
    choices = ("outcome", "reference", "point")
    given = [name for name in choices if getattr(options, name) is not None]
    if given:
        raise ResultsError(f"{options.file}: a report has no --{given[0]} to choose")
    report = read_report(options.file)
    return REPORT_FIGURES[report.kind].draw(report, width)


def _write_tables(options: argparse.Namespace) -> list[str]:
    text = to_csv if options.format == "csv" else to_markdown
    with open_results(options.file) as results:
        point = select_point(results, options.point)
    reference = options.reference or str(point.attrs.get("reference_regime", "status-quo"))
    tables = {
        "probabilities": probability_table(point, options.outcome),
        "differences": difference_table(point, reference, options.outcome),
    }
    chosen = tables if options.table == "both" else {options.table: tables[options.table]}
    texts = {name: text(table, point) for name, table in chosen.items()}
    if options.output is None:
        return ["\n".join(texts.values()).rstrip("\n")]
    ending = ENDINGS[options.format]
    contents = {f"{name}.{ending}": body.encode() for name, body in texts.items()}
    return [str(path) for path in write_files(options.output, contents)]


def _judge_sweep(options: argparse.Namespace) -> list[str]:
    with open_results(options.file) as results:
        sweep = read_sweep(results, options.outcome, options.reference)
    differences, levels = difference_quantiles(sweep), reference_quantiles(sweep)
    parameters = parameter_table(sweep, options.regime)
    summary = sweep_report.summary(differences, levels, parameters, sweep)
    if options.output is None:
        return [summary.rstrip("\n")]
    width = COLUMNS[options.columns]
    contents = figures.sweep_differences.draw(sweep, differences, width).contents()
    for outcome in dict.fromkeys(parameters.outcome):
        drawing = figures.deciding_parameters.draw(sweep, parameters, outcome, width)
        contents.update(drawing.contents())
    for name, text in (
        ("sweep_differences.csv", to_csv(differences, sweep)),
        ("sweep_differences.md", sweep_report.differences_markdown(differences, levels, sweep)),
        ("deciding_parameters.csv", to_csv(parameters, sweep)),
        ("deciding_parameters.md", sweep_report.parameters_markdown(parameters, sweep)),
        ("summary.md", summary),
    ):
        contents[name] = text.encode()
    return [str(path) for path in write_files(options.output, contents)]


def _list_effects(options: argparse.Namespace) -> list[str]:
    results, table = read_effects(options.file)
    markdown = effects_markdown(table, results)
    return [(markdown if options.markdown else to_csv(table, results)).rstrip("\n")]


def _export_salib(options: argparse.Namespace) -> list[str]:
    with open_results(options.file) as results:
        problem = salib_problem(results)
    if options.output is None:
        return [problem]
    written = write_files(options.output.parent, {options.output.name: f"{problem}\n".encode()})
    return [str(path) for path in written]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m firebreak", description="Draw and tabulate Firebreak result files."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("file", metavar="FILE", type=Path, help="result file of firebreak run")
    shared.add_argument("--outcome", action="append", metavar="NAME",
                        help="outcome to show; may be repeated")
    shared.add_argument("--reference", default=None, metavar="REGIME",
                        help="regime that the others are compared with (that of the study)")
    shared.add_argument("--point", type=int, metavar="N", help="design point (the first)")
    draw = commands.add_parser(
        "figures", parents=[shared],
        help="draw SVG, PDF and PNG figures of a result file, or of a report (FILE.csv) of "
             "firebreak validate or claims",
    )
    draw.add_argument("-o", "--output", type=Path, required=True, metavar="DIR",
                      help="folder to write to")
    draw.add_argument("--columns", choices=COLUMNS, default="two",
                      help="width on the page: one column or two (%(default)s)")
    draw.set_defaults(command=_draw_figures)
    write = commands.add_parser("tables", parents=[shared], help="write tables at the horizon")
    write.add_argument("-o", "--output", type=Path, metavar="DIR",
                       help="folder to write to (the terminal)")
    write.add_argument("--format", choices=ENDINGS, default="markdown", help="(%(default)s)")
    write.add_argument("--table", choices=("probabilities", "differences", "both"),
                       default="probabilities", help="(%(default)s)")
    write.set_defaults(command=_write_tables)
    judge = commands.add_parser("sweep", help="say what a design of many points shows")
    judge.add_argument("file", metavar="FILE", type=Path, help="result file of firebreak sweep")
    judge.add_argument("-o", "--output", type=Path, metavar="DIR",
                       help="folder for figures, tables and summary (the summary, to the terminal)")
    judge.add_argument("--outcome", action="append", metavar="NAME",
                       help="outcome to show; may be repeated")
    judge.add_argument("--reference", default=None, metavar="REGIME",
                       help="regime that the others are compared with (that of the study)")
    judge.add_argument("--regime", action="append", metavar="NAME",
                       help="regime whose difference is traced to parameters; may be repeated")
    judge.add_argument("--columns", choices=COLUMNS, default="two",
                       help="width on the page: one column or two (%(default)s)")
    judge.set_defaults(command=_judge_sweep)
    effects = commands.add_parser(
        "effects", help="say what each parameter does in a design that moves one at a time"
    )
    effects.add_argument("file", metavar="FILE", type=Path,
                         help="result file of a study with histories")
    effects.add_argument("--markdown", action="store_true", help="as docs/effects.md (CSV)")
    effects.set_defaults(command=_list_effects)
    export = commands.add_parser(
        "export-salib", help="write the sampled parameters as a problem of SALib"
    )
    export.add_argument("file", metavar="FILE", type=Path, help="result file of a sweep")
    export.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="file to write (the terminal)")
    export.set_defaults(command=_export_salib)
    return parser


if __name__ == "__main__":
    sys.exit(main())
