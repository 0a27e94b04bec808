#include "conflict/credibility.hpp"

namespace firebreak {

double updated_belief(double starting, double weight, double honoured, double failed) {
    return (weight * starting + honoured) / (weight + honoured + failed);
}

double doubt_about_members(const CapitalParameters& parameters, const State& state) {
    const double pool = parameters.common_pool;
    // Exactly no doubt without a failure, so that an empty pool changes no bit.
    if (pool * state.failed_commitment == 0.0) return 0.0;
    return 1.0 - updated_belief(1.0, parameters.belief_weight, pool * state.honoured_commitment,
                                pool * state.failed_commitment);
}

}  // namespace firebreak
