#include "ensemble/tally.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr int fraction_bits = 42;

/// Beyond this an expectation cannot be held; likelihood ratios lift some above 1.
constexpr double largest_value = 512.0;

/// A double below the largest value plus this has no bits below 2^-42.
constexpr double rounder = 1536.0;

/// `value` in units of 2^-42, to the nearest. Throws LogicError where it cannot be held.
std::int64_t in_units(double value) {
    if (!(std::abs(value) < largest_value)) {
        throw LogicError("an expectation of " + std::to_string(value) + " cannot be tallied");
    }
    return std::bit_cast<std::int64_t>(value + rounder) - std::bit_cast<std::int64_t>(rounder);
}

double from_units(WideInteger sum) { return std::ldexp(static_cast<double>(sum), -fraction_bits); }

double from_square_units(WideInteger sum) {
    return std::ldexp(static_cast<double>(sum), -2 * fraction_bits);
}

WideInteger square(std::int64_t value) { return static_cast<WideInteger>(value) * value; }

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

Tally::Tally(TallyShape shape) : shape_(std::move(shape)) {
    const std::vector<std::int32_t>& times = shape_.checkpoints;
    EXPECT(!times.empty() && times.size() <= max_checkpoints,
           "between 1 and max_checkpoints checkpoints");
    EXPECT(std::is_sorted(times.begin(), times.end()), "checkpoints ascend");
    const auto is_reference = [&](std::size_t regime) {
        return std::find(shape_.references.begin(), shape_.references.end(), regime) !=
               shape_.references.end();
    };
    for (std::size_t first = 0; first < shape_.regimes; ++first) {
        for (std::size_t second = first + 1; second < shape_.regimes; ++second) {
            if (is_reference(first) || is_reference(second)) pairs_.push_back({first, second});
        }
    }
    const std::size_t cells = shape_.regimes * outcome_count * times.size();
    const std::size_t pair_cells = pairs_.size() * outcome_count * times.size();
    counts_.assign(shape_.regimes, Counts{});
    first_days_.assign(cells, 0);
    sum_.assign(cells, 0);
    sum_of_squares_.assign(cells, 0);
    smallest_.assign(cells, 0);
    largest_.assign(cells, 0);
    measure_sum_.assign(shape_.regimes * measure_count, 0);
    measure_squares_.assign(shape_.regimes * measure_count, 0);
    measure_squared_difference_.assign(pairs_.size() * measure_count, 0);
    joint_days_.assign(pair_cells, 0);
    squared_difference_.assign(pair_cells, 0);
}

Tally::Tally(std::size_t regimes, std::vector<std::int32_t> checkpoints)
    : Tally([&] {
          TallyShape shape{regimes, std::move(checkpoints), std::vector<std::size_t>(regimes)};
          std::iota(shape.references.begin(), shape.references.end(), std::size_t{0});
          return shape;
      }()) {}

std::size_t Tally::cell(std::size_t regime, OutcomeKind outcome) const {
    EXPECT(regime < shape_.regimes, "a regime of this tally");
    return (regime * outcome_count + index_of(outcome)) * shape_.checkpoints.size();
}

std::size_t Tally::pair_place(std::size_t first, std::size_t second) const {
    const auto found = std::find(pairs_.begin(), pairs_.end(),
                                 Pair{std::min(first, second), std::max(first, second)});
    EXPECT(found != pairs_.end(), "two regimes of this tally, one of them a reference");
    return static_cast<std::size_t>(found - pairs_.begin());
}

std::size_t Tally::pair_cell(std::size_t first, std::size_t second, OutcomeKind outcome) const {
    return (pair_place(first, second) * outcome_count + index_of(outcome)) *
           shape_.checkpoints.size();
}

void Tally::accumulate(std::span<const ReplicationResult> results) {
    EXPECT(results.size() == shape_.regimes, "one result per regime");
    const std::size_t times = shape_.checkpoints.size();
    // Checkpoint interval of each first day, [regime][outcome].
    std::vector<std::size_t> interval(shape_.regimes * outcome_count, times);
    std::vector<std::int64_t> values(sum_.size());
    for (std::size_t regime = 0; regime < shape_.regimes; ++regime) {
        for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
            const std::size_t row = regime * outcome_count + outcome;
            const double* value = results[regime].expectation[outcome].data();
            std::transform(value, value + times,
                           values.begin() + static_cast<std::ptrdiff_t>(row * times), in_units);
            const std::int32_t day = results[regime].first_day.day[outcome];
            if (day != FirstDays::never) interval[row] = checkpoint_after(day, shape_.checkpoints);
        }
        count(results[regime], counts_[regime]);
        accumulate_regime(regime, values,
                          std::span(interval).subspan(regime * outcome_count, outcome_count));
    }
    accumulate_pairs(values, interval);
    accumulate_measures(results);
    ++replications_;
}

