#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace firebreak {

/// A signed integer of 128 bits: exact sums of squares need it.
__extension__ using WideInteger = __int128;

/// The bytes end too early, or are none that `ByteWriter` writes.
class DamagedBytes : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Writes numbers and texts one after another, the same bytes on every machine. Small integers and
/// runs of zeros take little room.
class ByteWriter {
  public:
    void integer(WideInteger value);
    void number(double value);
    void text(std::string_view value);

    /// Many integers; a run of zeros takes two bytes or so.
    template <class Values>
    void integers(const Values& values) {
        for (const auto& value : values) run_integer(value);
        end_run();
    }

    std::vector<std::byte> take() { return std::move(bytes_); }

  private:
    void run_integer(WideInteger value);
    void end_run();

    std::vector<std::byte> bytes_;
    std::uint64_t zeros_ = 0;  ///< not written yet
};

/// Reads what `ByteWriter` wrote, in the same order. Throws DamagedBytes.
class ByteReader {
  public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    WideInteger integer();
    /// An integer between two bounds, inclusive.
    std::int64_t integer(std::int64_t low, std::int64_t high);
    double number();
    std::string text();

    /// As many integers as `values` holds.
    template <class Values>
    void integers(Values& values) {
        for (auto& value : values) {
            value = static_cast<std::remove_reference_t<decltype(value)>>(run_integer());
        }
        end_run();
    }

    bool at_end() const { return bytes_.empty(); }

    /// What is left to be read.
    std::span<const std::byte> rest() const { return bytes_; }

  private:
    std::uint8_t byte();
    WideInteger run_integer();
    void end_run();

    std::span<const std::byte> bytes_;
    std::uint64_t zeros_ = 0;  ///< still to be given out
};

}  // namespace firebreak
