#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "ensemble/parallel.hpp"
#include "inference/recovery.hpp"
#include "io/calibration.hpp"
#include "io/calibration_model.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t data_sets = 30;

std::vector<Statistics> on_two_threads(std::uint32_t, std::span<const Trial> trials,
                                       const Model& model) {
    std::vector<Statistics> answers(trials.size());
    for_each_index(trials.size(), 2, [&](std::size_t i) { answers[i] = model(trials[i]); });
    return answers;
}

TEST(Calibration, finds_the_parameters_of_the_line_as_often_as_it_says) {
    const Calibration calibration =
        load_calibration(std::filesystem::path(FIREBREAK_SOURCE_DIR) / "configs/calibration.toml",
                         {.blocks = {"line"}});
    const CalibrationBlock& block = calibration.blocks.front();
    const BlockModel model(calibration, block);
    FitSettings settings;
    settings.abc = {.particles = 400, .kept = 0.5, .least_acceptance = 0.1, .most_trials = 1200};
    const auto methods =
        study_recovery(std::cref(model), block.parameters.size(), model.observation().discrepancy,
                       settings, data_sets, {Draws(20261122), 0}, on_two_threads);
    std::size_t inside_50 = 0;
    std::size_t inside_90 = 0;
    std::size_t all = 0;
    for (std::size_t i = 0; i < block.parameters.size(); ++i) {
        const Recovery& recovery = methods.front().parameters[i];
        // Who learns nothing is as often right: restraint must be learnt.
        const std::string& path = block.parameters[i].path;
        if (path == "line.initial_restraint" || path == "line.restraint_days") {
            EXPECT_GT(recovery.contraction, 0.3) << path;
        }
        inside_50 += static_cast<std::size_t>(recovery.inside(0.5) * data_sets + 0.5);
        inside_90 += static_cast<std::size_t>(recovery.inside(0.9) * data_sets + 0.5);
        all += data_sets;
        // Binomial(30, 0.9): 18 or fewer about 2e-5 for each of some twenty parameters.
        EXPECT_GT(recovery.inside(0.9), 18.5 / data_sets);
    }
    // Over all parameters, whose truths are independent: some 500 at 1/2 and 0.9, sd 0.023 and
    // 0.014; four of them, false alarm about 1e-4.
    EXPECT_NEAR(static_cast<double>(inside_50) / static_cast<double>(all), 0.5, 0.096);
    EXPECT_NEAR(static_cast<double>(inside_90) / static_cast<double>(all), 0.9, 0.056);
}

}  // namespace
}  // namespace firebreak
