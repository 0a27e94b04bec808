#include "ensemble/point_cache.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/error.hpp"

namespace firebreak {
namespace {

/// Some 30 MB with twelve regimes.
constexpr std::size_t most_beliefs = 65'536;

}  // namespace

PointCache::PointCache(ScenariosOf scenarios, const Draws& draws, std::size_t whole)
    : scenarios_(std::move(scenarios)), draws_(draws), whole_(std::max<std::size_t>(whole, 1)) {}

std::variant<PointCache::Point, PointFailure> PointCache::get(std::uint64_t id, int threads) {
    const auto has_id = [&](const Point& point) { return point->id == id; };
    std::unique_lock lock(mutex_);
    made_.wait(lock, [&] {
        return std::find(in_the_making_.begin(), in_the_making_.end(), id) == in_the_making_.end();
    });
    const auto found = std::find_if(points_.begin(), points_.end(), has_id);
    if (found != points_.end()) {
        points_.splice(points_.begin(), points_, found);
        return points_.front();
    }
    in_the_making_.push_back(id);
    lock.unlock();
    std::variant<Point, PointFailure> made;
    try {
        made = make(id, threads);
    } catch (const InputError& error) {
        made = PointFailure{{}, "", error.what()};
    } catch (...) {
        lock.lock();
        std::erase(in_the_making_, id);
        made_.notify_all();
        throw;
    }
    lock.lock();
    std::erase(in_the_making_, id);
    made_.notify_all();
    if (const auto* point = std::get_if<Point>(&made)) {
        points_.push_front(*point);
        if (points_.size() > whole_) points_.pop_back();
    }
    return made;
}

PointCache::Point PointCache::make(std::uint64_t id, int threads) {
    const std::vector<Scenario> scenarios = scenarios_(id);
    std::vector<StartingBelief> known;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = beliefs_.find(id);
        if (found != beliefs_.end()) known = found->second;
    }
    auto point =
        std::make_shared<DesignPoint>(make_design_point(id, scenarios, draws_, known, threads));
    if (known.empty()) {
        for (const Setting& setting : point->regimes) known.push_back(setting.starting_belief);
        const std::scoped_lock lock(mutex_);
        if (beliefs_.size() < most_beliefs) beliefs_.emplace(id, std::move(known));
    }
    return point;
}

}  // namespace firebreak
