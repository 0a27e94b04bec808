#include "conflict/expectation.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/elementary.hpp"
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

/// Resolve of each ally in one draw; a block of words serves two of them.
void draw_resolve(const Scenario& scenario, ReplicationId draw, const Draws& draws,
                  std::vector<double>& resolve) {
    for (std::uint32_t row = 0; row < scenario.allies.size(); ++row) {
        resolve[row] = scenario.allies[row].resolve_offset;
    }
    const double spread = scenario.parameters.response.resolve_spread;
    if (spread == 0.0) return;
    for (std::uint32_t row = 0; row < scenario.allies.size(); row += 2) {
        const auto words = draws.words({.replication = draw.value(),
                                        .day = day_of_the_draws,
                                        .purpose = Purpose::belief_estimate,
                                        .subject = row / 2});
        resolve[row] += spread * normal_quantile(uniform_of(words[0], words[1]));
        if (row + 1 < scenario.allies.size()) {
            resolve[row + 1] += spread * normal_quantile(uniform_of(words[2], words[3]));
        }
    }
}

State state_of(const Setting& setting, bool in_force, bool lead_adverse) {
    State state;
    state.in_force = in_force;
    if (lead_adverse) state.adverse = std::uint64_t{1} << lead_of(setting, in_force).value();
    return state;
}

}  // namespace

StartingBelief estimate_starting_belief(const Setting& setting, const Draws& draws) {
    const Scenario& scenario = setting.scenario;
    const bool ever_in_force = !setting.protectors.members.empty() &&
                               scenario.commitment.timing != Timing::never &&
                               scenario.commitment.timing != Timing::promised;
    const std::array<std::array<State, 2>, 2> states{
        {{state_of(setting, false, false), state_of(setting, false, true)},
         {state_of(setting, true, false), state_of(setting, true, true)}}};
    const std::size_t rows = ever_in_force ? 2 : 1;
    Judgement judgement;
    judgement.overt = true;
    judgement.settled_on_russia = true;
    judgement.probability_russia = scenario.parameters.investigation.overt_russia;

    const auto count =
        static_cast<std::uint32_t>(std::floor(scenario.parameters.response.belief_draws));
    std::array<std::array<std::int64_t, 2>, 2> met{};
    Cast cast;
    cast.resolve.resize(scenario.allies.size());
    for (std::uint32_t n = 0; n < count; ++n) {
        const ReplicationId draw(n);
        draw_resolve(scenario, draw, draws, cast.resolve);
        std::optional<OwnErrors> errors;
        for (std::size_t row = 0; row < rows; ++row) {
            const Incident offensive = draw_offensive(setting, states[row][0], Side::russia,
                                                      day_of_the_draws, draw, draws);
            if (!errors) {
                errors = draw_own_errors(setting.everybody, offensive, draw, draws, 0);
            }
            for (std::size_t adverse = 0; adverse < 2; ++adverse) {
                const Response response = respond(setting, cast, states[row][adverse], offensive,
                                                  judgement, draw, draws, 0, false, &*errors);
                if (is_force(response)) ++met[row][adverse];
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
