#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "command/arguments.hpp"
#include "ensemble/distributed.hpp"
#include "io/campaign.hpp"
#include "io/campaign_head.hpp"
#include "io/config.hpp"
#include "io/results.hpp"

namespace firebreak {

/// A study that is about to be run, and where its result goes.
struct Undertaking {
    const Study& study;
    const RunRequest& request;
    std::filesystem::path output;  ///< empty: results are only shown
    bool is_written = false;       ///< the output holds all that the journal does
};

/// Runs what is left of a campaign on all ranks, of which this is the first; writes and shows its
/// result when it is complete. Returns the exit code.
int carry_out(Ranks& ranks, const Undertaking& undertaking, Journal& journal, JournalEntries known,
              const Arguments& arguments);

/// On any other rank: works on what the first one carries out.
void assist(Ranks& ranks, const Study& study, const RunRequest& request,
            const Arguments& arguments);

/// Refuses changes since a run was begun, unless they were accepted and can be.
void check_accepted(const std::vector<Problem>& changes, bool accepted,
                    const std::filesystem::path& path);

/// Writes the result of a campaign, if there is a name for it, and shows it.
void finish(const Undertaking& undertaking, const Campaign& campaign,
            const std::vector<std::string>& notes, const RuntimeNotes& runtime,
            const Arguments& arguments);

}  // namespace firebreak
