#include "inference/claim_summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "inference/rank_correlation.hpp"

namespace firebreak {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_deciders = 3;

/// Counts verdicts.
class Count {
  public:
    void add(Verdict verdict) { ++counts_[static_cast<std::size_t>(verdict)]; }

    VerdictShares shares(double confidence) const {
        return {share(Verdict::held, confidence), share(Verdict::reversed, confidence),
                share(Verdict::undecided, confidence)};
    }

    std::int64_t known() const {
        return count(Verdict::held) + count(Verdict::reversed) + count(Verdict::undecided);
    }

  private:
    std::int64_t count(Verdict verdict) const { return counts_[static_cast<std::size_t>(verdict)]; }

    DrawShare share(Verdict verdict, double confidence) const {
        const std::int64_t all = known();
        return {all == 0 ? nan : static_cast<double>(count(verdict)) / static_cast<double>(all),
                wilson_interval(count(verdict), all, confidence)};
    }

    std::int64_t counts_[4]{};
};

/// The quantity whose unit a comparison's effect has.
const std::string& measured_in(const Comparison& comparison) { return comparison.of.front(); }

/// One claim, draw by draw.
class Summary {
  public:
    Summary(const Claim& claim, const ClaimDraws& draws)
        : draws_(draws), comparisons_(claim.comparisons.size()) {
        EXPECT(!claim.comparisons.empty(), "a claim compares something");
        result_.claim = claim;
        result_.unit = draws.unit(measured_in(claim.comparisons.front()));
        result_.turning_levels.resize(claim.comparisons.size());
    }

    void add(std::size_t draw, const DrawResults& results) {
        const Claim& claim = result_.claim;
        const ClaimVerdict verdict = judge(claim, results);
        double weakest = std::numeric_limits<double>::infinity();
        for (std::size_t at = 0; at < comparisons_.size(); ++at) {
            const Comparison& comparison = claim.comparisons[at];
            const ComparisonVerdict& one = verdict.comparisons[at];
            comparisons_[at].add(one.verdict);
            // Where error alone may have turned it, its level tells of nothing.
            if (one.verdict == Verdict::held && std::isfinite(one.turning_level)) {
                result_.turning_levels[at].push_back(one.turning_level);
            }
            const std::string& quantity = measured_in(comparison);
            if (comparison.decides && draws_.unit(quantity) == result_.unit) {
                weakest = std::min(weakest, draws_.scale(quantity) * one.effect);
            }
        }
        verdicts_.add(verdict.verdict);
        if (verdict.verdict == Verdict::unknown) return;
        effects_.push_back(weakest);
        points_.push_back(draws_.values[draw]);
    }

    ClaimSummary take() {
        result_.draws = static_cast<std::size_t>(verdicts_.known());
        result_.shares = verdicts_.shares(draws_.confidence);
        for (const Count& one : comparisons_) {
            result_.comparisons.push_back(one.shares(draws_.confidence));
        }
        result_.effect_median = quantile_of(effects_, 0.5);
        result_.effect_low = quantile_of(effects_, 0.05);
        result_.effect_high = quantile_of(effects_, 0.95);
        find_deciders();
        return std::move(result_);
    }

  private:
    void find_deciders() {
        const RankCorrelations found = rank_correlations(points_, effects_);
        result_.partial = found.partial;
        result_.chance_strength = found.limit(static_cast<double>(found.estimate.size()), 0.95);
        std::vector<std::size_t> order(found.estimate.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        order.erase(std::remove_if(order.begin(), order.end(),
                                   [&](std::size_t at) { return std::isnan(found.estimate[at]); }),
                    order.end());
        std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
            return std::abs(found.estimate[one]) > std::abs(found.estimate[other]);
        });
        for (std::size_t at = 0; at < std::min(order.size(), most_deciders); ++at) {
            result_.deciders.push_back({draws_.parameters[order[at]], found.estimate[order[at]]});
        }
    }

    const ClaimDraws& draws_;
    ClaimSummary result_;
    Count verdicts_;
    std::vector<Count> comparisons_;
    std::vector<double> effects_;
    std::vector<std::vector<double>> points_;
};

}  // namespace

double quantile_of(std::vector<double> values, double share) {
    if (values.empty()) return nan;
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (place - static_cast<double>(low)) * (values[high] - values[low]);
}

std::vector<Decider> deciders_beyond_chance(const ClaimSummary& summary) {
    std::vector<Decider> beyond;
    for (const Decider& decider : summary.deciders) {
        if (std::abs(decider.strength) > summary.chance_strength) beyond.push_back(decider);
    }
    return beyond;
}

std::vector<ClaimSummary> summarise(const std::vector<Claim>& claims, const ClaimDraws& draws) {
    std::vector<Summary> summaries;
    summaries.reserve(claims.size());
    for (const Claim& claim : claims) summaries.emplace_back(claim, draws);
    for (std::size_t draw = 0; draw < draws.count; ++draw) {
        const DrawResults results = draws.results(draw);
        for (Summary& summary : summaries) summary.add(draw, results);
    }
    std::vector<ClaimSummary> found;
    found.reserve(summaries.size());
    for (Summary& summary : summaries) found.push_back(summary.take());
    return found;
}

}  // namespace firebreak
