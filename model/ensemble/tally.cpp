#include "ensemble/tally.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace firebreak {
namespace {

/// Pairs (first < second) of n regimes, counted row by row.
std::size_t pair_index(std::size_t first, std::size_t second, std::size_t regimes) {
    return first * regimes - first * (first + 1) / 2 + (second - first - 1);
}

std::int64_t sum_up_to(const std::vector<std::int64_t>& values, std::size_t begin,
                       std::size_t last) {
    std::int64_t sum = 0;
    for (std::size_t position = begin; position <= begin + last; ++position) {
        sum += values[position];
    }
    return sum;
}

template <class Row, class Value>
void add(Row& sums, const Value& values) {
    for (std::size_t position = 0; position < sums.size(); ++position) {
        sums[position] += values[position];
    }
}

}  // namespace

Risk first_risk(const FirstDays& first_day) {
    constexpr std::array<std::pair<OutcomeKind, Risk>, 3> candidates{
        {{OutcomeKind::collapse, Risk::collapse},
         {OutcomeKind::clash, Risk::clash},
         {OutcomeKind::settlement, Risk::settlement}}};
    Risk first = Risk::none;
    std::int32_t day = 0;
    for (const auto& [outcome, risk] : candidates) {
        if (first_day.happened(outcome) && (first == Risk::none || first_day[outcome] < day)) {
            first = risk;
            day = first_day[outcome];
        }
    }
    return first;
}

std::size_t checkpoint_after(std::int32_t day, std::span<const std::int32_t> checkpoints) {
    const auto found = std::upper_bound(checkpoints.begin(), checkpoints.end(), day);
    return static_cast<std::size_t>(found - checkpoints.begin());
}

Tally::Tally(std::size_t regimes, std::vector<std::int32_t> checkpoints)
    : regimes_(regimes), checkpoints_(std::move(checkpoints)) {
    EXPECT(!checkpoints_.empty() && checkpoints_.size() <= max_checkpoints,
           "between 1 and max_checkpoints checkpoints");
    EXPECT(std::is_sorted(checkpoints_.begin(), checkpoints_.end()), "checkpoints ascend");
    clear();
}

void Tally::clear() {
    const std::size_t cells = regimes_ * outcome_count * checkpoints_.size();
    const std::size_t pairs = regimes_ * (regimes_ - (regimes_ > 0 ? 1 : 0)) / 2;
    const std::size_t pair_cells = pairs * outcome_count * checkpoints_.size();
    replications_ = 0;
    counts_.assign(regimes_, Counts{});
    first_days_.assign(cells, 0);
    sum_.assign(cells, 0.0);
    sum_of_squares_.assign(cells, 0.0);
    smallest_.assign(cells, 0.0);
    largest_.assign(cells, 0.0);
    joint_days_.assign(pair_cells, 0);
    squared_difference_.assign(pair_cells, 0.0);
}

std::size_t Tally::cell(std::size_t regime, OutcomeKind outcome) const {
    EXPECT(regime < regimes_, "a regime of this tally");
    return (regime * outcome_count + index_of(outcome)) * checkpoints_.size();
}

std::size_t Tally::pair_cell(std::size_t first, std::size_t second, OutcomeKind outcome) const {
    EXPECT(first < second && second < regimes_, "two regimes of this tally, in order");
    return (pair_index(first, second, regimes_) * outcome_count + index_of(outcome)) *
           checkpoints_.size();
}

void Tally::accumulate(std::span<const ReplicationResult> results) {
    EXPECT(results.size() == regimes_, "one result per regime");
    // Checkpoint interval of each first day, [regime][outcome].
    std::vector<std::size_t> interval(regimes_ * outcome_count, checkpoints_.size());
    for (std::size_t regime = 0; regime < regimes_; ++regime) {
        for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
            const std::int32_t day = results[regime].first_day.day[outcome];
            if (day == FirstDays::never) continue;
            interval[regime * outcome_count + outcome] = checkpoint_after(day, checkpoints_);
        }
        count(results[regime], counts_[regime]);
        accumulate_regime(regime, results[regime],
                          std::span(interval).subspan(regime * outcome_count, outcome_count));
    }
    accumulate_pairs(results, interval);
    ++replications_;
}

