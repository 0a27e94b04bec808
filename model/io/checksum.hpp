#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace firebreak {

/// CRC-32C of bytes that come piece by piece: finds accidents, not forgery.
class Checksum {
  public:
    Checksum();
    ~Checksum();
    Checksum(const Checksum&) = delete;
    Checksum& operator=(const Checksum&) = delete;

    void add(std::span<const std::byte> bytes);

    std::uint32_t value() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Checksum of a whole file. Throws SystemError.
std::uint32_t file_checksum(const std::filesystem::path& path);

}  // namespace firebreak
