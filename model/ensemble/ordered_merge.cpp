#include "ensemble/ordered_merge.hpp"

#include <utility>

namespace firebreak {

bool OrderedMerge::wait_for_room(std::size_t number) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return given_up_ || number < next_ + window_; });
    return !given_up_;
}

void OrderedMerge::put(std::size_t number, BlockResult result) {
    {
        const std::scoped_lock lock(mutex_);
        if (given_up_) return;
        waiting_.emplace(number, std::move(result));
        while (!waiting_.empty() && waiting_.begin()->first == next_) {
            // Taken out first: if `receive` throws, nobody receives the same result again.
            BlockResult first = std::move(waiting_.begin()->second);
            waiting_.erase(waiting_.begin());
            receive_(next_, std::move(first));
            ++next_;
        }
    }
    room_.notify_all();
}

void OrderedMerge::give_up() {
    {
        const std::scoped_lock lock(mutex_);
        given_up_ = true;
    }
    room_.notify_all();
}

}  // namespace firebreak
