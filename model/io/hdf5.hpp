#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
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
    std::string name;
    std::vector<StoredAttribute> attributes;
    std::vector<StoredVariable> variables;
    std::vector<StoredGroup> groups;
};

/// The bytes of an HDF5 file that is also netCDF-4. The same content gives the same bytes. Large
/// arrays are compressed.
std::vector<std::byte> hdf5_bytes(const StoredGroup& root);

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
    std::vector<double> numbers(const std::string& variable) const;
    std::vector<std::int64_t> integers(const std::string& variable) const;
    std::vector<std::string> texts(const std::string& variable) const;

  private:
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace firebreak
