#include "base/byte_stream.hpp"

#include <bit>

namespace firebreak {
namespace {

__extension__ using WideBits = unsigned __int128;

constexpr int bits_per_byte = 7;  ///< the eighth says that more follow
constexpr unsigned more = 0x80;

// Signed to unsigned so that small magnitudes stay small: 0, -1, 1, -2, ...
WideBits folded(WideInteger value) {
    return (static_cast<WideBits>(value) << 1U) ^ static_cast<WideBits>(value >> 127);
}

WideInteger unfolded(WideBits bits) {
    return static_cast<WideInteger>((bits >> 1U) ^ (~(bits & 1U) + 1U));
}

}  // namespace

void ByteWriter::integer(WideInteger value) {
    WideBits bits = folded(value);
    while (bits >= more) {
        bytes_.push_back(static_cast<std::byte>(static_cast<unsigned>(bits & 0x7FU) | more));
        bits >>= bits_per_byte;
    }
    bytes_.push_back(static_cast<std::byte>(bits));
}

void ByteWriter::number(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        bytes_.push_back(static_cast<std::byte>((bits >> shift) & 0xFFU));
    }
}

void ByteWriter::text(std::string_view value) {
    integer(static_cast<WideInteger>(value.size()));
    for (const char letter : value) bytes_.push_back(static_cast<std::byte>(letter));
}

void ByteWriter::run_integer(WideInteger value) {
    if (value == 0) {
        ++zeros_;
        return;
    }
    end_run();
    integer(value);
}

void ByteWriter::end_run() {
    if (zeros_ == 0) return;
    integer(0);
    integer(static_cast<WideInteger>(zeros_));
    zeros_ = 0;
}

std::uint8_t ByteReader::byte() {
    if (bytes_.empty()) throw DamagedBytes("the bytes end too early");
    const auto value = static_cast<std::uint8_t>(bytes_.front());
    bytes_ = bytes_.subspan(1);
    return value;
}

WideInteger ByteReader::integer() {
    WideBits bits = 0;
    for (unsigned shift = 0; shift < 128; shift += bits_per_byte) {
        const unsigned value = byte();
        bits |= static_cast<WideBits>(value & 0x7FU) << shift;
        if (value < more) return unfolded(bits);
    }
    throw DamagedBytes("an integer has too many bytes");
}

std::int64_t ByteReader::integer(std::int64_t low, std::int64_t high) {
    const WideInteger value = integer();
    if (value < low || value > high) throw DamagedBytes("an integer is out of its range");
    return static_cast<std::int64_t>(value);
}

double ByteReader::number() {
    std::uint64_t bits = 0;
    for (unsigned shift = 0; shift < 64; shift += 8) bits |= std::uint64_t{byte()} << shift;
    return std::bit_cast<double>(bits);
}

std::string ByteReader::text() {
    const std::int64_t size = integer(0, static_cast<std::int64_t>(bytes_.size()));
    std::string value;
    value.reserve(static_cast<std::size_t>(size));
    for (std::int64_t letter = 0; letter < size; ++letter) {
        value.push_back(static_cast<char>(byte()));
    }
    return value;
}

WideInteger ByteReader::run_integer() {
    if (zeros_ == 0) {
        const WideInteger value = integer();
        if (value != 0) return value;
        zeros_ = static_cast<std::uint64_t>(integer(1, std::int64_t{1} << 40));
    }
    --zeros_;
    return 0;
}

void ByteReader::end_run() {
    if (zeros_ != 0) throw DamagedBytes("more zeros than places");
}

}  // namespace firebreak
