#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace firebreak {

/// Values of a stored variable, row by row. Text is variable-length UTF-8.
using StoredValues =
    std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::int32_t>,
                 std::vector<std::int8_t>, std::vector<std::string>>;

/// A note on a file, group or variable.
struct StoredAttribute {
    std::string name;
    std::variant<std::string, double, std::int32_t, std::int64_t, std::vector<std::int8_t>> value;
};

/// An array with a named dimension on every axis. One that is named like its only dimension is that
/// dimension's coordinate.
struct StoredVariable {
    std::string name;
    std::vector<std::string> dimensions;
    StoredValues values;
    std::vector<StoredAttribute> attributes;
};

/// What a file or a group in it holds, in this order. A group holds the coordinates it needs.
struct StoredGroup {
    std::string name;  ///< empty: the file itself
    std::vector<StoredAttribute> attributes;
    std::vector<StoredVariable> variables;
};

/// The dimension along which arrays are too long to be held in memory.
struct LongAxis {
    std::string dimension;
    std::uint64_t length{};
};

/// Bytes that the values take, uncompressed. Texts count for what they hold.
std::size_t stored_bytes(const StoredValues& values);

/// Writes an HDF5 file that is also netCDF-4. The same content gives the same bytes. Large arrays
/// are compressed. Variables over the long axis, numbers all of them, come row by row; of each no
/// more is held in memory than one row or 256 KiB. Throws SystemError that names the file if the
/// disk is full or fails.
class Hdf5Writer {
  public:
    /// `descriptor` is that of an empty file, open for reading and writing; `path` its name.
    Hdf5Writer(int descriptor, const std::filesystem::path& path, LongAxis axis = {});
    ~Hdf5Writer();
    Hdf5Writer(const Hdf5Writer&) = delete;
    Hdf5Writer& operator=(const Hdf5Writer&) = delete;

    /// Adds a group. Variables whose first dimension is the long axis are announced only: their
    /// values show the type and the size of a row.
    void add(const StoredGroup& group);

    /// Adds one row to each variable of a group that was announced, in the same order.
    void append(const std::string& group, const std::vector<StoredVariable>& rows);

    /// Ends the file; all rows have been appended.
    void close();

  private:
    struct File;
    std::unique_ptr<File> file_;
};

/// An HDF5 file open for reading. Every failure is an InputError that names the file and says what
/// it lacks or where it is damaged.
class Hdf5Reader {
  public:
    explicit Hdf5Reader(const std::filesystem::path& path);
    ~Hdf5Reader();
    Hdf5Reader(const Hdf5Reader&) = delete;
    Hdf5Reader& operator=(const Hdf5Reader&) = delete;

    bool has_attribute(const std::string& name) const;
    std::string text_attribute(const std::string& name) const;
    std::int64_t integer_attribute(const std::string& name) const;
    double number_attribute(const std::string& name) const;

    bool has(const std::string& variable) const;
    std::vector<std::string> variable_names() const;
    std::vector<std::size_t> shape(const std::string& variable) const;
    std::string text_attribute_of(const std::string& variable, const std::string& name) const;
    double number_attribute_of(const std::string& variable, const std::string& name) const;

    /// All values, or those of one row: of one index along the first axis.
    std::vector<double> numbers(const std::string& variable,
                                std::optional<std::uint64_t> row = {}) const;
    std::vector<std::int64_t> integers(const std::string& variable,
                                       std::optional<std::uint64_t> row = {}) const;
    std::vector<std::string> texts(const std::string& variable) const;

  private:
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace firebreak
