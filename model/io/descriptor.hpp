#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace firebreak {

/// An open file of the system, closed when it goes. Failures are SystemErrors that name the file.
class Descriptor {
  public:
    Descriptor() = default;

    /// Opens a file; `flags` as for open(2).
    Descriptor(std::filesystem::path path, int flags);

    Descriptor(Descriptor&& other) noexcept
        : path_(std::move(other.path_)), number_(std::exchange(other.number_, -1)) {}

    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(path_, other.path_);
        std::swap(number_, other.number_);
        return *this;
    }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    const std::filesystem::path& path() const { return path_; }

    /// Keeps other processes from opening the file with a lock; false if one has it.
    bool try_lock();

    std::uint64_t size() const;

    /// Writes all bytes at an offset; what was written of them on failure is left there.
    void write(std::uint64_t offset, std::span<const std::byte> bytes);

    /// Reads up to `count` bytes at an offset; fewer at the end of the file.
    std::vector<std::byte> read(std::uint64_t offset, std::size_t count) const;

    void truncate(std::uint64_t size);

    /// Waits until all that was written is on the disk.
    void sync();

    /// Gives the file another name, in place of a file of that name if it may `replace` one. False
    /// if there is one and it may not.
    bool rename(const std::filesystem::path& path, bool replace);

    /// Takes the file's name away; it goes when it is closed.
    void unlink();

  private:
    [[noreturn]] void fail(const std::string& doing) const;

    std::filesystem::path path_;
    int number_ = -1;
};

}  // namespace firebreak
