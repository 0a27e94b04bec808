#include "io/dated_log.hpp"

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Dates, day_zero_is_the_first_of_january_of_year_one_and_a_year_has_365_days) {
    EXPECT_EQ(date_text(0), "Y1-01-01");
    EXPECT_EQ(date_text(58), "Y1-02-28");
    EXPECT_EQ(date_text(59), "Y1-03-01");
    EXPECT_EQ(date_text(364), "Y1-12-31");
    EXPECT_EQ(date_text(365), "Y2-01-01");
    EXPECT_EQ(date_text(3650 + 60), "Y11-03-02");
}

TEST(DatedLog, wraps_at_a_hundred_columns_and_counts_characters_not_bytes) {
    DatedLog log;
    std::string words;
    for (int i = 0; i < 60; ++i) words += "Türkiye ";
    log.entry(0, words);
    std::istringstream lines(log.str());
    std::string line;
    std::size_t longest = 0;
    while (std::getline(lines, line)) {
        std::size_t width = 0;
        for (const char c : line) width += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
        EXPECT_LE(width, 100U);
        longest = std::max(longest, width);
    }
    EXPECT_GT(longest, 92U);
}

}  // namespace
}  // namespace firebreak
