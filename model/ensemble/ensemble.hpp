#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "conflict/replication.hpp"
#include "conflict/setting.hpp"
#include "ensemble/plan.hpp"
#include "ensemble/tally.hpp"

namespace firebreak {

/// One point of a design: the same world under each regime.
struct DesignPoint {
    std::uint32_t id{};
    std::vector<Setting> regimes;
};

/// Lays out the settings of a point and estimates each starting belief, regimes in parallel
/// (0 threads: all there are). The scenarios have the same horizon and checkpoints.
DesignPoint make_design_point(std::uint32_t id, std::span<const Scenario> scenarios,
                              const Draws& draws, int threads = 0);

/// How one replication is simulated: `replicate`, or a stand-in for tests.
using Simulate =
    std::function<ReplicationResult(const Setting&, const Noise&, ReplicationId, const Draws&)>;

/// First days of single histories, laid out [regime][replication][outcome]; -1: never.
using FirstDayTable = std::vector<std::int32_t>;

/// What a block gives.
struct BlockResult {
    Tally tally;
    FirstDayTable first_day;  ///< of its replications; empty unless asked for
};

/// Runs a block. Its result depends on nothing but the arguments: neither on what ran before nor
/// on which regimes share their noise.
BlockResult run_block(const DesignPoint& point, const Block& block, const Draws& draws,
                      bool histories = false, const Simulate& simulate = replicate);

/// How far a run is.
struct RunProgress {
    std::uint64_t replications_done{};  ///< over all design points
    std::uint64_t replications_planned{};
};

/// How an ensemble is run. None of it changes the result, but for `stop` and `histories`.
struct RunChoice {
    int threads = 0;                                   ///< 0: all there are
    bool histories = false;                            ///< keep the first days of every history
    std::function<void(const RunProgress&)> progress;  ///< after each block, one call at a time
    const std::atomic<bool>* stop = nullptr;           ///< becomes true: finish the blocks in hand
    Simulate simulate = replicate;
};

/// What an ensemble gives, per design point.
struct EnsembleResult {
    std::vector<Tally> tallies;
    std::vector<FirstDayTable> first_day;  ///< [regime][replication][outcome]; empty unless asked
    bool complete{};                       ///< false if it was stopped before the end of the plan
};

/// Runs the blocks of a plan and merges them in its order, so that the result is the same bits for
/// any number of threads. Blocks that wait for their turn are few: memory does not grow with the
/// plan.
EnsembleResult run_ensemble(std::span<const DesignPoint> points, std::span<const Block> blocks,
                            const Draws& draws, const RunChoice& choice = {});

}  // namespace firebreak
