#include "ensemble/point_cache.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "base/error.hpp"

namespace firebreak {

PointCache::PointCache(ScenariosOf scenarios, const Draws& draws, std::size_t most)
    : scenarios_(std::move(scenarios)), draws_(draws), most_(std::max<std::size_t>(most, 1)) {}

std::variant<PointCache::Point, PointFailure> PointCache::get(std::uint64_t id,
                                                              std::span<const StartingBelief> known,
                                                              int threads) {
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
        made = std::make_shared<const DesignPoint>(
            make_design_point(id, scenarios_(id), draws_, known, threads));
    } catch (const std::bad_alloc&) {
        lock.lock();
        std::erase(in_the_making_, id);
        made_.notify_all();
        throw;  // the machine's fault, not the point's
    } catch (const std::exception& error) {
        made = PointFailure{{}, "", error.what()};
    }
    lock.lock();
    std::erase(in_the_making_, id);
    made_.notify_all();
    if (const auto* point = std::get_if<Point>(&made)) {
        points_.push_front(*point);
        if (points_.size() > most_) points_.pop_back();
    }
    return made;
}

}  // namespace firebreak
