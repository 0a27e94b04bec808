#pragma once

#include <array>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace firebreak {

/// An array over several named axes, row by row.
template <class Value, std::size_t Axes>
class Grid {
  public:
    using Shape = std::array<std::size_t, Axes>;

    Grid() = default;

    explicit Grid(const Shape& shape, Value value = Value())
        : shape_(shape), values_(size_of(shape), value) {}

    Grid(const Shape& shape, std::vector<Value> values)
        : shape_(shape), values_(std::move(values)) {
        EXPECT(values_.size() == size_of(shape), "values fill their axes");
    }

    Value& operator[](const Shape& index) { return values_[position(index)]; }

    const Value& operator[](const Shape& index) const { return values_[position(index)]; }

    const Shape& shape() const { return shape_; }

    const std::vector<Value>& values() const { return values_; }

  private:
    static std::size_t size_of(const Shape& shape) {
        return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
    }

    std::size_t position(const Shape& index) const {
        std::size_t position = 0;
        for (std::size_t axis = 0; axis < Axes; ++axis) {
            EXPECT(index[axis] < shape_[axis], "an index within the axis");
            position = position * shape_[axis] + index[axis];
        }
        return position;
    }

    Shape shape_{};
    std::vector<Value> values_;
};

}  // namespace firebreak
