#include "io/results.hpp"

#include "io/atomic_file.hpp"
#include "io/results_layout.hpp"

namespace firebreak {

std::vector<std::byte> results_bytes(const Results& results, const RuntimeNotes& runtime,
                                     const EnsembleResult& ensemble) {
    return hdf5_bytes(results_layout(results, runtime, ensemble));
}

void write_results(const std::filesystem::path& path, const Results& results,
                   const RuntimeNotes& runtime, const EnsembleResult& ensemble, bool replace) {
    write_whole_file(path, results_bytes(results, runtime, ensemble), replace);
}

}  // namespace firebreak
