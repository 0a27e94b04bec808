#pragma once

#include <cstddef>
#include <functional>

namespace firebreak {

/// Processors this process may use.
int available_threads();

/// Threads that `for_each_index` works `count` indices with, of `threads` wanted (0: all there
/// are): no more than there are indices, and at most 1024.
int threads_used(std::size_t count, int threads);

/// Calls `work` on as many threads at once as there are to be (0: all there are, at most 1024);
/// some of the calls may only begin when others have ended. It must not throw.
void run_workers(int threads, const std::function<void()>& work);

/// Calls `task` once for each index below `count`, on `threads` threads (0: all there are). Indices
/// are handed out in ascending order, so those at work are always neighbours. Once a task has
/// thrown, no further index is handed out; those at work are finished, and the first exception is
/// thrown again.
void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t)>& task);

}  // namespace firebreak
