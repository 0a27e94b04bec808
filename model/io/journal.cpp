#include "io/journal.hpp"

#include <algorithm>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "ensemble/ensemble.hpp"
#include "io/atomic_file.hpp"
#include "io/checksum.hpp"

namespace firebreak {
namespace {

// A file is this mark and then records: mark, kind, size of the payload, checksum of these three
// and the payload, payload. Numbers are little-endian.
constexpr std::string_view file_mark = "FBRJNL01";
constexpr std::uint32_t record_mark = 0x524A4246;
constexpr std::size_t record_head = 20;                            // [bytes]
constexpr std::uint64_t largest_payload = std::uint64_t{1} << 32;  // [bytes]

enum Kind : std::uint32_t {
    head_record = 1,
    block_record = 2,
    failure_record = 3,
    note_record = 4
};

template <class Number>
void put(std::vector<std::byte>& bytes, Number number) {
    for (std::size_t byte = 0; byte < sizeof number; ++byte) {
        bytes.push_back(static_cast<std::byte>((number >> (8 * byte)) & 0xFFU));
    }
}

template <class Number>
Number get(std::span<const std::byte> bytes, std::size_t offset) {
    Number number = 0;
    for (std::size_t byte = 0; byte < sizeof number; ++byte) {
        number |= static_cast<Number>(bytes[offset + byte]) << (8 * byte);
    }
    return number;
}

std::uint32_t checksum(std::uint32_t kind, std::span<const std::byte> payload) {
    std::vector<std::byte> head;
    put(head, kind);
    put(head, static_cast<std::uint64_t>(payload.size()));
    Checksum sum;
    sum.add(head);
    sum.add(payload);
    return sum.value();
}

struct RawRecord {
    std::uint32_t kind{};
    std::vector<std::byte> payload;
};

enum class Sight : std::uint8_t { sound, cut_off, damaged };

/// Looks at the record at an offset.
Sight look(const Descriptor& file, std::uint64_t offset, std::uint64_t size, RawRecord& record) {
    const std::vector<std::byte> head = file.read(offset, record_head);
    if (head.size() < record_head) return Sight::cut_off;
    if (get<std::uint32_t>(head, 0) != record_mark) return Sight::damaged;
    record.kind = get<std::uint32_t>(head, 4);
    const auto length = get<std::uint64_t>(head, 8);
    if (length > largest_payload) return Sight::damaged;
    if (offset + record_head + length > size) return Sight::cut_off;
    record.payload = file.read(offset + record_head, static_cast<std::size_t>(length));
    if (record.payload.size() < length) return Sight::cut_off;
    return checksum(record.kind, record.payload) == get<std::uint32_t>(head, 16) ? Sight::sound
                                                                                 : Sight::damaged;
}

/// The next sound record after an offset, if there is one.
std::optional<std::uint64_t> next_sound(const Descriptor& file, std::uint64_t offset,
                                        std::uint64_t size) {
    constexpr std::size_t window = 1 << 20;
    std::vector<std::byte> mark;
    put(mark, record_mark);
    RawRecord record;
    while (offset < size) {
        // Windows overlap, so that no mark is cut in two.
        const std::vector<std::byte> bytes = file.read(offset, window + mark.size() - 1);
        auto found = bytes.begin();
        while ((found = std::search(found, bytes.end(), mark.begin(), mark.end())) != bytes.end()) {
            const std::uint64_t at = offset + static_cast<std::uint64_t>(found - bytes.begin());
            if (look(file, at, size, record) == Sight::sound) return at;
            ++found;
        }
        offset += window;
    }
    return std::nullopt;
}

std::vector<std::byte> bytes_of(const JournalHead& head) {
    ByteWriter writer;
    writer.integer(static_cast<WideInteger>(head.entries.size()));
    for (const auto& [name, text] : head.entries) {
        writer.text(name);
        writer.text(text);
    }
    return writer.take();
}

void read_head(std::span<const std::byte> payload, JournalHead& head) {
    constexpr std::int64_t most_entries = 10'000;
    ByteReader reader(payload);
    for (std::int64_t left = reader.integer(0, most_entries); left > 0; --left) {
        std::string name = reader.text();
        head.set(std::move(name), reader.text());
    }
}

/// Refuses a journal that another process has in hand.
void lock(Descriptor& file) {
    if (file.try_lock()) return;
    throw InputError(Problem{file.path().string(), "is in use by another run", ""});
}

}  // namespace

std::string_view JournalHead::operator[](std::string_view name) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    return found == entries.end() ? std::string_view() : found->second;
}

void JournalHead::set(std::string name, std::string text) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    if (found != entries.end()) {
        found->second = std::move(text);
    } else {
        entries.emplace_back(std::move(name), std::move(text));
    }
}

