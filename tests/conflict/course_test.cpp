#include "conflict/course.hpp"

#include <variant>

#include <gtest/gtest.h>

#include "politics_setting.hpp"
#include "scenario_builder.hpp"

namespace firebreak {
namespace {

/// Five months with capitals from the tests of politics.
Scenario short_ceasefire() {
    const Parameters politics = politics_setting().scenario.parameters;
    Scenario scenario = tripwire_scenario();
    scenario.horizon = 150;
    scenario.parameters.capitals = politics.capitals;
    scenario.parameters.accession = politics.accession;
    scenario.parameters.settlement = politics.settlement;
    scenario.parameters.renewed_war = politics.renewed_war;
    scenario.parameters.ladder = politics.ladder;
    // Nobody climbs but by accident, and the side that is seen as culpable always gives way.
    for (RungParameters* rung :
         {&scenario.parameters.ladder.alert, &scenario.parameters.ladder.clash,
          &scenario.parameters.ladder.general_war}) {
        *rung = {.autonomous_climb = 0.0, .escalate = -1e4, .back_down = 0.0};
    }
    scenario.parameters.ladder.resolve_weight = 0.0;
    scenario.parameters.ladder.culpability_weight = 1e4;
    return scenario;
}

/// The state after an offensive by `side` to which the allies respond with `level`.
State after_offensive(const Scenario& scenario, Side side, ResponseLevel level) {
    const Draws draws(4);
    const ReplicationId replication(1);
    const Setting setting = lay_out(scenario);
    const Cast cast = draw_cast(scenario, replication, draws);
    Noise noise;
    make_noise(noise, draws, replication, scenario.horizon, 24, {}, 2.0);
    const Frame frame{setting, cast, noise, draws, replication};
    Course course(frame);
    while (true) {
        const DecisionPoint point = course.advance();
        if (const auto* war = std::get_if<WarPoint>(&point)) {
            course.take(*war, war->side == side);
        } else if (const auto* episode = std::get_if<EpisodePoint>(&point)) {
            Response response;
            if (episode->incident.kind != IncidentKind::offensive) {
                course.take(*episode, response);
                continue;
            }
            response.level = level;
            course.take(*episode, response);
            return course.state();
        } else if (course.is_over()) {
            ADD_FAILURE() << "no offensive";
            return course.state();
        }
    }
}

bool goes_on(const State& state) {
    EXPECT_TRUE(state.first_day.happened(OutcomeKind::collapse));
    return state.at_war;
}

TEST(CallingOff, without_a_crisis_the_war_goes_on) {
    const Scenario scenario = short_ceasefire();
    for (const ResponseLevel level : {ResponseLevel::none, ResponseLevel::consult}) {
        EXPECT_TRUE(goes_on(after_offensive(scenario, Side::russia, level)));
    }
}

TEST(CallingOff, russia_that_backs_down_from_force_gives_up_its_offensive) {
    const State state =
        after_offensive(short_ceasefire(), Side::russia, ResponseLevel::limited_force);
    EXPECT_FALSE(goes_on(state));
    EXPECT_TRUE(state.first_day.happened(OutcomeKind::clash));
}

TEST(CallingOff, an_alert_stops_the_war_only_once_it_has_climbed_to_force) {
    Scenario scenario = short_ceasefire();
    const State held = after_offensive(scenario, Side::russia, ResponseLevel::reinforce);
    EXPECT_TRUE(goes_on(held));
    EXPECT_TRUE(held.first_day.happened(OutcomeKind::alert));
    EXPECT_FALSE(held.first_day.happened(OutcomeKind::clash));
    scenario.parameters.ladder.alert.autonomous_climb = 1.0;
    const State climbed = after_offensive(scenario, Side::russia, ResponseLevel::reinforce);
    EXPECT_FALSE(goes_on(climbed));
    EXPECT_TRUE(climbed.first_day.happened(OutcomeKind::clash));
}

TEST(CallingOff, the_war_goes_on_where_the_allies_back_down) {
    Scenario scenario = short_ceasefire();
    scenario.parameters.ladder.culpability_weight = -1e4;  // the innocent gives way
    EXPECT_TRUE(goes_on(after_offensive(scenario, Side::russia, ResponseLevel::limited_force)));
}

TEST(CallingOff, russia_cannot_call_off_an_offensive_of_ukraine) {
    Scenario scenario = short_ceasefire();
    scenario.parameters.ladder.culpability_weight = -1e4;  // Russia, seen as innocent, gives way
    const State state = after_offensive(scenario, Side::ukraine, ResponseLevel::limited_force);
    EXPECT_TRUE(goes_on(state));
    EXPECT_GT(state.honoured, 0.0);  // it did give way
}

}  // namespace
}  // namespace firebreak
