#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/config.hpp"
#include "io/parameter_text.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Parameters, every_one_has_unit_meaning_source_and_tag) {
    const std::set<std::string> tags{"found", "computed", "calibrated", "memory", "assumed"};
    for (const ParameterEntry& entry : load_parameters("configs/baseline.toml")) {
        EXPECT_FALSE(entry.unit.empty()) << entry.path;
        EXPECT_FALSE(entry.meaning.empty()) << entry.path;
        EXPECT_FALSE(entry.source.empty()) << entry.path;
        EXPECT_TRUE(tags.count(entry.tag)) << entry.path;
        EXPECT_THAT(entry.where, HasSubstr("configs/baseline.toml:")) << entry.path;
    }
}

TEST(Parameters, stand_in_the_order_of_the_fields) {
    const auto entries = load_parameters("configs/baseline.toml");
    ASSERT_EQ(entries.size(), parameter_fields().size());
    for (std::size_t row = 0; row < entries.size(); ++row) {
        EXPECT_EQ(entries[row].path, parameter_fields()[row].path);
    }
}

TEST(Parameters, every_value_lies_within_its_range_and_prior) {
    for (const ParameterEntry& entry : load_parameters("configs/baseline.toml")) {
        EXPECT_LE(entry.allowed_low, entry.prior.low) << entry.path;
        EXPECT_LE(entry.prior.low, entry.value) << entry.path;
        EXPECT_LE(entry.value, entry.prior.high) << entry.path;
        EXPECT_LE(entry.prior.high, entry.allowed_high) << entry.path;
    }
}

TEST(Parameters, wide_positive_priors_are_log_uniform) {
    for (const ParameterEntry& entry : load_parameters("configs/baseline.toml")) {
        const bool wide = entry.prior.low > 0 && entry.prior.high / entry.prior.low >= 5;
        EXPECT_EQ(wide, entry.prior.distribution == Distribution::log_uniform) << entry.path;
    }
}

TEST(Parameters, any_draw_from_the_priors_breaks_no_rule_between_fields) {
    // Corners where all priors sit at their lowest or highest are the worst cases of every rule,
    // since each rule is monotone in each field.
    const Study study = load_study("configs/studies/baseline.toml");
    for (const double u : {0.0, 1.0}) {
        Scenario scenario = study.scenarios.front();
        for (const ParameterEntry& entry : load_parameters("configs/baseline.toml")) {
            find_parameter(entry.path)->field(scenario) = quantile(entry.prior, u);
        }
        EXPECT_TRUE(problems(scenario).empty()) << u;
    }
    const auto entries = load_parameters("configs/baseline.toml");
    const auto prior = [&](std::string_view path) {
        for (const ParameterEntry& entry : entries) {
            if (entry.path == path) return entry.prior;
        }
        throw std::out_of_range(std::string(path));
    };
    EXPECT_LT(prior("response.cut_consult").high, prior("response.cut_reinforce").low);
    EXPECT_LT(prior("response.cut_reinforce").high, prior("response.cut_limited_force").low);
    EXPECT_LT(prior("response.cut_limited_force").high, prior("response.cut_general_force").low);
}

TEST(Parameters, the_document_is_what_the_baseline_says) {
    std::ifstream file("docs/parameters.md", std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    EXPECT_TRUE(document == parameter_table_markdown(load_parameters("configs/baseline.toml")))
        << "run: firebreak describe configs/studies/baseline.toml --markdown > docs/parameters.md";
}

TEST(Parameters, the_document_is_the_same_from_any_study_that_sets_none) {
    const Study study = load_study("configs/studies/baseline.toml");
    EXPECT_TRUE(parameter_table_markdown(study.parameters) ==
                parameter_table_markdown(load_parameters("configs/baseline.toml")));
}

TEST(Parameters, the_terminal_table_has_a_line_and_a_meaning_each) {
    const auto entries = load_parameters("configs/baseline.toml");
    const std::string table = parameter_table_text(entries);
    for (const ParameterEntry& entry : entries) {
        EXPECT_THAT(table, AllOf(HasSubstr(entry.path), HasSubstr("    " + entry.meaning + "\n")));
    }
}

}  // namespace
}  // namespace firebreak
