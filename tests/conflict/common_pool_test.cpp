#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "conflict/capitals.hpp"
#include "conflict/credibility.hpp"
#include "conflict/incidents.hpp"
#include "conflict/response.hpp"
#include "politics_setting.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

CapitalParameters pooled(double share) { return {.belief_weight = 15, .common_pool = share}; }

State record(double honoured, double failed) {
    State state = in_force_state();
    state.honoured_commitment = honoured;
    state.failed_commitment = failed;
    return state;
}

TEST(CommonPool, nothing_is_doubted_where_each_stands_for_itself_or_nothing_failed) {
    EXPECT_EQ(doubt_about_members(pooled(0.0), record(1.0, 5.0)), 0.0);
    EXPECT_EQ(doubt_about_members(pooled(1.0), record(3.0, 0.0)), 0.0);
}

TEST(CommonPool, a_worked_example) {
    // B = (15 + 0.5 x 1) / (15 + 0.5 x 3)
    EXPECT_NEAR(doubt_about_members(pooled(0.5), record(1.0, 2.0)), 1.0 / 16.5, 1e-15);
}

TEST(CommonPool, endless_failure_leaves_no_belief) {
    EXPECT_NEAR(doubt_about_members(pooled(1.0), record(0.0, 1e12)), 1.0, 1e-10);
}

TEST(CommonPool, doubt_grows_with_failure_and_with_the_pool_and_shrinks_with_honour) {
    const double now = doubt_about_members(pooled(0.5), record(1.0, 1.0));
    EXPECT_GT(doubt_about_members(pooled(0.5), record(1.0, 2.0)), now);
    EXPECT_GT(doubt_about_members(pooled(0.6), record(1.0, 1.0)), now);
    EXPECT_LT(doubt_about_members(pooled(0.5), record(2.0, 1.0)), now);
}

TEST(CommonPool, doubt_makes_russia_probe_as_it_would_a_commitment_to_ukraine) {
    Setting setting = committed_setting();
    setting.scenario.parameters.capitals.common_pool = 0.5;
    const Outlook view = anchored_outlook();
    const auto before = posture_utilities(Side::russia, setting, record(0.0, 0.0), view);
    const auto after = posture_utilities(Side::russia, setting, record(1.0, 2.0), view);
    EXPECT_EQ(after[1], before[1]);
    EXPECT_NEAR(after[2] - before[2], 1.5 / 16.5, 1e-15);
}

/// Probes in many days, all and those of allied territory.
struct Probes {
    double all{};
    double allied{};
};

Probes many_probes(double pool, const State& given) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.capitals = pooled(pool);
    scenario.parameters.capitals.rationality = 1.0;
    scenario.parameters.capitals.probe_gain = 3.0;
    scenario.parameters.incidents.probe_rate = 9.0;
    const Setting setting = lay_out(scenario);
    State state = given;
    state.posture[0] = Posture::probe;
    std::vector<Incident> incidents;
    for (std::uint32_t n = 0; n < 20; ++n) {
        for (int day = 0; day < 1000; ++day) {
            draw_posture_incidents(setting, state, day, ReplicationId(n), Draws(3), incidents);
        }
    }
    Probes probes;
    for (const Incident& incident : incidents) {
        probes.all += 1.0;
        probes.allied += incident.place == Place::allied_territory ? 1.0 : 0.0;
    }
    return probes;
}

TEST(CommonPool, doubt_turns_probes_to_allied_territory_by_the_same_odds) {
    const Probes believed = many_probes(0.0, record(0.0, 10.0));
    const Probes doubted = many_probes(1.0, record(0.0, 10.0));
    EXPECT_EQ(many_probes(1.0, record(10.0, 0.0)).allied, believed.allied);
    EXPECT_EQ(doubted.all, believed.all);
    EXPECT_GT(doubted.allied, believed.allied);
    const double odds = 0.4 / 0.6 * std::exp(3.0 * 10.0 / 25.0);
    const double share = odds / (1.0 + odds);
    // 4.5 standard errors: a false alarm in 150,000.
    EXPECT_NEAR(doubted.allied / doubted.all, share,
                4.5 * std::sqrt(share * (1.0 - share) / doubted.all));
}

Episode met_with(const Incident& incident, ResponseLevel level, bool truly_triggered) {
    Episode episode;
    episode.incident = incident;
    episode.response.level = level;
    episode.response.truly_triggered = truly_triggered;
    return episode;
}

