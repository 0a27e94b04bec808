#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace firebreak {

/// Refuses an output path before any work is done for it. Throws InputError if something is there
/// already (unless `replace`), if its folder does not exist, or if it cannot be written to.
void check_output_path(const std::filesystem::path& path, bool replace);

/// Writes a whole file beside its name (`NAME.tmp.PID`), syncs it, renames it and syncs the folder:
/// under the final name there is the old file, the new one, or none, never half. The file beside
/// goes in any case. Throws InputError as above, SystemError if the disk is full or fails.
void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes,
                      bool replace);

}  // namespace firebreak
