#include <map>
#include <numeric>

#include <fcntl.h>
#include <hdf5.h>

#include "base/error.hpp"
#include "io/descriptor.hpp"
#include "io/hdf5.hpp"
#include "io/hdf5_handle.hpp"

namespace firebreak {
namespace {

Hdf5Handle text_in_memory() {
    Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), H5T_VARIABLE);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    return type;
}

}  // namespace

struct Hdf5Reader::File {
    std::filesystem::path path;
    Hdf5Handle id;
    std::map<std::string, Hdf5Handle> open{};

    [[noreturn]] void fail(const std::string& why) const {
        throw InputError(Problem{path.string(), why, ""});
    }

    void check(bool succeeded, const std::string& name) const {
        if (!succeeded) fail("damaged: " + name + " cannot be read");
    }

    Hdf5Handle attribute(hid_t object, const std::string& name) const {
        if (H5Aexists(object, name.c_str()) <= 0) fail("incomplete: lacks the attribute " + name);
        Hdf5Handle found(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose);
        check(found.get() >= 0, name);
        return found;
    }

    Hdf5Handle dataset(const std::string& name) const {
        if (H5Lexists(id.get(), name.c_str(), H5P_DEFAULT) <= 0) {
            fail("incomplete: lacks the variable " + name);
        }
        Hdf5Handle found(H5Dopen2(id.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
        check(found.get() >= 0, name);
        return found;
    }

    std::vector<std::size_t> shape(const Hdf5Handle& dataset_id, const std::string& name) const {
        const Hdf5Handle space(H5Dget_space(dataset_id.get()), H5Sclose);
        const int rank = H5Sget_simple_extent_ndims(space.get());
        check(rank >= 0, name);
        std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
        check(H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr) >= 0, name);
        return {extent.begin(), extent.end()};
    }

    /// Stays open, so that the library keeps the chunk that rows are read from one after another.
    const Hdf5Handle& kept(const std::string& name) {
        const auto known = open.find(name);
        return known != open.end() ? known->second
                                   : open.emplace(name, dataset(name)).first->second;
    }

    template <class Value>
    std::vector<Value> values(const std::string& name, hid_t type,
                              std::optional<std::uint64_t> row = {}) {
        const Hdf5Handle& found = kept(name);
        std::vector<std::size_t> extent = shape(found, name);
        if (row) {
            EXPECT(!extent.empty() && *row < extent.front(), "a row of the variable");
            extent.front() = 1;
        }
        std::vector<Value> read(
            std::accumulate(extent.begin(), extent.end(), std::size_t{1}, std::multiplies<>()));
        const std::vector<hsize_t> size(extent.begin(), extent.end());
        std::vector<hsize_t> begin(size.size(), 0);
        if (row) begin.front() = *row;
        const Hdf5Handle stored(H5Dget_space(found.get()), H5Sclose);
        const Hdf5Handle here(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr),
                              H5Sclose);
        if (row) {
            check(H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, begin.data(), nullptr,
                                      size.data(), nullptr) >= 0,
                  name);
        }
        check(H5Dread(found.get(), type, here.get(), stored.get(), H5P_DEFAULT, read.data()) >= 0,
              name);
        return read;
    }

    template <class Value>
    Value number_attribute(hid_t object, const std::string& name, hid_t type) const {
        const Hdf5Handle found = attribute(object, name);
        const Hdf5Handle space(H5Aget_space(found.get()), H5Sclose);
        Value value{};
        check(H5Sget_simple_extent_npoints(space.get()) == 1 &&
                  H5Aread(found.get(), type, &value) >= 0,
              name);
        return value;
    }

    std::string text_attribute(hid_t object, const std::string& name) const {
        const Hdf5Handle found = attribute(object, name);
        const Hdf5Handle stored(H5Aget_type(found.get()), H5Tclose);
        check(H5Tget_class(stored.get()) == H5T_STRING, name);
        if (H5Tis_variable_str(stored.get()) > 0) {
            const Hdf5Handle type = text_in_memory();
            char* text = nullptr;
            check(H5Aread(found.get(), type.get(), &text) >= 0 && text != nullptr, name);
            std::string result(text);
            H5free_memory(text);
            return result;
        }
        std::string result(H5Tget_size(stored.get()), '\0');
        check(H5Aread(found.get(), stored.get(), result.data()) >= 0, name);
        return result.substr(0, result.find('\0'));
    }
};

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path) : file_(std::make_unique<File>()) {
    silence_hdf5();
    file_->path = path;
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) file_->fail("no such file");
    if (std::filesystem::is_directory(status)) file_->fail("is a folder, not a result file");
    if (std::filesystem::file_size(path, error) == 0) file_->fail("is empty");
    const htri_t known = H5Fis_hdf5(path.c_str());
    if (known < 0) file_->fail("cannot be read");
    if (known == 0) file_->fail("not a Firebreak result file: not HDF5");
    file_->id = Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (file_->id.get() >= 0) return;
    if (!Descriptor(path, O_RDONLY).try_lock()) file_->fail("is in use by another program");
    file_->fail("damaged or cut short: HDF5 cannot open it");
}

