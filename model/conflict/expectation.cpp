#include "conflict/expectation.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "conflict/cast.hpp"
#include "conflict/incidents.hpp"
#include "conflict/record.hpp"
#include "conflict/response.hpp"
#include "conflict/state.hpp"

namespace firebreak {
namespace {

// Draws and not quadrature: given gravity, deaths and resolve the members' first votes are
// independent, but the second round couples all of them through the support each one sees, so that
// an exact convolution would have to carry every pattern of first votes.
//
// A synthetic replication, numbered by the draw, meets an offensive on day 0. No history can meet
// one there, since politics begin a step later: the estimate shares no luck with any history.
constexpr std::int32_t day_of_the_draws = 0;

std::vector<double> draw_resolve(const Scenario& scenario, ReplicationId draw, const Draws& draws) {
    std::vector<double> resolve;
    resolve.reserve(scenario.allies.size());
    for (std::uint32_t row = 0; row < scenario.allies.size(); ++row) {
        const double z = draws.normal({.replication = draw.value(),
                                       .day = day_of_the_draws,
                                       .purpose = Purpose::belief_estimate,
                                       .subject = row});
        resolve.push_back(scenario.allies[row].resolve_offset +
                          scenario.parameters.response.resolve_spread * z);
    }
    return resolve;
}

State state_of(bool in_force, bool lead_adverse, AllyId lead) {
    State state;
    state.in_force = in_force;
    if (lead_adverse) state.adverse = std::uint64_t{1} << lead.value();
    return state;
}

}  // namespace

StartingBelief estimate_starting_belief(const Setting& setting, const Draws& draws) {
    const Scenario& scenario = setting.scenario;
    const auto& protectors = setting.protectors.members;
    const bool ever_in_force = !protectors.empty() && scenario.commitment.timing != Timing::never &&
                               scenario.commitment.timing != Timing::promised;
    const AllyId lead = protectors.empty() ? AllyId(0) : protectors.front();
    const std::array<std::array<State, 2>, 2> states{
        {{state_of(false, false, lead), state_of(false, true, lead)},
         {state_of(true, false, lead), state_of(true, true, lead)}}};
    const std::size_t rows = ever_in_force ? 2 : 1;
    Judgement judgement;
    judgement.overt = true;
    judgement.settled_on_russia = true;
    judgement.probability_russia = scenario.parameters.investigation.overt_russia;

    const auto count =
        static_cast<std::uint32_t>(std::floor(scenario.parameters.response.belief_draws));
    std::array<std::array<std::int64_t, 2>, 2> met{};
    Cast cast;
    for (std::uint32_t n = 0; n < count; ++n) {
        const ReplicationId draw(n);
        cast.resolve = draw_resolve(scenario, draw, draws);
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t adverse = 0; adverse < 2; ++adverse) {
                const State& state = states[row][adverse];
                const Incident offensive =
                    draw_offensive(setting, state, Side::russia, day_of_the_draws, draw, draws);
                const Response response =
                    respond(setting, cast, state, offensive, judgement, draw, draws);
                if (response.level >= ResponseLevel::limited_force) ++met[row][adverse];
            }
        }
    }
    if (!ever_in_force) met[1] = met[0];

    StartingBelief belief;
    for (std::size_t row = 0; row < 2; ++row) {
        for (std::size_t adverse = 0; adverse < 2; ++adverse) {
            // Never 0 or 1, whose log-odds nothing could move: the Beta estimate of few draws.
            belief.table[row][adverse] =
                (static_cast<double>(met[row][adverse]) + 0.5) / (static_cast<double>(count) + 1.0);
        }
    }
    return belief;
}

}  // namespace firebreak
