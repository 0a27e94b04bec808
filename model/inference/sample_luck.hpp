#pragma once

#include <cstdint>

#include "base/id.hpp"
#include "base/random.hpp"

namespace firebreak {

/// What luck of the sample a reenactment draws. Numbers are part of the result: never reused.
enum class SampleSubject : std::uint32_t {
    disputes = 1,
    disputes_after_1990 = 2,
    pacts = 3,
    pacts_russia = 4,
    truces = 5,
    offensives = 6,
    violations = 7,
};

/// The luck of a sample of history as small as the one observed, apart from the model's own luck.
class SampleLuck {
  public:
    SampleLuck(const Draws& draws, ReplicationId replication, SampleSubject subject)
        : draws_(draws), replication_(replication), subject_(subject) {}

    /// The next uniform on (0, 1).
    double uniform();

    /// How many of `trials` come true, each with the same probability.
    int binomial(int trials, double probability);

    /// A Poisson number.
    double poisson(double mean);

    /// The next standard normal.
    double normal();

  private:
    const Draws& draws_;
    ReplicationId replication_;
    SampleSubject subject_;
    std::uint32_t next_ = 0;
};

}  // namespace firebreak
