#include "io/results.hpp"

#include <fstream>
#include <string>
#include <string_view>

#include "io/atomic_file.hpp"
#include "io/results_layout.hpp"

namespace firebreak {

std::vector<std::byte> results_bytes(const Results& results, const RuntimeNotes& runtime,
                                     const EnsembleResult& ensemble) {
    return hdf5_bytes(results_layout(results, runtime, ensemble));
}

void check_result_path(const std::filesystem::path& path, bool replace) {
    check_output_path(path, replace);
    constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
    std::ifstream file(path, std::ios::binary);
    std::string start(signature.size(), '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    if (file.gcount() != 0 && start != signature) {
        throw InputError(
            Problem{path.string(), "is not an HDF5 file, and --force replaces nothing else", ""});
    }
}

void write_results(const std::filesystem::path& path, const Results& results,
                   const RuntimeNotes& runtime, const EnsembleResult& ensemble, bool replace) {
    check_result_path(path, replace);
    write_whole_file(path, results_bytes(results, runtime, ensemble), replace);
}

}  // namespace firebreak
