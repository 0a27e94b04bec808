#include "ensemble/stopping.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace firebreak {
namespace {

/// How many looks there are before they are rounded to blocks: the level must not depend on those.
int number_of_looks(const StoppingRule& rule) {
    EXPECT(rule.first_look >= 1 && rule.growth > 1.0, "looks ascend");
    int number = 1;
    for (double at = rule.first_look; at < rule.most; at *= rule.growth) ++number;
    return number;
}

/// Whether an estimate is narrow enough; never what is not known at all. For the
/// absolute target a mean of weights is never taken to be known better than `unseen`, the
/// half-width of the interval of no hits: a large weight may not have come up yet.
bool is_narrow(const StoppingRule& rule, const Estimate& estimate, double unseen) {
    const double half_width = 0.5 * (estimate.interval.high - estimate.interval.low);
    return (rule.absolute && std::max(half_width, unseen) <= *rule.absolute) ||
           (rule.relative && estimate.value != 0.0 &&
            half_width <= *rule.relative * std::abs(estimate.value));
}

}  // namespace

std::vector<std::uint32_t> looks(const StoppingRule& rule, std::uint32_t block) {
    EXPECT(rule.first_look >= 1 && rule.growth > 1.0 && block >= 1, "looks ascend");
    std::vector<std::uint32_t> found;
    for (double at = rule.first_look; at < rule.most; at *= rule.growth) {
        const double rounded = std::ceil(at / block) * block;
        if (rounded >= rule.most) break;
        const auto look = static_cast<std::uint32_t>(rounded);
        if (found.empty() || look > found.back()) found.push_back(look);
    }
    found.push_back(rule.most);
    return found;
}

double reporting_confidence(const StoppingRule& rule) {
    return 1.0 - (1.0 - rule.confidence) / number_of_looks(rule);
}

bool narrow_enough(const StoppingRule& rule, const Tally& tally, ProportionInterval proportion) {
    const IntervalChoice choice{reporting_confidence(rule), proportion};
    const std::size_t last = tally.checkpoints().size() - 1;
    const Interval none = wilson_interval(0, tally.replications(), choice.confidence);
    const double unseen = 0.5 * (none.high - none.low);
    return std::all_of(rule.outcomes.begin(), rule.outcomes.end(), [&](OutcomeKind outcome) {
        const Estimator estimator = recommended_estimator(outcome);
        for (std::size_t regime = 0; regime < tally.regimes(); ++regime) {
            if (!is_narrow(rule, probability_of(tally, regime, outcome, last, estimator, choice),
                           unseen)) {
                return false;
            }
            if (!rule.differences) continue;
            for (const std::size_t reference : tally.shape().references) {
                if (reference == regime) continue;
                const PairedDifference difference =
                    paired_difference(tally, regime, reference, outcome, last, estimator, choice);
                if (!is_narrow(rule, difference.estimate, unseen)) return false;
            }
        }
        return true;
    });
}

}  // namespace firebreak
