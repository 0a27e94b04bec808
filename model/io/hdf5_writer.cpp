#include <cstdlib>
#include <map>
#include <type_traits>

#include <hdf5.h>
#include <hdf5_hl.h>

#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/hdf5_handle.hpp"

namespace firebreak {
namespace {

constexpr std::size_t compressed_above = 65'536;  // [bytes]
constexpr std::size_t largest_chunk = 1'048'576;  // [bytes]
constexpr std::size_t fixed_text_limit = 60'000;  // [bytes], longer attributes vary in length
constexpr unsigned deflate_level = 4;

/// The file lies in memory, so that a call can only fail by our own mistake.
void check(bool succeeded, const std::string& what) {
    if (!succeeded) throw LogicError("cannot lay out the result file: " + what);
}

Hdf5Handle handle(hid_t id, Hdf5Handle::Close close, const std::string& what) {
    check(id >= 0, what);
    return {id, close};
}

Hdf5Handle property_list(hid_t kind) { return handle(H5Pcreate(kind), H5Pclose, "property list"); }

Hdf5Handle text_type(std::size_t size) {
    Hdf5Handle type = handle(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
    check(H5Tset_size(type.get(), size) >= 0, "text size");
    check(H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0, "text encoding");
    check(H5Tset_strpad(type.get(), H5T_STR_NULLTERM) >= 0, "text end");
    return type;
}

template <class Value>
hid_t number_type() {
    if constexpr (std::is_same_v<Value, double>) {
        return H5T_IEEE_F64LE;
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {
        return H5T_STD_I64LE;
    } else if constexpr (std::is_same_v<Value, std::int32_t>) {
        return H5T_STD_I32LE;
    } else {
        static_assert(std::is_same_v<Value, std::int8_t>);
        return H5T_STD_I8LE;
    }
}

template <class Value>
hid_t memory_type() {
    if constexpr (std::is_same_v<Value, double>) {
        return H5T_NATIVE_DOUBLE;
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {
        return H5T_NATIVE_INT64;
    } else if constexpr (std::is_same_v<Value, std::int32_t>) {
        return H5T_NATIVE_INT32;
    } else {
        return H5T_NATIVE_INT8;
    }
}

void write_raw_attribute(hid_t object, const std::string& name, const Hdf5Handle& space,
                         hid_t stored, hid_t in_memory, const void* data) {
    const Hdf5Handle attribute =
        handle(H5Acreate2(object, name.c_str(), stored, space.get(), H5P_DEFAULT, H5P_DEFAULT),
               H5Aclose, "attribute " + name);
    check(H5Awrite(attribute.get(), in_memory, data) >= 0, "attribute " + name);
}

void write_attribute(hid_t object, const StoredAttribute& attribute) {
    if (const auto* text = std::get_if<std::string>(&attribute.value)) {
        const Hdf5Handle space = handle(H5Screate(H5S_SCALAR), H5Sclose, "scalar");
        if (text->size() > fixed_text_limit) {
            const Hdf5Handle type = text_type(H5T_VARIABLE);
            const char* data = text->c_str();
            write_raw_attribute(object, attribute.name, space, type.get(), type.get(), &data);
        } else {
            const Hdf5Handle type = text_type(text->size() + 1);
            write_raw_attribute(object, attribute.name, space, type.get(), type.get(),
                                text->c_str());
        }
        return;
    }
    const auto write_numbers = [&](const auto* data, hsize_t size) {
        using Value = std::remove_cv_t<std::remove_pointer_t<decltype(data)>>;
        const Hdf5Handle space = handle(H5Screate_simple(1, &size, nullptr), H5Sclose, "space");
        write_raw_attribute(object, attribute.name, space, number_type<Value>(),
                            memory_type<Value>(), data);
    };
    std::visit(
        [&](const auto& value) {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::vector<std::int8_t>>) {
                write_numbers(value.data(), value.size());
            } else if constexpr (!std::is_same_v<Value, std::string>) {
                write_numbers(&value, 1);
            }
        },
        attribute.value);
}

/// Whole rows of the last axes up to the largest chunk; earlier axes are cut to fit.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> shape, std::size_t value_size) {
    const auto bytes = [&] {
        std::size_t product = value_size;
        for (const hsize_t extent : shape) product *= extent;
        return product;
    };
    for (hsize_t& extent : shape) {
        while (extent > 1 && bytes() > largest_chunk) extent = (extent + 1) / 2;
    }
    return shape;
}

Hdf5Handle creation_list(const std::vector<hsize_t>& shape, std::size_t value_size,
                         std::size_t values) {
    Hdf5Handle list = property_list(H5P_DATASET_CREATE);
    check(
        H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0,
        "attribute order");
    check(H5Pset_obj_track_times(list.get(), false) >= 0, "times");
    if (value_size > 0 && values * value_size > compressed_above) {
        const std::vector<hsize_t> chunk = chunk_of(shape, value_size);
        check(H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()) >= 0, "chunk");
        check(H5Pset_shuffle(list.get()) >= 0, "shuffle");
        check(H5Pset_deflate(list.get(), deflate_level) >= 0, "deflate");
    } else if (value_size > 0 && values > 0 && !shape.empty()) {
        // One chunk: contiguous data cannot carry a checksum.
        check(H5Pset_chunk(list.get(), static_cast<int>(shape.size()), shape.data()) >= 0, "chunk");
    }
    if (value_size > 0 && values > 0 && !shape.empty()) {
        check(H5Pset_fletcher32(list.get()) >= 0, "checksum");
    }
    return list;
}

/// Writes one group; sizes of its dimensions come from its coordinates.
class GroupWriter {
  public:
    GroupWriter(hid_t group, const StoredGroup& content) : group_(group), content_(content) {}

