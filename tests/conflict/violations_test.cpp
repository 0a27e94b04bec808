#include "conflict/violations.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "line_setting.hpp"

namespace firebreak {
namespace {

using namespace line_setting;

TEST(Violations, are_none_without_a_baseline_and_without_posture) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(1), 200, 24, lively(), 2.0);
    Line silent = start_line(noise, usual, 0.0F, 1.0F);
    Line held = start_line(noise, usual, 4.5F, 0.0F);
    LineDay out;
    for (int day = 0; day < 200; ++day) {
        fire(noise, day, silent, {}, out);
        ASSERT_EQ(out.violations[0] + out.violations[1], 0);
        fire(noise, day, held, {0.0F, 0.0F}, out);
        ASSERT_EQ(out.violations[0] + out.violations[1], 0);
        ASSERT_EQ(out.largest_intensity[0], 0.0F);
    }
}

TEST(Violations, begin_where_the_calm_of_the_first_day_would_have_brought_them) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(1), 1, 24, {}, 2.0);
    const Line line = start_line(noise, usual, 4.6F, 0.15F);
    for (std::uint32_t s = 0; s < 24; ++s) {
        EXPECT_NEAR(line.memory_of(static_cast<int>(s)),
                    noise.frailty(0, SectorId(s)) * 4.6 * 0.15 / 0.25, 1e-4);
    }
}

TEST(Violations, never_fall_when_a_posture_hardens_under_the_same_luck) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(2), 300, 24, lively(), 2.0);
    Line mild = start_line(noise, usual, 4.5F, 1.0F);
    Line hard = mild;
    LineDay mild_day;
    LineDay hard_day;
    for (int day = 0; day < 300; ++day) {
        fire(noise, day, mild, {1.0F, 1.0F}, mild_day);
        fire(noise, day, hard, {1.2F, 1.0F}, hard_day);
        for (std::size_t c = 0; c < 48; ++c) ASSERT_GE(hard_day.counts[c], mild_day.counts[c]);
    }
    EXPECT_GT(hard_day.violations[0], mild_day.violations[0]);
    // The other side only answers, and it does.
    EXPECT_GT(hard_day.violations[1], mild_day.violations[1]);
}

TEST(Violations, of_a_forked_line_are_those_of_the_line_it_came_from) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(2), 60, 24, lively(), 2.0);
    Line line = start_line(noise, usual, 4.5F, 1.0F);
    LineDay out;
    for (int day = 0; day < 30; ++day) fire(noise, day, line, {}, out);
    Line fork = line;
    LineDay fork_day;
    for (int day = 30; day < 60; ++day) {
        fire(noise, day, line, {}, out);
        fire(noise, day, fork, {}, fork_day);
        ASSERT_EQ(out.counts, fork_day.counts);
    }
    EXPECT_EQ(line, fork);
}

#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
TEST(Violations, refuse_a_line_that_would_explode_and_a_day_without_noise) {
    Noise noise;
    make_noise(noise, Draws(seed), ReplicationId(2), 10, 24, {}, 2.0);
    EXPECT_THROW(start_line(noise, {0.5F, 0.4F, 0.1F, 0.6F}, 4.5F, 1.0F), LogicError);
    EXPECT_THROW(start_line(noise, {0.5F, 0.4F, -0.1F, 0.6F}, 4.5F, 1.0F), LogicError);
    Line line = start_line(noise, usual, 4.5F, 1.0F);
    LineDay out;
    EXPECT_THROW(fire(noise, 10, line, {}, out), LogicError);
}
#endif

}  // namespace
}  // namespace firebreak
