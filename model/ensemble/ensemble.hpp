#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/byte_stream.hpp"
#include "base/random.hpp"
#include "conflict/replication.hpp"
#include "conflict/setting.hpp"
#include "ensemble/plan.hpp"
#include "ensemble/tally.hpp"

namespace firebreak {

/// One point of a design: the same world under each regime.
struct DesignPoint {
    std::uint64_t id{};
    std::vector<Setting> regimes;
};

/// Lays out the settings of a point and estimates each starting belief that is not `known` already
/// (by regime; empty: none is), regimes in parallel (0 threads: all there are). The scenarios have
/// the same horizon and checkpoints.
DesignPoint make_design_point(std::uint64_t id, std::span<const Scenario> scenarios,
                              const Draws& draws, std::span<const StartingBelief> known = {},
                              int threads = 0);

/// The starting beliefs of a point, by regime.
std::vector<StartingBelief> beliefs_of(const DesignPoint& point);

/// How one replication is simulated: `replicate`, or a stand-in for tests.
using Simulate =
    std::function<ReplicationResult(const Setting&, const Noise&, ReplicationId, const Draws&)>;

/// First days of single histories, laid out [regime][replication][outcome]; -1: never.
using FirstDayTable = std::vector<std::int32_t>;

/// Measures of single histories, laid out [regime][replication][measure].
using MeasureTable = std::vector<double>;

/// What a block gives.
struct BlockResult {
    Tally tally;
    std::vector<StartingBelief> beliefs;  ///< by regime
    FirstDayTable first_day;              ///< of its replications; empty unless asked for
    MeasureTable measures{};              ///< the same
};

/// Why a design point has no result: where it failed first, as far as this run saw.
struct PointFailure {
    std::optional<std::uint32_t> replication;  ///< none: the point itself is none to run
    std::string regime;                        ///< empty with `replication`
    std::string reason;

    bool operator==(const PointFailure&) const = default;
};

using BlockOutcome = std::variant<BlockResult, PointFailure>;

/// What of each replication is tallied and kept.
struct Keeping {
    std::vector<std::size_t> references;  ///< regimes that differences are taken against
    bool histories = false;               ///< keep first days and measures of every history
};

/// Keeping in which every regime of a point is a reference.
Keeping keep_all(const DesignPoint& point, bool histories = false);

/// Runs a block. Its result depends on nothing but the arguments: neither on what ran before nor
/// on which regimes share their noise. An exception in a replication gives a failure.
BlockOutcome run_block(const DesignPoint& point, const Block& block, const Draws& draws,
                       const Keeping& keeping, const Simulate& simulate = replicate);

/// Shape of the tally of a point.
TallyShape tally_shape(const DesignPoint& point, const Keeping& keeping);

/// Blocks, outcomes and starting beliefs as bytes, between processes and in files. Reading throws
/// DamagedBytes.
void write_block(const Block& block, ByteWriter& to);
Block read_block(ByteReader& from);

void write(const BlockOutcome& outcome, ByteWriter& to);

/// Reads an outcome that was written, of tallies of this shape. Throws DamagedBytes.
BlockOutcome read_block_outcome(ByteReader& from, const TallyShape& shape);

void write_beliefs(std::span<const StartingBelief> beliefs, ByteWriter& to);

/// Reads beliefs that were written, of no more regimes than this. Throws DamagedBytes.
std::vector<StartingBelief> read_beliefs(ByteReader& from, std::size_t most);

}  // namespace firebreak
