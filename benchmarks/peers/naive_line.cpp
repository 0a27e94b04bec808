#include "peers/naive_line.hpp"

#include <random>

#include "base/random.hpp"

namespace firebreak::peers {
namespace {

class Command {
  public:
    Command(const LineTask& task, std::mt19937_64& engine) : task_(&task) {
        std::gamma_distribution<double> frailty(task.frailty_shape, 1.0 / task.frailty_shape);
        base_ = frailty(engine) * task.baseline;
        memory_ = base_ / (1.0 - task.own - task.cross - task.near);
    }

    void meet(const Command& opponent, const Command& left, const Command& right) {
        opponent_ = &opponent;
        left_ = &left;
        right_ = &right;
    }

    int fire(std::mt19937_64& engine) {
        const double intensity = base_ + task_->own * memory_ + task_->cross * opponent_->memory_ +
                                 task_->near * 0.5 * (left_->memory_ + right_->memory_);
        std::poisson_distribution<int> violations(intensity);
        count_ = violations(engine);
        return count_;
    }

    void remember() { memory_ = task_->rho * memory_ + (1.0 - task_->rho) * count_; }

  private:
    const LineTask* task_;
    double base_ = 0.0;
    double memory_ = 0.0;
    int count_ = 0;
    const Command* opponent_ = nullptr;
    const Command* left_ = nullptr;
    const Command* right_ = nullptr;
};

}  // namespace

DailyTotals naive_line(const LineTask& task, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    const int sectors = task.sectors;
    std::vector<Command> commands;
    for (int c = 0; c < 2 * sectors; ++c) commands.emplace_back(task, engine);
    const auto command = [&](int side, int sector) -> Command& {
        const int on_ring = (sector + sectors) % sectors;
        return commands[static_cast<std::size_t>(side * sectors + on_ring)];
    };
    for (int side = 0; side < 2; ++side) {
        for (int s = 0; s < sectors; ++s) {
            command(side, s).meet(command(1 - side, s), command(side, s - 1), command(side, s + 1));
        }
    }
    DailyTotals totals;
    totals.reserve(2 * static_cast<std::size_t>(task.days));
    for (int day = 0; day < task.days; ++day) {
        for (int side = 0; side < 2; ++side) {
            std::int32_t total = 0;
            for (int s = 0; s < sectors; ++s) total += command(side, s).fire(engine);
            totals.push_back(total);
        }
        for (Command& one : commands) one.remember();
    }
    return totals;
}

DailyTotals scalar_line(const LineTask& task, std::uint64_t seed, std::uint32_t replication) {
    const Draws draws(seed);
    const auto sectors = static_cast<std::size_t>(task.sectors);
    const std::size_t commands = 2 * sectors;
    std::vector<double> base(commands);
    std::vector<double> memory(commands);
    std::vector<double> count(commands);
    for (std::size_t c = 0; c < commands; ++c) {
        const DrawAddress address = {replication, 0, Purpose::line_frailty, 0,
                                     static_cast<std::uint32_t>(c)};
        base[c] = draws.gamma(task.frailty_shape, address) / task.frailty_shape * task.baseline;
        memory[c] = base[c] / (1.0 - task.own - task.cross - task.near);
    }
    DailyTotals totals;
    totals.reserve(2 * static_cast<std::size_t>(task.days));
    for (int day = 0; day < task.days; ++day) {
        for (std::size_t side = 0; side < 2; ++side) {
            std::int32_t total = 0;
            for (std::size_t s = 0; s < sectors; ++s) {
                const std::size_t here = side * sectors + s;
                const std::size_t left = side * sectors + (s + sectors - 1) % sectors;
                const std::size_t right = side * sectors + (s + 1) % sectors;
                const std::size_t opponent = (1 - side) * sectors + s;
                const double intensity = base[here] + task.own * memory[here] +
                                         task.cross * memory[opponent] +
                                         task.near * 0.5 * (memory[left] + memory[right]);
                const DrawAddress address = {replication, static_cast<std::uint32_t>(day),
                                             Purpose::line_fire, 0,
                                             static_cast<std::uint32_t>(here)};
                const std::uint32_t drawn = draws.poisson(intensity, address);
                count[here] = drawn;
                total += static_cast<std::int32_t>(drawn);
            }
            totals.push_back(total);
        }
        for (std::size_t c = 0; c < commands; ++c) {
            memory[c] = task.rho * memory[c] + (1.0 - task.rho) * count[c];
        }
    }
    return totals;
}

}  // namespace firebreak::peers
