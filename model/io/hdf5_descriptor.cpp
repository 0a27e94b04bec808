#include "io/hdf5_descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <hdf5.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <unistd.h>

#include "base/error.hpp"

namespace firebreak {
namespace {

constexpr haddr_t largest_address = (haddr_t{1} << 62U) - 1;

/// What the library keeps of an open file. Its own part comes first.
struct OpenFile {
    H5FD_t library{};
    Hdf5Descriptor* descriptor = nullptr;
    haddr_t allocated = 0;  ///< end of what the library has given addresses to
    haddr_t written = 0;    ///< end of what was written
};

OpenFile& open_file(H5FD_t* file) { return *reinterpret_cast<OpenFile*>(file); }

const OpenFile& open_file(const H5FD_t* file) { return *reinterpret_cast<const OpenFile*>(file); }

H5FD_t* open(const char*, unsigned, hid_t access, haddr_t) {
    const auto* settings = static_cast<Hdf5Descriptor* const*>(H5Pget_driver_info(access));
    if (settings == nullptr) return nullptr;
    auto* file = new OpenFile;
    file->descriptor = *settings;
    return &file->library;
}

herr_t close(H5FD_t* file) {
    delete &open_file(file);
    return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
    if (flags != nullptr) {
        *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
                 H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA;
    }
    return 0;
}

haddr_t get_allocated(const H5FD_t* file, H5FD_mem_t) { return open_file(file).allocated; }

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t end) {
    open_file(file).allocated = end;
    return 0;
}

haddr_t get_written(const H5FD_t* file, H5FD_mem_t) { return open_file(file).written; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
    Hdf5Descriptor& descriptor = *open_file(file).descriptor;
    auto* to = static_cast<char*>(buffer);
    while (size > 0) {
        const ssize_t got = ::pread(descriptor.number, to, size, static_cast<off_t>(address));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && descriptor.error == 0) descriptor.error = errno;
        if (got <= 0) break;
        to += got;
        address += static_cast<haddr_t>(got);
        size -= static_cast<std::size_t>(got);
    }
    // Beyond the end of the file everything is zero.
    std::memset(to, 0, size);
    return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
             const void* buffer) {
    OpenFile& open = open_file(file);
    const auto* from = static_cast<const char*>(buffer);
    open.written = std::max<haddr_t>(open.written, address + size);
    while (size > 0 && open.descriptor->error == 0) {
        const ssize_t put =
            ::pwrite(open.descriptor->number, from, size, static_cast<off_t>(address));
        if (put < 0) {
            if (errno != EINTR) open.descriptor->error = errno;
            continue;
        }
        from += put;
        address += static_cast<haddr_t>(put);
        size -= static_cast<std::size_t>(put);
    }
    return 0;
}

/// The file ends where the library says that it does.
herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
    OpenFile& open = open_file(file);
    open.written = open.allocated;
    if (open.descriptor->error == 0 &&
        ::ftruncate(open.descriptor->number, static_cast<off_t>(open.allocated)) != 0) {
        open.descriptor->error = errno;
    }
    return 0;
}

H5FD_class_t driver_class() {
    H5FD_class_t made{};
#if H5_VERSION_GE(1, 13, 0)
    made.version = H5FD_CLASS_VERSION;
    made.value = static_cast<H5FD_class_value_t>(600);  // beyond those of the library's makers
#endif
    made.name = "descriptor";
    made.maxaddr = largest_address;
    made.fc_degree = H5F_CLOSE_WEAK;
    made.fapl_size = sizeof(void*);  // a pointer to an Hdf5Descriptor
    made.open = open;
    made.close = close;
    made.query = query;
    made.get_eoa = get_allocated;
    made.set_eoa = set_allocated;
    made.get_eof = get_written;
    made.read = read;
    made.write = write;
    made.truncate = truncate;
    constexpr H5FD_mem_t map[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(map), std::end(map), std::begin(made.fl_map));
    return made;
}

}  // namespace

Hdf5Handle write_access(Hdf5Descriptor& descriptor) {
    static const H5FD_class_t driver = driver_class();
    // The library counts its users: a list holds the driver as long as it needs it.
    const Hdf5Handle registered(H5FDregister(&driver), H5FDunregister);
    Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    Hdf5Descriptor* const settings = &descriptor;
    const bool made = registered.get() >= 0 && access.get() >= 0 &&
                      H5Pset_driver(access.get(), registered.get(), &settings) >= 0;
    if (!made) throw LogicError("HDF5 refuses a driver of ours");
    return access;
}

}  // namespace firebreak
