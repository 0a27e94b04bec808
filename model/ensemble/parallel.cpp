#include "ensemble/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

#ifndef FIREBREAK_PARALLEL_JTHREAD
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#endif

namespace firebreak {
namespace {

/// Hands out indices and keeps the first failure.
class Counter {
  public:
    Counter(std::size_t count, const std::function<void(std::size_t)>& task)
        : count_(count), task_(task) {}

    /// Works until nothing is left to hand out.
    void work() {
        while (!failed_.load()) {
            const std::size_t index = next_.fetch_add(1);
            if (index >= count_) return;
            try {
                task_(index);
            } catch (...) {
                const std::scoped_lock lock(mutex_);
                if (!failed_.exchange(true)) failure_ = std::current_exception();
            }
        }
    }

    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    std::size_t count_;
    const std::function<void(std::size_t)>& task_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> failed_{false};
    std::mutex mutex_;
    std::exception_ptr failure_;
};

}  // namespace

int available_threads() {
#ifdef FIREBREAK_PARALLEL_JTHREAD
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
#else
    return std::max(1, tbb::info::default_concurrency());
#endif
}

int threads_used(std::size_t count, int threads) {
    constexpr std::size_t most = 1024;
    const auto wanted = static_cast<std::size_t>(threads > 0 ? threads : available_threads());
    return static_cast<int>(std::clamp(count, std::size_t{1}, std::min(wanted, most)));
}

void run_workers(int threads, const std::function<void()>& work) {
    const int used = threads_used(std::numeric_limits<std::size_t>::max(), threads);
    if (used == 1) {
        work();
        return;
    }
#ifdef FIREBREAK_PARALLEL_JTHREAD
    std::vector<std::jthread> others;
    others.reserve(static_cast<std::size_t>(used - 1));
    for (int worker = 1; worker < used; ++worker) others.emplace_back(work);
    work();
#else
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(used));
    tbb::task_arena arena(used);
    arena.execute([&] {
        tbb::task_group others;
        for (int worker = 1; worker < used; ++worker) others.run(work);
        work();
        others.wait();
    });
#endif
}

void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t)>& task) {
    Counter counter(count, task);
    run_workers(threads_used(count, threads), [&] { counter.work(); });
    counter.rethrow();
}

}  // namespace firebreak
