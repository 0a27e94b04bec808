#pragma once

#include <cstdint>
#include <string>

#include "io/hdf5_handle.hpp"

namespace firebreak {

/// A file descriptor as the HDF5 library sees it when it writes through `write_access`. After the
/// first failed write the rest goes nowhere and the library is told that all is well: it cannot
/// close a file that refuses its last blocks, neither then nor when the process ends.
struct Hdf5Descriptor {
    int number = -1;  ///< open for reading and writing
    int error = 0;    ///< errno of the first failure; 0: none so far
};

/// A file access property list that has a new file written to this descriptor, which lives longer
/// than the file. The name given to H5Fcreate is never used.
Hdf5Handle write_access(Hdf5Descriptor& descriptor);

}  // namespace firebreak
