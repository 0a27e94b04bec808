#include "conflict/ally_choice.hpp"

#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace firebreak {

AllyId ally_by_share(const Allies& allies, double Ally::*share, double u) {
    std::vector<double> weights;
    weights.reserve(allies.size());
    for (const Ally& ally : allies) weights.push_back(ally.*share);
    return AllyId(static_cast<std::uint32_t>(categorical_quantile(weights, u)));
}

}  // namespace firebreak
