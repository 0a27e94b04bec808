#include "io/checksum.hpp"

#include <vector>

#include <boost/crc.hpp>
#include <fcntl.h>

#include "io/descriptor.hpp"

namespace firebreak {

struct Checksum::State {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
};

Checksum::Checksum() : state_(std::make_unique<State>()) {}

Checksum::~Checksum() = default;

void Checksum::add(std::span<const std::byte> bytes) {
    state_->crc.process_bytes(bytes.data(), bytes.size());
}

std::uint32_t Checksum::value() const { return state_->crc.checksum(); }

std::uint32_t file_checksum(const std::filesystem::path& path) {
    constexpr std::size_t piece = 1 << 20;
    const Descriptor file(path, O_RDONLY);
    Checksum checksum;
    std::uint64_t offset = 0;
    while (true) {
        const std::vector<std::byte> bytes = file.read(offset, piece);
        if (bytes.empty()) return checksum.value();
        checksum.add(bytes);
        offset += bytes.size();
    }
}

}  // namespace firebreak
