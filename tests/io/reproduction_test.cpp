#include "io/reproduction.hpp"

#include <gtest/gtest.h>

namespace firebreak {
namespace {

Study study_of(bool histories) {
    Study study;
    study.run.replications = 640;
    study.run.seed = 7;
    study.run.horizon = 365;
    study.run.regimes = {"neutrality", "membership"};
    study.run.histories = histories;
    return study;
}

RunRequest request_of(const char* path) {
    RunRequest request;
    request.study = path;
    return request;
}

TEST(Reproduction, names_all_that_makes_the_result_and_nothing_else) {
    EXPECT_EQ(reproducing_command(study_of(false), request_of("configs/studies/x.toml")),
              "firebreak run configs/studies/x.toml --replications 640 --seed 7 --horizon 365 "
              "--regime neutrality --regime membership");
}

TEST(Reproduction, quotes_what_a_shell_would_take_apart) {
    RunRequest request = request_of("my study.toml");
    request.overrides.set = {{"commitment.protectors", "GBR, FRA"}, {"a.b", "it's"}};
    EXPECT_EQ(reproducing_command(study_of(true), request),
              "firebreak run 'my study.toml' --replications 640 --seed 7 --horizon 365 --set "
              "'commitment.protectors=GBR, FRA' --set "
              R"('a.b=it'\''s')"
              " --regime neutrality --regime membership --histories");
}

TEST(Reproduction, names_intervals_that_are_not_the_usual_ones) {
    RunRequest request = request_of("x");
    request.intervals = {0.9, ProportionInterval::clopper_pearson};
    const std::string command = reproducing_command(study_of(false), request);
    EXPECT_TRUE(command.ends_with(" --interval clopper-pearson --confidence 0.9")) << command;
}

TEST(Reproduction, names_the_target_of_a_run_that_has_one) {
    RunRequest request = request_of("x");
    request.stopping = StoppingRule{};
    request.stopping->outcomes = {OutcomeKind::clash};
    request.stopping->absolute = 0.01;
    request.stopping->differences = true;
    const std::string command = reproducing_command(study_of(false), request);
    EXPECT_TRUE(
        command.ends_with(" --target-halfwidth 0.01 --target-outcome clash --target-differences"))
        << command;
}

TEST(Reproduction, a_history_of_a_design_is_found_by_its_point) {
    EXPECT_EQ(replaying_command(study_of(false), request_of("x"), 0, "membership", 12),
              "firebreak replay x --seed 7 --horizon 365 --regime membership --replication 12");
}

}  // namespace
}  // namespace firebreak
