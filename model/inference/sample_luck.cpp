#include "inference/sample_luck.hpp"

#include "base/elementary.hpp"

namespace firebreak {

double SampleLuck::uniform() {
    return draws_.uniform({.replication = replication_.value(),
                           .day = next_++,
                           .purpose = Purpose::evidence_sample,
                           .subject = static_cast<std::uint32_t>(subject_)});
}

int SampleLuck::binomial(int trials, double probability) {
    int count = 0;
    for (int trial = 0; trial < trials; ++trial) count += uniform() < probability ? 1 : 0;
    return count;
}

double SampleLuck::poisson(double mean) { return poisson_quantile(mean, uniform()); }

double SampleLuck::normal() { return normal_quantile(uniform()); }

}  // namespace firebreak
