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

}  // namespace

void sync_folder_of(const std::filesystem::path& path) {
    const std::filesystem::path folder = folder_of(path);
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // Some file systems cannot sync a folder (EINVAL); the file itself is safe.
    const bool synced = opened >= 0 && (::fsync(opened) == 0 || errno == EINVAL);
    const int error = errno;
    if (opened >= 0) ::close(opened);
    if (!synced) fail(folder, "cannot sync the folder", error);
}

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

AtomicFile::AtomicFile(const std::filesystem::path& path, bool replace)
    : path_(path), beside_(path.string() + ".tmp." + std::to_string(::getpid())) {
    check_output_path(path, replace);
    // One that a killed process of the same number left behind is of no use to anybody.
    ::unlink(beside_.c_str());
    descriptor_ = ::open(beside_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(beside_, "cannot create", errno);
}

AtomicFile::~AtomicFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(beside_.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            fail(beside_, "cannot write", errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::commit() {
    if (::fsync(descriptor_) != 0) fail(beside_, "cannot write", errno);
    // Some systems report a failed write only here.
    if (::close(std::exchange(descriptor_, -1)) != 0) fail(beside_, "cannot write", errno);
    if (::rename(beside_.c_str(), path_.c_str()) != 0) {
        fail(path_, "cannot rename the finished file", errno);
    }
    renamed_ = true;
    sync_folder_of(path_);
}

void write_whole_text(const std::filesystem::path& path, const std::string& text, bool replace) {
    AtomicFile file(path, replace);
    file.write(std::as_bytes(std::span(text)));
    file.commit();
}

}  // namespace firebreak