    void write() {
        for (const StoredAttribute& attribute : content_.attributes) {
            write_attribute(group_, attribute);
        }
        for (const StoredVariable& variable : content_.variables) write_variable(variable);
    }

  private:
    static bool is_coordinate(const StoredVariable& variable) {
        return variable.dimensions.size() == 1 && variable.dimensions.front() == variable.name;
    }

    void write_variable(const StoredVariable& variable) {
        const std::size_t size =
            std::visit([](const auto& v) { return v.size(); }, variable.values);
        if (is_coordinate(variable)) sizes_[variable.name] = size;
        std::vector<hsize_t> shape;
        std::size_t expected = 1;
        for (const std::string& dimension : variable.dimensions) {
            check(sizes_.count(dimension) == 1, variable.name + " has no coordinate " + dimension);
            shape.push_back(sizes_.at(dimension));
            expected *= sizes_.at(dimension);
        }
        check(!shape.empty() && expected == size, variable.name + " does not fill its dimensions");

        Hdf5Handle dataset = std::visit(
            [&](const auto& values) { return write_values(variable.name, shape, values); },
            variable.values);
        if (is_coordinate(variable)) {
            check(H5DSset_scale(dataset.get(), variable.name.c_str()) >= 0, variable.name);
        } else {
            attach(variable, dataset.get());
        }
        for (const StoredAttribute& attribute : variable.attributes) {
            write_attribute(dataset.get(), attribute);
        }
        if (is_coordinate(variable)) coordinates_[variable.name] = std::move(dataset);
    }

    void attach(const StoredVariable& variable, hid_t dataset) {
        for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
            const Hdf5Handle& coordinate = coordinates_.at(variable.dimensions[axis]);
            check(H5DSattach_scale(dataset, coordinate.get(), static_cast<unsigned>(axis)) >= 0,
                  variable.name);
        }
    }