Incident probe_at(Place place) {
    Incident probe = fire_on_the_line(Side::russia, true, 0.0);
    probe.kind = IncidentKind::probe;
    probe.place = place;
    return probe;
}

TEST(CommonPool, holds_the_record_of_the_commitment_alone) {
    Scenario scenario = treaty_scenario();
    scenario.parameters.capitals.probe_belief_weight = 0.1;
    const Episode failed = met_with(offensive_by(Side::russia, 2000), ResponseLevel::consult, true);
    State state = state_of_ceasefire(true);
    apply(state, scenario, 10, failed);
    apply(state, scenario, 11, met_with(probe_at(Place::ukrainian_rear), {}, false));
    EXPECT_DOUBLE_EQ(state.failed_commitment, 1.1);
    apply(state, scenario, 12, met_with(probe_at(Place::allied_territory), {}, false));
    EXPECT_DOUBLE_EQ(state.failed_commitment, 1.1);
    EXPECT_DOUBLE_EQ(state.failed, 1.2);
    apply(state, scenario, 13,
          met_with(offensive_by(Side::russia, 2000), ResponseLevel::limited_force, true));
    EXPECT_EQ(state.honoured_commitment, 1.0);
    State without = state_of_ceasefire(false);
    apply(without, scenario, 11, met_with(probe_at(Place::ukrainian_rear), {}, false));
    EXPECT_EQ(without.failed_commitment, 0.0);
    EXPECT_EQ(without.failed, 0.1);
}

TEST(CommonPool, probes_of_allied_territory_are_counted_apart_and_among_all) {
    const Scenario scenario = treaty_scenario();
    State state = state_of_ceasefire(true);
    apply(state, scenario, 11, met_with(probe_at(Place::ukrainian_rear), {}, false));
    apply(state, scenario, 12, met_with(probe_at(Place::allied_territory), {}, false));
    EXPECT_EQ(state.events[static_cast<std::size_t>(EventKind::probe)], 2);
    EXPECT_EQ(state.events[static_cast<std::size_t>(EventKind::allied_probe)], 1);
}

TEST(Dishonour, is_counted_per_call_that_was_not_answered) {
    const Scenario scenario = treaty_scenario();
    State state = state_of_ceasefire(true);
    const Incident offensive = offensive_by(Side::russia, 2000);
    apply(state, scenario, 10, met_with(offensive, ResponseLevel::limited_force, true));
    apply(state, scenario, 11, met_with(offensive, ResponseLevel::none, false));
    apply(state, scenario, 12, met_with(probe_at(Place::ukrainian_rear), {}, false));
    EXPECT_EQ(state.dishonoured, 0);
    apply(state, scenario, 13, met_with(offensive, ResponseLevel::consult, true));
    apply(state, scenario, 14, met_with(offensive, ResponseLevel::none, true));
    EXPECT_EQ(state.dishonoured, 2);
}

/// Whom an offensive finds after `calls` that were not answered.
Response after_failures(double loss, std::int32_t calls, std::uint32_t replication) {
    Scenario scenario = tripwire_scenario();
    scenario.commitment.rule = ResponseRule::lead_nation;
    scenario.commitment.obligation = 0.1;
    scenario.parameters.response.dishonour_loss = loss;
    const Setting setting = lay_out(scenario);
    Cast cast;
    cast.resolve.assign(scenario.allies.size(), 0.0);
    State state = state_of_ceasefire(true);
    state.dishonoured = calls;
    Judgement judgement;
    judgement.probability_russia = 0.98;
    return respond(setting, cast, state, offensive_by(Side::russia, 2000.0), judgement,
                   ReplicationId(replication), Draws(4));
}

TEST(Dishonour, lowers_the_will_to_answer_by_its_loss_for_each_call) {
    int weaker = 0;
    for (std::uint32_t n = 0; n < 300; ++n) {
        const ResponseLevel first = after_failures(0.5, 0, n).level;
        EXPECT_EQ(after_failures(0.0, 3, n).level, first);
        EXPECT_EQ(after_failures(0.25, 2, n).level, after_failures(0.5, 1, n).level);
        EXPECT_LE(after_failures(0.5, 2, n).level, first);
        EXPECT_EQ(after_failures(1000.0, 1, n).level, ResponseLevel::none);
        weaker += after_failures(0.5, 2, n).level < first ? 1 : 0;
    }
    EXPECT_GT(weaker, 10);
}

}  // namespace
}  // namespace firebreak
