#include "io/json.hpp"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Json, strings_are_escaped_and_utf8_passes_through) {
    EXPECT_EQ(json_string("a\"b\\c\n\t\x01"), "\"a\\\"b\\\\c\\n\\t\\u0001\"");
    EXPECT_EQ(json_string("Türkiye"), "\"Türkiye\"");
    EXPECT_EQ(json_string(""), "\"\"");
}

TEST(Json, numbers_read_back_as_they_were_and_what_is_not_finite_is_null) {
    JsonText json(0);
    json.begin_array().number(0.1).number(-3.0).number(1e-300).integer(UINT64_MAX);
    json.number(std::numeric_limits<double>::infinity()).boolean(true).null().end_array();
    EXPECT_EQ(json.str(), "[0.1, -3, 1e-300, 18446744073709551615, null, true, null]");
}

TEST(Json, outer_levels_are_broken_into_lines_and_inner_ones_are_not) {
    JsonText json;
    json.begin_object().key("a").begin_array().begin_object().key("b").integer(1).end_object();
    json.begin_object().end_object().end_array().key("c").begin_array().end_array().end_object();
    EXPECT_EQ(json.str(), "{\n  \"a\": [\n    {\"b\": 1},\n    {}\n  ],\n  \"c\": []\n}");
}

}  // namespace
}  // namespace firebreak
