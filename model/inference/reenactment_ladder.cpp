#include <algorithm>
#include <cstdint>

#include "conflict/crisis.hpp"
#include "inference/historical_settings.hpp"
#include "inference/sample_luck.hpp"

namespace firebreak {
namespace {

/// Stand-offs over which the chance of a war is averaged.
constexpr std::uint32_t standoffs = 64;

/// Neither side of an unnamed dispute is known as the culprit.
constexpr double open_culpability = 0.5;

/// P(a crisis that opens on `opened` becomes a general war), averaged over the sides' resolve.
double chance_of_war(const LadderParameters& ladder, Rung opened, ReplicationId replication,
                     const Draws& draws) {
    double sum = 0.0;
    for (std::uint32_t subject = 0; subject < standoffs; ++subject) {
        const Standoff standoff =
            draw_standoff(open_culpability, false, 0, subject, replication, draws);
        sum += absorption_probability(ladder, opened, Rung::general_war, standoff);
    }
    return sum / standoffs;
}

/// Share of a sample of disputes that became wars; `no_value` without the size of the sample.
double share_of_wars(SampleLuck& luck, double disputes, double chance) {
    if (!(disputes >= 1.0)) return no_value;
    return luck.binomial(static_cast<int>(disputes), std::min(chance, 1.0)) / disputes;
}

std::vector<double> run(const Worlds& worlds, const Evidence& evidence, ReplicationId replication,
                        const Draws& draws) {
    const LadderParameters& ladder = worlds.unprotected.parameters.ladder;
    const double after_alert = chance_of_war(ladder, Rung::alert, replication, draws);
    const double after_clash = chance_of_war(ladder, Rung::clash, replication, draws);
    SampleLuck early(draws, replication, SampleSubject::disputes);
    SampleLuck late(draws, replication, SampleSubject::disputes_after_1990);
    const auto size = [&](std::string_view id, std::string_view name) {
        return evidence.sample(id, name);
    };
    return {
        share_of_wars(early, size("war-after-dispute-1946-2014", "disputes"), after_alert),
        share_of_wars(early, size("war-after-dispute-1946-2014", "uses_of_force"), after_clash),
        share_of_wars(late, size("war-after-dispute-1991-2014", "disputes"), after_alert),
        share_of_wars(late, size("war-after-dispute-1991-2014", "uses_of_force"), after_clash),
    };
}

}  // namespace

Reenactment reenact_war_after_dispute() {
    return {
        "war-after-dispute",
        {"war_after_dispute", "war_after_force", "war_after_dispute_1991", "war_after_force_1991"},
        run,
        {}};
}

}  // namespace firebreak
