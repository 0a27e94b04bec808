#pragma once

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "ensemble/dispatcher.hpp"
#include "ensemble/distributed_mailbox.hpp"
#include "ensemble/tally.hpp"

namespace firebreak {

/// A rank failed, or left before the work was done.
class RankFailed : public std::runtime_error {
  public:
    RankFailed(int rank, const std::string& why);
};

/// The ranks of a job, of which this process is one. To be made once, by the main thread, and to
/// outlive everything that must be in order when the job ends: rank 0 lets the others go last.
class Ranks {
  public:
    /// Throws InputError (see `Mailbox`).
    Ranks();
    /// Waits for all ranks: those that others wait for take their leave here at the latest.
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    int rank() const { return mailbox_.rank(); }

    int size() const { return mailbox_.size(); }

    bool is_first() const { return rank() == 0; }

    /// Threads that a rank works with, of those wanted; 0: its share of this machine's processors.
    int threads(int wanted) const { return wanted > 0 ? wanted : mailbox_.threads_per_rank(); }

    /// To be called on another rank than the first that cannot take part: rank 0 fails with the
    /// reason instead of waiting for this one.
    void leave(const std::string& why);

  private:
    friend class Serving;
    friend class Helping;

    Mailbox mailbox_;
    bool has_left_ = false;        ///< this rank; not the first
    std::vector<bool> left_;       ///< on the first rank: who has
    std::vector<bool> dismissed_;  ///< on the first rank: who has no more to expect
};

/// What all ranks have alike.
struct SharedWork {
    BlockWork run;     ///< gives the same outcome everywhere
    TallyShape shape;  ///< of the outcomes
    /// Stands for the program and all that shapes its outcomes. The first rank fails if another
    /// has a different one, and takes nothing from it.
    std::uint32_t identity{};
};

/// Runs all that a coordinator wants on the threads of all ranks, `threads` each (see
/// `Ranks::threads`). To be called once, on all ranks; the coordinator is on the first rank, and it
/// alone is told there what was done.
/// Blocks go to whoever is ready, so that it matters not what each of them costs.
///
/// Once `stop` is true on any rank, no block is begun; those at work are finished and taken. The
/// same when something throws on any rank: it is thrown again on the first, as RankFailed if it was
/// another's. On the other ranks nothing is thrown; they return when all is over.
void run_on_ranks(Ranks& ranks, Coordinator* coordinator, const SharedWork& work, int threads,
                  const std::atomic<bool>* stop = nullptr);

}  // namespace firebreak
