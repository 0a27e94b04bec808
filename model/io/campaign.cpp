#include "io/campaign.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "io/config_point.hpp"

namespace firebreak {
namespace {

/// What is not synced may be lost when the machine, not only the process, dies.
constexpr std::chrono::seconds sync_every{5};

/// Some 30 MB with twelve regimes; those of further points are read from the journal every time.
constexpr std::size_t most_beliefs = 65'536;

std::string failure_text(std::uint64_t point, const PointFailure& failure) {
    std::string text = "design point " + std::to_string(point);
    if (failure.replication) {
        text +=
            ", regime " + failure.regime + ", replication " + std::to_string(*failure.replication);
    }
    return text + ": " + failure.reason;
}

}  // namespace

RunFailed::RunFailed(std::uint64_t point, const PointFailure& failure)
    : std::runtime_error(failure_text(point, failure)) {}

CampaignShape campaign_shape(const Study& study, const RunRequest& request, std::uint32_t block) {
    CampaignShape shape;
    shape.plan = {study.design.points(), static_cast<std::uint32_t>(study.run.replications), block,
                  request.shard};
    shape.tally = {study.scenarios.size(), study.scenarios.front().checkpoints,
                   reference_positions(study)};
    shape.stopping = request.stopping;
    if (shape.stopping) shape.stopping->most = shape.plan.replications;
    shape.proportion = request.intervals.proportion;
    return shape;
}

ScenariosOf scenarios_of(const Study& study) {
    return [&study](std::uint64_t point) {
        if (study.design.factors().empty()) return study.scenarios;
        const std::vector<double> values = study.design.coordinates(point);
        std::vector<Coordinate> coordinates;
        for (std::size_t factor = 0; factor < values.size(); ++factor) {
            coordinates.push_back({study.design.factors()[factor].path, values[factor]});
        }
        std::vector<Problem> problems;
        std::vector<Scenario> scenarios = scenarios_at(study, coordinates, problems);
        if (!problems.empty()) throw InputError(std::move(problems));
        return scenarios;
    };
}

Campaign::Campaign(const CampaignShape& shape, std::vector<Source> sources, CampaignChoice choice)
    : shape_(shape),
      choice_(std::move(choice)),
      journal_(sources.front().journal),
      plan_(shape.plan),
      store_(shape.plan.points, shape.tally) {
    for (Source& source : sources) note(source);
    for (const std::uint64_t point : failed_) plan_.give_up(point);
    found_ = plan_.replications_done();
    if (!shape_.stopping) return;
    looks_ = looks(*shape_.stopping, shape.plan.block);
    next_look_.assign(static_cast<std::size_t>(shape.plan.points), 0);
    for (std::uint64_t point = 0; point < shape.plan.points; ++point) {
        if (!plan_.owns(point) || plan_.wanted(point) == 0) continue;
        // A run that went further must have found this look too wide.
        const std::uint32_t reach = store_.reach(point);
        std::uint8_t& next = next_look_[point];
        while (looks_[next] < reach && next + std::size_t{1} < looks_.size()) ++next;
        plan_.want(point, looks_[next]);
        if (plan_.done(point) == looks_[next]) look_at(point);
    }
}

void Campaign::note(Source& source) {
    // Each is let go of as it is taken over: there may be more than fit twice.
    for (; !source.blocks.empty(); source.blocks.pop_front()) {
        const JournalEntry& entry = source.blocks.front();
        const std::uint64_t point = entry.block.design_point;
        if (entry.is_failure && point < shape_.plan.points) {
            store_.add(*source.journal, entry);
            failed_.insert(point);
        } else if (plan_.note(entry.block)) {
            store_.add(*source.journal, entry);
        } else {
            ++useless_;
        }
    }
}

std::optional<Task> Campaign::next() {
    const std::optional<Block> block = plan_.next();
    if (!block) return std::nullopt;
    return Task(*block, beliefs_of(block->design_point));
}

std::vector<StartingBelief> Campaign::beliefs_of(std::uint64_t point) {
    const auto found = beliefs_.find(point);
    if (found != beliefs_.end()) return found->second;
    std::vector<StartingBelief> beliefs = store_.beliefs(point);
    if (!beliefs.empty()) learn(point, beliefs);
    return beliefs;
}

void Campaign::learn(std::uint64_t point, std::vector<StartingBelief> beliefs) {
    if (beliefs_.size() < most_beliefs) beliefs_.emplace(point, std::move(beliefs));
}

void Campaign::take(const Block& block, BlockOutcome outcome) {
    ByteWriter writer;
    write(outcome, writer);
    const auto* failure = std::get_if<PointFailure>(&outcome);
    store_.add(*journal_, journal_->append(block, writer.take(), failure != nullptr));
    if (failure != nullptr) {
        if (failed_.insert(block.design_point).second) plan_.give_up(block.design_point);
        if (choice_.fail_fast) throw RunFailed(block.design_point, *failure);
    } else {
        learn(block.design_point, std::move(std::get<BlockResult>(outcome).beliefs));
        if (plan_.finish(block) && shape_.stopping) look_at(block.design_point);
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - synced_ > sync_every) {
        journal_->sync();
        synced_ = now;
    }
    if (choice_.progress) {
        choice_.progress({plan_.replications_done(), plan_.replications_wanted(), found_});
    }
}

void Campaign::look_at(std::uint64_t point) {
    std::uint8_t& next = next_look_[point];
    if (next + std::size_t{1} >= looks_.size()) return;
    const Tally tally = store_.collect(point, looks_[next]).tally;
    if (narrow_enough(*shape_.stopping, tally, shape_.proportion)) return;
    ++next;
    plan_.want(point, looks_[next]);
}

PointReport Campaign::report(std::uint64_t point) const {
    PointReport report;
    report.outcome = store_.collect(point);
    if (shape_.stopping && !report.outcome.failure) {
        report.looks = next_look_[point] + (plan_.done(point) == plan_.wanted(point) ? 1 : 0);
        report.target_reached =
            plan_.done(point) == plan_.wanted(point) &&
            narrow_enough(*shape_.stopping, report.outcome.tally, shape_.proportion);
    }
    return report;
}

}  // namespace firebreak
