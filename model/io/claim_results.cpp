#include "io/claim_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

namespace firebreak {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr Measured unknown{nan, nan, nan, nan};

std::optional<std::size_t> position(const std::vector<std::string>& names,
                                    const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

/// The estimates of one design point, by name.
class PointLookup {
  public:
    PointLookup(const ResultHeading& heading, PointEstimates point)
        : heading_(heading), point_(std::move(point)) {}

    Measured difference(const std::string& regime, const std::string& reference,
                        const std::string& quantity) const {
        const auto one = position(heading_.regimes, regime);
        const auto other = position(heading_.references, reference);
        if (!one || !other || point_.failed) return unknown;
        if (const auto outcome = position(heading_.outcomes, quantity)) {
            return at(point_.difference, std::array{*one, *other, *outcome, last_day()});
        }
        const auto measure = position(heading_.measures, quantity);
        if (!measure) return unknown;
        return at(point_.measure_difference, std::array{*one, *other, *measure});
    }

    /// Of the regime that had fewest.
    std::int64_t replications() const {
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        for (std::size_t regime = 0; regime < heading_.regimes.size(); ++regime) {
            least = std::min(least, point_.replications[std::array{regime}]);
        }
        return least;
    }

    Measured level(const std::string& regime, const std::string& quantity) const {
        const auto one = position(heading_.regimes, regime);
        if (!one || point_.failed) return unknown;
        if (const auto outcome = position(heading_.outcomes, quantity)) {
            const std::array cell{*one, *outcome, last_day()};
            const ProbabilityGrids& grids = point_.probability;
            return {grids.value[cell], nan, grids.low[cell], grids.high[cell]};
        }
        const auto measure = position(heading_.measures, quantity);
        if (!measure) return unknown;
        return at(point_.measure, std::array{*one, *measure});
    }

  private:
    std::size_t last_day() const { return heading_.days.size() - 1; }

    template <class Grids, std::size_t Axes>
    static Measured at(const Grids& grids, const std::array<std::size_t, Axes>& cell) {
        return {grids.value[cell], grids.standard_error[cell], grids.low[cell], grids.high[cell]};
    }

    const ResultHeading& heading_;
    PointEstimates point_;
};

/// The unit of a measure in words.
std::string spelt(const std::string& unit) {
    if (unit == "1/d") return "per day";
    if (unit == "1/year") return "per year";
    if (unit == "d") return "days";
    return unit;
}

}  // namespace

ClaimDraws claim_draws(const ResultsReader& results) {
    const ResultHeading& heading = results.heading();
    ClaimDraws draws;
    draws.count = heading.points;
    draws.confidence = heading.intervals.confidence;
    for (const ParameterColumn& column : heading.parameters) {
        draws.parameters.push_back(column.path);
    }
    draws.values.reserve(draws.count);
    for (std::uint64_t draw = 0; draw < heading.points; ++draw) {
        draws.values.push_back(results.coordinates(draw));
    }
    draws.results = [&results](std::size_t draw) {
        const auto point =
            std::make_shared<const PointLookup>(results.heading(), results.main_estimates(draw));
        DrawResults found;
        found.difference = [point](const std::string& regime, const std::string& reference,
                                   const std::string& quantity) {
            return point->difference(regime, reference, quantity);
        };
        found.level = [point](const std::string& regime, const std::string& quantity) {
            return point->level(regime, quantity);
        };
        found.confidence = results.heading().intervals.confidence;
        found.replications = point->replications();
        return found;
    };
    draws.unit = [&heading](const std::string& quantity) -> std::string {
        const auto measure = position(heading.measures, quantity);
        return measure ? spelt(heading.measure_units[*measure]) : "percentage points";
    };
    draws.scale = [&heading](const std::string& quantity) {
        return position(heading.measures, quantity) ? 1.0 : 100.0;
    };
    return draws;
}

}  // namespace firebreak
