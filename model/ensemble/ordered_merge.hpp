#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>

#include "ensemble/ensemble.hpp"

namespace firebreak {

/// Takes results in any order and passes them on in the order of their numbers.
class OrderedMerge {
  public:
    /// At most `window` results ahead of the next one in turn are worked on or kept. `receive` is
    /// called by one thread at a time.
    OrderedMerge(std::size_t window, std::function<void(std::size_t, BlockResult)> receive)
        : window_(window), receive_(std::move(receive)) {}

    /// Waits until work on a number may begin; false if the run was given up.
    bool wait_for_room(std::size_t number);

    /// Passes on this result and those that waited for it, or keeps it until its turn. Does
    /// nothing once the run was given up. An exception of `receive` comes through: give up then.
    void put(std::size_t number, BlockResult result);

    /// No further result comes: nobody waits any longer.
    void give_up();

  private:
    std::size_t window_;
    std::function<void(std::size_t, BlockResult)> receive_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::map<std::size_t, BlockResult> waiting_;
    std::size_t next_ = 0;
    bool given_up_ = false;
};

}  // namespace firebreak
