#include "io/calibration_model.hpp"

#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "io/config_point.hpp"

namespace firebreak {
namespace {

double on_scale(double value, ErrorScale scale) {
    return scale == ErrorScale::log ? log_one_plus(value) : value;
}

/// Settings multiply a replication to have lucks of their own, so it must stay small; what is
/// beyond goes into the seed.
constexpr std::uint32_t replication_bits = 20;

/// A seed of its own for each setting and each run of replications.
/// Source of the mixing: S. Vigna (2015), splitmix64.
std::uint64_t mixed_seed(std::uint64_t seed, std::uint32_t stage, std::uint32_t run) {
    std::uint64_t mixed = seed + 0x9E3779B97F4A7C15U * (1 + (std::uint64_t{stage} << 32 | run));
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

}  // namespace

BlockModel::BlockModel(const Calibration& calibration, const CalibrationBlock& block)
    : calibration_(calibration), block_(block), seed_(calibration.seed) {
    for (const std::string& id : block.targets) add(*calibration.evidence.find(id));
    for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
        const auto append = [](auto& all, const auto& more) {
            all.insert(all.end(), more.begin(), more.end());
        };
        append(observation_.statistics, observed_[stage].statistics);
        append(observation_.discrepancy, observed_[stage].discrepancy);
        append(names_, named_[stage]);
    }
    EXPECT(!names_.empty(), "a block has statistics");
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (std::isfinite(observation_.statistics[i])) continue;
        throw InputError(Problem{"block " + block.name, names_[i], "was not observed as a number"});
    }
}

void BlockModel::add(const Target& target) {
    const Reenactment* reenactment = find_reenactment(target.reenactment);
    EXPECT(reenactment != nullptr, "a target names a reenactment");
    auto stage = std::ranges::find(stages_, reenactment, &Stage::reenactment);
    if (stage == stages_.end()) {
        stages_.push_back({reenactment, {}, {}});
        observed_.emplace_back();
        named_.emplace_back();
        stage = stages_.end() - 1;
    }
    const auto row = static_cast<std::size_t>(stage - stages_.begin());
    for (const TargetStatistic& statistic : target.statistics) {
        if (!statistic.not_modelled.empty() || statistic.criterion != Criterion::inside) continue;
        const auto column = std::ranges::find(reenactment->statistics, statistic.name);
        EXPECT(column != reenactment->statistics.end(), "a reenactment has its statistics");
        stage->columns.push_back(
            static_cast<std::size_t>(column - reenactment->statistics.begin()));
        stage->scales.push_back(statistic.scale);
        observed_[row].statistics.push_back(on_scale(statistic.observed, statistic.scale));
        observed_[row].discrepancy.push_back(statistic.discrepancy);
        named_[row].push_back(target.id + ": " + statistic.name);
    }
}

Statistics BlockModel::operator()(const Trial& trial) const {
    std::vector<Coordinate> point;
    for (std::size_t i = 0; i < block_.parameters.size(); ++i) {
        const ParameterEntry& entry = block_.parameters[i];
        point.push_back({entry.path, quantile(entry.prior, trial.place[i])});
    }
    std::vector<Problem> problems;
    const std::vector<Scenario> scenarios = scenarios_at(calibration_.study, point, problems);
    if (!problems.empty()) return {};
    const Worlds worlds = worlds_of(scenarios);
    Statistics statistics;
    for (std::uint32_t stage = 0; stage < stages_.size(); ++stage) {
        const Stage& one = stages_[stage];
        const std::uint64_t run = trial.luck >> replication_bits;
        EXPECT(run < std::uint64_t{1} << 32, "a seed has room for this");
        const Draws draws(mixed_seed(seed_, stage, static_cast<std::uint32_t>(run)));
        const ReplicationId replication(
            static_cast<std::uint32_t>(trial.luck & ((1U << replication_bits) - 1)));
        const std::vector<double> values =
            one.reenactment->run(worlds, calibration_.evidence, replication, draws);
        for (std::size_t i = 0; i < one.columns.size(); ++i) {
            statistics.push_back(on_scale(values[one.columns[i]], one.scales[i]));
        }
    }
    return statistics;
}

}  // namespace firebreak
