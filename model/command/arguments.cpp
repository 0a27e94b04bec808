#include "command/arguments.hpp"

#include <iostream>
#include <limits>
#include <map>

#include <CLI/CLI.hpp>

#include "build_info.hpp"
#include "command/commands.hpp"

namespace firebreak {
namespace {

void add_changes(CLI::App& command, Arguments& arguments) {
    command
        .add_option("--set", arguments.set,
                    "KEY=VALUE: a parameter for all regimes (line.immigrant_rate=4) or for one "
                    "(neutrality:commitment.armament=1.2); may be repeated")
        ->allow_extra_args(false);
    command.add_option("--horizon", arguments.overrides.horizon, "length of a history [d]");
    command.add_option("--seed", arguments.overrides.seed, "master seed, below 2^63")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
}

/// Options that say which study, and what of it is changed.
void add_study_options(CLI::App& command, Arguments& arguments) {
    command
        .add_option("STUDY", arguments.study, "study file, such as configs/studies/baseline.toml")
        ->required();
    add_changes(command, arguments);
}

void add_regime_choice(CLI::App& command, Arguments& arguments) {
    command.add_option("--regime", arguments.overrides.regimes,
                       "only these regimes, in this order; may be repeated");
}

void add_threads(CLI::App& command, Arguments& arguments) {
    command
        .add_option("--threads", arguments.threads,
                    "threads, of each rank under MPI; 0: all there are")
        ->check(CLI::Range(0, 4096));
}

void add_replications(CLI::App& command, Arguments& arguments, const std::string& what) {
    command.add_option("--replications", arguments.overrides.replications, what)
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{4294967295}));
}

void add_file_option(CLI::App& command, const std::string& name, std::filesystem::path& file,
                     const std::string& what) {
    command.add_option(name, file, what)->check([](const std::string& text) {
        return text.empty() ? "needs a file name" : "";
    });
}

void add_running(CLI::App& command, Arguments& arguments) {
    add_threads(command, arguments);
    command.add_flag("--fail-fast", arguments.fail_fast,
                     "end at the first failing design point instead of leaving it out");
    command.add_flag("--quiet", arguments.quiet, "no progress and no tables");
}

void add_intervals(CLI::App& command, Arguments& arguments) {
    command
        .add_option("--interval", arguments.intervals.proportion,
                    "interval of counted proportions: wilson, or clopper-pearson, which is exact")
        ->transform(CLI::CheckedTransformer(std::map<std::string, ProportionInterval>{
            {"wilson", ProportionInterval::wilson},
            {"clopper-pearson", ProportionInterval::clopper_pearson}}))
        ->option_text("wilson|clopper-pearson");
    command
        .add_option("--confidence", arguments.intervals.confidence,
                    "level of all intervals; a target pays for its looks besides")
        ->check(CLI::Range(0.5, 0.9999));
}

/// Options that say when a point has been run often enough.
void add_target(CLI::App& command, Arguments& arguments) {
    const CLI::Range share(1e-9, 1.0);
    command
        .add_option("--target-halfwidth", arguments.target_halfwidth,
                    "add replications to a design point until the intervals are no wider than "
                    "twice this; --replications is then the most")
        ->check(share);
    command
        .add_option("--target-relative", arguments.target_relative,
                    "the same, as a share of the estimate")
        ->check(share);
    command.add_option("--target-outcome", arguments.target_outcomes,
                       "outcome that the target holds for, at the horizon; may be repeated "
                       "(without: collapse and clash)");
    command.add_flag("--target-differences", arguments.target_differences,
                     "the target holds for differences from the references too");
}

void add_accept(CLI::App& command, Arguments& arguments) {
    command.add_flag("--accept-changes", arguments.accept_changes,
                     "go on although the program or the study has changed; the result says so");
}

