#include "conflict/state.hpp"

#include <gtest/gtest.h>

#include "scenario_builder.hpp"

namespace firebreak {
namespace {

/// A crisis that opens at `opened` and reaches a clash on `clash` (-1: never).
Crisis crisis_with_clash(Rung opened, std::int32_t day, std::int32_t clash) {
    Crisis crisis;
    crisis.opened = opened;
    crisis.highest = clash < 0 ? opened : Rung::clash;
    crisis.day.fill(-1);
    crisis.day[static_cast<std::size_t>(opened)] = day;
    if (clash >= 0) crisis.day[static_cast<std::size_t>(Rung::clash)] = clash;
    crisis.end_day = std::max(day, clash) + 1;
    return crisis;
}

Episode episode_of(const Incident& incident, ResponseLevel level, const Crisis& crisis,
                   double probability_russia = 0.95) {
    Episode episode;
    episode.incident = incident;
    episode.judgement.probability_russia = probability_russia;
    episode.response.level = level;
    episode.crisis = crisis;
    return episode;
}

TEST(FirstDays, keep_the_earliest_day) {
    FirstDays days;
    days.note(OutcomeKind::clash, 14);
    EXPECT_EQ(days[OutcomeKind::clash], 14);
    days.note(OutcomeKind::clash, 15);
    EXPECT_EQ(days[OutcomeKind::clash], 14);
    days.note(OutcomeKind::clash, 10);
    EXPECT_EQ(days[OutcomeKind::clash], 10);
}

TEST(State, a_clash_at_once_comes_before_one_that_an_earlier_incident_of_the_day_leads_to) {
    const Scenario scenario = treaty_scenario();
    State state = state_of_ceasefire(true);
    const Episode slow = episode_of(stray_in_poland(Actor::russia, 5.0), ResponseLevel::reinforce,
                                    crisis_with_clash(Rung::alert, 100, 104));
    apply(state, scenario, 100, slow);
    EXPECT_EQ(state.first_day[OutcomeKind::clash], 104);
    EXPECT_EQ(state.path, Path::accidental);
    EXPECT_EQ(state.source, Source::stray);
    Incident line = fire_on_the_line(Side::russia, true, 50.0);
    const Episode quick =
        episode_of(line, ResponseLevel::limited_force, crisis_with_clash(Rung::clash, 100, 100));
    apply(state, scenario, 100, quick);
    EXPECT_EQ(state.first_day[OutcomeKind::clash], 100);
    EXPECT_EQ(state.path, Path::deliberate);
    EXPECT_EQ(state.source, Source::line);
}

TEST(State, a_later_clash_leaves_day_path_and_source_of_the_first) {
    const Scenario scenario = treaty_scenario();
    State state = state_of_ceasefire(true);
    apply(state, scenario, 100,
          episode_of(fire_on_the_line(Side::russia, true, 50.0), ResponseLevel::limited_force,
                     crisis_with_clash(Rung::clash, 100, 100)));
    for (const std::int32_t clash : {100, 103, -1}) {
        apply(state, scenario, 100,
              episode_of(stray_in_poland(Actor::russia, 5.0), ResponseLevel::reinforce,
                         crisis_with_clash(clash == 100 ? Rung::clash : Rung::alert, 100, clash)));
        EXPECT_EQ(state.first_day[OutcomeKind::clash], 100);
        EXPECT_EQ(state.path, Path::deliberate);
        EXPECT_EQ(state.source, Source::line);
    }
}

TEST(State, force_is_misattributed_if_russia_did_not_do_it_whatever_leaders_believed) {
    const Scenario scenario = treaty_scenario();
    for (const Actor origin : {Actor::russia, Actor::ukraine, Actor::ally}) {
        for (const double belief : {0.1, 0.95}) {
            State state = state_of_ceasefire(true);
            apply(state, scenario, 100,
                  episode_of(stray_in_poland(origin, 5.0), ResponseLevel::limited_force,
                             crisis_with_clash(Rung::clash, 100, 100), belief));
            const bool wrong = origin != Actor::russia;
            EXPECT_EQ(state.first_day.happened(OutcomeKind::misattributed_force), wrong);
            EXPECT_EQ(state.path, wrong ? Path::misattributed : Path::accidental);
        }
    }
}

TEST(State, a_spill_over_is_exogenous_and_nobodys_misattribution) {
    const Scenario scenario = treaty_scenario();
    State state = state_of_ceasefire(true);
    state.at_war = true;
    Incident spillover;
    spillover.kind = IncidentKind::war_spillover;
    spillover.origin = Actor::russia;
    spillover.victim = Actor::ally;
    const Episode episode = episode_of(spillover, ResponseLevel::limited_force,
                                       crisis_with_clash(Rung::clash, 100, 100), 0.5);
    EXPECT_FALSE(is_misattributed(episode.incident, episode.judgement));
    apply(state, scenario, 100, episode);
    EXPECT_EQ(state.path, Path::exogenous);
    EXPECT_EQ(state.source, Source::war_spillover);
    EXPECT_FALSE(state.first_day.happened(OutcomeKind::misattribution));
    EXPECT_FALSE(state.first_day.happened(OutcomeKind::misattributed_force));
    EXPECT_TRUE(state.coming_truths.empty());
}

}  // namespace
}  // namespace firebreak
