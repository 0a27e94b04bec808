#include "io/hdf5_dataset.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <type_traits>

#include <hdf5.h>

#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr std::size_t compressed_above = 65'536;  // [bytes]
constexpr std::size_t largest_chunk = 1'048'576;  // [bytes]
constexpr std::size_t held_rows = 262'144;        // [bytes], rows of a chunk
constexpr std::size_t fixed_text_limit = 60'000;  // [bytes], longer attributes vary in length
constexpr unsigned deflate_level = 4;

Hdf5Handle property_list(hid_t kind) {
    return stored_handle(H5Pcreate(kind), H5Pclose, "property list");
}

Hdf5Handle text_type(std::size_t size) {
    Hdf5Handle type = stored_handle(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
    check_stored(H5Tset_size(type.get(), size) >= 0, "text size");
    check_stored(H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0, "text encoding");
    check_stored(H5Tset_strpad(type.get(), H5T_STR_NULLTERM) >= 0, "text end");
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
    const Hdf5Handle attribute = stored_handle(
        H5Acreate2(object, name.c_str(), stored, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
        "attribute " + name);
    check_stored(H5Awrite(attribute.get(), in_memory, data) >= 0, "attribute " + name);
}

/// The axes are cut, from the first, to fit the largest chunk.
StoredShape chunk_of(StoredShape shape, std::size_t value_size) {
    for (std::uint64_t& extent : shape) {
        while (extent > 1 && values_in(shape) * value_size > largest_chunk) {
            extent = (extent + 1) / 2;
        }
    }
    return shape;
}

/// The library has an integer type of its own.
std::vector<hsize_t> extents(const StoredShape& shape) { return {shape.begin(), shape.end()}; }

Hdf5Handle simple_space(const StoredShape& shape, const std::string& name) {
    return stored_handle(
        H5Screate_simple(static_cast<int>(shape.size()), extents(shape).data(), nullptr), H5Sclose,
        name);
}

Hdf5Handle creation_list() {
    Hdf5Handle list = property_list(H5P_DATASET_CREATE);
    constexpr unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    check_stored(H5Pset_attr_creation_order(list.get(), order) >= 0, "attribute order");
    check_stored(H5Pset_obj_track_times(list.get(), false) >= 0, "times");
    return list;
}

/// Contiguous data cannot carry a checksum, so that there are chunks in any case.
void set_chunks(const Hdf5Handle& list, const StoredShape& chunk, bool compressed) {
    check_stored(
        H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), extents(chunk).data()) >= 0,
        "chunk");
    if (compressed) {
        check_stored(H5Pset_shuffle(list.get()) >= 0, "shuffle");
        check_stored(H5Pset_deflate(list.get(), deflate_level) >= 0, "deflate");
    }
    check_stored(H5Pset_fletcher32(list.get()) >= 0, "checksum");
}

}  // namespace

void check_stored(bool succeeded, const std::string& what) {
    if (!succeeded) throw LogicError("cannot lay out the result file: " + what);
}

Hdf5Handle stored_handle(std::int64_t id, Hdf5Handle::Close close, const std::string& what) {
    check_stored(id >= 0, what);
    return {id, close};
}

std::size_t stored_bytes(const StoredValues& values) {
    return std::visit(
        [](const auto& all) {
            using Value = typename std::decay_t<decltype(all)>::value_type;
            if constexpr (std::is_same_v<Value, std::string>) {
                std::size_t bytes = 0;
                for (const std::string& text : all) bytes += text.size();
                return bytes;
            } else {
                return all.size() * sizeof(Value);
            }
        },
        values);
}

std::uint64_t values_in(const StoredShape& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
}

std::uint64_t rows_together(const StoredShape& shape, std::size_t value_size) {
    const std::uint64_t bytes = values_in(shape) * value_size;
    if (bytes <= compressed_above) return shape.front();
    const std::uint64_t row_bytes = bytes / shape.front();
    std::uint64_t together = 1;
    while (together < shape.front() && 2 * together * row_bytes <= held_rows) together *= 2;
    return std::min(together, shape.front());
}

Hdf5Handle create_dataset(std::int64_t group, const std::string& name, const StoredShape& shape,
                          const StoredValues& values, std::uint64_t rows_of_chunk) {
    const Hdf5Handle access = property_list(H5P_DATASET_ACCESS);
    // No cache: whole chunks are written, in an order of our own.
    check_stored(H5Pset_chunk_cache(access.get(), 1, 0, 1.0) >= 0, "chunk cache");
    const Hdf5Handle creation = creation_list();
    const auto create = [&](hid_t type) {
        return stored_handle(H5Dcreate2(group, name.c_str(), type, simple_space(shape, name).get(),
                                        H5P_DEFAULT, creation.get(), access.get()),
                             H5Dclose, name);
    };
    return std::visit(
        [&](const auto& all) {
            using Value = typename std::decay_t<decltype(all)>::value_type;
            if constexpr (std::is_same_v<Value, std::string>) {
                return create(text_type(H5T_VARIABLE).get());
            } else {
                const std::uint64_t count = values_in(shape);
                if (count > 0) {
                    StoredShape chunk = shape;
                    chunk.front() = rows_of_chunk;
                    set_chunks(creation, chunk_of(std::move(chunk), sizeof(Value)),
                               count * sizeof(Value) > compressed_above);
                }
                return create(number_type<Value>());
            }
        },
        values);
}

void write_rows(const Hdf5Handle& dataset, const std::string& name, const StoredShape& shape,
                std::uint64_t first, const StoredValues& values) {
    const auto write = [&](hid_t type, std::size_t count, const void* data) {
        if (count == 0) return;
        StoredShape begin(shape.size(), 0);
        begin.front() = first;
        StoredShape extent = shape;
        extent.front() = count * shape.front() / values_in(shape);
        const Hdf5Handle held = simple_space(extent, name);
        const Hdf5Handle stored = simple_space(shape, name);
        check_stored(H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, extents(begin).data(),
                                         nullptr, extents(extent).data(), nullptr) >= 0,
                     name);
        check_stored(
            H5Dwrite(dataset.get(), type, held.get(), stored.get(), H5P_DEFAULT, data) >= 0, name);
    };
    std::visit(
        [&](const auto& all) {
            using Value = typename std::decay_t<decltype(all)>::value_type;
            if constexpr (std::is_same_v<Value, std::string>) {
                std::vector<const char*> texts;
                for (const std::string& text : all) texts.push_back(text.c_str());
                write(text_type(H5T_VARIABLE).get(), texts.size(), texts.data());
            } else {
                write(memory_type<Value>(), all.size(), all.data());
            }
        },
        values);
}

void write_attribute(hid_t object, const StoredAttribute& attribute) {
    if (const auto* text = std::get_if<std::string>(&attribute.value)) {
        const Hdf5Handle space = stored_handle(H5Screate(H5S_SCALAR), H5Sclose, "scalar");
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
        const Hdf5Handle space =
            stored_handle(H5Screate_simple(1, &size, nullptr), H5Sclose, "space");
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

}  // namespace firebreak
