#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5.hpp"
#include "io/hdf5_handle.hpp"

namespace firebreak {

using StoredShape = std::vector<std::uint64_t>;

/// A failed write is no failure here (see Hdf5Descriptor), so that a call fails by our own mistake:
/// LogicError.
void check_stored(bool succeeded, const std::string& what);

/// A handle of an identifier that the library has just given.
Hdf5Handle stored_handle(std::int64_t id, Hdf5Handle::Close close, const std::string& what);

/// Number of values of an array.
std::uint64_t values_in(const StoredShape& shape);

/// Rows of an array that are compressed together: a power of two of them up to 256 KiB, at least
/// one, or all.
std::uint64_t rows_together(const StoredShape& shape, std::size_t value_size);

/// Makes the dataset of a variable: its type is that of `values`, its chunks are of so many rows,
/// but no larger than 1 MiB. Arrays of more than 64 KiB are compressed, numbers have a checksum.
Hdf5Handle create_dataset(std::int64_t group, const std::string& name, const StoredShape& shape,
                          const StoredValues& values, std::uint64_t rows_of_chunk);

/// Writes whole rows to a dataset of this shape, beginning with row `first`.
void write_rows(const Hdf5Handle& dataset, const std::string& name, const StoredShape& shape,
                std::uint64_t first, const StoredValues& values);

/// Adds an attribute to a file, group or dataset.
void write_attribute(std::int64_t object, const StoredAttribute& attribute);

}  // namespace firebreak
