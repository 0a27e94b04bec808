#include "io/reproduction.hpp"

#include <gtest/gtest.h>

namespace firebreak {
namespace {

Study study_of(bool histories) {
    Study study;
    study.run.seed = 7;
    study.run.horizon = 365;
    study.run.regimes = {"neutrality", "membership"};
    study.run.histories = histories;
    return study;
}

TEST(Reproduction, names_all_that_makes_the_result_and_nothing_else) {
    EXPECT_EQ(reproducing_command("configs/studies/x.toml", study_of(false), {}, 640),
              "firebreak run configs/studies/x.toml --replications 640 --seed 7 --horizon 365 "
              "--regime neutrality --regime membership");
}

TEST(Reproduction, quotes_what_a_shell_would_take_apart) {
    const std::vector<std::string> set{"commitment.protectors=GBR, FRA", "a.b=it's"};
    EXPECT_EQ(reproducing_command("my study.toml", study_of(true), set, 1),
              "firebreak run 'my study.toml' --replications 1 --seed 7 --horizon 365 --regime "
              "neutrality --regime membership --set 'commitment.protectors=GBR, FRA' --set "
              R"('a.b=it'\''s')"
              " --histories");
}

TEST(Reproduction, names_intervals_that_are_not_the_usual_ones) {
    const IntervalChoice exact{0.9, ProportionInterval::clopper_pearson};
    const std::string command = reproducing_command("x", study_of(false), {}, 1, exact);
    EXPECT_TRUE(command.ends_with(" --interval clopper-pearson --confidence 0.9")) << command;
}

}  // namespace
}  // namespace firebreak
