#include "io/results.hpp"

#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5.hpp"
#include "io/results_layout.hpp"

namespace firebreak {

namespace {

/// Where points failed, a line each, as far as anybody would read.
class FailureList {
  public:
    void note(std::uint64_t id, const PointFailure& failure) {
        if (++count_ > most_lines) return;
        text_ += "point " + std::to_string(id);
        if (failure.replication) {
            text_ += ", replication " + std::to_string(*failure.replication) + ", regime " +
                     failure.regime;
        }
        text_ += ": " + failure.reason + "\n";
    }

    std::string text() const {
        if (count_ <= most_lines) return text_;
        return text_ + "and " + std::to_string(count_ - most_lines) + " more\n";
    }

  private:
    static constexpr std::size_t most_lines = 1000;
    std::string text_;
    std::size_t count_ = 0;
};

}  // namespace

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

void write_results(const std::filesystem::path& path, const ResultHeading& heading,
                   const PointSource& points, const RuntimeNotes& runtime, bool replace) {
    EXPECT(heading.points > 0, "a result file has a point");
    check_result_path(path, replace);
    AtomicFile file(path, replace);
    Hdf5Writer writer(file.descriptor(), file.beside(), {"design_point", heading.points});
    const bool histories = heading.histories > 0;
    writer.add(root_group(heading));
    if (histories) writer.add(histories_group(heading));
    FailureList failures;
    for (std::uint64_t position = 0; position < heading.points; ++position) {
        const PointResult found = points(position);
        if (found.failure) failures.note(found.id, *found.failure);
        const PointEstimates point = estimate_point(heading, found);
        writer.append("", point_rows(heading, point));
        if (histories) writer.append(histories_group_name, history_rows(heading, point));
    }
    writer.add(runtime_group(runtime, failures.text()));
    writer.close();
    file.commit();
}

std::size_t result_bytes_per_point(const ResultHeading& heading) {
    std::size_t bytes = 0;
    const auto count = [&](const StoredGroup& group) {
        for (const StoredVariable& variable : group.variables) {
            if (variable.dimensions.front() == "design_point") {
                bytes += stored_bytes(variable.values);
            }
        }
    };
    count(root_group(heading));
    if (heading.histories > 0) count(histories_group(heading));
    return bytes;
}

}  // namespace firebreak
