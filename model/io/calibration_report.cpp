#include "io/calibration_report.hpp"

#include <algorithm>
#include <cstdio>

#include "base/number_text.hpp"
#include "io/campaign_head.hpp"
#include "io/text_table.hpp"

namespace firebreak {
namespace {

using Row = std::vector<std::string>;

std::string digits(const char* format, double value) {
    char text[64];
    const int length = std::snprintf(text, sizeof text, format, value);
    return {text, static_cast<std::size_t>(length)};
}

std::string comma_separated(const Row& heading, const std::vector<Row>& rows) {
    std::string text;
    const auto add = [&text](const Row& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",") + cells[i];
        text += '\n';
    };
    add(heading);
    for (const Row& row : rows) add(row);
    return text;
}

/// Prior against posterior of one parameter.
struct Narrowing {
    std::array<double, 3> prior;      ///< 5 %, median, 95 %
    std::array<double, 3> posterior;  ///< the same
    double contraction{};
};

Narrowing narrowing_of(const BlockFit& fit, std::size_t parameter) {
    constexpr std::array shares{0.05, 0.5, 0.95};
    const Prior& prior = fit.block.parameters[parameter].prior;
    Narrowing found{};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        found.prior[i] = quantile(prior, shares[i]);
        found.posterior[i] = quantile(prior, place_quantile(fit.draws(), parameter, shares[i]));
    }
    found.contraction = contraction(fit.draws(), parameter);
    return found;
}

