// Run under mpirun, one case at a time: says what is wrong on standard error and exits with 1. Not
// a GoogleTest program, because several processes make one test.

#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>

#include "ensemble/distributed.hpp"
#include "ensemble/in_memory.hpp"
#include "synthetic_results.hpp"

namespace firebreak {
namespace {

constexpr std::uint32_t regimes = 3;
constexpr std::uint32_t replications = 1000;
constexpr std::uint64_t points = 8;

/// Who did a block travels as the only first day of its result.
std::int32_t rank_of(const BlockOutcome& outcome) {
    return std::get<BlockResult>(outcome).first_day.front();
}

/// No two blocks give the same.
std::vector<StartingBelief> estimate(const Block& block) {
    const auto point = static_cast<double>(block.design_point);
    return {{{{{point / 3.0, block.first_replication + 0.1}, {0.0, 0.0}}}}};
}

class Keeper final : public Coordinator {
  public:
    explicit Keeper(const TallyShape& shape)
        : tallies(points, Tally(shape)),
          plan_({points, replications, block_size(replications), {}}) {}

    std::optional<Task> next() override {
        if (one_of_each_first && given_ == points && taken < given_) return std::nullopt;
        const std::optional<Block> block = plan_.next();
        if (!block) return std::nullopt;
        ++given_;
        if (unreadable_after > 0 && given_ > unreadable_after) {
            return Task(*block, std::vector<StartingBelief>(10'001));
        }
        return Task(*block, beliefs[block->design_point]);
    }

    bool may_get_more() const override {
        if (fails_between_blocks && std::this_thread::get_id() == main_thread_) {
            throw std::runtime_error("no more can be said");
        }
        return fails_between_blocks;
    }

    void take(const Block& block, BlockOutcome outcome) override {
        ++taken;
        ++blocks_of[rank_of(outcome)];
        std::vector<StartingBelief>& known = beliefs[block.design_point];
        const std::vector<StartingBelief>& used = std::get<BlockResult>(outcome).beliefs;
        if (known.empty()) known = used;
        if (used.front().table != known.front().table) ++estimated_again;
        plan_.finish(block);
        tallies[block.design_point].merge(std::get<BlockResult>(outcome).tally);
        if (after_taking) after_taking();
    }

    std::uint64_t done() const { return plan_.replications_done(); }

    bool is_complete() const { return plan_.is_complete(); }

    std::vector<Tally> tallies;
    std::map<int, int> blocks_of;                                  ///< by rank
    std::map<std::uint64_t, std::vector<StartingBelief>> beliefs;  ///< by point
    std::uint64_t taken = 0;
    int estimated_again = 0;         ///< blocks with other beliefs than the first of their point
    bool one_of_each_first = false;  ///< no second block before all points have given one
    std::uint64_t unreadable_after = 0;  ///< blocks; then with more beliefs than a rank accepts
    bool fails_between_blocks = false;   ///< in the main thread, while the others wait
    std::function<void()> after_taking;

  private:
    std::thread::id main_thread_ = std::this_thread::get_id();
    Plan plan_;
    std::uint64_t given_ = 0;
};

/// A rank of a job that is to run eight synthetic points.
struct Job {
    Ranks ranks;
    Draws draws{5};
    DesignPoint point = synthetic_point(regimes);
    Keeping keeping{{0, 1, 2}, false};
    TallyShape shape = tally_shape(point, keeping);
    Keeper keeper{shape};
    std::atomic<bool> stop{false};
    std::atomic<int> estimates{0};             ///< blocks of this rank that came without beliefs
    std::function<void(const Block&)> before;  ///< each block of this rank
    std::uint32_t identity = 7;

    void run(int threads = 2) {
        const BlockWork work = [&](const Task& task) {
            const Block& block = task.block;
            if (before) before(block);
            BlockOutcome outcome = run_block(point, block, draws, keeping, simulate_synthetic);
            auto& result = std::get<BlockResult>(outcome);
            result.first_day = {ranks.rank()};
            result.beliefs = task.beliefs;
            if (task.beliefs.empty()) {
                ++estimates;
                result.beliefs = estimate(block);
            }
            result.beliefs.resize(regimes);
            return outcome;
        };
        run_on_ranks(ranks, ranks.is_first() ? &keeper : nullptr, {work, shape, identity}, threads,
                     &stop);
    }

    /// What the run throws, in words; on the first rank.
    std::string failure() {
        try {
            run();
        } catch (const std::exception& error) {
            return error.what();
        }
        return "";
    }

    bool last() const { return ranks.rank() == ranks.size() - 1; }
};

void require(bool condition, const std::string& claim) {
    if (!condition) throw std::runtime_error("not so: " + claim);
}

void sleep_ms(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

/// What was taken is whole and is what each point gives alone.
void require_sound(const Job& job) {
    std::uint64_t tallied = 0;
    for (const Tally& tally : job.keeper.tallies) {
        tallied += static_cast<std::uint64_t>(tally.replications());
    }
    require(tallied == job.keeper.done(), "every replication taken is tallied once");
}

void gives_the_same_bits(Job& job, int size) {
    require(job.ranks.size() == size, "as many ranks as were started");
    job.run();
    if (!job.ranks.is_first()) return;
    require(job.keeper.is_complete(), "all is done");
    const std::vector<DesignPoint> one(1, job.point);
    const Tally alone = run_in_memory(one, replications, job.draws, 1, simulate_synthetic).front();
    for (const Tally& tally : job.keeper.tallies) {
        require(tally == alone, "the same bits as in one process");
    }
}

void shares_by_readiness(Job& job) {
    const int milliseconds = job.last() ? 80 : 4;
    job.before = [&](const Block&) { sleep_ms(milliseconds); };
    job.run(1);
    if (!job.ranks.is_first()) return;
    require(job.keeper.is_complete(), "all is done");
    const int slow = job.keeper.blocks_of[job.ranks.size() - 1];
    require(slow >= 1, "the slow rank has its share");
    for (int rank = 0; rank + 1 < job.ranks.size(); ++rank) {
        // Twenty times as fast; asking only for more leaves room for a busy machine.
        require(job.keeper.blocks_of[rank] > slow, "the fast ranks do most");
    }
}

void estimates_beliefs_once(Job& job) {
    job.keeper.one_of_each_first = true;
    job.before = [](const Block&) { sleep_ms(4); };
    job.run();
    // Three blocks at a time for two threads, and only of the first round.
    require(job.estimates <= 3 || job.ranks.is_first(), "what another rank has found arrives");
    if (!job.ranks.is_first()) return;
    require(job.keeper.is_complete(), "all is done");
    require(job.keeper.estimated_again == 0, "all blocks of a point have the beliefs of its first");
    for (int rank = 0; rank < job.ranks.size(); ++rank) {
        require(job.keeper.blocks_of[rank] > 10, "no rank goes while there may be more to do");
    }
}

void a_failure_ends_the_job(Job& job) {
    std::atomic<int> blocks{0};
    job.before = [&](const Block&) {
        sleep_ms(5);
        if (job.last() && ++blocks == 5) throw std::runtime_error("bad luck");
    };
    const std::string failure = job.failure();
    if (!job.ranks.is_first()) return require(failure.empty(), "only the first rank throws");
    require(failure == "rank " + std::to_string(job.ranks.size() - 1) + ": bad luck",
            "the first rank says why, not '" + failure + "'");
    require(!job.keeper.is_complete() && job.keeper.taken > 0, "it ends early, but not at once");
    require(job.keeper.blocks_of[job.ranks.size() - 1] >= 3, "what was done before is kept");
    require_sound(job);
}

void a_failing_coordinator_ends_the_job(Job& job) {
    job.keeper.after_taking = [&] {
        if (job.keeper.taken >= 10) throw std::runtime_error("disk full");
    };
    job.before = [](const Block&) { sleep_ms(5); };
    const std::string failure = job.failure();
    if (!job.ranks.is_first()) return require(failure.empty(), "only the first rank throws");
    require(failure == "disk full", "the first failure is thrown, not '" + failure + "'");
    require(!job.keeper.is_complete(), "it ends early");
}

void a_rank_that_cannot_read_a_message_ends_the_job(Job& job) {
    job.keeper.unreadable_after = 20;
    job.before = [](const Block&) { sleep_ms(5); };
    const std::string failure = job.failure();
    if (!job.ranks.is_first()) return require(failure.empty(), "only the first rank throws");
    require(failure.starts_with("rank "), "the first rank says who, not '" + failure + "'");
    require(job.keeper.taken > 0, "what was done before is kept");
    require_sound(job);
}

void a_failure_between_blocks_ends_the_job(Job& job) {
    job.keeper.fails_between_blocks = true;
    const std::string failure = job.failure();
    if (!job.ranks.is_first()) return require(failure.empty(), "only the first rank throws");
    require(failure == "no more can be said", "it is thrown, not '" + failure + "'");
    require(job.keeper.is_complete(), "it failed after the last block");
}

void another_program_ends_the_job(Job& job) {
    if (job.last()) job.identity = 8;
    job.before = [](const Block&) { sleep_ms(5); };
    const std::string failure = job.failure();
    if (!job.ranks.is_first()) return require(failure.empty(), "only the first rank throws");
    const int last = job.ranks.size() - 1;
    require(
        failure == "rank " + std::to_string(last) + ": runs another program or study than rank 0",
        "the first rank says why, not '" + failure + "'");
    require(job.keeper.blocks_of[last] == 0, "nothing is taken from the other program");
    require(!job.keeper.is_complete(), "it ends early");
    require_sound(job);
}

void stops_when_told(Job& job, bool by_the_last) {
    std::atomic<int> blocks{0};
    job.before = [&](const Block&) {
        sleep_ms(5);
        if (by_the_last ? job.last() && ++blocks == 4 : job.ranks.is_first() && ++blocks == 4) {
            job.stop.store(true);
        }
    };
    job.run();
    if (!job.ranks.is_first()) return;
    require(!job.keeper.is_complete(), "it ends early");
    require(job.keeper.taken >= 4, "those at work are taken");
    require_sound(job);
}

void a_rank_that_takes_no_part_ends_the_job(Job& job) {
    if (job.last()) return job.ranks.leave("no such file");
    const std::string failure = job.failure();
    if (!job.ranks.is_first()) return;
    require(failure == "rank " + std::to_string(job.ranks.size() - 1) + ": no such file",
            "the first rank says why, not '" + failure + "'");
    require_sound(job);
}

void the_first_rank_may_take_no_part(Job& job) {
    if (!job.ranks.is_first()) job.run();
}

/// To be killed by mpirun: must end, with an exit code other than 0.
void a_killed_rank_ends_the_job(Job& job) {
    job.before = [&](const Block&) {
        if (job.last()) std::raise(SIGKILL);
        sleep_ms(20);
    };
    job.run();
}

void run_case(const std::string& name, int size) {
    Job job;
    if (name == "gives_the_same_bits") return gives_the_same_bits(job, size);
    if (name == "shares_by_readiness") return shares_by_readiness(job);
    if (name == "estimates_beliefs_once") return estimates_beliefs_once(job);
    if (name == "a_failure_ends_the_job") return a_failure_ends_the_job(job);
    if (name == "a_failing_coordinator_ends_the_job") {
        return a_failing_coordinator_ends_the_job(job);
    }
    if (name == "a_rank_that_cannot_read_a_message_ends_the_job") {
        return a_rank_that_cannot_read_a_message_ends_the_job(job);
    }
    if (name == "a_failure_between_blocks_ends_the_job") {
        return a_failure_between_blocks_ends_the_job(job);
    }
    if (name == "another_program_ends_the_job") return another_program_ends_the_job(job);
    if (name == "stops_when_told") return stops_when_told(job, false);
    if (name == "stops_when_another_rank_is_told") return stops_when_told(job, true);
    if (name == "a_rank_that_takes_no_part_ends_the_job") {
        return a_rank_that_takes_no_part_ends_the_job(job);
    }
    if (name == "the_first_rank_may_take_no_part") return the_first_rank_may_take_no_part(job);
    if (name == "a_killed_rank_ends_the_job") return a_killed_rank_ends_the_job(job);
    throw std::runtime_error("no such case: " + name);
}

}  // namespace
}  // namespace firebreak

int main(int argc, char** argv) {
    try {
        if (argc != 3) throw std::runtime_error("usage: test_ranks CASE RANKS");
        firebreak::run_case(argv[1], std::stoi(argv[2]));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
