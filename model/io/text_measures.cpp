#include <algorithm>
#include <cmath>

#include "io/text.hpp"
#include "io/text_phrases.hpp"

namespace firebreak {
namespace {

/// Decimals that show this many significant digits of a size.
int decimals_for(double size, int digits) {
    constexpr int most = 6;
    if (!(size > 0.0)) return 0;
    return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(size))), 0, most);
}

/// `1.23 ±0.04`: two digits of the error, or three of a value that has none.
std::string measure_cell(double value, double error) {
    if (std::isnan(value)) return "-";
    if (!(error > 0.0)) return decimal_text(value, decimals_for(std::abs(value), 3));
    const int decimals = decimals_for(error, 2);
    return decimal_text(value, decimals) + " ±" + decimal_text(error, decimals);
}

}  // namespace

std::string measures_text(const Results& results) {
    const ResultHeading& heading = results.heading;
    std::vector<std::string> names{"regime"};
    for (std::size_t measure = 0; measure < heading.measures.size(); ++measure) {
        const std::string& unit = heading.measure_units[measure];
        names.push_back(heading.measures[measure] + (unit == "1" ? "" : " [" + unit + "]"));
    }
    std::vector<std::vector<std::string>> rows;
    for (std::size_t regime = 0; regime < heading.regimes.size(); ++regime) {
        rows.push_back({heading.regimes[regime]});
        for (std::size_t measure = 0; measure < heading.measures.size(); ++measure) {
            const std::array<std::size_t, 2> cell{regime, measure};
            rows.back().push_back(measure_cell(results.point.measure.value[cell],
                                               results.point.measure.standard_error[cell]));
        }
    }
    return "\nMeasures: mean over histories ± standard error\n\n" + table_blocks(names, rows);
}

}  // namespace firebreak
