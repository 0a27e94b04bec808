#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ensemble/estimate.hpp"
#include "ensemble/plan.hpp"
#include "ensemble/stopping.hpp"
#include "io/config.hpp"
#include "io/journal.hpp"

namespace firebreak {

/// What was asked for: all that a run needs to be begun anew.
struct RunRequest {
    std::filesystem::path study;
    Overrides overrides;
    IntervalChoice intervals;
    std::optional<StoppingRule> stopping;
    Shard shard;
};

/// The same binary, not only the same version: what was built otherwise may round otherwise.
std::string program_identity();

/// The head of a journal of this run by this program, begun in the current folder.
JournalHead journal_head(const RunRequest& request, const Study& study);

/// The request that a head was made of. Throws InputError if the head lacks something.
RunRequest run_request(const JournalHead& head, const std::filesystem::path& journal);

/// Replications of a block in the journal of this head. Throws InputError if the head lacks it.
std::uint32_t block_in(const JournalHead& head, const std::filesystem::path& journal);

/// Loads the study of a head from the folder where it was begun or, if it is not there any more,
/// from the current one. That folder is the current one from then on: the study's path, as it was
/// given, is one from there. Throws InputError like `load_study`.
Study study_of(const JournalHead& head, const RunRequest& request);

/// Positions among the study's regimes of those that differences are taken against.
std::vector<std::size_t> reference_positions(const Study& study);

/// Where results would change if a run of `then` went on as `now`: one problem for each. Another
/// number of replications or another shard is no such difference.
std::vector<Problem> differences(const JournalHead& then, const JournalHead& now,
                                 const std::filesystem::path& journal);

/// Stands for all that `differences` compares; equal for two heads without any.
std::uint32_t shaping_checksum(const JournalHead& head);

/// Whether work of before and after such a difference can be put together at all, for those who say
/// that it should: results of another shape cannot.
bool can_be_accepted(const Problem& difference);

/// The journal beside a result file, of the whole run or of one of its shards.
std::filesystem::path journal_path(const std::filesystem::path& output, const Shard& shard = {});

/// The journals of shards beside a result file, in order of their numbers.
std::vector<std::filesystem::path> shard_journals(const std::filesystem::path& output);

}  // namespace firebreak
