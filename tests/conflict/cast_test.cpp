#include "conflict/cast.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "politics_setting.hpp"

namespace firebreak {
namespace {

TEST(Cast, without_spread_everybody_is_average) {
    Scenario scenario = politics_setting().scenario;
    scenario.parameters.capitals.leader_type_sd = 0.0;
    scenario.parameters.capitals.perception_sd = 0.0;
    scenario.parameters.response.resolve_spread = 0.0;
    const Cast cast = draw_cast(scenario, ReplicationId(5), Draws(1));
    EXPECT_EQ(cast.leader_type_russia, 0.0);
    EXPECT_EQ(cast.leader_type_ukraine, 0.0);
    EXPECT_EQ(cast.perception, -0.4);
    EXPECT_EQ(cast.resolve, (std::vector<double>{0.1, 0.3, 0.5, -0.5}));
}

TEST(Cast, what_is_drawn_does_not_depend_on_the_regime) {
    const Scenario one = politics_setting().scenario;
    Scenario other = committed_setting().scenario;
    other.commitment.timing = Timing::activation;
    other.commitment.activation_days = 45;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        const Cast here = draw_cast(one, ReplicationId(replication), Draws(1));
        const Cast there = draw_cast(other, ReplicationId(replication), Draws(1));
        EXPECT_EQ(here.leader_type_russia, there.leader_type_russia);
        EXPECT_EQ(here.leader_type_ukraine, there.leader_type_ukraine);
        EXPECT_EQ(here.perception, there.perception);
        EXPECT_EQ(here.resolve, there.resolve);
    }
}

TEST(Cast, a_wider_spread_scales_the_same_draws) {
    Scenario scenario = politics_setting().scenario;
    const Cast narrow = draw_cast(scenario, ReplicationId(5), Draws(1));
    scenario.parameters.capitals.leader_type_sd = 1.6;
    scenario.parameters.capitals.perception_sd = 1.6;
    const Cast wide = draw_cast(scenario, ReplicationId(5), Draws(1));
    EXPECT_NEAR(wide.leader_type_russia, 2.0 * narrow.leader_type_russia, 1e-15);
    EXPECT_NEAR(wide.leader_type_ukraine, 2.0 * narrow.leader_type_ukraine, 1e-15);
    EXPECT_NEAR(wide.perception + 0.4, 2.0 * (narrow.perception + 0.4), 1e-15);
}

TEST(Cast, types_have_their_means_and_spreads_and_the_two_sides_differ) {
    const Scenario scenario = politics_setting().scenario;
    constexpr int samples = 20'000;
    double sum_perception = 0.0;
    double squares_russia = 0.0;
    double products = 0.0;
    double sum_resolve = 0.0;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        const Cast cast = draw_cast(scenario, ReplicationId(replication), Draws(31));
        sum_perception += cast.perception;
        squares_russia += cast.leader_type_russia * cast.leader_type_russia;
        products += cast.leader_type_russia * cast.leader_type_ukraine;
        sum_resolve += cast.resolve[3];
    }
    // Five standard errors: one false alarm in 1.7 million per comparison.
    const double error = 5.0 / std::sqrt(samples);
    EXPECT_NEAR(sum_perception / samples, -0.4, 0.8 * error);
    EXPECT_NEAR(squares_russia / samples, 0.64, 0.64 * std::sqrt(2.0) * error);
    EXPECT_NEAR(products / samples, 0.0, 0.64 * error);
    EXPECT_NEAR(sum_resolve / samples, -0.5, 0.5 * error);
}

TEST(Activation, without_delay_it_is_on_the_first_day) {
    const Scenario scenario = politics_setting().scenario;
    EXPECT_EQ(draw_cast(scenario, ReplicationId(5), Draws(1)).activation_day, 0);
}

TEST(Activation, its_delay_is_exponential_rounded_up) {
    Scenario scenario = politics_setting().scenario;
    scenario.commitment.activation_days = 45;
    constexpr int samples = 20'000;
    std::vector<std::int32_t> days;
    for (std::uint32_t replication = 0; replication < samples; ++replication) {
        days.push_back(draw_cast(scenario, ReplicationId(replication), Draws(31)).activation_day);
    }
    std::ranges::sort(days);
    // Dvoretzky, Kiefer and Wolfowitz: a gap of 0.019 has a chance of 1e-6.
    for (std::int32_t day = 0; day < 300; ++day) {
        const auto by_then = std::ranges::upper_bound(days, day) - days.begin();
        EXPECT_NEAR(static_cast<double>(by_then) / samples, 1.0 - std::exp(-day / 45.0), 0.019);
    }
}

}  // namespace
}  // namespace firebreak
