#include "conflict/setting.hpp"

#include <algorithm>
#include <utility>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

/// `members` with their capability shares normalised within the set (prototype mend 32).
DecidingSet deciding_set(const Allies& allies, std::vector<AllyId> members) {
    DecidingSet set;
    double total = 0.0;
    for (const AllyId member : members) {
        EXPECT(member.value() < allies.size(), "a protector is one of the allies");
        total += allies[member.value()].capability_share;
    }
    set.share.reserve(members.size());
    for (const AllyId member : members) {
        const double own = allies[member.value()].capability_share;
        // A set without any capability counts heads.
        set.share.push_back(total > 0.0 ? own / total : 1.0 / static_cast<double>(members.size()));
    }
    set.members = std::move(members);
    return set;
}

std::vector<AllyId> all_of(const Allies& allies) {
    std::vector<AllyId> ids;
    ids.reserve(allies.size());
    for (std::uint32_t row = 0; row < allies.size(); ++row) ids.emplace_back(row);
    return ids;
}

double capability_of(const Allies& allies, const std::vector<AllyId>& members) {
    double sum = 0.0;
    for (const AllyId member : members) sum += allies[member.value()].capability_share;
    return sum;
}

/// Restraint just after signing, which erodes towards 1 (prototype mend 6). A shape above 1 lets it
/// hold for long and go quickly.
std::vector<float> calm_by_day(const LineOfContact& line, std::int32_t horizon) {
    std::vector<float> calm;
    calm.reserve(static_cast<std::size_t>(horizon));
    for (std::int32_t day = 0; day < horizon; ++day) {
        const double age = static_cast<double>(day) / line.restraint_days;
        const double worn = line.restraint_shape == 1.0 ? age : power(age, line.restraint_shape);
        calm.push_back(
            static_cast<float>(1.0 - (1.0 - line.initial_restraint) * exponential(-worn)));
    }
    return calm;
}

/// Where the harm of a violation stops growing and the logarithm of calm falling [x]. Source:
/// assumption.
constexpr double least_calm = 1e-3;

}  // namespace

CalmEffects calm_effects(const Parameters& parameters, double calm) {
    const double some_calm = std::max(calm, least_calm);
    return {static_cast<float>(power(calm, parameters.line.heavy_restraint)),
            static_cast<float>(power(some_calm, -parameters.lethality.calm_exponent)),
            static_cast<float>(logarithm(some_calm))};
}

Setting lay_out(Scenario scenario) {
    // State keeps politics as one bit per ally, and the response counts on the same limit.
    EXPECT(scenario.allies.size() <= most_allies, "the alliance has room for 64 members");
    Setting setting;
    const Allies& allies = scenario.allies;
    setting.everybody = deciding_set(allies, all_of(allies));
    setting.protectors = deciding_set(allies, scenario.commitment.protectors);
    const double whole = capability_of(allies, setting.everybody.members);
    const double obliged = capability_of(allies, setting.protectors.members);
    setting.obliged_capability = whole > 0.0 ? obliged / whole : 0.0;
    setting.calm = calm_by_day(scenario.parameters.line, scenario.horizon);
    setting.calm_effects.reserve(setting.calm.size());
    for (const float calm : setting.calm) {
        setting.calm_effects.push_back(
            calm_effects(scenario.parameters, static_cast<double>(calm)));
    }
    setting.settled_effects =
        calm_effects(scenario.parameters, scenario.parameters.line.settlement_restraint);
    setting.scenario = std::move(scenario);
    return setting;
}

AllyId lead_of(const Setting& setting, bool in_force) {
    if (in_force && !setting.protectors.members.empty()) return setting.protectors.members.front();
    const Allies& allies = setting.scenario.allies;
    const auto largest = std::ranges::max_element(allies, {}, &Ally::capability_share);
    return AllyId(static_cast<std::uint32_t>(largest - allies.begin()));
}

}  // namespace firebreak
