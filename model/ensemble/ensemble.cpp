#include "ensemble/ensemble.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "conflict/expectation.hpp"
#include "ensemble/parallel.hpp"
#include "ensemble/shared_noise.hpp"

namespace firebreak {
namespace {

/// Regimes in an order that keeps those of equal noise together.
struct Schedule {
    std::vector<NoiseShape> shapes;
    std::vector<std::size_t> order;
};

Schedule schedule_of(const DesignPoint& point) {
    Schedule schedule;
    for (const Setting& setting : point.regimes) {
        schedule.shapes.push_back(noise_shape(setting.scenario));
    }
    const auto first_alike = [&](std::size_t regime) {
        return std::find(schedule.shapes.begin(), schedule.shapes.end(), schedule.shapes[regime]) -
               schedule.shapes.begin();
    };
    schedule.order.resize(point.regimes.size());
    std::iota(schedule.order.begin(), schedule.order.end(), std::size_t{0});
    std::stable_sort(schedule.order.begin(), schedule.order.end(),
                     [&](std::size_t left, std::size_t right) {
                         return first_alike(left) < first_alike(right);
                     });
    return schedule;
}

void keep_history(const ReplicationResult& result, std::size_t row, BlockResult& block) {
    std::copy(result.first_day.day.begin(), result.first_day.day.end(),
              block.first_day.begin() + static_cast<std::ptrdiff_t>(row * outcome_count));
    std::copy(result.measures.begin(), result.measures.end(),
              block.measures.begin() + static_cast<std::ptrdiff_t>(row * measure_count));
}

constexpr std::int64_t largest_count = std::int64_t{1} << 32;

enum OutcomeMark : std::int64_t { is_result, is_failure, is_failure_of_point };

void write_result(const BlockResult& result, ByteWriter& to) {
    to.integer(is_result);
    result.tally.write(to);
    write_beliefs(result.beliefs, to);
    to.integer(static_cast<WideInteger>(result.first_day.size()));
    to.integers(result.first_day);
    to.integer(static_cast<WideInteger>(result.measures.size()));
    for (const double value : result.measures) to.number(value);
}

BlockResult read_result(ByteReader& from, const TallyShape& shape) {
    BlockResult result;
    result.tally = Tally::read(from, shape);
    result.beliefs = read_beliefs(from, shape.regimes);
    if (result.beliefs.size() != shape.regimes) throw DamagedBytes("starting beliefs are missing");
    result.first_day.resize(static_cast<std::size_t>(from.integer(0, largest_count)));
    from.integers(result.first_day);
    result.measures.resize(static_cast<std::size_t>(from.integer(0, largest_count)));
    for (double& value : result.measures) value = from.number();
    return result;
}

}  // namespace

DesignPoint make_design_point(std::uint64_t id, std::span<const Scenario> scenarios,
                              const Draws& draws, std::span<const StartingBelief> known,
                              int threads) {
    EXPECT(known.empty() || known.size() == scenarios.size(), "a belief for each regime");
    DesignPoint point{id, std::vector<Setting>(scenarios.size())};
    for_each_index(scenarios.size(), threads, [&](std::size_t regime) {
        EXPECT(scenarios[regime].horizon == scenarios.front().horizon &&
                   scenarios[regime].checkpoints == scenarios.front().checkpoints,
               "regimes are compared at the same times");
        Setting setting = lay_out(scenarios[regime]);
        setting.starting_belief =
            known.empty() ? estimate_starting_belief(setting, draws) : known[regime];
        point.regimes[regime] = std::move(setting);
    });
    return point;
}

std::vector<StartingBelief> beliefs_of(const DesignPoint& point) {
    std::vector<StartingBelief> beliefs;
    for (const Setting& setting : point.regimes) beliefs.push_back(setting.starting_belief);
    return beliefs;
}

Keeping keep_all(const DesignPoint& point, bool histories) {
    Keeping keeping{std::vector<std::size_t>(point.regimes.size()), histories};
    std::iota(keeping.references.begin(), keeping.references.end(), std::size_t{0});
    return keeping;
}

TallyShape tally_shape(const DesignPoint& point, const Keeping& keeping) {
    EXPECT(!point.regimes.empty(), "a design point has regimes");
    return {point.regimes.size(), point.regimes.front().scenario.checkpoints, keeping.references};
}

BlockOutcome run_block(const DesignPoint& point, const Block& block, const Draws& draws,
                       const Keeping& keeping, const Simulate& simulate) {
    const Schedule schedule = schedule_of(point);
    const std::size_t regimes = point.regimes.size();
    BlockResult result{Tally(tally_shape(point, keeping)), beliefs_of(point), {}, {}};
    if (keeping.histories) {
        result.first_day.assign(regimes * block.replications * outcome_count, FirstDays::never);
        result.measures.assign(regimes * block.replications * measure_count, 0.0);
    }
    Noise noise;
    std::vector<ReplicationResult> results(regimes);
    for (std::uint32_t number = 0; number < block.replications; ++number) {
        const ReplicationId replication(block.first_replication + number);
        const NoiseShape* made = nullptr;
        for (const std::size_t regime : schedule.order) {
            try {
                if (made == nullptr || !(*made == schedule.shapes[regime])) {
                    made = &schedule.shapes[regime];
                    make_noise(noise, *made, replication, draws);
                }
                results[regime] = simulate(point.regimes[regime], noise, replication, draws);
            } catch (const std::bad_alloc&) {
                throw;  // the machine's fault, not the point's
            } catch (const std::exception& error) {
                return PointFailure{replication.value(), point.regimes[regime].scenario.regime,
                                    error.what()};
            }
            if (keeping.histories) {
                keep_history(results[regime], regime * block.replications + number, result);
            }
        }
        try {
            result.tally.accumulate(results);
        } catch (const LogicError& error) {
            return PointFailure{replication.value(), point.regimes.front().scenario.regime,
                                error.what()};
        }
    }
    return result;
}

void write_block(const Block& block, ByteWriter& to) {
    to.integer(static_cast<WideInteger>(block.design_point));
    to.integer(block.first_replication);
    to.integer(block.replications);
}

Block read_block(ByteReader& from) {
    Block block;
    block.design_point = static_cast<std::uint64_t>(from.integer(0, largest_count));
    block.first_replication = static_cast<std::uint32_t>(from.integer(0, largest_count - 1));
    block.replications = static_cast<std::uint32_t>(from.integer(0, largest_count - 1));
    return block;
}

void write(const BlockOutcome& outcome, ByteWriter& to) {
    if (const auto* result = std::get_if<BlockResult>(&outcome)) {
        write_result(*result, to);
        return;
    }
    const auto& failure = std::get<PointFailure>(outcome);
    to.integer(failure.replication ? is_failure : is_failure_of_point);
    to.integer(failure.replication.value_or(0));
    to.text(failure.regime);
    to.text(failure.reason);
}

BlockOutcome read_block_outcome(ByteReader& from, const TallyShape& shape) {
    const std::int64_t mark = from.integer(is_result, is_failure_of_point);
    if (mark == is_result) return read_result(from, shape);
    PointFailure failure;
    const auto replication = static_cast<std::uint32_t>(from.integer(0, largest_count - 1));
    if (mark == is_failure) failure.replication = replication;
    failure.regime = from.text();
    failure.reason = from.text();
    return failure;
}

void write_beliefs(std::span<const StartingBelief> beliefs, ByteWriter& to) {
    to.integer(static_cast<WideInteger>(beliefs.size()));
    for (const StartingBelief& belief : beliefs) {
        for (const auto& row : belief.table) {
            for (const double value : row) to.number(value);
        }
    }
}

std::vector<StartingBelief> read_beliefs(ByteReader& from, std::size_t most) {
    const std::int64_t count = from.integer(0, static_cast<std::int64_t>(most));
    std::vector<StartingBelief> beliefs(static_cast<std::size_t>(count));
    for (StartingBelief& belief : beliefs) {
        for (auto& row : belief.table) {
            for (double& value : row) value = from.number();
        }
    }
    return beliefs;
}

}  // namespace firebreak
