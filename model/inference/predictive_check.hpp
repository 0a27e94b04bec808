#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "inference/evidence.hpp"
#include "inference/reenactment.hpp"

namespace firebreak {

/// One data set: the values of every statistic of the targets of some evidence, in their order. A
/// statistic that is not modelled is `no_value`. Reenactments that several targets share are run
/// once.
std::vector<double> simulate_evidence(const Worlds& worlds, const Evidence& evidence,
                                      ReplicationId replication, const Draws& draws);

/// Where an observed value lies among simulated ones [%]: those below it, and half of its equals.
double percentile_of(double observed, std::span<const double> simulated);

/// One statistic held against data sets that were simulated with parameters of the prior or of a
/// posterior.
struct PredictiveCheck {
    const Target* target{};
    const TargetStatistic* statistic{};
    std::size_t draws{};  ///< data sets that gave it
    double low5{};
    double low25{};
    double median{};
    double high75{};
    double high95{};
    double percentile{};  ///< of the observed value; of a range, of its middle on a log scale [%]
    bool passed{};        ///< by the statistic's criterion; never if it is not modelled
};

/// A check for each statistic of `evidence`, which must outlive them, given data sets as
/// `simulate_evidence` gives them.
std::vector<PredictiveCheck> check_evidence(const Evidence& evidence,
                                            std::span<const std::vector<double>> data_sets);

/// How many targets of a use there are, and of how many every statistic passed.
struct Score {
    std::size_t targets{};
    std::size_t passed{};
    std::size_t statistics{};
    std::size_t statistics_passed{};
};

Score score_of(std::span<const PredictiveCheck> checks, EvidenceUse use);

/// True if every statistic of the target passed.
bool has_passed(std::span<const PredictiveCheck> checks, const Target& target);

}  // namespace firebreak
