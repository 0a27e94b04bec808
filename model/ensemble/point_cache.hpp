#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "ensemble/ensemble.hpp"

namespace firebreak {

/// The scenarios of a design point, one per regime. Throws InputError if it breaks a rule.
using ScenariosOf = std::function<std::vector<Scenario>(std::uint64_t point)>;

/// Makes design points when they are asked for, and keeps the last few whole and the starting
/// beliefs of many, which cost most. May be used by several threads.
class PointCache {
  public:
    /// At most `whole` points are kept whole, each of them of some hundred kilobytes.
    PointCache(ScenariosOf scenarios, const Draws& draws, std::size_t whole);

    using Point = std::shared_ptr<const DesignPoint>;

    /// The point, or why there is none. `threads` make it (0: all there are).
    std::variant<Point, PointFailure> get(std::uint64_t id, int threads = 1);

  private:
    Point make(std::uint64_t id, int threads);

    ScenariosOf scenarios_;
    const Draws& draws_;
    std::size_t whole_;
    std::mutex mutex_;
    std::condition_variable made_;
    std::list<Point> points_;  ///< used last comes first
    std::vector<std::uint64_t> in_the_making_;
    std::unordered_map<std::uint64_t, std::vector<StartingBelief>> beliefs_;
};

}  // namespace firebreak
