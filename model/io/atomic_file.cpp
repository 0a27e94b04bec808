#include "io/atomic_file.hpp"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"

namespace firebreak {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& doing, int error) {
    throw SystemError(path.string(), doing + ": " + std::generic_category().message(error));
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
    throw InputError(Problem{path.string(), why, ""});
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

/// An open file of the system, closed when it goes.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    int number() const { return number_; }

    /// Some systems report a failed write only here.
    bool close() { return ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

/// A file beside the final one that is removed unless it was renamed.
class FileBeside {
  public:
    explicit FileBeside(const std::filesystem::path& path)
        : path_(path.string() + ".tmp." + std::to_string(::getpid())) {}

    FileBeside(const FileBeside&) = delete;
    FileBeside& operator=(const FileBeside&) = delete;

    ~FileBeside() {
        if (!renamed_) ::unlink(path_.c_str());
    }

    const std::filesystem::path& path() const { return path_; }

    void rename_to(const std::filesystem::path& final_path) {
        if (::rename(path_.c_str(), final_path.c_str()) != 0) {
            fail(final_path, "cannot rename the finished file", errno);
        }
        renamed_ = true;
    }

  private:
    std::filesystem::path path_;
    bool renamed_ = false;
};

void write_all(const Descriptor& file, std::span<const std::byte> bytes,
               const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            fail(path, "cannot write", errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems cannot sync a folder (EINVAL); the file itself is safe.
    if (opened.number() < 0 || (::fsync(opened.number()) != 0 && errno != EINVAL)) {
        fail(folder, "cannot sync the folder", errno);
    }
}

}  // namespace

void check_output_path(const std::filesystem::path& path, bool replace) {
    if (path.empty()) refuse("output", "needs a file name");
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::is_directory(status)) refuse(path, "is a folder, not a file name");
    if (std::filesystem::exists(status) && !replace) {
        refuse(path, "exists already; --force replaces it");
    }
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        refuse(path, "is not an ordinary file, and results need one");
    }
    const std::filesystem::path folder = folder_of(path);
    if (!std::filesystem::is_directory(folder, error)) {
        refuse(path, "its folder " + folder.string() + " does not exist");
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        refuse(path, "its folder " + folder.string() + " cannot be written to");
    }
}

void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes,
                      bool replace) {
    check_output_path(path, replace);
    FileBeside beside(path);
    // One that a killed process of the same number left behind is of no use to anybody.
    ::unlink(beside.path().c_str());
    Descriptor file(::open(beside.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() < 0) fail(beside.path(), "cannot create", errno);
    write_all(file, bytes, beside.path());
    if (::fsync(file.number()) != 0) fail(beside.path(), "cannot write", errno);
    if (!file.close()) fail(beside.path(), "cannot write", errno);
    beside.rename_to(path);
    sync_folder(folder_of(path));
}

}  // namespace firebreak
