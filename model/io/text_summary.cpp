#include "io/results_summary.hpp"
#include "io/text.hpp"
#include "io/text_phrases.hpp"

namespace firebreak {
namespace {

std::string spread_cell(const Spread& spread) {
    return percent_text(spread.median) + " [" + percent_text(spread.low) + ", " +
           percent_text(spread.high) + "]";
}

/// Shares of the points as whole per cent: below / above / undecided.
std::string sign_cell(const SignCounts& counts) {
    const std::uint64_t all = counts.below + counts.above + counts.undecided;
    if (all == 0) return "-";
    const auto share = [&](std::uint64_t part) {
        return decimal_text(100.0 * static_cast<double>(part) / static_cast<double>(all), 0);
    };
    return share(counts.below) + " / " + share(counts.above) + " / " + share(counts.undecided);
}

}  // namespace

std::string points_summary_text(const ResultsReader& file, const std::vector<std::string>& outcomes,
                                const std::string& reference) {
    const ResultHeading& heading = file.heading();
    const std::vector<std::string> shown = outcomes_shown(outcomes);
    std::vector<std::size_t> positions;
    for (const std::string& name : shown) {
        positions.push_back(position_of(name, heading.outcomes, "outcome"));
    }
    const std::string& base = reference.empty() ? heading.provenance.reference : reference;
    const PointsSummary summary =
        summarise_points(file, positions, position_of(base, heading.references, "reference"));

    std::vector<std::string> names{"regime"};
    names.insert(names.end(), shown.begin(), shown.end());
    std::vector<std::vector<std::string>> probabilities;
    std::vector<std::vector<std::string>> signs;
    for (std::size_t regime = 0; regime < heading.regimes.size(); ++regime) {
        probabilities.push_back({heading.regimes[regime]});
        std::vector<std::string> row = probabilities.back();
        for (std::size_t place = 0; place < shown.size(); ++place) {
            probabilities.back().push_back(spread_cell(summary.probability[{regime, place}]));
            row.push_back(sign_cell(summary.difference[{regime, place}]));
        }
        if (heading.regimes[regime] != base) signs.push_back(std::move(row));
    }
    std::string text = title_text(heading) +
                       run_text(heading, summary.fewest_replications, summary.most_replications) +
                       std::to_string(summary.points) + " design points, " +
                       (summary.failed == 0 ? "none" : std::to_string(summary.failed)) +
                       " failed; --point N shows one\n\nProbability within " + years_text(heading) +
                       ", per cent: median over the points [middle 90 % of them]\n\n" +
                       table_blocks(names, probabilities);
    if (!signs.empty()) {
        text += "\n" +
                wrapped("Per cent of the points whose difference from " + base +
                        " is below zero / above / neither, by its " + confidence_text(heading)) +
                "\n" + table_blocks(names, signs);
    }
    return text + "\n" + wrapped(results_caveat);
}

}  // namespace firebreak
