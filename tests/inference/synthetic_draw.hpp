#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/elementary.hpp"
#include "inference/claim_verdict.hpp"

namespace firebreak {

/// Results of one draw as a run would give them, made of histories whose answer is known: the mean
/// of a regime, luck that all regimes share, and luck of its own.
class SyntheticDraw {
  public:
    SyntheticDraw(std::uint64_t seed, std::map<std::string, double> means, double own_luck,
                  int histories = 200, double shared_luck = 3.0)
        : means_(std::move(means)) {
        std::mt19937_64 words(seed);
        const auto normal = [&] {
            return normal_quantile((static_cast<double>(words() >> 11) + 0.5) / 9007199254740992.0);
        };
        for (int history = 0; history < histories; ++history) {
            const double shared = shared_luck * normal();
            for (const auto& [regime, mean] : means_) {
                values_[regime].push_back(mean + shared + own_luck * normal());
            }
        }
    }

    /// Only these regimes are references; without a call all are.
    void keep_references(std::set<std::string> references) { references_ = std::move(references); }

    DrawResults results() const {
        DrawResults found;
        found.difference = [this](const std::string& regime, const std::string& reference,
                                  const std::string&) {
            const bool known = references_.empty() || references_.count(reference) != 0;
            return known ? mean_of(values_.at(regime), values_.at(reference)) : unknown();
        };
        found.level = [this](const std::string& regime, const std::string&) {
            return mean_of(values_.at(regime), {});
        };
        found.replications = static_cast<std::int64_t>(values_.begin()->second.size());
        return found;
    }

    /// Mean of one list less another one, with its normal interval.
    static Measured mean_of(const std::vector<double>& values, const std::vector<double>& less) {
        const double n = static_cast<double>(values.size());
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t at = 0; at < values.size(); ++at) {
            const double value = values[at] - (less.empty() ? 0.0 : less[at]);
            sum += value;
            squares += value * value;
        }
        const double mean = sum / n;
        const double error = std::sqrt((squares - n * mean * mean) / (n - 1.0) / n);
        const double half = 1.959963984540054 * error;
        return {mean, error, mean - half, mean + half};
    }

    const std::vector<double>& values(const std::string& regime) const {
        return values_.at(regime);
    }

  private:
    static Measured unknown() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        return {nan, nan, nan, nan};
    }

    std::map<std::string, double> means_;
    std::map<std::string, std::vector<double>> values_;
    std::set<std::string> references_;
};

inline Comparison comparison(ComparisonKind kind, std::vector<std::string> regimes) {
    Comparison one;
    one.kind = kind;
    one.of = {"clash"};
    one.regimes = std::move(regimes);
    return one;
}

inline Claim claim_of(std::vector<Comparison> comparisons) {
    Claim claim;
    claim.name = "H0";
    claim.statement = "A statement.";
    claim.seen = "it is so";
    claim.reversed = "it is the other way round";
    claim.comparisons = std::move(comparisons);
    return claim;
}

}  // namespace firebreak
