#include "conflict/decision_rule.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace firebreak {
namespace {

using Support = std::array<double, response_level_count>;

double at(const Support& support, ResponseLevel level) {
    return support[static_cast<std::size_t>(level)];
}

/// Shares are sums of doubles: a threshold that is met on paper is met.
bool reaches(double share, double threshold) {
    constexpr double rounding = 1e-12;
    return share > 0.0 && share >= threshold - rounding;
}

/// The highest level from `least` up whose supporters hold `share`, or else `otherwise`.
ResponseLevel highest_level(const Support& support, double share, ResponseLevel least,
                            ResponseLevel otherwise) {
    for (const ResponseLevel level :
         {ResponseLevel::general_force, ResponseLevel::limited_force, ResponseLevel::reinforce}) {
        if (level >= least && reaches(at(support, level), share)) return level;
    }
    return otherwise;
}

ResponseLevel consult_or_nothing(Consultation consultation, const ResponseParameters& parameters,
                                 const Support& support) {
    const double wanting = at(support, ResponseLevel::consult);
    const bool called = consultation == Consultation::by_any_member
                            ? wanting > 0.0
                            : reaches(wanting, parameters.force_share);
    return called ? ResponseLevel::consult : ResponseLevel::none;
}

bool everyone_joins(std::span<const ResponseLevel> levels,
                    std::span<const std::uint8_t> gives_way) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] < ResponseLevel::reinforce && gives_way[i] == 0) return false;
    }
    return true;
}

/// Where the rule finds no agreement the willing may still act if they hold enough (mend 34).
Collective the_willing(const ResponseParameters& parameters, const Support& support,
                       ResponseLevel talk) {
    return {highest_level(support, parameters.fallback_share, ResponseLevel::reinforce, talk),
            false};
}

/// After an invocation each member acts as it deems necessary.
Collective invocation(const ResponseParameters& parameters, const Support& support) {
    return {highest_level(support, parameters.force_share, ResponseLevel::limited_force,
                          ResponseLevel::reinforce),
            true};
}

}  // namespace

std::array<double, response_level_count> support_by_level(const DecidingSet& deciding,
                                                          std::span<const ResponseLevel> levels) {
    EXPECT(levels.size() == deciding.share.size(), "one level for each member");
    Support support{};
    for (std::size_t i = 0; i < levels.size(); ++i) {
        support[static_cast<std::size_t>(levels[i])] += deciding.share[i];
    }
    for (std::size_t level = support.size() - 1; level-- > 0;) {
        support[level] += support[level + 1];
    }
    return support;
}

bool may_break_silence(const ResponseParameters& parameters,
                       std::span<const ResponseLevel> levels) {
    const auto wanting = std::count_if(levels.begin(), levels.end(), [](ResponseLevel level) {
        return level >= ResponseLevel::reinforce;
    });
    return reaches(static_cast<double>(wanting) / static_cast<double>(levels.size()),
                   parameters.consensus_share);
}

Collective decide(ResponseRule rule, Consultation consultation,
                  const ResponseParameters& parameters, const DecidingSet& deciding,
                  std::span<const ResponseLevel> levels, std::span<const std::uint8_t> gives_way) {
    EXPECT(!levels.empty(), "somebody has to decide");
    const Support support = support_by_level(deciding, levels);
    const ResponseLevel talk = consult_or_nothing(consultation, parameters, support);
    switch (rule) {
        case ResponseRule::consensus:
            EXPECT(gives_way.size() == levels.size(), "each member gives way or does not");
            if (may_break_silence(parameters, levels) && everyone_joins(levels, gives_way)) {
                return invocation(parameters, support);
            }
            return the_willing(parameters, support, talk);
        case ResponseRule::qualified_majority:
            if (reaches(at(support, ResponseLevel::reinforce), parameters.majority_share)) {
                return invocation(parameters, support);
            }
            return the_willing(parameters, support, talk);
        case ResponseRule::coalition: {
            const ResponseLevel level =
                highest_level(support, parameters.force_share, ResponseLevel::reinforce, talk);
            return {level, level >= ResponseLevel::reinforce};
        }
        case ResponseRule::lead_nation: {
            const ResponseLevel level = levels.front();
            return {std::max(level, talk), level >= ResponseLevel::reinforce};
        }
    }
    return {};
}

}  // namespace firebreak