void Tally::count(const ReplicationResult& result, Counts& counts) const {
    if (result.path) ++counts.path[static_cast<std::size_t>(*result.path)];
    if (result.source) ++counts.source[static_cast<std::size_t>(*result.source)];
    add(counts.events, result.events);
    counts.ceasefire_days += result.ceasefire_days;
    for (std::size_t checkpoint = 0; checkpoint < checkpoints_.size(); ++checkpoint) {
        add(counts.violations[checkpoint], result.violations[checkpoint]);
        counts.interval_days[checkpoint] += result.interval_days[checkpoint];
    }
    const Risk risk = first_risk(result.first_day);
    if (risk == Risk::none) return;
    const OutcomeKind outcome = risk == Risk::collapse ? OutcomeKind::collapse
                                : risk == Risk::clash  ? OutcomeKind::clash
                                                       : OutcomeKind::settlement;
    const std::size_t interval = checkpoint_after(result.first_day[outcome], checkpoints_);
    if (interval < checkpoints_.size()) ++counts.risk[static_cast<std::size_t>(risk)][interval];
}

void Tally::accumulate_regime(std::size_t regime, const ReplicationResult& result,
                              std::span<const std::size_t> interval) {
    const std::size_t checkpoints = checkpoints_.size();
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        const std::size_t begin = (regime * outcome_count + outcome) * checkpoints;
        if (interval[outcome] < checkpoints) ++first_days_[begin + interval[outcome]];

        const double* value = result.expectation[outcome].data();
        double* sum = sum_.data() + begin;
        double* squares = sum_of_squares_.data() + begin;
        double* smallest = smallest_.data() + begin;
        double* largest = largest_.data() + begin;
        if (replications_ == 0) {
            std::copy(value, value + checkpoints, smallest);
            std::copy(value, value + checkpoints, largest);
        }
        for (std::size_t checkpoint = 0; checkpoint < checkpoints; ++checkpoint) {
            const double x = value[checkpoint];
            sum[checkpoint] += x;
            squares[checkpoint] += x * x;
            smallest[checkpoint] = x < smallest[checkpoint] ? x : smallest[checkpoint];
            largest[checkpoint] = x > largest[checkpoint] ? x : largest[checkpoint];
        }
    }
}

void Tally::accumulate_pairs(std::span<const ReplicationResult> results,
                             std::span<const std::size_t> interval) {
    const std::size_t checkpoints = checkpoints_.size();
    std::size_t begin = 0;
    for (std::size_t first = 0; first < regimes_; ++first) {
        for (std::size_t second = first + 1; second < regimes_; ++second) {
            for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
                const std::size_t later = std::max(interval[first * outcome_count + outcome],
                                                   interval[second * outcome_count + outcome]);
                if (later < checkpoints) ++joint_days_[begin + later];

                const double* left = results[first].expectation[outcome].data();
                const double* right = results[second].expectation[outcome].data();
                double* sum = squared_difference_.data() + begin;
                for (std::size_t checkpoint = 0; checkpoint < checkpoints; ++checkpoint) {
                    const double difference = left[checkpoint] - right[checkpoint];
                    sum[checkpoint] += difference * difference;
                }
                begin += checkpoints;
            }
        }
    }
}

