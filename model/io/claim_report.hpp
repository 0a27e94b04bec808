#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/claim.hpp"
#include "inference/claim_summary.hpp"
#include "io/results_reader.hpp"

namespace firebreak {

/// The claims of one result file as they came out.
struct ClaimReport {
    Provenance provenance;
    std::string command;     ///< that made the results
    bool posterior = false;  ///< the parameters were drawn from a posterior, not by their priors
    std::vector<ClaimSummary> claims;
};

/// The claims of a configuration or, if it is named, of `other`, a file of claims. Throws
/// InputError with every problem; `where` says of what.
std::vector<Claim> claims_to_judge(const std::string& configuration,
                                   const std::filesystem::path& where,
                                   const std::filesystem::path& other);

/// Judges claims by a result file: those of its own configuration or, if it names one, of `other`,
/// a file of claims. Throws InputError with every problem.
ClaimReport judge_results(const std::filesystem::path& path, const std::filesystem::path& other);

/// A row per claim for a terminal, and what was found, in words.
std::string claims_text(const ClaimReport& report);

/// The same as Markdown.
std::string claims_markdown(const ClaimReport& report);

/// Writes reports as CSV (docs/reports_format.md); claims that could not be judged have no row.
/// Throws InputError if the file is there and is not to be replaced, SystemError if the disk fails.
void write_claims_csv(const std::filesystem::path& path, const std::vector<ClaimReport>& reports,
                      bool replace);

}  // namespace firebreak
