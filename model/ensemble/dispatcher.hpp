#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "ensemble/plan.hpp"

namespace firebreak {

/// A block to be worked on, and what is known of its point.
struct Task {
    /// A block is a task of which no more is known.
    Task(const Block& wanted, std::vector<StartingBelief> known = {})
        : block(wanted), beliefs(std::move(known)) {}

    Block block;
    /// Of its point, by regime; empty: whoever does the block estimates them.
    std::vector<StartingBelief> beliefs;
};

/// Who knows what is to be done and keeps what was done. Called by one thread at a time.
class Coordinator {
  public:
    virtual ~Coordinator() = default;

    /// The next block to be worked on; none if there is none now.
    virtual std::optional<Task> next() = 0;

    /// Takes the outcome of a block, in whatever order they come.
    virtual void take(const Block& block, BlockOutcome outcome) = 0;

    /// True if more blocks may come even when none is at work.
    virtual bool may_get_more() const { return false; }
};

/// Stands between a coordinator and those who work for it, threads or other processes.
class Dispatcher {
  public:
    /// `stop` becomes true: no further block is handed out, those at work are finished.
    explicit Dispatcher(Coordinator& coordinator, const std::atomic<bool>* stop = nullptr)
        : coordinator_(coordinator), stop_(stop) {}

    /// The next block, once there is one; none when all is done, stopped or failed.
    std::optional<Task> wait_for_task();

    /// The next block if there is one now.
    std::optional<Task> try_task();

    /// Hands in the outcome of a block.
    void give(const Block& block, BlockOutcome outcome);

    /// Something threw: hand out no more, and throw it again in `rethrow`.
    void fail(std::exception_ptr error);

    /// The coordinator may have news; those who wait look again.
    void wake();

    /// True when no block is at work and none will be handed out, or something threw.
    bool is_over();

    /// Throws the first failure again, if there was one.
    void rethrow();

  private:
    bool is_stopped() const;
    bool is_exhausted() const;
    std::optional<Task> take_next();

    Coordinator& coordinator_;
    const std::atomic<bool>* stop_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::size_t at_work_ = 0;
    std::exception_ptr error_;
    bool dry_ = false;  ///< the coordinator had nothing when asked last
};

/// What a worker does.
using BlockWork = std::function<BlockOutcome(const Task&)>;

/// Works for a dispatcher with `threads` threads (0: all there are) until there is nothing left to
/// do. A failure of the work or of the coordinator ends it and is kept by the dispatcher.
void work_for(Dispatcher& dispatcher, const BlockWork& work, int threads);

/// Runs all that a coordinator wants on the threads of this process.
void run_on_threads(Coordinator& coordinator, const BlockWork& work, int threads,
                    const std::atomic<bool>* stop = nullptr);

}  // namespace firebreak