std::vector<Row> informed_rows(std::span<const BlockFit> fits, const char* format) {
    std::vector<Row> rows;
    for (const BlockFit& fit : fits) {
        for (std::size_t i = 0; i < fit.block.parameters.size(); ++i) {
            const ParameterEntry& entry = fit.block.parameters[i];
            const Narrowing found = narrowing_of(fit, i);
            Row row{fit.block.name, entry.path, entry.unit};
            for (const auto& three : {found.prior, found.posterior}) {
                for (const double value : three) row.push_back(digits(format, value));
            }
            row.push_back(digits("%.2f", found.contraction));
            row.emplace_back(found.contraction > informed_contraction ? "yes" : "no");
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

/// How a fit ended, in a line or two.
std::string ending(const BlockFit& fit) {
    const AbcGeneration& last = fit.fit.abc.generations.back();
    std::string text = std::to_string(fit.fit.abc.generations.size()) + " generations, " +
                       std::to_string(last.trials) + " simulations; distance from " +
                       digits("%.3g", fit.fit.abc.generations.front().tolerance) + " to " +
                       digits("%.3g", last.tolerance) + ", acceptance " +
                       digits("%.3f", last.acceptance) + ", " + std::to_string(last.distinct) +
                       " distinct particles";
    if (!fit.fit.walk) return text;
    const auto& convergence = fit.fit.walk->convergence;
    text += "; then " + std::to_string(fit.fit.walk->evaluations) + " synthetic likelihoods of " +
            std::to_string(fit.block.settings.runs) + " simulations, acceptance " +
            digits("%.2f", fit.fit.walk->acceptance) + ", convergence " +
            digits("%.2f", *std::max_element(convergence.begin(), convergence.end()));
    return text;
}

/// What was observed against what the kept simulations gave.
std::vector<Row> reached_rows(const BlockFit& fit) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < fit.names.size(); ++i) {
        std::vector<PosteriorDraw> values;
        for (const Particle& particle : fit.fit.abc.particles) {
            if (!particle.statistics.empty()) {
                values.push_back({{particle.statistics[i]}, particle.weight});
            }
        }
        Row row{fit.names[i], digits("%.3g", fit.observation.statistics[i])};
        for (const double share : {0.05, 0.5, 0.95}) {
            row.push_back(values.empty() ? "-" : digits("%.3g", place_quantile(values, 0, share)));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string shown_rank(const Recovery& recovery, double least, double most) {
    const auto count = std::count_if(recovery.ranks.begin(), recovery.ranks.end(),
                                     [&](double rank) { return rank >= least && rank < most; });
    return std::to_string(count);
}

std::vector<Row> recovery_rows(std::span<const BlockRecovery> blocks) {
    std::vector<Row> rows;
    for (const BlockRecovery& block : blocks) {
        for (const MethodRecovery& method : block.methods) {
            for (std::size_t i = 0; i < method.parameters.size(); ++i) {
                const Recovery& found = method.parameters[i];
                Row row{block.block.name,
                        std::string(method.method),
                        block.block.parameters[i].path,
                        std::to_string(found.ranks.size()),
                        digits("%.3f", found.inside(0.5)),
                        digits("%.3f", found.inside(0.9)),
                        digits("%.3f", found.uniformity()),
                        digits("%.3f", found.contraction)};
                for (int fifth = 0; fifth < 5; ++fifth) {
                    row.push_back(
                        shown_rank(found, 0.2 * fifth, fifth == 4 ? 1.5 : 0.2 * (fifth + 1)));
                }
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

const Row recovery_heading{"block",     "method",     "parameter",   "data_sets", "inside_50",
                           "inside_90", "uniformity", "contraction", "ranks_1",   "ranks_2",
                           "ranks_3",   "ranks_4",    "ranks_5"};

}  // namespace

JointDraws joint_posterior(const Calibration& calibration, std::span<const BlockFit> fits) {
    struct Column {
        const ParameterEntry* entry;
        std::size_t fit;
        std::size_t parameter;
    };

    const Draws luck(calibration.seed);
    std::vector<std::vector<std::vector<double>>> chosen;
    std::vector<Column> columns;
    for (std::size_t fit = 0; fit < fits.size(); ++fit) {
        chosen.push_back(
            resampled(fits[fit].draws(), calibration.draws, luck, fits[fit].block.place));
        for (std::size_t i = 0; i < fits[fit].block.parameters.size(); ++i) {
            columns.push_back({&fits[fit].block.parameters[i], fit, i});
        }
    }
    const auto& entries = calibration.study.parameters;
    std::ranges::stable_sort(columns, {}, [&](const Column& column) {
        return std::ranges::find(entries, column.entry->path, &ParameterEntry::path) -
               entries.begin();
    });
    JointDraws joint;
    for (const Column& column : columns) joint.paths.push_back(column.entry->path);
    for (std::uint32_t draw = 0; draw < calibration.draws; ++draw) {
        joint.weights.push_back(1.0 / calibration.draws);
        for (const Column& column : columns) {
            joint.values.push_back(
                quantile(column.entry->prior, chosen[column.fit][draw][column.parameter]));
        }
    }
    return joint;
}

std::string posterior_heading(const Calibration& calibration, std::span<const BlockFit> fits,
                              const std::string& when) {
    std::string text = calibration.title + "\n";
    text += "Written by firebreak calibrate on " + when + "\n";
    text += "Program: " + program_identity() + "\n";
    text += "Seed: " + std::to_string(calibration.seed) + "\n";
    for (const BlockFit& fit : fits) {
        text += "\nBlock " + fit.block.name + ", by " +
                std::string(fit_method_names[static_cast<std::size_t>(fit.block.method)]) + "\n";
        text += "Targets: " + joined(fit.block.targets) + "\n";
        text += "Fit: " + ending(fit) + "\n";
    }
    text += "\nBlocks share neither parameters nor targets; their draws are paired at random.\n";
    return text;
}

std::string informed_csv(std::span<const BlockFit> fits) {
    return comma_separated(
        {"block", "parameter", "unit", "prior_low5", "prior_median", "prior_high95",
         "posterior_low5", "posterior_median", "posterior_high95", "contraction", "informed"},
        informed_rows(fits, "%.6g"));
}

std::string informed_text(std::span<const BlockFit> fits) {
    std::string text =
        "Prior and posterior: 5 %, median and 95 %. Informed: narrowed by more than " +
        number_text(informed_contraction) + ".\n\n";
    std::vector<Row> rows = informed_rows(fits, "%.3g");
    for (Row& row : rows) row.erase(row.begin() + 2), row.erase(row.begin());
    text += aligned_table(
        {"parameter", "prior", "", "", "posterior", "", "", "contraction", "informed"}, rows);
    for (const BlockFit& fit : fits) {
        text += "\n" + wrapped("Block " + fit.block.name + ": " + ending(fit) + ".") + "\n";
        text += aligned_table(
            {"statistic, on the scale of its error", "observed", "kept: 5 %", "50 %", "95 %"},
            reached_rows(fit));
    }
    return text;
}

std::string recovery_csv(std::span<const BlockRecovery> blocks) {
    return comma_separated(recovery_heading, recovery_rows(blocks));
}

std::string recovery_text(std::span<const BlockRecovery> blocks) {
    std::vector<Row> rows = recovery_rows(blocks);
    for (Row& row : rows) row.erase(row.begin());
    return "Share of the true values inside the central intervals of 50 and 90 %; the chance of "
           "ranks "
           "as uneven as these;\nthe mean contraction; ranks by fifths.\n\n" +
           aligned_table({"method", "parameter", "sets", "50 %", "90 %", "even", "contraction", "1",
                          "2", "3", "4", "5"},
                         rows) +
           "\n";
}

}  // namespace firebreak
