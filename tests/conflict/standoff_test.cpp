#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "conflict/crisis.hpp"
#include "conflict/record.hpp"

namespace firebreak {
namespace {

TEST(Standoff, resolves_are_independent_standard_normals_of_their_own_address) {
    const Draws draws(77);
    constexpr int samples = 40'000;
    double sum_russia = 0.0;
    double squares_allies = 0.0;
    double products = 0.0;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        const Standoff standoff =
            draw_standoff(0.4, true, 30, 5, ReplicationId(replication), draws);
        EXPECT_EQ(standoff.probability_russia, 0.4);
        EXPECT_TRUE(standoff.misattributed);
        sum_russia += standoff.resolve_russia;
        squares_allies += standoff.resolve_allies * standoff.resolve_allies;
        products += standoff.resolve_russia * standoff.resolve_allies;
    }
    // Five standard errors (1, sqrt 2, 1 per sample): one false alarm in 1.7 million each.
    const double error = 5.0 / std::sqrt(samples);
    EXPECT_NEAR(sum_russia / samples, 0.0, error);
    EXPECT_NEAR(squares_allies / samples, 1.0, error * std::sqrt(2.0));
    EXPECT_NEAR(products / samples, 0.0, error);
    EXPECT_NE(draw_standoff(0.4, true, 30, 5, ReplicationId(1), draws).resolve_russia,
              draw_standoff(0.4, true, 30, 6, ReplicationId(1), draws).resolve_russia);
}

TEST(Standoff, force_is_misattributed_if_russia_did_not_do_it) {
    Incident incident;
    Judgement judgement;
    for (const Actor origin : {Actor::russia, Actor::ukraine, Actor::ally}) {
        incident.origin = origin;
        EXPECT_EQ(is_force_misattributed(incident), origin != Actor::russia);
    }
    // To spare Russia what it did is a misattribution too, but no force follows from it.
    incident.origin = Actor::russia;
    judgement.probability_russia = 0.1;
    EXPECT_TRUE(is_misattributed(incident, judgement));
    EXPECT_FALSE(is_force_misattributed(incident));
}

}  // namespace
}  // namespace firebreak
