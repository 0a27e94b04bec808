#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "../ensemble/synthetic_results.hpp"
#include "io/results.hpp"

namespace firebreak {

inline const std::vector<std::string> sample_regimes{"status-quo", "membership", "neutrality"};

/// A design of made-up results under the regimes above.
struct SampleDesign {
    TallyShape shape{3, synthetic_checkpoints, {0, 1, 2}};
    std::uint32_t replications = 100;
    bool histories = false;

    ResultHeading heading(std::uint64_t points) const {
        Provenance from;
        from.title = "Ein Prüfstück";
        from.history = "firebreak run test.toml";
        from.configuration = std::string(70'000, 'c');
        from.reference = "status-quo";
        from.seed = 20221115;
        from.horizon = 400;
        ResultHeading heading = result_heading(from, sample_regimes, shape);
        heading.points = points;
        heading.parameters = {{"neutrality:commitment.armament",
                               "x",
                               "Ukraine's armament, as a share",
                               "lever",
                               {Distribution::uniform, 0.25, 1.0}}};
        if (histories) heading.histories = replications;
        return heading;
    }

    /// A point whose luck is its own.
    PointResult point(std::uint64_t id) const {
        DesignPoint point = synthetic_point(static_cast<std::uint32_t>(shape.regimes));
        point.id = id;
        for (Setting& setting : point.regimes) {
            setting.starting_belief.table = {{{0.125, 0.0625}, {0.5, 0.25}}};
        }
        const auto simulate = [](const Setting& setting, const Noise&, ReplicationId replication,
                                 const Draws& draws) {
            return synthetic_result(static_cast<std::uint32_t>(setting.scenario.title.size()),
                                    replication, draws);
        };
        auto block = std::get<BlockResult>(run_block(point, {id, 0, replications}, Draws(9 + id),
                                                     {shape.references, histories}, simulate));
        PointResult found;
        found.id = id;
        found.coordinates = {0.25 + 0.125 * static_cast<double>(id % 4)};
        found.tally = std::move(block.tally);
        found.beliefs = std::move(block.beliefs);
        found.first_day = std::move(block.first_day);
        found.measures = std::move(block.measures);
        return found;
    }

    PointResult failing_point(std::uint64_t id) const {
        PointResult found;
        found.id = id;
        found.coordinates = {0.5};
        found.failure = PointFailure{7, "membership", "no way out"};
        return found;
    }
};

inline const RuntimeNotes sample_runtime{
    "host", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z", 60.0, 2, "v3", 10.0};

/// A folder of the test's own.
class ResultFolder : public testing::Test {
  protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(testing::TempDir()) /
                  ("firebreak." + std::string(test->test_suite_name()) + "." + test->name() + "." +
                   std::to_string(getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path path(const std::string& name = "results.h5") const {
        return folder_ / name;
    }

    std::size_t files_in_folder() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder_), {}));
    }

    std::filesystem::path written(const SampleDesign& design, std::uint64_t points,
                                  const std::string& name = "results.h5") const {
        write_results(
            path(name), design.heading(points),
            [&](std::uint64_t position) { return design.point(position); }, sample_runtime, false);
        return path(name);
    }

    static std::string content(const std::filesystem::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

  private:
    std::filesystem::path folder_;
};

}  // namespace firebreak