/// Options of a run but for its study.
void declare_run(CLI::App& sub, Arguments& arguments) {
    add_regime_choice(sub, arguments);
    add_file_option(sub, "-o,--output", arguments.output,
                    "result file to write (HDF5, netCDF-4); its journal lies beside it");
    add_replications(sub, arguments, "histories per design point and regime");
    // Not a flag tied to the variable: that would set it to false wherever a study says true.
    sub.add_flag_callback(
        "--histories", [&arguments] { arguments.overrides.histories = true; },
        "keep the first day of every outcome of every history");
    add_intervals(sub, arguments);
    add_target(sub, arguments);
    sub.add_option("--shard", arguments.shard,
                   "I/N: only this part of the work, for `merge`; slurm/N: I is the number of the "
                   "array task; slurm: N is the size of the array");
    add_running(sub, arguments);
    sub.add_flag("--force", arguments.force, "replace an existing result file and its journal");
    sub.add_flag("--yes", arguments.yes, "run a design of more than 100,000 points");
}

void declare_claims(CLI::App& sub, Arguments& arguments) {
    sub.add_option("FILE", arguments.inputs,
                   "study (.toml) that names a file of claims: it is run and judged; or result "
                   "files of such studies")
        ->required();
    add_changes(sub, arguments);
    declare_run(sub, arguments);
    add_file_option(sub, "--csv", arguments.csv, "CSV file to write, one row per claim");
    add_file_option(sub, "--claims", arguments.claims_file,
                    "judge results by the claims of this file instead of their own");
    sub.add_flag("--markdown", arguments.markdown, "a Markdown table instead of text");
}

void declare_calibrate(CLI::App& sub, Arguments& arguments) {
    sub.add_option("CALIBRATION", arguments.study, "such as configs/calibration.toml")->required();
    add_file_option(sub, "-o,--output", arguments.output,
                    "posterior table to write (CSV); its journal lies beside it until it is done");
    sub.get_option("--output")->required();
    sub.add_option("--seed", arguments.overrides.seed, "master seed, below 2^63")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
    sub.add_option("--simulations", arguments.simulations,
                   "runs of the model for each block at most, or for each data set")
        ->check(CLI::Range(std::int64_t{100}, std::int64_t{1'000'000'000}));
    sub.add_option("--block", arguments.blocks, "only this block; may be repeated");
    sub.add_option("--recover", arguments.recover,
                   "simulate this many data sets, fit each by both methods, and write how often "
                   "the true parameters lie where the fits say")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000}));
    sub.add_flag("--resume", arguments.resume, "go on with a calibration that was broken off");
    add_threads(sub, arguments);
    sub.add_flag("--force", arguments.force, "replace an existing table and its journal");
    sub.add_flag("--quiet", arguments.quiet, "no progress and no tables");
}