Hdf5Reader::~Hdf5Reader() = default;

bool Hdf5Reader::has_attribute(const std::string& name) const {
    return H5Aexists(file_->id.get(), name.c_str()) > 0;
}

std::string Hdf5Reader::text_attribute(const std::string& name) const {
    return file_->text_attribute(file_->id.get(), name);
}

std::int64_t Hdf5Reader::integer_attribute(const std::string& name) const {
    return file_->number_attribute<std::int64_t>(file_->id.get(), name, H5T_NATIVE_INT64);
}

double Hdf5Reader::number_attribute(const std::string& name) const {
    return file_->number_attribute<double>(file_->id.get(), name, H5T_NATIVE_DOUBLE);
}

bool Hdf5Reader::has(const std::string& variable) const {
    return H5Lexists(file_->id.get(), variable.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> Hdf5Reader::variable_names() const {
    std::vector<std::string> names;
    H5G_info_t info;
    file_->check(H5Gget_info(file_->id.get(), &info) >= 0, "the list of variables");
    for (hsize_t position = 0; position < info.nlinks; ++position) {
        const auto name_of = [&](char* text, std::size_t size) {
            return H5Lget_name_by_idx(file_->id.get(), ".", H5_INDEX_NAME, H5_ITER_INC, position,
                                      text, size, H5P_DEFAULT);
        };
        const ssize_t length = name_of(nullptr, 0);
        file_->check(length >= 0, "the list of variables");
        std::string name(static_cast<std::size_t>(length) + 1, '\0');
        name_of(name.data(), name.size());
        name.pop_back();
        H5O_info_t object;
        if (H5Oget_info_by_name2(file_->id.get(), name.c_str(), &object, H5O_INFO_BASIC,
                                 H5P_DEFAULT) >= 0 &&
            object.type == H5O_TYPE_DATASET) {
            names.push_back(name);
        }
    }
    return names;
}

std::vector<std::size_t> Hdf5Reader::shape(const std::string& variable) const {
    return file_->shape(file_->kept(variable), variable);
}

std::string Hdf5Reader::text_attribute_of(const std::string& variable,
                                          const std::string& name) const {
    const Hdf5Handle found = file_->dataset(variable);
    return H5Aexists(found.get(), name.c_str()) > 0 ? file_->text_attribute(found.get(), name) : "";
}

double Hdf5Reader::number_attribute_of(const std::string& variable, const std::string& name) const {
    return file_->number_attribute<double>(file_->dataset(variable).get(), name, H5T_NATIVE_DOUBLE);
}

std::vector<double> Hdf5Reader::numbers(const std::string& variable,
                                        std::optional<std::uint64_t> row) const {
    return file_->values<double>(variable, H5T_NATIVE_DOUBLE, row);
}

std::vector<std::int64_t> Hdf5Reader::integers(const std::string& variable,
                                               std::optional<std::uint64_t> row) const {
    return file_->values<std::int64_t>(variable, H5T_NATIVE_INT64, row);
}

std::vector<std::string> Hdf5Reader::texts(const std::string& variable) const {
    const Hdf5Handle found = file_->dataset(variable);
    const Hdf5Handle stored(H5Dget_type(found.get()), H5Tclose);
    file_->check(H5Tis_variable_str(stored.get()) > 0, variable);
    const Hdf5Handle type = text_in_memory();
    const Hdf5Handle space(H5Dget_space(found.get()), H5Sclose);
    auto read = file_->values<char*>(variable, type.get());
    std::vector<std::string> texts;
    for (const char* text : read) texts.emplace_back(text == nullptr ? "" : text);
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, read.data());
    return texts;
}

}  // namespace firebreak
