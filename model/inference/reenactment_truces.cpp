#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "conflict/expectation.hpp"
#include "conflict/replication.hpp"
#include "ensemble/shared_noise.hpp"
#include "inference/historical_settings.hpp"
#include "inference/sample_luck.hpp"

namespace firebreak {
namespace {

constexpr int belief_draws = 400;
constexpr std::uint32_t histories = 12;
constexpr std::array<std::int32_t, 3> checkpoints{365, 1096, 1826};
constexpr double years = 5.0;

/// P(an outcome has happened by each checkpoint), from whole histories.
using Curve = std::array<double, checkpoints.size()>;

Curve curve_of(const Scenario& given, OutcomeKind outcome, ReplicationId replication,
               const Draws& draws) {
    Scenario scenario = given;
    scenario.horizon = checkpoints.back();
    scenario.checkpoints.assign(checkpoints.begin(), checkpoints.end());
    scenario.parameters.response.belief_draws = belief_draws;
    Setting setting = lay_out(std::move(scenario));
    setting.starting_belief = estimate_starting_belief(setting, draws);
    Curve curve{};
    Noise noise;
    for (std::uint32_t n = 0; n < histories; ++n) {
        const ReplicationId luck(replication.value() * histories + n);
        make_noise(noise, noise_shape(setting.scenario), luck, draws);
        const ReplicationResult result = replicate(setting, noise, luck, draws);
        for (std::size_t i = 0; i < curve.size(); ++i) {
            curve[i] += result.expectation[index_of(outcome)][i] / histories;
        }
    }
    return curve;
}

std::vector<double> run(const Worlds& worlds, const Evidence& evidence, ReplicationId replication,
                        const Draws& draws) {
    const double truces = evidence.sample("recurrence", "truces");
    std::vector<double> values;
    if (std::isnan(truces)) {
        values.assign(checkpoints.size(), no_value);
    } else {
        const Curve collapse =
            curve_of(worlds.unprotected, OutcomeKind::collapse, replication, draws);
        SampleLuck luck(draws, replication, SampleSubject::truces);
        std::array<double, checkpoints.size()> broken{};
        for (int truce = 0; truce < static_cast<int>(truces); ++truce) {
            const double u = luck.uniform();
            for (std::size_t i = 0; i < broken.size(); ++i) broken[i] += u < collapse[i] ? 1 : 0;
        }
        for (const double count : broken) values.push_back(count / truces);
    }
    const Curve nuclear = curve_of(worlds.neutral, OutcomeKind::nuclear_use, replication, draws);
    values.push_back(nuclear.back() / years);
    return values;
}

}  // namespace

Reenactment reenact_truces() {
    return {"truces",
            {"recurrence_1_year", "recurrence_3_years", "recurrence_5_years", "nuclear_use_a_year"},
            run,
            {}};
}

}  // namespace firebreak
