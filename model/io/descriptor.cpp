#include "io/descriptor.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace firebreak {

Descriptor::Descriptor(std::filesystem::path path, int flags) : path_(std::move(path)) {
    number_ = ::open(path_.c_str(), flags | O_CLOEXEC, 0666);
    if (number_ < 0) fail("cannot open");
}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

void Descriptor::fail(const std::string& doing) const {
    throw SystemError(path_.string(), doing + ": " + std::generic_category().message(errno));
}

bool Descriptor::try_lock() {
    if (::flock(number_, LOCK_EX | LOCK_NB) == 0) return true;
    // A file system without locks must do without.
    if (errno == ENOLCK || errno == ENOTSUP) return true;
    if (errno != EWOULDBLOCK) fail("cannot lock");
    return false;
}

std::uint64_t Descriptor::size() const {
    struct stat status {};

    if (::fstat(number_, &status) != 0) fail("cannot look at");
    return static_cast<std::uint64_t>(status.st_size);
}

void Descriptor::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0) {
            if (errno == EINTR) continue;
            fail("cannot write");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
}

std::vector<std::byte> Descriptor::read(std::uint64_t offset, std::size_t count) const {
    std::vector<std::byte> bytes(count);
    std::size_t done = 0;
    while (done < count) {
        const ssize_t got =
            ::pread(number_, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
        if (got < 0) {
            if (errno == EINTR) continue;
            fail("cannot read");
        }
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

void Descriptor::truncate(std::uint64_t size) {
    if (::ftruncate(number_, static_cast<off_t>(size)) != 0) fail("cannot cut off");
}

void Descriptor::sync() {
    if (::fdatasync(number_) != 0) fail("cannot write to the disk");
}

bool Descriptor::rename(const std::filesystem::path& path, bool replace) {
    const unsigned int flags = replace ? 0 : RENAME_NOREPLACE;
    int result = ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, path.c_str(), flags);
    if (result != 0 && (errno == EINVAL || errno == ENOSYS)) {
        // NFS, for one, has no such flag; but no file system gives a name in use to a link.
        result =
            replace ? ::rename(path_.c_str(), path.c_str()) : ::link(path_.c_str(), path.c_str());
        if (result == 0 && !replace) ::unlink(path_.c_str());
    }
    if (result != 0 && errno == EEXIST) return false;
    if (result != 0) fail("cannot rename");
    path_ = path;
    return true;
}

void Descriptor::unlink() {
    if (::unlink(path_.c_str()) != 0) fail("cannot remove");
}

}  // namespace firebreak
