#include "ensemble/ensemble.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "conflict/expectation.hpp"
#include "ensemble/ordered_merge.hpp"
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

void copy_first_days(const ReplicationResult& result, std::size_t row, FirstDayTable& table) {
    std::copy(result.first_day.day.begin(), result.first_day.day.end(),
              table.begin() + static_cast<std::ptrdiff_t>(row * outcome_count));
}

/// Writes the histories of a block to their place among all of its point.
void insert_histories(const FirstDayTable& from, const Block& block, std::size_t regimes,
                      std::size_t replications, FirstDayTable& to) {
    const auto row = static_cast<std::ptrdiff_t>(outcome_count);
    const auto block_rows = static_cast<std::ptrdiff_t>(block.replications);
    for (std::size_t regime = 0; regime < regimes; ++regime) {
        const auto source = from.begin() + static_cast<std::ptrdiff_t>(regime) * block_rows * row;
        const auto target =
            static_cast<std::ptrdiff_t>(regime * replications + block.first_replication) * row;
        std::copy(source, source + block_rows * row, to.begin() + target);
    }
}

std::vector<std::size_t> replications_by_point(std::size_t points, std::span<const Block> blocks) {
    std::vector<std::size_t> replications(points, 0);
    for (const Block& block : blocks) {
        EXPECT(block.design_point < points, "a block of one of the design points");
        std::size_t& end = replications[block.design_point];
        end = std::max(end, std::size_t{block.first_replication} + block.replications);
    }
    return replications;
}

Tally empty_tally(const DesignPoint& point) {
    EXPECT(!point.regimes.empty(), "a design point has regimes");
    return {point.regimes.size(), point.regimes.front().scenario.checkpoints};
}

/// Cuts a table of `planned` replications per regime down to those that were run.
void keep_finished(FirstDayTable& table, std::size_t regimes, std::size_t planned,
                   std::size_t finished) {
    FirstDayTable kept;
    kept.reserve(regimes * finished * outcome_count);
    for (std::size_t regime = 0; regime < regimes; ++regime) {
        const auto begin =
            table.begin() + static_cast<std::ptrdiff_t>(regime * planned * outcome_count);
        kept.insert(kept.end(), begin,
                    begin + static_cast<std::ptrdiff_t>(finished * outcome_count));
    }
    table = std::move(kept);
}

}  // namespace

DesignPoint make_design_point(std::uint32_t id, std::span<const Scenario> scenarios,
                              const Draws& draws, int threads) {
    DesignPoint point{id, std::vector<Setting>(scenarios.size())};
    for_each_index(scenarios.size(), threads, [&](std::size_t regime) {
        EXPECT(scenarios[regime].horizon == scenarios.front().horizon &&
                   scenarios[regime].checkpoints == scenarios.front().checkpoints,
               "regimes are compared at the same times");
        Setting setting = lay_out(scenarios[regime]);
        setting.starting_belief = estimate_starting_belief(setting, draws);
        point.regimes[regime] = std::move(setting);
    });
    return point;
}

BlockResult run_block(const DesignPoint& point, const Block& block, const Draws& draws,
                      bool histories, const Simulate& simulate) {
    const Schedule schedule = schedule_of(point);
    const std::size_t regimes = point.regimes.size();
    BlockResult result{empty_tally(point), {}};
    if (histories) {
        result.first_day.assign(regimes * block.replications * outcome_count, FirstDays::never);
    }
    Noise noise;
    std::vector<ReplicationResult> results(regimes);
    for (std::uint32_t number = 0; number < block.replications; ++number) {
        const ReplicationId replication(block.first_replication + number);
        const NoiseShape* made = nullptr;
        for (const std::size_t regime : schedule.order) {
            if (made == nullptr || !(*made == schedule.shapes[regime])) {
                made = &schedule.shapes[regime];
                make_noise(noise, *made, replication, draws);
            }
            results[regime] = simulate(point.regimes[regime], noise, replication, draws);
            if (histories) {
                copy_first_days(results[regime], regime * block.replications + number,
                                result.first_day);
            }
        }
        result.tally.accumulate(results);
    }
    return result;
}

EnsembleResult run_ensemble(std::span<const DesignPoint> points, std::span<const Block> blocks,
                            const Draws& draws, const RunChoice& choice) {
    const std::vector<std::size_t> planned = replications_by_point(points.size(), blocks);
    EnsembleResult result;
    for (std::size_t point = 0; point < points.size(); ++point) {
        result.tallies.push_back(empty_tally(points[point]));
        if (choice.histories) {
            result.first_day.emplace_back(
                points[point].regimes.size() * planned[point] * outcome_count, FirstDays::never);
        }
    }

    RunProgress progress;
    for (const Block& block : blocks) progress.replications_planned += block.replications;
    std::size_t merged = 0;
    const auto receive = [&](std::size_t number, const BlockResult& block_result) {
        const Block& block = blocks[number];
        result.tallies[block.design_point].merge(block_result.tally);
        if (choice.histories) {
            insert_histories(block_result.first_day, block,
                             points[block.design_point].regimes.size(), planned[block.design_point],
                             result.first_day[block.design_point]);
        }
        ++merged;
        progress.replications_done += block.replications;
        if (choice.progress) choice.progress(progress);
    };

    const int threads = threads_used(blocks.size(), choice.threads);
    OrderedMerge merge(4 * static_cast<std::size_t>(threads), receive);
    for_each_index(
        blocks.size(), threads,
        [&](std::size_t number) {
            if (!merge.wait_for_room(number)) return;
            try {
                const Block& block = blocks[number];
                merge.put(number, run_block(points[block.design_point], block, draws,
                                            choice.histories, choice.simulate));
            } catch (...) {
                merge.give_up();
                throw;
            }
        },
        choice.stop);

    result.complete = merged == blocks.size();
    if (choice.histories && !result.complete) {
        for (std::size_t point = 0; point < points.size(); ++point) {
            keep_finished(result.first_day[point], points[point].regimes.size(), planned[point],
                          static_cast<std::size_t>(result.tallies[point].replications()));
        }
    }
    return result;
}

}  // namespace firebreak
