#include "io/evidence_targets.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "config_folder.hpp"
#include "io/config_value.hpp"

namespace firebreak {
namespace {

constexpr std::array calibration{EvidenceUse::calibration};
constexpr std::array both{EvidenceUse::calibration, EvidenceUse::held_out};

/// Every problem of the evidence of a folder, a line each, without the folder.
std::string problems_of(const ConfigFolder& folder) {
    std::string lines;
    try {
        load_evidence(folder.path("evidence"), both);
    } catch (const InputError& error) {
        for (const Problem& problem : error.problems()) lines += problem.text() + "\n";
    }
    const std::string prefix = folder.path("").lexically_normal().generic_string();
    for (std::size_t at = lines.find(prefix); at != std::string::npos; at = lines.find(prefix)) {
        lines.erase(at, prefix.size());
    }
    return lines;
}

TEST(EvidenceTargets, are_those_of_the_split) {
    const std::filesystem::path folder =
        std::filesystem::path(FIREBREAK_SOURCE_DIR) / "configs/evidence";
    std::vector<Problem> problems;
    const auto split =
        parse_toml(*read_text(folder / "split.toml", problems), folder / "split.toml", problems);
    const Evidence evidence = load_evidence(folder, both);
    for (const EvidenceUse use : both) {
        std::set<std::string> listed;
        for (const auto& member :
             split->find(evidence_use_names[static_cast<std::size_t>(use)])->members) {
            listed.insert(member.key);
        }
        std::set<std::string> loaded;
        for (const Target& target : evidence.targets) {
            if (target.use == use) loaded.insert(target.id);
        }
        EXPECT_EQ(loaded, listed);
    }
}

TEST(EvidenceTargets, of_a_calibration_do_not_hang_on_what_is_held_out) {
    const ConfigFolder folder;
    const Evidence whole = load_evidence(folder.path("evidence"), calibration);
    std::filesystem::remove_all(folder.path("evidence/held_out"));
    const Evidence alone = load_evidence(folder.path("evidence"), calibration);
    ASSERT_EQ(alone.targets.size(), whole.targets.size());
    for (std::size_t i = 0; i < alone.targets.size(); ++i) {
        const Target& target = alone.targets[i];
        EXPECT_EQ(target.use, EvidenceUse::calibration);
        EXPECT_EQ(target.id, whole.targets[i].id);
        for (std::size_t j = 0; j < target.statistics.size(); ++j) {
            EXPECT_EQ(target.statistics[j].observed, whole.targets[i].statistics[j].observed);
        }
    }
}

TEST(EvidenceTargets, left_to_a_series_are_worked_out_from_it) {
    const Evidence evidence = load_evidence(
        std::filesystem::path(FIREBREAK_SOURCE_DIR) / "configs/evidence", calibration);
    const auto observed = [&](std::string_view id, std::string_view name) {
        const Target* target = evidence.find(id);
        const auto found = std::ranges::find(target->statistics, name, &TargetStatistic::name);
        return found->observed;
    };
    EXPECT_EQ(observed("violations-2017-2019", "violations_2017"), 401336.0);
    EXPECT_EQ(observed("truce-regrowth-2020", "fortnight_2"), 469.0);
    // 44 reports on single days of 2021 have a mean of 266 and a standard deviation of 224.
    EXPECT_NEAR(observed("daily-shape-2021", "negative_binomial_size_2021"), 1.41, 0.02);
    EXPECT_NEAR(observed("daily-shape-2021", "daily_log_sd_2021"), 0.9, 0.02);
    EXPECT_EQ(observed("ratification-first-26", "median_days"), 9.5);
}

TEST(EvidenceTargets, report_every_problem_at_once) {
    const ConfigFolder folder;
    folder.replace("evidence/calibration/targets.toml", "[heavy-share-2017]", "reenactment",
                   "reenactment = \"donbas-lime\"");
    folder.replace("evidence/calibration/targets.toml",
                   "[disputes-1949-1991.statistics.disputes_1949_1991]", "observed",
                   "observed = \"many\"");
    folder.replace("evidence/held_out/targets.toml", "[recurrence.statistics.recurrence_1_year]",
                   "[recurrence.statistics.recurrence_1_year]",
                   "[recurrence.statistics.recurrence_1_years]");
    folder.append("evidence/held_out/targets.toml", "[war-sizes]\nnote = \"taken over\"");
    folder.write("evidence/calibration/airspace_violations.csv", "year,violations\n2022\n");
    const std::string problems = problems_of(folder);
    for (const char* part :
         {"did you mean donbas-line", "disputes_1949_1991.observed", "recurrence_1_years",
          "did you mean recurrence_1_year", "war-sizes (is not held_out in",
          "airspace_violations.csv:2: 1 cells"}) {
        EXPECT_NE(problems.find(part), std::string::npos) << part << " not in\n" << problems;
    }
}

TEST(EvidenceTargets, that_the_split_has_must_be_there) {
    const ConfigFolder folder;
    const std::string text = folder.read("evidence/calibration/targets.toml");
    folder.write("evidence/calibration/targets.toml",
                 text.substr(0, text.find("[war-sizes]")) + "[war-size]\n");
    const std::string problems = problems_of(folder);
    EXPECT_NE(problems.find("war-size (is not calibration in"), std::string::npos) << problems;
    EXPECT_NE(problems.find("war-sizes (is missing)"), std::string::npos) << problems;
}

}  // namespace
}  // namespace firebreak
