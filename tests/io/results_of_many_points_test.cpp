#include <algorithm>
#include <chrono>
#include <cstring>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/results_reader.hpp"
#include "results_sample.hpp"
#include "sanitized.hpp"
#include "small_disk.hpp"

namespace firebreak {
namespace {

using testing::HasSubstr;

class ResultsOfManyPoints : public ResultFolder {};

/// Points that cost little: one regime, one checkpoint, and only some of them did not fail.
class CheapDesign {
  public:
    CheapDesign() : tally_(TallyShape{1, {100}, {0}}) {
        for (std::uint32_t replication = 0; replication < 50; ++replication) {
            const std::vector results{synthetic_result(0, ReplicationId(replication), Draws(3))};
            tally_.accumulate(results);
        }
    }

    ResultHeading heading(std::uint64_t points) const {
        Provenance from;
        from.reference = "status-quo";
        ResultHeading heading = result_heading(from, {"status-quo"}, tally_.shape());
        heading.points = points;
        heading.parameters = {{"a.b", "1", "first", "uncertainty", {}},
                              {"a.c", "1", "second", "uncertainty", {}}};
        return heading;
    }

    PointResult point(std::uint64_t id) const {
        PointResult found;
        found.id = id;
        found.coordinates = {static_cast<double>(id), 1.0 / static_cast<double>(id + 1)};
        if (id % 16 == 0) {
            found.tally = tally_;
            found.beliefs.resize(1);
        } else {
            found.failure = PointFailure{{}, "", "not drawn"};
        }
        return found;
    }

    void write(const std::filesystem::path& path, std::uint64_t points) const {
        write_results(
            path, heading(points), [&](std::uint64_t id) { return point(id); }, sample_runtime,
            true);
    }

  private:
    Tally tally_;
};

/// Largest memory that this process has ever had [bytes].
std::int64_t peak_memory() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

TEST_F(ResultsOfManyPoints, are_each_asked_for_once_and_in_order) {
    const CheapDesign design;
    std::uint64_t expected = 0;
    write_results(
        path(), design.heading(5),
        [&](std::uint64_t position) {
            EXPECT_EQ(position, expected++);
            return design.point(position);
        },
        sample_runtime, false);
    EXPECT_EQ(expected, 5U);
}

// The writer groups rows into chunks: whether a point stands at the beginning, in the middle or at
// the end of one must not matter to it.
TEST_F(ResultsOfManyPoints, are_the_same_wherever_they_stand) {
    SampleDesign design;
    design.replications = 20;
    const ResultsReader many(written(design, 131));
    for (const std::uint64_t id : {0U, 1U, 63U, 64U, 65U, 127U, 128U, 130U}) {
        const std::string name = std::to_string(id) + ".h5";
        write_results(
            path(name), design.heading(1), [&](std::uint64_t) { return design.point(id); },
            sample_runtime, false);
        const PointEstimates alone = ResultsReader(path(name)).point(0);
        const PointEstimates together = many.point(many.position_of(id));
        EXPECT_EQ(alone.id, together.id);
        EXPECT_EQ(alone.coordinates, together.coordinates);
        EXPECT_EQ(alone.count.values(), together.count.values());
        EXPECT_EQ(alone.probability.value.values(), together.probability.value.values());
        EXPECT_EQ(alone.difference.high.values(), together.difference.high.values());
        EXPECT_EQ(alone.source_count.values(), together.source_count.values());
    }
}

TEST_F(ResultsOfManyPoints, failing_ones_are_marked_and_the_others_untouched) {
    const SampleDesign design;
    write_results(
        path(), design.heading(3),
        [&](std::uint64_t id) { return id == 1 ? design.failing_point(1) : design.point(id); },
        sample_runtime, false);
    const Hdf5Reader file(path());
    EXPECT_EQ(file.integers("failed"), (std::vector<std::int64_t>{0, 1, 0}));
    EXPECT_EQ(file.text_attribute_of("failed", "dtype"), "bool");
    EXPECT_EQ(file.integers("replications", 1), (std::vector<std::int64_t>{0, 0, 0}));
    for (const double value : file.numbers("probability", 1)) EXPECT_TRUE(std::isnan(value));
    EXPECT_TRUE(read_results(path(), 1).point.failed);
    EXPECT_EQ(read_results(path(), 2).point.count.values(),
              estimate_point(design.heading(3), design.point(2)).count.values());
    // Which replication failed first may differ from run to run.
    EXPECT_THAT(content(path()),
                HasSubstr("point 1, replication 7, regime membership: no way out"));
}

TEST_F(ResultsOfManyPoints, take_no_more_memory_the_more_they_are) {
    if (is_sanitized) GTEST_SKIP() << "the sanitizer's own memory grows";
    const CheapDesign design;
    design.write(path(), 1'000);
    const std::int64_t before = peak_memory();
    design.write(path(), 20'000);
    // 60 MB of values before compression. Chunks of rows fill up after the first thousand points,
    // which takes 6.5 MB; from 20,000 to 200,000 it was 0.9 MB more.
    EXPECT_LT(peak_memory() - before, 8'000'000);
    const ResultsReader file(path());
    EXPECT_EQ(file.point(19'999).coordinates.front(), 19'999.0);
    EXPECT_FALSE(file.point(16).failed);
}

TEST_F(ResultsOfManyPoints, a_source_that_gives_up_leaves_no_file) {
    const CheapDesign design;
    const auto source = [&](std::uint64_t position) {
        if (position == 900) throw std::runtime_error("gave up");
        return design.point(position);
    };
    EXPECT_THROW(write_results(path(), design.heading(1'000), source, sample_runtime, false),
                 std::runtime_error);
    EXPECT_EQ(files_in_folder(), 0U);
}

/// Whenever the disk is full, early, late or at the very end, the process goes on.
TEST_F(ResultsOfManyPoints, a_full_disk_is_named_and_leaves_nothing) {
    const CheapDesign design;
    design.write(path(), 1'000);
    const auto whole = std::filesystem::file_size(path());
    std::filesystem::remove(path());
    std::vector<std::uintmax_t> limits{0, 1, 100, 4'096, whole - 4'096, whole - 1};
    for (std::uintmax_t part = 1; part < 16; ++part) limits.push_back(whole * part / 16);
    for (const std::uintmax_t limit : limits) {
        const SmallDisk disk(limit);
        try {
            design.write(path(), 1'000);
            FAIL() << "nothing thrown";
        } catch (const SystemError& error) {
            EXPECT_THAT(error.what(), HasSubstr("cannot write: File too large"));
            EXPECT_THAT(error.path(), HasSubstr(path().string()));
        }
        EXPECT_EQ(files_in_folder(), 0U);
    }
    design.write(path(), 1'000);
    EXPECT_EQ(std::filesystem::file_size(path()), whole);
}

}  // namespace
}  // namespace firebreak
