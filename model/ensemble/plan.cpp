#include "ensemble/plan.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace firebreak {

std::uint32_t block_size(std::uint32_t replications) {
    constexpr std::uint32_t smallest = 32;
    constexpr std::uint32_t largest = 256;
    std::uint32_t size = smallest;
    // Some sixteen blocks a point keep the rounds of a broken run even.
    while (size < largest && replications / 16 >= 2 * size) size *= 2;
    return size;
}

bool shards_are_points(std::uint64_t points, const Shard& shard) { return points >= shard.count; }

Plan::Plan(const PlanShape& shape)
    : shape_(shape), rounds_((std::uint64_t{shape.replications} + shape.block - 1) / shape.block) {
    EXPECT(shape.block > 0 && shape.block <= 65'535, "blocks of 1 to 65,535 replications");
    EXPECT(shape.shard.index < shape.shard.count, "a shard among its number");
    const auto points = static_cast<std::size_t>(shape.points);
    done_.assign(points * static_cast<std::size_t>(rounds_), 0);
    wanted_.assign(points, 0);
    done_of_point_.assign(points, 0);
    next_round_.assign(points, 0);
    queued_.assign(points, false);
    for (std::uint64_t point = 0; point < shape.points; ++point) want(point, shape.replications);
}

bool Plan::owns(std::uint64_t point) const {
    return !shards_are_points(shape_.points, shape_.shard) ||
           point % shape_.shard.count == shape_.shard.index;
}

bool Plan::owns(std::uint64_t point, std::uint64_t round) const {
    return owns(point) && (shards_are_points(shape_.points, shape_.shard) ||
                           round % shape_.shard.count == shape_.shard.index);
}

std::uint32_t Plan::end_of(std::uint64_t point, std::uint64_t round) const {
    const std::uint64_t end = (round + 1) * shape_.block;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(end, wanted_[point]));
}

std::uint32_t Plan::own_replications(std::uint64_t point, std::uint32_t below) const {
    if (!owns(point)) return 0;
    if (shards_are_points(shape_.points, shape_.shard)) return below;
    std::uint64_t sum = 0;
    for (std::uint64_t round = shape_.shard.index; round * shape_.block < below;
         round += shape_.shard.count) {
        sum += std::min<std::uint64_t>((round + 1) * shape_.block, below) - round * shape_.block;
    }
    return static_cast<std::uint32_t>(sum);
}

std::uint16_t& Plan::done_in(std::uint64_t point, std::uint64_t round) {
    return done_[static_cast<std::size_t>(point * rounds_ + round)];
}

void Plan::queue(std::uint64_t point) {
    if (queued_[point]) return;
    queued_[point] = true;
    queue_.push_back(point);
}

bool Plan::note(const Block& block) {
    if (block.design_point >= shape_.points || block.replications == 0) return false;
    const std::uint64_t round = block.first_replication / shape_.block;
    if (round >= rounds_ || !owns(block.design_point, round)) return false;
    std::uint16_t& done = done_in(block.design_point, round);
    const std::uint64_t end = std::uint64_t{block.first_replication} + block.replications;
    if (block.first_replication != round * shape_.block + done ||
        end > end_of(block.design_point, round)) {
        return false;
    }
    done = static_cast<std::uint16_t>(done + block.replications);
    done_of_point_[block.design_point] += block.replications;
    replications_done_ += block.replications;
    return true;
}

std::optional<Block> Plan::next() {
    while (!queue_.empty()) {
        const std::uint64_t point = queue_.front();
        queue_.pop_front();
        queued_[point] = false;
        std::uint32_t& round = next_round_[point];
        while (std::uint64_t{round} * shape_.block < wanted_[point]) {
            const std::uint64_t begin = std::uint64_t{round} * shape_.block;
            const std::uint32_t end = end_of(point, round);
            const std::uint64_t first = begin + done_in(point, round);
            const bool open = owns(point, round) && first < end;
            // A block that is cut short by what is wanted now may go on later.
            if (end == begin + shape_.block || open) ++round;
            if (open) {
                if (std::uint64_t{round} * shape_.block < wanted_[point]) queue(point);
                return Block{point, static_cast<std::uint32_t>(first),
                             static_cast<std::uint32_t>(end - first)};
            }
            if (end < begin + shape_.block) break;
        }
    }
    return std::nullopt;
}

bool Plan::finish(const Block& block) {
    if (wanted_[block.design_point] == 0) return false;
    const bool noted = note(block);
    ENSURE(noted, "a block that was handed out is finished once");
    return done_of_point_[block.design_point] ==
           own_replications(block.design_point, wanted_[block.design_point]);
}

void Plan::want(std::uint64_t point, std::uint32_t replications) {
    EXPECT(replications <= shape_.replications, "no more than planned");
    replications_wanted_ -= own_replications(point, wanted_[point]);
    wanted_[point] = replications;
    replications_wanted_ += own_replications(point, replications);
    // The last block handed out may have been cut short by what was wanted before.
    if (next_round_[point] > 0) {
        const std::uint32_t last = next_round_[point] - 1;
        if (done_in(point, last) < shape_.block) next_round_[point] = last;
    }
    if (own_replications(point, replications) > done_of_point_[point]) queue(point);
}

void Plan::give_up(std::uint64_t point) {
    replications_wanted_ -= own_replications(point, wanted_[point]);
    replications_done_ -= done_of_point_[point];
    wanted_[point] = 0;
    done_of_point_[point] = 0;
}

}  // namespace firebreak