Journal Journal::create(const std::filesystem::path& path, const JournalHead& head, bool replace) {
    check_output_path(path, replace);
    if (std::filesystem::exists(path)) {
        Descriptor old(path, O_RDWR);
        lock(old);
    }
    // It gets its name with its head: one that can be resumed is there, or none.
    Journal journal(Descriptor(path.string() + ".tmp." + std::to_string(::getpid()),
                               O_RDWR | O_CREAT | O_TRUNC));
    try {
        lock(journal.file_);
        journal.file_.write(0, std::as_bytes(std::span(file_mark)));
        journal.end_ = file_mark.size();
        journal.change(head);
        journal.sync();
        if (!journal.file_.rename(path, replace)) {
            throw InputError(Problem{path.string(), "is there already", ""});
        }
        sync_folder_of(path);
    } catch (const std::exception&) {
        journal.make_nameless();
        throw;
    }
    return journal;
}

Journal Journal::open_to_append(const std::filesystem::path& path, const Visit& visit) {
    Journal journal(Descriptor(path, O_RDWR));
    lock(journal.file_);
    journal.scan(visit);
    if (journal.file_.size() > journal.end_) journal.file_.truncate(journal.end_);
    return journal;
}

Journal Journal::open_to_read(const std::filesystem::path& path, const Visit& visit) {
    Journal journal(Descriptor(path, O_RDONLY));
    journal.scan(visit);
    return journal;
}

void Journal::scan(const Visit& visit) {
    const auto refuse = [&](const std::string& why) {
        throw InputError(Problem{path().string(), why, ""});
    };
    const std::vector<std::byte> mark = file_.read(0, file_mark.size());
    if (!std::ranges::equal(mark, std::as_bytes(std::span(file_mark)))) {
        refuse("is no journal of a Firebreak run");
    }
    const std::uint64_t size = file_.size();
    end_ = file_mark.size();
    RawRecord record;
    while (end_ < size) {
        const Sight sight = look(file_, end_, size, record);
        if (sight != Sight::sound) {
            const std::optional<std::uint64_t> next = next_sound(file_, end_ + 1, size);
            if (!next) {
                // Nothing sound follows: a record that a killed process was writing.
                state_.cut_off = size - end_;
                break;
            }
            ++state_.damaged;
            end_ = *next;
            continue;
        }
        try {
            if (record.kind == head_record) {
                read_head(record.payload, state_.head);
            } else if (record.kind == note_record) {
                state_.notes.push_back(ByteReader(record.payload).text());
            } else if (record.kind == block_record || record.kind == failure_record) {
                ByteReader reader(record.payload);
                visit({read_block(reader), end_, record.kind == failure_record});
                ++state_.blocks;
            }
        } catch (const DamagedBytes&) {
            ++state_.damaged;
        }
        end_ += record_head + record.payload.size();
    }
    if (state_.head.entries.empty()) refuse("is damaged: it does not say what study it is of");
}

std::uint64_t Journal::append_record(std::uint32_t kind, std::span<const std::byte> payload) {
    std::vector<std::byte> bytes;
    bytes.reserve(record_head + payload.size());
    put(bytes, record_mark);
    put(bytes, kind);
    put(bytes, static_cast<std::uint64_t>(payload.size()));
    put(bytes, checksum(kind, payload));
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    try {
        file_.write(end_, bytes);
    } catch (const SystemError&) {
        file_.truncate(end_);
        throw;
    }
    return std::exchange(end_, end_ + bytes.size());
}

JournalEntry Journal::append(const Block& block, std::span<const std::byte> outcome,
                             bool is_failure) {
    ByteWriter writer;
    write_block(block, writer);
    std::vector<std::byte> payload = writer.take();
    payload.insert(payload.end(), outcome.begin(), outcome.end());
    const std::uint64_t at = append_record(is_failure ? failure_record : block_record, payload);
    ++state_.blocks;
    return {block, at, is_failure};
}

void Journal::change(const JournalHead& changes) {
    append_record(head_record, bytes_of(changes));
    for (const auto& [name, text] : changes.entries) state_.head.set(name, text);
}

void Journal::note(std::string_view text) {
    ByteWriter writer;
    writer.text(text);
    append_record(note_record, writer.take());
    state_.notes.emplace_back(text);
}

std::vector<std::byte> Journal::outcome(const JournalEntry& entry) const {
    RawRecord record;
    if (look(file_, entry.offset, file_.size(), record) == Sight::sound &&
        (record.kind == block_record || record.kind == failure_record)) {
        ByteReader reader(record.payload);
        if (read_block(reader) == entry.block) {
            return {reader.rest().begin(), reader.rest().end()};
        }
    }
    throw InputError(Problem{path().string(),
                             "is damaged: a block of point " +
                                 std::to_string(entry.block.design_point) +
                                 " cannot be read any more",
                             ""});
}

}  // namespace firebreak
