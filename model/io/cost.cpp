#include "io/cost.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

#include "base/error.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/parallel.hpp"
#include "io/campaign.hpp"
#include "io/campaign_head.hpp"
#include "io/progress.hpp"
#include "io/results.hpp"

namespace firebreak {
namespace {

/// Pilots take some seconds and no more than they need.
constexpr double pilot_seconds = 2.0;
constexpr std::uint32_t most_pilots = 256;

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string amount(double bytes) {
    const char* unit = "B";
    for (const char* next : {"kB", "MB", "GB", "TB", "PB"}) {
        if (bytes < 1000.0) break;
        bytes /= 1000.0;
        unit = next;
    }
    char text[32];
    std::snprintf(text, sizeof text, bytes < 10.0 ? "%.1f %s" : "%.0f %s", bytes, unit);
    return text;
}

/// The scenarios of the first point that breaks no rule, of those that are looked at.
std::vector<Scenario> first_sound_point(const Study& study) {
    constexpr std::uint64_t most = 1'000;
    const ScenariosOf scenarios = scenarios_of(study);
    for (std::uint64_t point = 0;; ++point) {
        try {
            return scenarios(point);
        } catch (const InputError&) {
            if (point + 1 >= std::min(most, study.design.points())) throw;
        }
    }
}

/// Bytes of a tally in memory.
double tally_bytes(const TallyShape& shape) {
    const auto regimes = static_cast<double>(shape.regimes);
    const auto row = static_cast<double>(outcome_count * shape.checkpoints.size());
    const auto pairs = regimes * static_cast<double>(shape.references.size());
    return regimes * (row * 56.0 + 4096.0) + pairs * row * 24.0;
}

}  // namespace

double memory_bound(std::uint64_t points, std::uint32_t replications, double tally_bytes,
                    int threads) {
    constexpr double fixed = 64e6;
    const std::uint32_t block = block_size(replications);
    const double rounds = std::max(1.0, static_cast<double>(replications) / block);
    const double blocks = static_cast<double>(points) * rounds;
    // A point ready to run, and the beliefs that are kept of the first 65,536 points.
    constexpr double whole_point = 1e6;
    const double beliefs = 600.0 * std::min(static_cast<double>(points), 65'536.0);
    return fixed + 66.0 * blocks + 40.0 * static_cast<double>(points) + beliefs +
           static_cast<double>(threads) * (4.0 * tally_bytes + 2.0 * whole_point);
}

Cost estimate_cost(const Study& study, int threads) {
    Cost cost;
    cost.points = study.design.points();
    cost.replications = study.run.replications;
    cost.histories = cost.points * cost.replications * study.scenarios.size();
    cost.threads = threads_used(std::numeric_limits<std::size_t>::max(), threads);

    const Draws draws(study.run.seed);
    const std::vector<Scenario> scenarios = first_sound_point(study);
    auto begin = std::chrono::steady_clock::now();
    const DesignPoint point = make_design_point(0, scenarios, draws, {}, 1);
    cost.point_seconds = seconds_since(begin);
    const Keeping keeping{reference_positions(study), study.run.histories};
    // The first replication warms caches up; then as many as fit in the time.
    run_block(point, {0, 0, 1}, draws, keeping);
    begin = std::chrono::steady_clock::now();
    std::uint32_t done = 0;
    double bytes = 0.0;
    const auto replications = static_cast<std::uint32_t>(study.run.replications);
    const std::uint32_t block = block_size(replications);
    while (done < most_pilots && (done == 0 || seconds_since(begin) < pilot_seconds)) {
        const Block pilot{0, done, std::min({block, most_pilots, replications})};
        const BlockOutcome outcome = run_block(point, pilot, draws, keeping);
        if (const auto* failure = std::get_if<PointFailure>(&outcome)) {
            throw InputError(Problem{"the first design point", failure->regime, failure->reason});
        }
        ByteWriter writer;
        write(outcome, writer);
        bytes = static_cast<double>(writer.take().size());
        done += pilot.replications;
    }
    cost.replication_seconds = seconds_since(begin) / done;

    const double points = static_cast<double>(cost.points);
    const double runs = points * static_cast<double>(cost.replications);
    cost.seconds = (points * cost.point_seconds + runs * cost.replication_seconds) / cost.threads;
    cost.journal_bytes = bytes * std::max(points, runs / std::min(block, most_pilots));
    const TallyShape shape = campaign_shape(study, {}, block).tally;
    ResultHeading heading = result_heading({}, study.run.regimes, shape);
    for (const Factor& factor : study.design.factors()) {
        heading.parameters.push_back({factor.path, factor.unit, "", "", factor.prior});
    }
    heading.points = cost.points;
    // Names, notes and the index of each array, and the configuration as text.
    const auto arrays = 60.0 + static_cast<double>(heading.parameters.size());
    cost.result_bytes = points * static_cast<double>(result_bytes_per_point(heading)) + 100e3 +
                        arrays * 5e3 + static_cast<double>(study.configuration.size());
    cost.memory_bytes = memory_bound(cost.points, replications, tally_bytes(shape), cost.threads);
    return cost;
}

std::string cost_text(const Cost& cost) {
    const auto line = [](const std::string& name, const std::string& value) {
        return name + std::string(24 - std::min<std::size_t>(name.size(), 23), ' ') + value + "\n";
    };
    char pilot[96];
    std::snprintf(pilot, sizeof pilot, "%.3g ms a replication, %.3g s a new point, %d threads",
                  1e3 * cost.replication_seconds, cost.point_seconds, cost.threads);
    return line("design points", std::to_string(cost.points)) +
           line("replications a point", std::to_string(cost.replications)) +
           line("histories", std::to_string(cost.histories)) +
           line("expected time", duration_text(cost.seconds) + "  (" + pilot + ")") +
           line("journal", "about " + amount(cost.journal_bytes)) +
           line("result file", "at most " + amount(cost.result_bytes) + ", before compression") +
           line("memory", "at most " + amount(cost.memory_bytes));
}

}  // namespace firebreak
