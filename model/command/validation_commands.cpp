#include <iostream>

#include "build_info.hpp"
#include "command/commands.hpp"
#include "io/atomic_file.hpp"
#include "io/evidence_targets.hpp"
#include "io/validation.hpp"

namespace firebreak {
namespace {

/// What the draws of a validation were made from.
std::string heading(const Study& study, const Arguments& arguments, std::size_t draws) {
    std::string text = "# firebreak " + std::string(build_info::version) + " (" +
                       std::string(build_info::git_commit) + "), validation\n";
    text += "# study " + arguments.study.generic_string() + ", seed " +
            std::to_string(study.run.seed) + ", draws " + std::to_string(draws) + "\n";
    text += "# parameters from the prior";
    if (!arguments.posterior.empty()) {
        text += " and from " + arguments.posterior.generic_string();
    }
    return text + "\n";
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
        write_validation(arguments.output, checks, heading(study, arguments, data_sets.size()),
                         arguments.force);
    }
    return success;
}

}  // namespace firebreak