    template <class Value>
    Hdf5Handle write_values(const std::string& name, const std::vector<hsize_t>& shape,
                            const std::vector<Value>& values) {
        const Hdf5Handle space =
            handle(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                   H5Sclose, name);
        if constexpr (std::is_same_v<Value, std::string>) {
            const Hdf5Handle type = text_type(H5T_VARIABLE);
            std::vector<const char*> texts;
            for (const std::string& text : values) texts.push_back(text.c_str());
            return write_dataset(name, space, creation_list(shape, 0, values.size()), type.get(),
                                 type.get(), texts.data());
        } else {
            return write_dataset(name, space, creation_list(shape, sizeof(Value), values.size()),
                                 number_type<Value>(), memory_type<Value>(), values.data());
        }
    }

    Hdf5Handle write_dataset(const std::string& name, const Hdf5Handle& space,
                             const Hdf5Handle& creation, hid_t stored, hid_t in_memory,
                             const void* data) {
        Hdf5Handle dataset = handle(H5Dcreate2(group_, name.c_str(), stored, space.get(),
                                               H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                                    H5Dclose, name);
        check(H5Dwrite(dataset.get(), in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0, name);
        return dataset;
    }

    hid_t group_;
    const StoredGroup& content_;
    std::map<std::string, std::size_t> sizes_;
    std::map<std::string, Hdf5Handle> coordinates_;
};

void set_group_order(const Hdf5Handle& list) {
    constexpr unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    check(H5Pset_link_creation_order(list.get(), order) >= 0, "link order");
    check(H5Pset_attr_creation_order(list.get(), order) >= 0, "attribute order");
    check(H5Pset_obj_track_times(list.get(), false) >= 0, "times");
}

/// Gets the memory of a file when the library is done with it. The image that the library offers
/// while the file is open has a wrong checksum: its "open for writing" mark is cleared too late.
struct Harvest {
    std::size_t size = 0;  ///< of the file; the memory may be larger
    std::vector<std::byte> bytes;
};

void* grow(void* memory, std::size_t size, H5FD_file_image_op_t, void*) {
    return std::realloc(memory, size);
}

herr_t release(void* memory, H5FD_file_image_op_t operation, void* to) {
    if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE && memory != nullptr) {
        auto& harvest = *static_cast<Harvest*>(to);
        const auto* begin = static_cast<const std::byte*>(memory);
        harvest.bytes.assign(begin, begin + harvest.size);
    }
    std::free(memory);
    return 0;
}

void* same(void* pointer) { return pointer; }

herr_t keep(void*) { return 0; }

Hdf5Handle create_in_memory(Harvest& harvest) {
    constexpr std::size_t growth = 1'048'576;  // [bytes]
    const Hdf5Handle access = property_list(H5P_FILE_ACCESS);
    check(H5Pset_fapl_core(access.get(), growth, false) >= 0, "memory driver");
    H5FD_file_image_callbacks_t callbacks{nullptr, nullptr, grow, release, same, keep, &harvest};
    check(H5Pset_file_image_callbacks(access.get(), &callbacks) >= 0, "memory of the file");
    check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0, "version");
    check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_SEMI) >= 0, "close degree");
    const Hdf5Handle creation = property_list(H5P_FILE_CREATE);
    set_group_order(creation);
    // The name is never seen: nothing is written under it.
    return handle(H5Fcreate("in memory", H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose,
                  "file");
}

}  // namespace

void silence_hdf5() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

std::vector<std::byte> hdf5_bytes(const StoredGroup& root) {
    silence_hdf5();
    Harvest harvest;
    Hdf5Handle file = create_in_memory(harvest);
    GroupWriter(file.get(), root).write();
    for (const StoredGroup& group : root.groups) {
        const Hdf5Handle list = property_list(H5P_GROUP_CREATE);
        set_group_order(list);
        const Hdf5Handle id =
            handle(H5Gcreate2(file.get(), group.name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
                   H5Gclose, group.name);
        GroupWriter(id.get(), group).write();
    }
    check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL) >= 0, "flush");
    const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);
    check(size > 0, "size");
    harvest.size = static_cast<std::size_t>(size);
    check(file.reset(), "an identifier was left open");
    ENSURE(harvest.bytes.size() == harvest.size, "the file's memory was harvested");
    return std::move(harvest.bytes);
}

}  // namespace firebreak
