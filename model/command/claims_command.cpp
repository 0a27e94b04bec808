#include "command/claims_command.hpp"

#include <iostream>

#include "base/error.hpp"
#include "command/commands.hpp"
#include "io/claim_report.hpp"

namespace firebreak {

void tell_claims(const std::vector<std::filesystem::path>& results, const Arguments& arguments) {
    std::vector<ClaimReport> reports;
    for (const std::filesystem::path& path : results) {
        reports.push_back(judge_results(path, arguments.claims_file));
    }
    if (!arguments.csv.empty()) write_claims_csv(arguments.csv, reports, arguments.force);
    if (arguments.quiet) return;
    for (const ClaimReport& report : reports) {
        if (arguments.markdown) {
            std::cout << claims_markdown(report);
        } else {
            std::cout << report.provenance.title << "\n\n" << claims_text(report);
        }
    }
    if (!arguments.csv.empty()) std::cerr << "Written to " << arguments.csv.string() << "\n";
}

int claims(Arguments& arguments) {
    const bool is_study = arguments.inputs.front().extension() == ".toml";
    if (!is_study) {
        if (!arguments.output.empty()) {
            throw InputError(Problem{"--output", arguments.output.string(),
                                     "is for a study; results are there already"});
        }
        tell_claims(arguments.inputs, arguments);
        return success;
    }
    arguments.study = arguments.inputs.front();
    if (arguments.inputs.size() > 1) {
        throw InputError(Problem{arguments.study.string(), "one of several files",
                                 "one study is run at a time; results are judged together"});
    }
    if (arguments.output.empty()) {
        throw InputError(Problem{"--output", "", "claims need a file for their results: -o FILE"});
    }
    arguments.claims = true;
    return run(arguments);
}

}  // namespace firebreak
