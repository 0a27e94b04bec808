#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace firebreak {

/// The number of one thing of a kind. Explicit from and to integer, ordered, without arithmetic: an
/// id is looked up, never computed. A missing one is std::optional<Id<Tag>>.
template <class Tag>
class Id {
  public:
    constexpr explicit Id(std::uint32_t value) : value_(value) {}

    constexpr std::uint32_t value() const { return value_; }

    constexpr auto operator<=>(const Id&) const = default;

  private:
    std::uint32_t value_;
};

/// A row of values, one per id of a kind, that refuses the id of another kind.
template <class IdType, class Value>
class Table {
  public:
    Table() = default;

    explicit Table(std::size_t size, const Value& value = Value()) : values_(size, value) {}

    explicit Table(std::vector<Value> values) : values_(std::move(values)) {}

    Value& operator[](IdType id) {
        EXPECT(contains(id), "the table has no row for this id");
        return values_[id.value()];
    }

    const Value& operator[](IdType id) const {
        EXPECT(contains(id), "the table has no row for this id");
        return values_[id.value()];
    }

    /// Adds a row and returns its id.
    IdType add(Value value) {
        values_.push_back(std::move(value));
        return IdType(static_cast<std::uint32_t>(values_.size() - 1));
    }

    bool contains(IdType id) const { return id.value() < values_.size(); }

    std::size_t size() const { return values_.size(); }

    bool empty() const { return values_.empty(); }

    /// All ids in ascending order.
    std::vector<IdType> ids() const {
        std::vector<IdType> all;
        all.reserve(values_.size());
        for (std::uint32_t row = 0; row < values_.size(); ++row) all.push_back(IdType(row));
        return all;
    }

    auto begin() { return values_.begin(); }

    auto end() { return values_.end(); }

    auto begin() const { return values_.begin(); }

    auto end() const { return values_.end(); }

    bool operator==(const Table&) const = default;

  private:
    std::vector<Value> values_;
};

using SectorId = Id<struct Sector>;
using AllyId = Id<struct Ally>;
using ReplicationId = Id<struct Replication>;

}  // namespace firebreak
