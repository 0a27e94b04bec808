#include <iostream>

#include "build_info.hpp"
#include "command/commands.hpp"
#include "io/atomic_file.hpp"
#include "io/evidence_targets.hpp"
#include "io/reproduction.hpp"
#include "io/validation.hpp"

namespace firebreak {
namespace {

/// What a reader needs to make the validation again, as comments.
std::string heading(const Study& study, const Arguments& arguments) {
    std::string command = "firebreak validate " + shell_word(arguments.study.generic_string());
    if (!arguments.posterior.empty()) {
        command += " --posterior " + shell_word(arguments.posterior.generic_string());
    }
    if (!arguments.evidence.empty()) {
        command += " --evidence " + shell_word(arguments.evidence.generic_string());
    }
    command +=
        " --draws " + std::to_string(arguments.draws) + " --seed " + std::to_string(study.run.seed);
    for (const auto& [path, value] : overrides_of(arguments).set) {
        command += " --set " + shell_word(path + '=' + value);
    }
    const std::string parameters =
        arguments.posterior.empty() ? "the prior" : "the posterior, and the prior elsewhere";
    return "# version: " + std::string(build_info::version) +
           "\n# commit: " + std::string(build_info::git_commit) +
           "\n# seed: " + std::to_string(study.run.seed) + "\n# command: " + command +
           "\n# title: Parameters drawn from " + parameters + "\n";
}

}  // namespace

int validate(Arguments& arguments) {
    if (arguments.study.empty()) arguments.study = "configs/studies/baseline.toml";
    if (!arguments.output.empty()) check_output_path(arguments.output, arguments.force);
    std::filesystem::path folder = arguments.evidence;
    if (folder.empty()) {
        folder = (arguments.study.parent_path() / "../evidence").lexically_normal();
    }
    constexpr std::array uses{EvidenceUse::calibration, EvidenceUse::held_out};
    const Evidence evidence = load_evidence(folder, uses);
    const Study study =
        load_draws(arguments.study, overrides_of(arguments), arguments.posterior, arguments.draws);
    const auto data_sets = simulate_draws(study, evidence, arguments.threads);
    const auto checks = check_evidence(evidence, data_sets);
    if (!arguments.quiet) {
        std::cout << validation_text(checks);
        if (data_sets.size() < arguments.draws) {
            std::cout << arguments.draws - data_sets.size()
                      << " draws broke a rule between parameters and were left out\n";
        }
    }
    if (!arguments.output.empty()) {
        write_validation(arguments.output, checks, heading(study, arguments), arguments.force);
    }
    return success;
}

}  // namespace firebreak
