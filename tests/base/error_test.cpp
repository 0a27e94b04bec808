#include "base/error.hpp"

#include <string>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Error, a_problem_says_where_what_and_why) {
    const Problem problem = {"configs/x.toml:14", "monitoring.accuracy = 1.3",
                             "must be a probability between 0 and 1"};
    EXPECT_EQ(problem.text(),
              "configs/x.toml:14: monitoring.accuracy = 1.3 (must be a probability between 0 and "
              "1)");
}

TEST(Error, an_input_error_lists_every_problem_on_a_line_of_its_own) {
    const InputError error({{"a.toml:1", "x = 1", "too large"}, {"a.toml:2", "y = 2", ""}});
    EXPECT_STREQ(error.what(), "a.toml:1: x = 1 (too large)\na.toml:2: y = 2");
    EXPECT_EQ(error.problems().size(), 2U);
}

TEST(Error, a_system_error_names_the_file) {
    const SystemError error("runs/a.h5", "no space left on device");
    EXPECT_STREQ(error.what(), "runs/a.h5: no space left on device");
    EXPECT_EQ(error.path(), "runs/a.h5");
}

TEST(Error, a_broken_contract_names_its_condition_and_its_message) {
    try {
        report_broken_contract("expected", "x > 0", "x is positive", "file.cpp", 7);
        FAIL();
    } catch (const LogicError& error) {
        EXPECT_STREQ(error.what(), "file.cpp:7: expected x > 0: x is positive");
    }
}

#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
TEST(Error, contracts_throw_only_where_they_are_broken) {
    EXPECT_NO_THROW(EXPECT(1 + 1 == 2, "arithmetic"));
    EXPECT_THROW(EXPECT(1 + 1 == 3, "arithmetic"), LogicError);
    EXPECT_THROW(ENSURE(false, "never"), LogicError);
}
#endif

}  // namespace
}  // namespace firebreak
