#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "inference/fit.hpp"
#include "io/journal.hpp"

namespace firebreak {

/// Somebody asked to stop; what was finished is in the journal.
class Interrupted : public std::runtime_error {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// Runs trials on threads and keeps what they gave in a journal; what an earlier run has left there
/// is read and not run again. As all trials and their order follow from the configuration and the
/// seed, a stream and a count of its trials are enough to know them by.
class TrialJournal {
  public:
    /// Trials that are run by one thread and written together.
    static constexpr std::uint32_t trials_together = 32;

    /// Once `stop` is true, pieces at work are finished and `Interrupted` is thrown. `progress`
    /// hears how many trials of a stream are done, by one thread at a time.
    TrialJournal(
        Journal& journal, const JournalEntries& known, int threads, const std::atomic<bool>* stop,
        std::function<void(std::uint32_t stream, std::uint64_t trials, bool found)> progress);

    /// The answers of a model. Short lists are cut finer, so that all threads have work.
    std::vector<Statistics> run(std::uint32_t stream, std::span<const Trial> trials,
                                const Model& model);

  private:
    void keep(const Block& block, std::span<const Statistics> answers);

    Journal& journal_;
    int threads_;
    const std::atomic<bool>* stop_;
    std::function<void(std::uint32_t, std::uint64_t, bool)> progress_;
    /// By stream and number of the first trial.
    std::map<std::pair<std::uint64_t, std::uint32_t>, JournalEntry> known_;
    std::map<std::uint32_t, std::uint32_t> made_;  ///< trials so far, by stream
    std::mutex mutex_;
    std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

}  // namespace firebreak