/// Declares the subcommands; the one that was called ends up in `called`.
void declare(CLI::App& app, Arguments& arguments, Command& called) {
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("firebreak ") + std::string(build_info::version) +
                                          " (" + std::string(build_info::git_commit) + ")");
    const auto command = [&](const char* name, const char* what, Command call) {
        CLI::App* sub = app.add_subcommand(name, what);
        sub->callback([&called, call] { called = call; });
        return sub;
    };
    CLI::App* sub = command("run", "simulate a study and write its result file", run);
    sub->alias("sweep");
    add_study_options(*sub, arguments);
    declare_run(*sub, arguments);

    sub = command("claims", "hold claims of the literature to runs of a study", claims);
    declare_claims(*sub, arguments);

    sub = command("resume", "go on with a run that was broken off, or extend one", resume);
    sub->add_option("FILE", arguments.input, "result file or journal of the run")->required();
    add_replications(
        *sub, arguments,
        "histories per design point and regime, with those there are: extends the run");
    add_accept(*sub, arguments);
    add_running(*sub, arguments);

    sub = command("plan", "what a run would take: histories, time, disk, memory", plan_study);
    add_study_options(*sub, arguments);
    add_regime_choice(*sub, arguments);
    add_threads(*sub, arguments);
    add_replications(*sub, arguments, "histories per design point and regime");

    sub = command("missing", "shards not done, as an array for Slurm; nothing if all are", missing);
    add_file_option(*sub, "FILE", arguments.output, "result file of the study");
    sub->get_option("FILE")->required();
    sub->add_option("JOURNAL", arguments.journals, "journals of its shards, if elsewhere");

    sub = command("merge", "make one result file of the shards of a study", merge);
    add_file_option(*sub, "FILE", arguments.output, "result file to write");
    sub->get_option("FILE")->required();
    sub->add_option("JOURNAL", arguments.journals, "journals of its shards, if elsewhere");
    sub->add_flag("--partial", arguments.partial, "merge what there is, though not all is done");
    sub->add_flag("--force", arguments.force, "replace an existing result file");
    sub->add_flag("--quiet", arguments.quiet, "no tables");
    add_accept(*sub, arguments);

    sub = command("calibrate", "fit parameters to observations, or see whether that can be trusted",
                  calibrate);
    declare_calibrate(*sub, arguments);

    sub = command("verify", "checksums and completeness of a result file or a journal", verify);
    sub->add_option("FILE", arguments.input, "result file or journal")->required();

    sub = command("check", "validate a study: every problem at once, exit code 2", check);
    add_study_options(*sub, arguments);
    add_regime_choice(*sub, arguments);

    sub = command("describe", "table of every parameter with its source", describe);
    add_study_options(*sub, arguments);
    sub->add_flag("--markdown", arguments.markdown, "as docs/parameters.md");

    sub = command("show", "tables of a result file", show);
    sub->add_option("FILE", arguments.input, "result file")->required();
    sub->add_option("--outcome", arguments.outcomes, "only these outcomes; may be repeated");
    sub->add_option("--reference", arguments.reference,
                    "regime that differences are taken against");
    sub->add_option("--point", arguments.point, "one design point of many");

    sub = command("compare", "paired differences of one regime against another", compare);
    sub->add_option("FILE", arguments.input, "result file")->required();
    sub->add_option("REGIME", arguments.regime, "regime")->required();
    sub->add_option("REFERENCE", arguments.reference, "regime it is compared with")->required();
    sub->add_option("--point", arguments.point, "one design point of many");

    sub = command("export", "a result file as CSV, one row per estimate", export_table);
    sub->add_option("FILE", arguments.input, "result file")->required();
    add_file_option(*sub, "--csv", arguments.output, "CSV file to write");
    sub->get_option("--csv")->required();
    sub->add_flag("--differences", arguments.differences, "paired differences instead");
    sub->add_flag("--measures", arguments.measures, "measures instead of outcomes");
    sub->add_flag("--force", arguments.force, "replace an existing file");

    sub = command("validate",
                  "hold the model against what was observed, by draws of its parameters", validate);
    add_study_options(*sub, arguments);
    sub->get_option("STUDY")->required(false);
    add_file_option(*sub, "--posterior", arguments.posterior,
                    "CSV file of draws of a posterior; what is not in it follows its prior");
    add_file_option(*sub, "--evidence", arguments.evidence,
                    "folder of the evidence; without: `evidence` beside the folder of the study");
    sub->add_option("--draws", arguments.draws, "data sets, each with parameters of its own")
        ->check(CLI::Range(std::int64_t{20}, std::int64_t{10'000'000}));
    add_file_option(*sub, "-o,--output", arguments.output, "CSV file to write");
    add_threads(*sub, arguments);
    sub->add_flag("--force", arguments.force, "replace an existing file");
    sub->add_flag("--quiet", arguments.quiet, "no table");

    sub = command("replay", "one history as a dated timeline", replay);
    add_study_options(*sub, arguments);
    sub->add_option("--point", arguments.point, "design point; without: the first one");
    sub->add_option("--replication", arguments.replication, "number of the history")->required();
    sub->add_option("--regime", arguments.regime, "regime")->required();
    sub->add_option("--of", arguments.overrides.regimes,
                    "regimes of the run that the point is of, if it had --regime; may be repeated");
    sub->add_flag("--json", arguments.json, "as one JSON object, with every detail");
}

}  // namespace

Parsed parse_arguments(int argc, char** argv, Arguments& arguments) {
    CLI::App app{
        "Firebreak: an agent-based Monte Carlo model of conflict escalation.\n"
        "Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted."};
    Parsed parsed;
    declare(app, arguments, parsed.command);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        parsed.command = nullptr;
        parsed.exit_code = app.exit(error) == 0 ? success : bad_input;
    }
    return parsed;
}

}  // namespace firebreak