void Tally::merge(const Tally& other) {
    EXPECT(regimes_ == other.regimes_ && checkpoints_ == other.checkpoints_,
           "tallies of the same regimes and checkpoints");
    if (other.replications_ == 0) return;
    for (std::size_t position = 0; position < smallest_.size(); ++position) {
        const bool first = replications_ == 0;
        smallest_[position] = first ? other.smallest_[position]
                                    : std::min(smallest_[position], other.smallest_[position]);
        largest_[position] = first ? other.largest_[position]
                                   : std::max(largest_[position], other.largest_[position]);
    }
    for (std::size_t regime = 0; regime < regimes_; ++regime) {
        Counts& counts = counts_[regime];
        const Counts& more = other.counts_[regime];
        add(counts.path, more.path);
        add(counts.source, more.source);
        add(counts.events, more.events);
        counts.ceasefire_days += more.ceasefire_days;
        add(counts.interval_days, more.interval_days);
        for (std::size_t checkpoint = 0; checkpoint < checkpoints_.size(); ++checkpoint) {
            add(counts.violations[checkpoint], more.violations[checkpoint]);
        }
        for (std::size_t risk = 0; risk < risk_count; ++risk) {
            add(counts.risk[risk], more.risk[risk]);
        }
    }
    add(first_days_, other.first_days_);
    add(sum_, other.sum_);
    add(sum_of_squares_, other.sum_of_squares_);
    add(joint_days_, other.joint_days_);
    add(squared_difference_, other.squared_difference_);
    replications_ += other.replications_;
}

std::int64_t Tally::hits(std::size_t regime, OutcomeKind outcome, std::size_t checkpoint) const {
    return sum_up_to(first_days_, cell(regime, outcome), checkpoint);
}

std::int64_t Tally::joint_hits(std::size_t first, std::size_t second, OutcomeKind outcome,
                               std::size_t checkpoint) const {
    if (first == second) return hits(first, outcome, checkpoint);
    const auto [low, high] = std::minmax(first, second);
    return sum_up_to(joint_days_, pair_cell(low, high, outcome), checkpoint);
}

Moments Tally::expectation(std::size_t regime, OutcomeKind outcome, std::size_t checkpoint) const {
    const std::size_t position = cell(regime, outcome) + checkpoint;
    return {replications_, sum_[position], sum_of_squares_[position], smallest_[position],
            largest_[position]};
}

double Tally::squared_difference(std::size_t first, std::size_t second, OutcomeKind outcome,
                                 std::size_t checkpoint) const {
    if (first == second) return 0.0;
    const auto [low, high] = std::minmax(first, second);
    return squared_difference_[pair_cell(low, high, outcome) + checkpoint];
}

std::int64_t Tally::path(std::size_t regime, Path path) const {
    return counts_.at(regime).path[static_cast<std::size_t>(path)];
}

std::int64_t Tally::source(std::size_t regime, Source source) const {
    return counts_.at(regime).source[static_cast<std::size_t>(source)];
}

std::int64_t Tally::events(std::size_t regime, EventKind event) const {
    return counts_.at(regime).events[static_cast<std::size_t>(event)];
}

std::int64_t Tally::ceasefire_days(std::size_t regime) const {
    return counts_.at(regime).ceasefire_days;
}

std::int64_t Tally::violations(std::size_t regime, Side side, std::size_t checkpoint) const {
    return counts_.at(regime).violations.at(checkpoint)[index_of(side)];
}

std::int64_t Tally::interval_days(std::size_t regime, std::size_t checkpoint) const {
    return counts_.at(regime).interval_days.at(checkpoint);
}

std::int64_t Tally::first_risks(std::size_t regime, Risk risk, std::size_t checkpoint) const {
    const auto came = [&](Risk one) {
        const auto& row = counts_.at(regime).risk[static_cast<std::size_t>(one)];
        std::int64_t sum = 0;
        for (std::size_t interval = 0; interval <= checkpoint; ++interval) sum += row.at(interval);
        return sum;
    };
    if (risk != Risk::none) return came(risk);
    return replications_ - came(Risk::collapse) - came(Risk::clash) - came(Risk::settlement);
}

}  // namespace firebreak
