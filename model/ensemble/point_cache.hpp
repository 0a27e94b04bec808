#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "ensemble/ensemble.hpp"

namespace firebreak {

/// The scenarios of a design point, one per regime. Throws InputError if it breaks a rule.
using ScenariosOf = std::function<std::vector<Scenario>(std::uint64_t point)>;

/// Makes design points when they are asked for, and keeps the last few. May be used by several
/// threads.
class PointCache {
  public:
    /// At most `most` points are kept, each of them of some hundred kilobytes.
    PointCache(ScenariosOf scenarios, const Draws& draws, std::size_t most);

    using Point = std::shared_ptr<const DesignPoint>;

    /// The point, or why there is none. If it must be made: with the starting beliefs that are
    /// `known`, which cost most (by regime; empty: none is), and by `threads` (0: all there are).
    std::variant<Point, PointFailure> get(std::uint64_t id,
                                          std::span<const StartingBelief> known = {},
                                          int threads = 1);

  private:
    ScenariosOf scenarios_;
    const Draws& draws_;
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable made_;
    std::list<Point> points_;  ///< used last comes first
    std::vector<std::uint64_t> in_the_making_;
};

}  // namespace firebreak
