#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/byte_stream.hpp"
#include "conflict/outcome.hpp"
#include "conflict/replication.hpp"
#include "regime/actors.hpp"

namespace firebreak {

/// Which of the events that end the ceasefire's first state came first, for competing risks.
enum class Risk : std::uint8_t { collapse, clash, settlement, none };

inline constexpr std::size_t risk_count = 4;
inline constexpr std::array<std::string_view, risk_count> risk_names{"collapse", "clash",
                                                                     "settlement", "none"};

/// The first of collapse, clash and settlement; on the same day in this order.
Risk first_risk(const FirstDays& first_day);

/// The first checkpoint that lies after a day, or their number if none does. An outcome has
/// happened by checkpoint c if its first day is before c: c full days have passed by then.
std::size_t checkpoint_after(std::int32_t day, std::span<const std::int32_t> checkpoints);

/// What is known of one variable, over replications, without keeping its values.
struct Moments {
    std::int64_t count{};
    double sum{};
    double sum_of_squares{};
    double smallest{};  ///< of the values seen; 0 if none
    double largest{};   ///< of the values seen; 0 if none
};

/// What is known of a measure, or of the difference between two.
struct CentredMoments {
    std::int64_t count{};
    double mean{};
    double squared_deviations{};  ///< sum over the values; exactly 0 if all are equal
};

/// What is tallied: the regimes, the times at which outcomes are asked for [d], and the regimes
/// that differences are taken against.
struct TallyShape {
    std::size_t regimes{};
    std::vector<std::int32_t> checkpoints;  ///< ascending, at most `max_checkpoints`
    std::vector<std::size_t> references;    ///< positions among the regimes

    bool operator==(const TallyShape&) const = default;
};

/// Everything that is kept of the replications of one design point under its regimes. All sums are
/// of integers (expectations are rounded to multiples of 2^-42 as they come in, measures to those
/// of 2^-24), so that a tally is the same whatever the order and the grouping in which its
/// replications came.
class Tally {
  public:
    Tally() = default;

    /// An empty tally.
    explicit Tally(TallyShape shape);

    /// An empty tally in which every regime is a reference.
    Tally(std::size_t regimes, std::vector<std::int32_t> checkpoints);

    /// Adds one replication: its results under all regimes, in their order.
    void accumulate(std::span<const ReplicationResult> results);

    /// Adds what another tally of the same shape has seen.
    void merge(const Tally& other);

    /// Everything seen, for `read`.
    void write(ByteWriter& to) const;

    /// A tally that was written, of the same shape. Throws DamagedBytes.
    static Tally read(ByteReader& from, const TallyShape& shape);

    const TallyShape& shape() const { return shape_; }

    std::size_t regimes() const { return shape_.regimes; }

    std::span<const std::int32_t> checkpoints() const { return shape_.checkpoints; }

    std::int64_t replications() const { return replications_; }

    /// Replications in which the outcome had happened by the checkpoint.
    std::int64_t hits(std::size_t regime, OutcomeKind outcome, std::size_t checkpoint) const;

    /// Replications in which it had happened by the checkpoint under both regimes, one of which is
    /// a reference.
    std::int64_t joint_hits(std::size_t first, std::size_t second, OutcomeKind outcome,
                            std::size_t checkpoint) const;

    /// Of the weighted expectation of an outcome by a checkpoint.
    Moments expectation(std::size_t regime, OutcomeKind outcome, std::size_t checkpoint) const;

    /// Sum over replications of (expectation under the first - under the second)^2; one of the two
    /// is a reference.
    double squared_difference(std::size_t first, std::size_t second, OutcomeKind outcome,
                              std::size_t checkpoint) const;

    /// Of a measure, over replications.
    CentredMoments measure(std::size_t regime, Measure measure) const;

    /// Of the measure under the first less that under the second; one of the two is a reference.
    CentredMoments measure_difference(std::size_t first, std::size_t second, Measure measure) const;

    /// First clashes by path.
    std::int64_t path(std::size_t regime, Path path) const;

    /// First clashes by source.
    std::int64_t source(std::size_t regime, Source source) const;

    /// Events during the ceasefires.
    std::int64_t events(std::size_t regime, EventKind event) const;

    /// Days of ceasefire observed, over all replications [d].
    std::int64_t ceasefire_days(std::size_t regime) const;

    /// Violations within the interval that ends at the checkpoint.
    std::int64_t violations(std::size_t regime, Side side, std::size_t checkpoint) const;

    /// Days of ceasefire within the interval that ends at the checkpoint [d].
    std::int64_t interval_days(std::size_t regime, std::size_t checkpoint) const;

    /// Replications in which this risk came first and had come by the checkpoint; for `none`,
    /// those in which nothing had come yet.
    std::int64_t first_risks(std::size_t regime, Risk risk, std::size_t checkpoint) const;

    bool operator==(const Tally&) const = default;

  private:
    /// Per regime: integers that are only summed.
    struct Counts {
        std::array<std::int64_t, path_count> path{};
        std::array<std::int64_t, source_count> source{};
        std::array<std::int64_t, event_count> events{};
        std::int64_t ceasefire_days{};
        std::array<std::array<std::int64_t, side_count>, max_checkpoints> violations{};
        std::array<std::int64_t, max_checkpoints> interval_days{};
        std::array<std::array<std::int64_t, max_checkpoints>, risk_count> risk{};

        bool operator==(const Counts&) const = default;
    };

    /// Two regimes, the first before the second.
    struct Pair {
        std::size_t first{};
        std::size_t second{};

        bool operator==(const Pair&) const = default;
    };

    void count(const ReplicationResult& result, Counts& counts) const;
    void accumulate_regime(std::size_t regime, std::span<const std::int64_t> value,
                           std::span<const std::size_t> interval);
    void accumulate_pairs(std::span<const std::int64_t> values,
                          std::span<const std::size_t> interval);
    void accumulate_measures(std::span<const ReplicationResult> results);
    std::size_t cell(std::size_t regime, OutcomeKind outcome) const;
    /// Place of two regimes, in either order, among the pairs.
    std::size_t pair_place(std::size_t first, std::size_t second) const;
    std::size_t pair_cell(std::size_t first, std::size_t second, OutcomeKind outcome) const;
    /// Hands all that is summed to `action`, row by row, always in the same order.
    template <class Self, class Action>
    static void for_each_row(Self& self, Action action);

    TallyShape shape_;
    std::vector<Pair> pairs_;  ///< each with a reference in it
    std::int64_t replications_{};
    std::vector<Counts> counts_;

    // Laid out [regime][outcome][checkpoint].
    std::vector<std::int64_t> first_days_;     ///< histogram by checkpoint interval
    std::vector<WideInteger> sum_;             ///< [2^-42]
    std::vector<WideInteger> sum_of_squares_;  ///< [2^-84]
    std::vector<std::int64_t> smallest_;       ///< [2^-42]
    std::vector<std::int64_t> largest_;        ///< [2^-42]

    std::vector<WideInteger> measure_sum_;                 ///< [regime][measure] [2^-24]
    std::vector<WideInteger> measure_squares_;             ///< [regime][measure] [2^-48]
    std::vector<WideInteger> measure_squared_difference_;  ///< [pair][measure] [2^-48]

    // Laid out [pair of regimes][outcome][checkpoint].
    std::vector<std::int64_t> joint_days_;         ///< histogram of the later of the two first days
    std::vector<WideInteger> squared_difference_;  ///< [2^-84]
};

}  // namespace firebreak
