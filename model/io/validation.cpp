#include "io/validation.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "ensemble/parallel.hpp"
#include "io/atomic_file.hpp"
#include "io/campaign.hpp"
#include "io/comma_table.hpp"
#include "io/config_factor.hpp"
#include "io/posterior_table.hpp"
#include "io/text_table.hpp"

namespace firebreak {
namespace {

/// Three digits, which is what a sample of data sets can tell.
std::string short_number(double value) {
    if (std::isnan(value)) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

std::string observed_text(const TargetStatistic& statistic, std::string (*text)(double)) {
    if (statistic.criterion != Criterion::range) return text(statistic.observed);
    return text(statistic.range_low) + " to " + text(statistic.range_high);
}

std::string verdict(const PredictiveCheck& check) {
    if (!check.statistic->not_modelled.empty()) return "not modelled";
    return check.passed ? "yes" : "no";
}

std::string note_of(const PredictiveCheck& check) {
    const TargetStatistic& statistic = *check.statistic;
    if (!statistic.not_modelled.empty()) return "not modelled: " + statistic.not_modelled;
    if (statistic.criterion == Criterion::beyond) return "must lie above the 95th percentile";
    if (statistic.criterion == Criterion::range) return "the median must lie within the range";
    return {};
}

std::string table_of(std::span<const PredictiveCheck> checks, EvidenceUse use) {
    std::vector<std::vector<std::string>> rows;
    for (const PredictiveCheck& check : checks) {
        if (check.target->use != use) continue;
        rows.push_back({check.statistic->name, observed_text(*check.statistic, short_number),
                        short_number(check.low5), short_number(check.median),
                        short_number(check.high95), short_number(check.percentile),
                        verdict(check)});
    }
    return aligned_table({"statistic", "observed", "5 %", "median", "95 %", "percentile", "passed"},
                         rows);
}

std::string count_of(const Score& score, const std::string& what) {
    return std::to_string(score.passed) + " of " + std::to_string(score.targets) + " " + what +
           " targets passed (" + std::to_string(score.statistics_passed) + " of " +
           std::to_string(score.statistics) + " statistics)";
}

}  // namespace

Study load_draws(const std::filesystem::path& path, const Overrides& overrides,
                 const std::filesystem::path& posterior, std::uint64_t draws) {
    Overrides changed = overrides;
    changed.regimes.assign(world_regimes.begin(), world_regimes.end());
    Study study = load_study(path, changed);
    std::vector<Problem> problems;
    DesignSettings settings;
    settings.method = DesignMethod::sobol;
    settings.sample = draws;
    settings.seed = study.run.seed;
    if (!posterior.empty()) {
        std::string text;
        settings.joint = read_posterior(posterior, study.parameters, text, problems);
    }
    const FactorFinder finder(study.parameters, study.run.regimes, {}, problems);
    std::vector<Factor> factors;
    for (const ParameterEntry& entry : finder.matching("*")) {
        factors.push_back(factor_of(entry, FactorKind::uncertainty));
    }
    if (!problems.empty()) throw InputError(std::move(problems));
    study.design = Design(std::move(factors), std::move(settings));
    return study;
}

std::vector<std::vector<double>> simulate_draws(const Study& study, const Evidence& evidence,
                                                int threads) {
    const auto points = static_cast<std::size_t>(study.design.points());
    const Draws draws(study.run.seed);
    const ScenariosOf scenarios_at_point = scenarios_of(study);
    std::vector<std::vector<double>> data_sets(points);
    for_each_index(points, threads, [&](std::size_t point) {
        std::vector<Scenario> scenarios;
        try {
            scenarios = scenarios_at_point(point);
        } catch (const InputError&) {
            return;  // The prior of single parameters knows nothing of the rules between them.
        }
        data_sets[point] =
            simulate_evidence(worlds_of(scenarios), evidence,
                              ReplicationId(static_cast<std::uint32_t>(point)), draws);
    });
    std::erase_if(data_sets, [](const std::vector<double>& values) { return values.empty(); });
    return data_sets;
}

std::string validation_headline(std::span<const PredictiveCheck> checks) {
    return count_of(score_of(checks, EvidenceUse::held_out), "held-out");
}

std::string validation_text(std::span<const PredictiveCheck> checks) {
    return "Calibrated\n" + table_of(checks, EvidenceUse::calibration) + "\nHeld out\n" +
           table_of(checks, EvidenceUse::held_out) + "\n" +
           count_of(score_of(checks, EvidenceUse::calibration), "calibrated") + "\n" +
           validation_headline(checks) + "\n";
}

void write_validation(const std::filesystem::path& path, std::span<const PredictiveCheck> checks,
                      const std::string& heading, bool replace) {
    std::string text = heading +
                       "target,use,statistic,unit,observed,low5,low25,median,high75,high95,"
                       "percentile,passed,draws,note\n";
    for (const PredictiveCheck& check : checks) {
        const TargetStatistic& statistic = *check.statistic;
        text += check.target->id + "," +
                std::string(evidence_use_names[static_cast<std::size_t>(check.target->use)]) + "," +
                statistic.name + "," + text_cell(statistic.unit) + "," +
                observed_text(statistic, number_cell) + "," + number_cell(check.low5) + "," +
                number_cell(check.low25) + "," + number_cell(check.median) + "," +
                number_cell(check.high75) + "," + number_cell(check.high95) + "," +
                number_cell(check.percentile) + "," + (check.passed ? "true" : "false") + "," +
                std::to_string(check.draws) + "," + text_cell(note_of(check)) + "\n";
    }
    write_whole_text(path, text, replace);
}

}  // namespace firebreak
