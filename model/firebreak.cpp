// The command line: subcommands, terminal, signals. Everything else lives in the layers below.
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iostream>
#include <limits>
#include <map>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "build_info.hpp"
#include "conflict/noise.hpp"
#include "conflict/replication.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/parallel.hpp"
#include "ensemble/shared_noise.hpp"
#include "io/config.hpp"
#include "io/parameter_text.hpp"
#include "io/progress.hpp"
#include "io/reproduction.hpp"
#include "io/results.hpp"
#include "io/text.hpp"
#include "io/timeline.hpp"

namespace {

using namespace firebreak;

enum ExitCode : int { success = 0, failure = 1, bad_input = 2, interrupted = 130 };

/// Set by SIGINT, SIGTERM and SIGHUP: finish the blocks in hand. The only global: a signal has no
/// argument.
std::atomic<bool> stop_requested{false};

/// The first signal asks; the second ends the program at once.
extern "C" void request_stop(int) {
    if (stop_requested.exchange(true)) {
        std::_Exit(interrupted);
    }
}

/// What the options of all subcommands are read into.
struct Arguments {
    std::filesystem::path study;
    std::filesystem::path output;
    std::filesystem::path input;
    Overrides overrides;
    std::vector<std::string> set;
    int threads = 0;
    bool force = false;
    bool quiet = false;
    bool json = false;
    bool markdown = false;
    std::uint32_t replication = 0;
    std::string regime;
    std::string reference;
    std::vector<std::string> outcomes;
    IntervalChoice intervals;
};

/// Adds the pairs of `KEY=VALUE` to `overrides`; returns what is no such pair.
std::vector<Problem> parse_set(const std::vector<std::string>& texts, Overrides& overrides) {
    std::vector<Problem> problems;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0) {
            problems.push_back({"--set", text, "must be KEY=VALUE, such as line.immigrant_rate=4"});
            continue;
        }
        overrides.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return problems;
}

Study read_study(Arguments& arguments) {
    std::vector<Problem> problems = parse_set(arguments.set, arguments.overrides);
    try {
        Study study = load_study(arguments.study, arguments.overrides);
        if (problems.empty()) {
            return study;
        }
    } catch (const InputError& error) {
        problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
    throw InputError(std::move(problems));
}

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm broken{};
    gmtime_r(&now, &broken);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &broken)};
}

std::string host_name() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

/// Shows how far a run is: a line rewritten in place on a terminal, now and then a new line in a
/// log, nothing with --quiet.
class ProgressDisplay {
  public:
    explicit ProgressDisplay(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0) {}

    void show(const RunProgress& progress) {
        if (quiet_) {
            return;
        }
        const auto now = Clock::now();
        const bool last = progress.replications_done == progress.replications_planned;
        const std::chrono::duration<double> pause(terminal_ ? 0.1 : 10.0);
        if (!last && now - shown_ < pause) {
            return;
        }
        shown_ = now;
        const double elapsed = std::chrono::duration<double>(now - started_).count();
        const std::string line = progress_line(progress, elapsed);
        std::cerr << (terminal_ ? "\r\033[K" : "") << line << (terminal_ && !last ? "" : "\n")
                  << std::flush;
        open_line_ = terminal_ && !last;
    }

    /// Ends a line that was left open.
    void close() {
        if (open_line_) {
            std::cerr << "\n";
            open_line_ = false;
        }
    }

  private:
    using Clock = std::chrono::steady_clock;
    bool quiet_;
    bool terminal_;
    bool open_line_ = false;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
};

