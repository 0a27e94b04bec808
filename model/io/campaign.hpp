#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "ensemble/dispatcher.hpp"
#include "ensemble/plan.hpp"
#include "ensemble/point_cache.hpp"
#include "ensemble/stopping.hpp"
#include "io/campaign_head.hpp"
#include "io/journal.hpp"
#include "io/outcome_store.hpp"
#include "io/progress.hpp"

namespace firebreak {

/// A design point failed and the run was told to end at that.
class RunFailed : public std::runtime_error {
  public:
    RunFailed(std::uint64_t point, const PointFailure& failure);
};

/// What of a study its results depend on, apart from the scenarios.
struct CampaignShape {
    PlanShape plan;
    TallyShape tally;
    std::optional<StoppingRule> stopping;
    ProportionInterval proportion = ProportionInterval::wilson;
};

/// The shape of a study that is run as asked, in blocks of so many replications.
CampaignShape campaign_shape(const Study& study, const RunRequest& request, std::uint32_t block);

/// How a study is run; none of it changes a result.
struct CampaignChoice {
    bool fail_fast = false;                            ///< end at the first failing point
    std::function<void(const RunProgress&)> progress;  ///< after each block
};

/// One point, as far as it is known, and what the stopping rule did with it.
struct PointReport {
    PointOutcome outcome;
    std::int32_t looks{};   ///< 0: there is no stopping rule
    bool target_reached{};  ///< its intervals are narrow enough
};

/// A study that is being run, or was: the plan, the journals of what is done, and the rule that
/// says how much is enough. The journals outlive it.
class Campaign final : public Coordinator {
  public:
    /// A journal and the blocks found in it.
    struct Source {
        Journal* journal{};
        JournalEntries blocks;
    };

    /// Goes on from what the journals hold; new blocks are appended to the first one.
    Campaign(const CampaignShape& shape, std::vector<Source> sources, CampaignChoice choice = {});

    std::optional<Task> next() override;

    void take(const Block& block, BlockOutcome outcome) override;

    /// The starting beliefs of a point, by regime, as far as they are known: learnt, or from a
    /// block in a journal, which is read when they are first asked for. Throws InputError if it is
    /// damaged.
    std::vector<StartingBelief> beliefs_of(std::uint64_t point);

    /// Keeps the starting beliefs of a point, so that they need not be estimated again.
    void learn(std::uint64_t point, std::vector<StartingBelief> beliefs);

    PointReport report(std::uint64_t point) const;

    const Plan& plan() const { return plan_; }

    const CampaignShape& shape() const { return shape_; }

    /// Whether everything wanted is done.
    bool is_complete() const { return plan_.is_complete(); }

    /// Points that failed.
    const std::set<std::uint64_t>& failed() const { return failed_; }

    /// Blocks in the journals that nothing could be done with: double, or after a lost part.
    std::uint64_t useless_blocks() const { return useless_; }

    std::uint64_t replications_found() const { return found_; }

  private:
    void note(Source& source);
    void look_at(std::uint64_t point);

    CampaignShape shape_;
    CampaignChoice choice_;
    Journal* journal_;
    Plan plan_;
    OutcomeStore store_;
    std::vector<std::uint32_t> looks_;     ///< replications at each look; empty: no rule
    std::vector<std::uint8_t> next_look_;  ///< by point
    std::set<std::uint64_t> failed_;
    std::unordered_map<std::uint64_t, std::vector<StartingBelief>> beliefs_;  ///< by point
    std::uint64_t useless_ = 0;
    std::uint64_t found_ = 0;
    std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

/// Makes the scenarios of a study's design points. The study outlives it.
ScenariosOf scenarios_of(const Study& study);

}  // namespace firebreak