void Tally::count(const ReplicationResult& result, Counts& counts) const {
    if (result.path) ++counts.path[static_cast<std::size_t>(*result.path)];
    if (result.source) ++counts.source[static_cast<std::size_t>(*result.source)];
    add(counts.events, result.events);
    counts.ceasefire_days += result.ceasefire_days;
    for (std::size_t checkpoint = 0; checkpoint < shape_.checkpoints.size(); ++checkpoint) {
        add(counts.violations[checkpoint], result.violations[checkpoint]);
        counts.interval_days[checkpoint] += result.interval_days[checkpoint];
    }
    const Risk risk = first_risk(result.first_day);
    if (risk == Risk::none) return;
    const OutcomeKind outcome = risk == Risk::collapse ? OutcomeKind::collapse
                                : risk == Risk::clash  ? OutcomeKind::clash
                                                       : OutcomeKind::settlement;
    const std::size_t interval = checkpoint_after(result.first_day[outcome], shape_.checkpoints);
    if (interval < shape_.checkpoints.size())
        ++counts.risk[static_cast<std::size_t>(risk)][interval];
}

void Tally::accumulate_regime(std::size_t regime, std::span<const std::int64_t> value,
                              std::span<const std::size_t> interval) {
    const std::size_t times = shape_.checkpoints.size();
    const std::size_t begin = regime * outcome_count * times;
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        if (interval[outcome] < times) ++first_days_[begin + outcome * times + interval[outcome]];
    }
    for (std::size_t position = begin; position < begin + outcome_count * times; ++position) {
        const std::int64_t x = value[position];
        const bool first = replications_ == 0;
        sum_[position] += x;
        sum_of_squares_[position] += square(x);
        smallest_[position] = first ? x : std::min(smallest_[position], x);
        largest_[position] = first ? x : std::max(largest_[position], x);
    }
}

void Tally::accumulate_pairs(std::span<const std::int64_t> values,
                             std::span<const std::size_t> interval) {
    const std::size_t times = shape_.checkpoints.size();
    const std::size_t row = outcome_count * times;
    std::size_t begin = 0;
    for (const auto& [first, second] : pairs_) {
        for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
            const std::size_t later = std::max(interval[first * outcome_count + outcome],
                                               interval[second * outcome_count + outcome]);
            if (later < times) ++joint_days_[begin + outcome * times + later];
        }
        for (std::size_t position = 0; position < row; ++position) {
            squared_difference_[begin + position] +=
                square(values[first * row + position] - values[second * row + position]);
        }
        begin += row;
    }
}

template <class Self, class Action>
void Tally::for_each_row(Self& self, Action action) {
    for (auto& counts : self.counts_) {
        action(counts.path);
        action(counts.source);
        action(counts.events);
        auto days = std::span(&counts.ceasefire_days, 1);
        action(days);
        action(counts.interval_days);
        for (auto& violations : counts.violations) action(violations);
        for (auto& risk : counts.risk) action(risk);
    }
    action(self.first_days_);
    action(self.sum_);
    action(self.sum_of_squares_);
    action(self.measure_sum_);
    action(self.measure_squares_);
    action(self.measure_squared_difference_);
    action(self.joint_days_);
    action(self.squared_difference_);
}

void Tally::merge(const Tally& other) {
    EXPECT(shape_ == other.shape_, "tallies of the same shape");
    if (other.replications_ == 0) return;
    const bool first = replications_ == 0;
    for (std::size_t position = 0; position < smallest_.size(); ++position) {
        smallest_[position] = first ? other.smallest_[position]
                                    : std::min(smallest_[position], other.smallest_[position]);
        largest_[position] = first ? other.largest_[position]
                                   : std::max(largest_[position], other.largest_[position]);
    }
    std::vector<const void*> rows;
    for_each_row(other, [&](const auto& row) { rows.push_back(row.data()); });
    auto next = rows.begin();
    for_each_row(*this, [&](auto& row) {
        using Value = std::remove_reference_t<decltype(*row.data())>;
        const auto* more = static_cast<const Value*>(*next++);
        for (auto& sum : row) sum += *more++;
    });
    replications_ += other.replications_;
}

void Tally::write(ByteWriter& to) const {
    to.integer(replications_);
    for_each_row(*this, [&](const auto& row) { to.integers(row); });
    to.integers(smallest_);
    to.integers(largest_);
}

Tally Tally::read(ByteReader& from, const TallyShape& shape) {
    Tally tally(shape);
    tally.replications_ = from.integer(0, std::numeric_limits<std::int64_t>::max());
    for_each_row(tally, [&](auto& row) { from.integers(row); });
    from.integers(tally.smallest_);
    from.integers(tally.largest_);
    return tally;
}

std::int64_t Tally::hits(std::size_t regime, OutcomeKind outcome, std::size_t checkpoint) const {
    return sum_up_to(first_days_, cell(regime, outcome), checkpoint);
}

std::int64_t Tally::joint_hits(std::size_t first, std::size_t second, OutcomeKind outcome,
                               std::size_t checkpoint) const {
    if (first == second) return hits(first, outcome, checkpoint);
    return sum_up_to(joint_days_, pair_cell(first, second, outcome), checkpoint);
}

Moments Tally::expectation(std::size_t regime, OutcomeKind outcome, std::size_t checkpoint) const {
    const std::size_t position = cell(regime, outcome) + checkpoint;
    return {replications_, from_units(sum_[position]), from_square_units(sum_of_squares_[position]),
            from_units(smallest_[position]), from_units(largest_[position])};
}

double Tally::squared_difference(std::size_t first, std::size_t second, OutcomeKind outcome,
                                 std::size_t checkpoint) const {
    if (first == second) return 0.0;
    return from_square_units(squared_difference_[pair_cell(first, second, outcome) + checkpoint]);
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
