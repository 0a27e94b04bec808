#include "ensemble/in_memory.hpp"

#include <utility>

#include "base/error.hpp"
#include "ensemble/dispatcher.hpp"

namespace firebreak {
namespace {

class TallyKeeper final : public Coordinator {
  public:
    TallyKeeper(const PlanShape& shape, std::vector<Tally> tallies)
        : plan_(shape), tallies_(std::move(tallies)) {}

    std::optional<Task> next() override { return plan_.next(); }

    void take(const Block& block, BlockOutcome outcome) override {
        if (const auto* failure = std::get_if<PointFailure>(&outcome)) {
            throw LogicError(failure->regime + ": " + failure->reason);
        }
        plan_.finish(block);
        tallies_[block.design_point].merge(std::get<BlockResult>(outcome).tally);
    }

    std::vector<Tally> take_tallies() { return std::move(tallies_); }

  private:
    Plan plan_;
    std::vector<Tally> tallies_;
};

}  // namespace

std::vector<Tally> run_in_memory(std::span<const DesignPoint> points, std::uint32_t replications,
                                 const Draws& draws, int threads, const Simulate& simulate) {
    std::vector<Tally> tallies;
    std::vector<Keeping> keeping;
    for (const DesignPoint& point : points) {
        keeping.push_back(keep_all(point));
        tallies.emplace_back(tally_shape(point, keeping.back()));
    }
    const PlanShape shape{points.size(), replications, block_size(replications), {}};
    TallyKeeper keeper(shape, std::move(tallies));
    run_on_threads(
        keeper,
        [&](const Task& task) {
            const Block& block = task.block;
            return run_block(points[block.design_point], block, draws, keeping[block.design_point],
                             simulate);
        },
        threads);
    return keeper.take_tallies();
}

}  // namespace firebreak
