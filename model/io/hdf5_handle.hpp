#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace firebreak {

/// Owns one identifier of the HDF5 library and gives it back when it goes. Used by io/hdf5*.cpp
/// only; the identifier is the library's 64-bit integer.
class Hdf5Handle {
  public:
    using Close = int (*)(std::int64_t);

    Hdf5Handle() = default;

    Hdf5Handle(std::int64_t id, Close close) : id_(id), close_(close) {}

    Hdf5Handle(Hdf5Handle&& other) noexcept
        : id_(std::exchange(other.id_, -1)), close_(other.close_) {}

    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }

    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;

    ~Hdf5Handle() { reset(); }

    std::int64_t get() const { return id_; }

    /// Gives the identifier back now; false if the library reports a failure.
    bool reset() {
        if (id_ < 0) return true;
        return close_(std::exchange(id_, -1)) >= 0;
    }

  private:
    std::int64_t id_ = -1;
    Close close_ = nullptr;
};

/// Keeps the HDF5 library from printing its own error messages; ours come from exceptions.
void silence_hdf5();

}  // namespace firebreak
