#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace firebreak {

/// Refuses an output path before any work is done for it. Throws InputError if something is there
/// already (unless `replace`), if its folder does not exist, or if it cannot be written to.
void check_output_path(const std::filesystem::path& path, bool replace);

/// Waits until the names in the folder of a file are on the disk. Throws SystemError.
void sync_folder_of(const std::filesystem::path& path);

/// A file that is written beside its name (`NAME.tmp.PID`) and gets it when it is whole: under the
/// final name there is the old file, the new one, or none, never half.
class AtomicFile {
  public:
    /// Creates the file beside. Throws InputError as above, SystemError if the system refuses.
    AtomicFile(const std::filesystem::path& path, bool replace);

    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// Removes the file beside unless it was committed.
    ~AtomicFile();

    /// Open for reading and writing; it stays this object's own.
    int descriptor() const { return descriptor_; }

    /// The name it has meanwhile.
    const std::filesystem::path& beside() const { return beside_; }

    /// Adds to the end. Throws SystemError if the disk is full or fails.
    void write(std::span<const std::byte> bytes);

    /// Syncs the file, renames it and syncs the folder. Throws SystemError.
    void commit();

  private:
    std::filesystem::path path_;
    std::filesystem::path beside_;
    int descriptor_ = -1;
    bool renamed_ = false;
};

/// Writes a text as a whole file in this way. Throws as `AtomicFile`.
void write_whole_text(const std::filesystem::path& path, const std::string& text, bool replace);

}  // namespace firebreak
