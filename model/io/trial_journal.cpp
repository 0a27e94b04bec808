#include "io/trial_journal.hpp"

#include <algorithm>

#include "base/byte_stream.hpp"
#include "ensemble/parallel.hpp"

namespace firebreak {
namespace {

/// What is not synced may be lost when the machine, not only the process, dies.
constexpr std::chrono::seconds sync_every{5};

std::vector<std::byte> bytes_of(std::span<const Statistics> answers) {
    ByteWriter writer;
    for (const Statistics& answer : answers) {
        writer.integer(static_cast<WideInteger>(answer.size()));
        for (const double value : answer) writer.number(value);
    }
    return writer.take();
}

std::vector<Statistics> answers_in(std::span<const std::byte> bytes, std::uint32_t count) {
    constexpr std::int64_t most_statistics = 100'000;
    ByteReader reader(bytes);
    std::vector<Statistics> answers(count);
    for (Statistics& answer : answers) {
        answer.resize(static_cast<std::size_t>(reader.integer(0, most_statistics)));
        for (double& value : answer) value = reader.number();
    }
    return answers;
}

}  // namespace

TrialJournal::TrialJournal(Journal& journal, const JournalEntries& known, int threads,
                           const std::atomic<bool>* stop,
                           std::function<void(std::uint32_t, std::uint64_t, bool)> progress)
    : journal_(journal), threads_(threads), stop_(stop), progress_(std::move(progress)) {
    for (const JournalEntry& entry : known) {
        known_.insert_or_assign({entry.block.design_point, entry.block.first_replication}, entry);
    }
}

std::vector<Statistics> TrialJournal::run(std::uint32_t stream, std::span<const Trial> trials,
                                          const Model& model) {
    const std::uint32_t first = made_[stream];
    made_[stream] += static_cast<std::uint32_t>(trials.size());
    // How a list is cut follows from its length alone: a resumed run may have other threads.
    const std::size_t together = trials.size() < 4 * trials_together ? 1 : trials_together;
    std::vector<Statistics> answers(trials.size());
    const std::size_t pieces = (trials.size() + together - 1) / together;
    for_each_index(pieces, threads_, [&](std::size_t piece) {
        const std::size_t begin = piece * together;
        const std::size_t count = std::min<std::size_t>(together, trials.size() - begin);
        const Block block{stream, first + static_cast<std::uint32_t>(begin),
                          static_cast<std::uint32_t>(count)};
        const auto found = known_.find({stream, block.first_replication});
        if (found != known_.end() && found->second.block == block) {
            std::vector<std::byte> bytes;
            {
                const std::scoped_lock lock(mutex_);
                bytes = journal_.outcome(found->second);
            }
            std::ranges::move(answers_in(bytes, block.replications),
                              answers.begin() + static_cast<std::ptrdiff_t>(begin));
        } else {
            if (stop_ != nullptr && stop_->load()) throw Interrupted();
            for (std::size_t i = begin; i < begin + count; ++i) answers[i] = model(trials[i]);
            keep(block, std::span(answers).subspan(begin, count));
        }
        if (progress_) {
            const std::scoped_lock lock(mutex_);
            progress_(stream, count, found != known_.end());
        }
    });
    return answers;
}

void TrialJournal::keep(const Block& block, std::span<const Statistics> answers) {
    const std::vector<std::byte> bytes = bytes_of(answers);
    const std::scoped_lock lock(mutex_);
    journal_.append(block, bytes, false);
    const auto now = std::chrono::steady_clock::now();
    if (now - synced_ > sync_every) {
        journal_.sync();
        synced_ = now;
    }
}

}  // namespace firebreak
