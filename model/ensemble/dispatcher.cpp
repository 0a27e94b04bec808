#include "ensemble/dispatcher.hpp"

#include <chrono>
#include <utility>

#include "ensemble/parallel.hpp"

namespace firebreak {
namespace {

/// A signal handler cannot wake a waiting thread, so that one looks up now and then.
constexpr std::chrono::milliseconds look_up{100};

}  // namespace

bool Dispatcher::is_stopped() const {
    return error_ != nullptr || (stop_ != nullptr && stop_->load());
}

bool Dispatcher::is_exhausted() const {
    return is_stopped() || (dry_ && at_work_ == 0 && !coordinator_.may_get_more());
}

std::optional<Task> Dispatcher::take_next() {
    if (is_stopped()) return std::nullopt;
    std::optional<Task> task = coordinator_.next();
    dry_ = !task.has_value();
    if (task) ++at_work_;
    return task;
}

std::optional<Task> Dispatcher::wait_for_task() {
    std::unique_lock lock(mutex_);
    while (true) {
        if (std::optional<Task> task = take_next()) return task;
        if (is_exhausted()) {
            news_.notify_all();
            return std::nullopt;
        }
        news_.wait_for(lock, look_up);
    }
}

std::optional<Task> Dispatcher::try_task() {
    const std::scoped_lock lock(mutex_);
    return take_next();
}

void Dispatcher::give(const Block& block, BlockOutcome outcome) {
    const std::scoped_lock lock(mutex_);
    --at_work_;
    dry_ = false;  // an outcome may be followed by more blocks
    news_.notify_all();
    coordinator_.take(block, std::move(outcome));
}

void Dispatcher::fail(std::exception_ptr error) {
    const std::scoped_lock lock(mutex_);
    if (!error_) error_ = std::move(error);
    news_.notify_all();
}

void Dispatcher::wake() {
    // Under the lock: nobody is between having found nothing and waiting.
    const std::scoped_lock lock(mutex_);
    news_.notify_all();
}

bool Dispatcher::is_over() {
    const std::scoped_lock lock(mutex_);
    return error_ != nullptr || (at_work_ == 0 && is_exhausted());
}

void Dispatcher::rethrow() {
    const std::scoped_lock lock(mutex_);
    if (error_) std::rethrow_exception(error_);
}

void work_for(Dispatcher& dispatcher, const BlockWork& work, int threads) {
    run_workers(threads, [&] {
        try {
            while (const std::optional<Task> task = dispatcher.wait_for_task()) {
                dispatcher.give(task->block, work(*task));
            }
        } catch (...) {
            dispatcher.fail(std::current_exception());
        }
    });
}

void run_on_threads(Coordinator& coordinator, const BlockWork& work, int threads,
                    const std::atomic<bool>* stop) {
    Dispatcher dispatcher(coordinator, stop);
    work_for(dispatcher, work, threads);
    dispatcher.rethrow();
}

}  // namespace firebreak
