#pragma once

#include <array>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/random.hpp"
#include "inference/evidence.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// Regimes that stand for the settings of history, in the order of `Worlds`.
inline constexpr std::array<std::string_view, 3> world_regimes{"status-quo", "membership-in-force",
                                                               "neutrality"};

/// One point of the parameter space under the regimes that stand for the settings of history.
struct Worlds {
    const Scenario& unprotected;  ///< the status quo: nobody is committed
    const Scenario& member;       ///< a commitment by treaty is in force from the start
    const Scenario& neutral;      ///< neutrality
};

/// The scenarios named `world_regimes`. Throws LogicError if one is missing.
Worlds worlds_of(std::span<const Scenario> scenarios);

/// A historical setting in which the model is run, and what is read off it.
///
/// `run` simulates one data set: one value for each of `statistics`, with the noise of samples as
/// small as the observed ones. It is pure, and another replication is an independent data set. A
/// statistic that lacks what it needs from the evidence (the days of a sample, its size) is
/// `no_value`. `observe` works the same statistics out of the observed series where there is one.
struct Reenactment {
    std::string_view name;
    std::vector<std::string_view> statistics;
    std::function<std::vector<double>(const Worlds&, const Evidence&, ReplicationId, const Draws&)>
        run;
    std::function<std::vector<double>(const Evidence&)> observe;  ///< may be empty
};

/// All reenactments, each name once.
const std::vector<Reenactment>& reenactments();

/// The reenactment of that name, or nullptr.
const Reenactment* find_reenactment(std::string_view name);

}  // namespace firebreak
