#include "base/byte_stream.hpp"

#include <array>
#include <limits>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(ByteStream, gives_back_what_was_written) {
    const WideInteger wide = (static_cast<WideInteger>(1) << 126) + 12345;
    const std::array<WideInteger, 9> values{
        0, 1, -1, 63, 64, -300, wide, -wide, std::numeric_limits<std::int64_t>::min()};
    ByteWriter writer;
    for (const WideInteger value : values) writer.integer(value);
    writer.number(-0.1);
    writer.text("a\nb");
    writer.text("");
    const std::vector<std::byte> bytes = writer.take();
    ByteReader reader(bytes);
    for (const WideInteger value : values) EXPECT_TRUE(reader.integer() == value);
    EXPECT_EQ(reader.number(), -0.1);
    EXPECT_EQ(reader.text(), "a\nb");
    EXPECT_EQ(reader.text(), "");
    EXPECT_TRUE(reader.at_end());
}

TEST(ByteStream, a_run_of_zeros_takes_little_room) {
    std::vector<std::int64_t> values(10'000, 0);
    values[3] = 7;
    values[9'999] = -2;
    ByteWriter writer;
    writer.integers(values);
    writer.integers(std::vector<std::int64_t>{});
    const std::vector<std::byte> bytes = writer.take();
    EXPECT_LT(bytes.size(), 12U);
    std::vector<std::int64_t> read(values.size());
    ByteReader reader(bytes);
    reader.integers(read);
    EXPECT_EQ(read, values);
    EXPECT_TRUE(reader.at_end());
}

TEST(ByteStream, small_numbers_of_either_sign_take_one_byte) {
    ByteWriter writer;
    for (const int value : {0, 63, -64}) writer.integer(value);
    EXPECT_EQ(writer.take().size(), 3U);
    writer.integer(64);
    EXPECT_EQ(writer.take().size(), 2U);
}

TEST(ByteStream, damage_is_noticed) {
    ByteWriter writer;
    writer.text("hello");
    std::vector<std::byte> bytes = writer.take();
    bytes.pop_back();
    ByteReader cut(bytes);
    EXPECT_THROW(cut.text(), DamagedBytes);
    const std::vector<std::byte> endless(40, std::byte{0xFF});
    ByteReader overlong(endless);
    EXPECT_THROW(overlong.integer(), DamagedBytes);
    ByteWriter zeros;
    zeros.integers(std::vector<int>(5, 0));
    const std::vector<std::byte> five = zeros.take();
    std::vector<int> four(4);
    ByteReader reader(five);
    EXPECT_THROW(reader.integers(four), DamagedBytes);
    ByteReader bounded(five);
    EXPECT_THROW(bounded.integer(1, 2), DamagedBytes);
}

}  // namespace
}  // namespace firebreak