int run(Arguments& arguments) {
    const Study study = read_study(arguments);
    if (!arguments.output.empty()) {
        check_result_path(arguments.output, arguments.force);
    }
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
    std::signal(SIGHUP, request_stop);
    const std::string started = utc_now();
    const auto begin = std::chrono::steady_clock::now();

    const Draws draws(study.run.seed);
    const std::vector<DesignPoint> points{
        make_design_point(0, study.scenarios, draws, arguments.threads)};
    const std::vector<Block> blocks =
        plan(points.size(), static_cast<std::uint32_t>(study.run.replications));
    ProgressDisplay display(arguments.quiet);
    RunChoice choice;
    choice.threads = arguments.threads;
    choice.histories = study.run.histories;
    choice.stop = &stop_requested;
    choice.progress = [&](const RunProgress& progress) { display.show(progress); };
    const EnsembleResult ensemble = run_ensemble(points, blocks, draws, choice);
    display.close();

    const std::int64_t done = ensemble.tallies.front().replications();
    if (done == 0) {
        std::cerr << "Interrupted before the first block of replications was done; nothing is "
                     "written.\n";
        return interrupted;
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    Provenance provenance;
    provenance.title = study.title;
    provenance.question = study.question;
    provenance.history =
        reproducing_command(arguments.study, study, arguments.set, done, arguments.intervals);
    provenance.configuration = study.configuration;
    provenance.reference = study.run.reference;
    provenance.seed = study.run.seed;
    provenance.horizon = study.run.horizon;
    const Results results =
        assemble_results(provenance, points, ensemble.tallies, {}, arguments.intervals);
    if (!arguments.output.empty()) {
        RuntimeNotes runtime;
        runtime.host = host_name();
        runtime.started = started;
        runtime.finished = utc_now();
        runtime.seconds = seconds;
        runtime.threads = threads_used(blocks.size(), arguments.threads);
        runtime.kernel = std::string(kernel_name());
        runtime.replications_per_second =
            static_cast<double>(done) * static_cast<double>(study.scenarios.size()) / seconds;
        write_results(arguments.output, results, runtime, ensemble, arguments.force);
    }
    if (!arguments.quiet) {
        std::cout << results_text(results);
        if (!arguments.output.empty()) {
            std::cout << "\nWritten to " << arguments.output.string() << "\n";
        }
    }
    if (!ensemble.complete) {
        std::cerr << "Interrupted after " << done << " of " << study.run.replications
                  << " replications a regime"
                  << (arguments.output.empty() ? "" : "; their result is written") << ".\n";
        return interrupted;
    }
    return success;
}

int check(Arguments& arguments) {
    const Study study = read_study(arguments);
    std::cout << arguments.study.string() << ": valid. " << study.scenarios.size() << " regimes, "
              << study.run.replications << " replications each, horizon " << study.run.horizon
              << " d, seed " << study.run.seed << "\n";
    return success;
}

int describe(Arguments& arguments) {
    const Study study = read_study(arguments);
    std::cout << (arguments.markdown ? parameter_table_markdown(study.parameters)
                                     : parameter_table_text(study.parameters));
    return success;
}

int show(Arguments& arguments) {
    std::cout << results_text(read_results(arguments.input), arguments.outcomes,
                              arguments.reference);
    return success;
}

int compare(Arguments& arguments) {
    std::cout << comparison_text(read_results(arguments.input), arguments.regime,
                                 arguments.reference);
    return success;
}

int replay(Arguments& arguments) {
    arguments.overrides.regimes = {arguments.regime};
    const Study study = read_study(arguments);
    const Draws draws(study.run.seed);
    const DesignPoint point = make_design_point(0, study.scenarios, draws, arguments.threads);
    const Setting& setting = point.regimes.front();
    const ReplicationId replication(arguments.replication);
    Noise noise;
    make_noise(noise, noise_shape(setting.scenario), replication, draws);
    const Told told = tell(setting, noise, replication, draws);
    std::cout << (arguments.json
                      ? timeline_json(setting.scenario, told, replication, study.run.seed)
                      : timeline_text(setting.scenario, told, replication, study.run.seed));
    return success;
}

/// Options that say which study, and what of it is changed.
void add_study_options(CLI::App& command, Arguments& arguments) {
    command
        .add_option("STUDY", arguments.study, "study file, such as configs/studies/baseline.toml")
        ->required();
    command
        .add_option("--set", arguments.set,
                    "KEY=VALUE: a parameter for all regimes (line.immigrant_rate=4) or for one "
                    "(neutrality:commitment.armament=1.2); may be repeated")
        ->allow_extra_args(false);
    command.add_option("--horizon", arguments.overrides.horizon, "length of a history [d]");
    command.add_option("--seed", arguments.overrides.seed, "master seed, below 2^63")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
}

void add_regime_choice(CLI::App& command, Arguments& arguments) {
    command.add_option("--regime", arguments.overrides.regimes,
                       "only these regimes, in this order; may be repeated");
}

void add_threads(CLI::App& command, Arguments& arguments) {
    command.add_option("--threads", arguments.threads, "threads; 0: all there are")
        ->check(CLI::Range(0, 4096));
}

/// Declares the subcommands; the one that was called ends up in `action`.
void declare(CLI::App& app, Arguments& arguments, int (*&action)(Arguments&)) {
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("firebreak ") + std::string(build_info::version) +
                                          " (" + std::string(build_info::git_commit) + ")");
    const auto command = [&](const char* name, const char* what, int (*call)(Arguments&)) {
        CLI::App* sub = app.add_subcommand(name, what);
        sub->callback([&action, call] { action = call; });
        return sub;
    };
    CLI::App* sub = command("run", "simulate a study and write its result file", run);
    add_study_options(*sub, arguments);
    add_regime_choice(*sub, arguments);
    add_threads(*sub, arguments);
    sub->add_option("-o,--output", arguments.output, "result file to write (HDF5, netCDF-4)")
        ->check([](const std::string& name) { return name.empty() ? "needs a file name" : ""; });
    sub->add_option("--replications", arguments.overrides.replications, "histories per regime")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{4294967295}));
    // Not a flag tied to the variable: that would set it to false wherever a study says true.
    sub->add_flag_callback(
        "--histories", [&arguments] { arguments.overrides.histories = true; },
        "keep the first day of every outcome of every history");
    sub->add_option("--interval", arguments.intervals.proportion,
                    "interval of counted proportions: wilson, or clopper-pearson, which is exact")
        ->transform(CLI::CheckedTransformer(std::map<std::string, ProportionInterval>{
            {"wilson", ProportionInterval::wilson},
            {"clopper-pearson", ProportionInterval::clopper_pearson}}))
        ->option_text("wilson|clopper-pearson");
    sub->add_option("--confidence", arguments.intervals.confidence, "level of all intervals")
        ->check(CLI::Range(0.5, 0.9999));
    sub->add_flag("--force", arguments.force, "replace an existing result file");
    sub->add_flag("--quiet", arguments.quiet, "no progress and no tables");

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

    sub = command("compare", "paired differences of one regime against another", compare);
    sub->add_option("FILE", arguments.input, "result file")->required();
    sub->add_option("REGIME", arguments.regime, "regime")->required();
    sub->add_option("REFERENCE", arguments.reference, "regime it is compared with")->required();

    sub = command("replay", "one history as a dated timeline", replay);
    add_study_options(*sub, arguments);
    sub->add_option("--replication", arguments.replication, "number of the history")->required();
    sub->add_option("--regime", arguments.regime, "regime")->required();
    sub->add_flag("--json", arguments.json, "as one JSON object, with every detail");
}

}  // namespace

int main(int argc, char** argv) {
    try {
        CLI::App app{
            "Firebreak: an agent-based Monte Carlo model of conflict escalation.\n"
            "Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted."};
        Arguments arguments;
        int (*action)(Arguments&) = nullptr;
        declare(app, arguments, action);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? success : bad_input;
        }
        const int code = action(arguments);
        if (!std::cout.flush()) {
            std::cerr << "firebreak: cannot write to the standard output\n";
            return failure;
        }
        return code;
    } catch (const InputError& error) {
        std::cerr << error.what() << "\n";
        return bad_input;
    } catch (const std::bad_alloc&) {
        std::cerr << "firebreak: out of memory\n";
    } catch (const std::exception& error) {
        std::cerr << "firebreak: " << error.what() << "\n";
    }
    return failure;
}
