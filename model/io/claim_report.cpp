#include "io/claim_report.hpp"

#include <cmath>
#include <cstdio>
#include <utility>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "inference/claim_reading.hpp"
#include "io/atomic_file.hpp"
#include "io/claim_results.hpp"
#include "io/comma_table.hpp"
#include "io/config_claims.hpp"
#include "io/text_table.hpp"

namespace firebreak {
namespace {

std::string rounded(double value, const char* format) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string percent(double share) {
    return std::isnan(share) ? "-" : rounded(100.0 * share, "%.0f %%");
}

std::string amount(double value) { return std::isnan(value) ? "-" : rounded(value, "%.3g"); }

std::string with_unit(const ClaimSummary& claim, double value) {
    const std::string number = amount(value);
    return claim.unit.empty() || claim.unit == "1" || number == "-" ? number
                                                                    : number + " " + claim.unit;
}

std::string range_of(const ClaimSummary& claim) {
    return amount(claim.effect_low) + " to " + amount(claim.effect_high);
}

std::string row_of(const ClaimSummary& claim, bool posterior) {
    std::string row = text_cell(claim.claim.name) + "," + text_cell(claim.claim.statement) + "," +
                      (posterior ? "posterior" : "prior") + "," + std::to_string(claim.draws);
    for (const DrawShare* share :
         {&claim.shares.held, &claim.shares.reversed, &claim.shares.undecided}) {
        row += "," + number_text(share->share);
    }
    for (const double value : {claim.effect_median, claim.effect_low, claim.effect_high}) {
        row += "," + number_text(value);
    }
    row += "," + text_cell(claim.unit);
    for (std::size_t place = 0; place < 3; ++place) {
        if (place < claim.deciders.size()) {
            row += "," + text_cell(claim.deciders[place].path) + "," +
                   rounded(claim.deciders[place].strength, "%.4f");
        } else {
            row += ",,";
        }
    }
    row += "," + text_cell(reading_of(claim));
    for (const DrawShare* share :
         {&claim.shares.held, &claim.shares.reversed, &claim.shares.undecided}) {
        row += "," + number_text(share->interval.low) + "," + number_text(share->interval.high);
    }
    row += "," + rounded(claim.chance_strength, "%.4f");
    row += claim.partial ? ",partial" : ",Spearman";
    return row;
}

constexpr const char* heading_line =
    "claim,statement,prior_or_posterior,draws,held,reversed,undecided,effect_median,effect_low,"
    "effect_high,unit,decider_1,decider_1_strength,decider_2,decider_2_strength,decider_3,"
    "decider_3_strength,reading,held_low,held_high,reversed_low,reversed_high,undecided_low,"
    "undecided_high,chance_strength,correlation";

/// The command that made the results: the first line of their history. It names every regime, which
/// says nothing where they are those that the claims name.
std::string command_of(const ResultHeading& heading, const std::vector<Claim>& claims) {
    const std::string& history = heading.provenance.history;
    std::string command = history.substr(0, history.find('\n'));
    if (heading.regimes != regimes_needed(claims)) return command;
    for (const std::string& regime : heading.regimes) {
        const std::string option = " --regime " + regime;
        const std::size_t at = command.find(option);
        if (at != std::string::npos) command.erase(at, option.size());
    }
    return command;
}

std::string sources_of(const Claim& claim) {
    std::string text;
    for (const std::string& source : claim.sources) text += (text.empty() ? "" : "; ") + source;
    return text;
}

}  // namespace

std::vector<Claim> claims_to_judge(const std::string& configuration,
                                   const std::filesystem::path& where,
                                   const std::filesystem::path& other) {
    if (other.empty()) return claims_in(configuration, where.string());
    std::vector<Claim> claims;
    std::vector<Problem> problems;
    ConfigCheck check(problems);
    if (const auto text = read_text(other, problems)) {
        if (const auto file = parse_toml(*text, other, problems)) {
            claims = read_claims(*file, {}, check);
        }
    }
    if (problems.empty() && claims.empty()) {
        problems.push_back({other.string(), "has no claims", ""});
    }
    if (!problems.empty()) throw InputError(std::move(problems));
    return claims;
}

ClaimReport judge_results(const std::filesystem::path& path, const std::filesystem::path& other) {
    const ResultsReader results(path);
    const Provenance& provenance = results.heading().provenance;
    const std::vector<Claim> claims = claims_to_judge(provenance.configuration, path, other);
    return {provenance, command_of(results.heading(), claims),
            draws_from_posterior(provenance.configuration),
            summarise(claims, claim_draws(results))};
}

std::string claims_text(const ClaimReport& report) {
    std::vector<std::vector<std::string>> rows;
    std::string readings;
    for (const ClaimSummary& claim : report.claims) {
        rows.push_back({claim.claim.name, std::to_string(claim.draws),
                        percent(claim.shares.held.share), percent(claim.shares.reversed.share),
                        percent(claim.shares.undecided.share), amount(claim.effect_median),
                        range_of(claim), claim.unit});
        readings +=
            "\n" +
            wrapped(claim.claim.name + ". " + claim.claim.statement + " " + reading_of(claim)) +
            "\n";
    }
    return aligned_table(
               {"claim", "draws", "held", "reversed", "undecided", "effect", "90 %", "unit"},
               rows) +
           readings;
}

std::string claims_markdown(const ClaimReport& report) {
    std::string text =
        "| claim | statement | from | held | reversed | undecided | effect (90 %) | decided most "
        "by "
        "|\n|---|---|---|---|---|---|---|---|\n";
    for (const ClaimSummary& claim : report.claims) {
        std::string deciders;
        for (const Decider& decider : deciders_beyond_chance(claim)) {
            deciders += (deciders.empty() ? "`" : ", `") + decider.path + "` " +
                        rounded(decider.strength, "%+.2f");
        }
        if (deciders.empty()) deciders = "none that stands out";
        text += "| " + claim.claim.name + " | " + claim.claim.statement + " | " +
                sources_of(claim.claim) + " | " + percent(claim.shares.held.share) + " | " +
                percent(claim.shares.reversed.share) + " | " +
                percent(claim.shares.undecided.share) + " | " +
                with_unit(claim, claim.effect_median) + " (" + range_of(claim) + ") | " + deciders +
                " |\n";
    }
    return text;
}

void write_claims_csv(const std::filesystem::path& path, const std::vector<ClaimReport>& reports,
                      bool replace) {
    EXPECT(!reports.empty(), "something to report");
    const Provenance& first = reports.front().provenance;
    std::string commands;
    for (const ClaimReport& report : reports) {
        commands += (commands.empty() ? "" : " ; ") + report.command;
    }
    std::string text = "# version: " + first.version + "\n# commit: " + first.git_commit +
                       "\n# seed: " + std::to_string(first.seed) + "\n# command: " + commands +
                       "\n" + heading_line + "\n";
    for (const ClaimReport& report : reports) {
        for (const ClaimSummary& claim : report.claims) {
            if (claim.draws > 0) text += row_of(claim, report.posterior) + "\n";
        }
    }
    write_whole_text(path, text, replace);
}

}  // namespace firebreak
