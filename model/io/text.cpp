#include "io/text.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "io/text_phrases.hpp"

namespace firebreak {
namespace {

/// Decimals that show two significant digits of a size [per cent or points].
int decimals_for(double size) {
    constexpr int most = 7;
    if (size <= 0.0) return 0;
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(size))), 0, most);
}

std::string probability_cell(const Results& results, std::size_t regime, std::size_t outcome) {
    const std::array<std::size_t, 3> cell{regime, outcome, results.heading.days.size() - 1};
    return interval_text(percent_text, results.point.probability.value[cell],
                         results.point.probability.low[cell], results.point.probability.high[cell]);
}

std::string difference_cell(const Results& results, std::size_t regime, std::size_t reference,
                            std::size_t outcome) {
    const std::array<std::size_t, 4> cell{regime, reference, outcome,
                                          results.heading.days.size() - 1};
    return interval_text(points_text, results.point.difference.value[cell],
                         results.point.difference.low[cell], results.point.difference.high[cell]);
}

std::string gain_text(double variance_ratio) {
    if (std::isnan(variance_ratio)) return "-";
    return decimal_text(variance_ratio, variance_ratio < 10.0 ? 1 : 0, false) + "x";
}

std::string opening(const Results& results) {
    const auto& counts = results.point.replications.values();
    const auto [fewest, most] = std::minmax_element(counts.begin(), counts.end());
    std::string text = title_text(results.heading) + run_text(results.heading, *fewest, *most);
    if (results.heading.points > 1) {
        text += "Design point " + std::to_string(results.point.id) + " of " +
                std::to_string(results.heading.points) + (results.point.failed ? ": failed" : "") +
                "\n";
        for (std::size_t place = 0; place < results.heading.parameters.size(); ++place) {
            const ParameterColumn& column = results.heading.parameters[place];
            text += "  " + column.path + " = " + number_text(results.point.coordinates[place]) +
                    " " + column.unit + "\n";
        }
    }
    return text;
}

}  // namespace

std::string percent_text(double probability, int more_digits) {
    if (std::isnan(probability)) return "-";
    const double percent = 100.0 * probability;
    const double size = std::min(percent, 100.0 - percent);
    return decimal_text(percent, size > 0.0 ? decimals_for(size) + more_digits : 0, false);
}

std::string points_text(double difference, int more_digits) {
    if (std::isnan(difference)) return "-";
    const double points = 100.0 * difference;
    if (points == 0.0) return "0";
    return decimal_text(points, decimals_for(std::abs(points)) + more_digits, true);
}

std::string interval_text(NumberText text, double value, double low, double high) {
    constexpr int most = 2;
    const auto differs = [&](double end, int more) { return text(end, more) != text(value, more); };
    int more = 0;
    while (more < most && (differs(low, more) != differs(low, most) ||
                           differs(high, more) != differs(high, most))) {
        ++more;
    }
    return text(value, more) + " [" + text(low, more) + ", " + text(high, more) + "]";
}

std::string results_text(const Results& results, const std::vector<std::string>& outcomes,
                         const std::string& reference) {
    const ResultHeading& heading = results.heading;
    const std::vector<std::string> shown = outcomes_shown(outcomes);
    std::vector<std::size_t> positions;
    for (const std::string& name : shown) {
        positions.push_back(position_of(name, heading.outcomes, "outcome"));
    }
    const std::string& base = reference.empty() ? heading.provenance.reference : reference;
    const std::size_t base_place = position_of(base, heading.references, "reference");

    std::vector<std::string> names{"regime"};
    names.insert(names.end(), shown.begin(), shown.end());
    std::vector<std::vector<std::string>> probabilities;
    std::vector<std::vector<std::string>> differences;
    for (std::size_t regime = 0; regime < heading.regimes.size(); ++regime) {
        std::vector<std::string> row{heading.regimes[regime]};
        std::vector<std::string> difference_row = row;
        for (const std::size_t outcome : positions) {
            row.push_back(probability_cell(results, regime, outcome));
            difference_row.push_back(difference_cell(results, regime, base_place, outcome));
        }
        probabilities.push_back(std::move(row));
        if (heading.regimes[regime] != base) differences.push_back(std::move(difference_row));
    }

    std::string text = opening(results);
    text += "\nProbability within " + years_text(heading) + ", per cent [" +
            confidence_text(heading) + "]\n\n" + table_blocks(names, probabilities);
    if (!differences.empty()) {
        text += "\nDifference from " + base + " with the same luck, percentage points [" +
                confidence_text(heading) + "]\n\n" + table_blocks(names, differences);
    }
    if (outcomes.empty()) text += measures_text(results);
    return text + "\n" + wrapped(results_caveat);
}

std::string comparison_text(const Results& results, const std::string& regime,
                            const std::string& reference) {
    const ResultHeading& heading = results.heading;
    const std::size_t one = position_of(regime, heading.regimes, "regime");
    const std::size_t other = position_of(reference, heading.regimes, "regime");
    const std::size_t place = position_of(reference, heading.references, "reference");
    std::vector<std::vector<std::string>> rows;
    for (std::size_t outcome = 0; outcome < heading.outcomes.size(); ++outcome) {
        const double gain =
            results.point.difference_variance_ratio[{one, place, outcome, heading.days.size() - 1}];
        rows.push_back({heading.outcomes[outcome], probability_cell(results, one, outcome),
                        probability_cell(results, other, outcome),
                        difference_cell(results, one, place, outcome), gain_text(gain)});
    }
    return opening(results) + "\nWithin " + years_text(heading) + ", per cent [" +
           confidence_text(heading) + "]; difference in percentage points\n\n" +
           aligned_table({"outcome", regime, reference, "difference", "gain"}, rows) +
           "\nGain: variance of the difference without common random numbers over that with "
           "them.\n" +
           wrapped(results_caveat);
}

}  // namespace firebreak
