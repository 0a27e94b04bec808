#include "ensemble/distributed.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "base/byte_stream.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

/// What a message is. To the first rank: ready (identity, how many blocks), outcome (block,
/// outcome), stop and leaving (why; empty: all is well). From it: block (task), over (begin no
/// more), dismissed (go).
enum Kind : int { ready, outcome_of_block, stop_all, leaving, block_to_do, over, dismissed };

/// Between two looks at the mailbox when nothing happens: short against a block, long against the
/// time a look takes.
constexpr std::chrono::microseconds pause{500};

std::vector<std::byte> text_message(const std::string& text) {
    ByteWriter writer;
    writer.text(text);
    return writer.take();
}

void write_task(const Task& task, ByteWriter& to) {
    write_block(task.block, to);
    write_beliefs(task.beliefs, to);
}

void expect_end(const ByteReader& from) {
    if (!from.at_end()) throw DamagedBytes("there are more bytes than belong to a message");
}

Task read_task(ByteReader& from) {
    constexpr std::size_t most_regimes = 10'000;
    const Block block = read_block(from);
    Task task(block, read_beliefs(from, most_regimes));
    expect_end(from);
    return task;
}

/// Threads that work for a dispatcher while this one looks after the mailbox.
class BackgroundWork {
  public:
    BackgroundWork(Dispatcher& dispatcher, const BlockWork& work, int threads)
        : thread_([this, &dispatcher, &work, threads] {
              try {
                  work_for(dispatcher, work, threads);
              } catch (...) {
                  dispatcher.fail(std::current_exception());
              }
              is_done_.store(true);
          }) {}

    bool is_done() const { return is_done_.load(); }

  private:
    std::atomic<bool> is_done_{false};
    std::jthread thread_;
};

bool is_set(const std::atomic<bool>* flag) { return flag != nullptr && flag->load(); }

}  // namespace

RankFailed::RankFailed(int rank, const std::string& why)
    : std::runtime_error("rank " + std::to_string(rank) + ": " + why) {}

/// What the first rank does: it hands blocks to its own threads and to the other ranks.
class Serving {
  public:
    Serving(Ranks& ranks, Coordinator& coordinator, const SharedWork& work)
        : ranks_(ranks),
          work_(work),
          dispatcher_(coordinator, &ending_),
          wanted_(static_cast<std::size_t>(ranks.size()), 0) {}

    void run(int threads, const std::atomic<bool>* stop) {
        {
            const BackgroundWork own(dispatcher_, work_.run, ranks_.threads(threads));
            while (!own.is_done() || others_are_here()) {
                if (is_set(stop)) ending_.store(true);
                if (!exchange()) std::this_thread::sleep_for(pause);
            }
        }
        dispatcher_.rethrow();
    }

  private:
    bool others_are_here() const {
        return std::find(ranks_.left_.begin() + 1, ranks_.left_.end(), false) != ranks_.left_.end();
    }

    /// False if there was nothing to receive or to send. Nothing is thrown: own threads would wait
    /// for the blocks of other ranks for ever.
    bool exchange() {
        try {
            const bool received = receive();
            if (ending_.load() || dispatcher_.is_over()) dismiss_all();
            return hand_out() || received;
        } catch (...) {
            dispatcher_.fail(std::current_exception());
            return false;
        }
    }

    void dismiss_all() {
        for (int rank = 1; rank < ranks_.size(); ++rank) {
            const auto position = static_cast<std::size_t>(rank);
            if (ranks_.dismissed_[position]) continue;
            ranks_.mailbox_.send(rank, over, {});
            ranks_.dismissed_[position] = true;
            wanted_[position] = 0;
        }
    }

    /// A block to each rank that wants one. False if there was none to give.
    bool hand_out() {
        bool given = false;
        for (int rank = 1; rank < ranks_.size(); ++rank) {
            std::int64_t& wanted = wanted_[static_cast<std::size_t>(rank)];
            if (wanted == 0) continue;
            const std::optional<Task> task = dispatcher_.try_task();
            if (!task) break;
            ByteWriter writer;
            write_task(*task, writer);
            ranks_.mailbox_.send(rank, block_to_do, writer.take());
            --wanted;
            given = true;
        }
        return given;
    }

    bool receive() {
        const std::vector<Message> messages = ranks_.mailbox_.collect();
        for (const Message& message : messages) {
            try {
                take(message);
            } catch (const DamagedBytes& error) {
                dispatcher_.fail(std::make_exception_ptr(RankFailed(message.from, error.what())));
            } catch (...) {
                dispatcher_.fail(std::current_exception());
            }
        }
        return !messages.empty();
    }

    void take(const Message& message) {
        const auto from = static_cast<std::size_t>(message.from);
        ByteReader reader(message.bytes);
        switch (message.kind) {
            case ready:
                // First in the message, so that programs that know other messages are found out.
                if (reader.integer() != work_.identity) {
                    throw RankFailed(message.from, "runs another program or study than rank 0");
                }
                wanted_[from] = ranks_.dismissed_[from] ? 0 : reader.integer(0, 1 << 20);
                break;
            case outcome_of_block: {
                if (!ranks_.dismissed_[from]) ++wanted_[from];
                const Block block = read_block(reader);
                BlockOutcome outcome = read_block_outcome(reader, work_.shape);
                expect_end(reader);
                dispatcher_.give(block, std::move(outcome));
                break;
            }
            case stop_all:
                ending_.store(true);
                break;
            default: {
                ranks_.left_[from] = true;
                wanted_[from] = 0;
                const std::string why = reader.text();
                if (!why.empty()) throw RankFailed(message.from, why);
            }
        }
    }

    Ranks& ranks_;
    const SharedWork& work_;
    std::atomic<bool> ending_{false};
    Dispatcher dispatcher_;
    std::vector<std::int64_t> wanted_;  ///< blocks, by rank
};

/// What any other rank does: its threads work on the blocks the first rank sends.
class Helping {
  public:
    Helping(Ranks& ranks, const SharedWork& work)
        : ranks_(ranks), work_(work), dispatcher_(desk_) {}

    void run(int threads, const std::atomic<bool>* stop) {
        const int used = ranks_.threads(threads);
        ByteWriter writer;
        writer.integer(work_.identity);
        // Some ahead, so that no thread waits for the first rank.
        writer.integer(used + (used + 1) / 2);
        ranks_.mailbox_.send(0, ready, writer.take());
        {
            const BackgroundWork own(dispatcher_, work_.run, used);
            while (!own.is_done()) {
                if (!exchange(is_set(stop))) std::this_thread::sleep_for(pause);
            }
        }
        exchange(false);
        ranks_.leave(failure());
    }

  private:
    /// The blocks that the first rank has sent, and the outcomes it is to have.
    class Desk final : public Coordinator {
      public:
        std::optional<Task> next() override {
            const std::scoped_lock lock(mutex_);
            if (is_over_ || tasks_.empty()) return std::nullopt;
            Task task = std::move(tasks_.front());
            tasks_.pop_front();
            return task;
        }

        void take(const Block& block, BlockOutcome outcome) override {
            ByteWriter writer;
            write_block(block, writer);
            write(outcome, writer);
            const std::scoped_lock lock(mutex_);
            outcomes_.push_back(writer.take());
        }

        bool may_get_more() const override {
            const std::scoped_lock lock(mutex_);
            return !is_over_;
        }

        void add(Task task) {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }

        void end() {
            const std::scoped_lock lock(mutex_);
            is_over_ = true;
        }

        std::vector<std::vector<std::byte>> take_outcomes() {
            const std::scoped_lock lock(mutex_);
            return std::exchange(outcomes_, {});
        }

      private:
        mutable std::mutex mutex_;
        std::deque<Task> tasks_;
        std::vector<std::vector<std::byte>> outcomes_;
        bool is_over_ = false;
    };

    /// False if there was nothing to send or receive. Nothing is thrown: own threads would wait for
    /// more blocks for ever.
    bool exchange(bool is_to_stop) {
        try {
            if (is_to_stop && !told_to_stop_) {
                ranks_.mailbox_.send(0, stop_all, {});
                told_to_stop_ = true;
            }
            const bool received = receive();
            return hand_in() || received;
        } catch (...) {
            dispatcher_.fail(std::current_exception());
            return false;
        }
    }

    bool receive() {
        const std::vector<Message> messages = ranks_.mailbox_.collect();
        for (const Message& message : messages) {
            if (message.kind == block_to_do) {
                ByteReader reader(message.bytes);
                desk_.add(read_task(reader));
            } else {
                desk_.end();
            }
        }
        if (!messages.empty()) dispatcher_.wake();
        return !messages.empty();
    }

    bool hand_in() {
        std::vector<std::vector<std::byte>> outcomes = desk_.take_outcomes();
        for (std::vector<std::byte>& outcome : outcomes) {
            ranks_.mailbox_.send(0, outcome_of_block, std::move(outcome));
        }
        return !outcomes.empty();
    }

    /// Why a thread of this rank gave up; empty if none did.
    std::string failure() {
        try {
            dispatcher_.rethrow();
        } catch (const std::exception& error) {
            return *error.what() == '\0' ? "failed without a word" : error.what();
        } catch (...) {
            return "failed without a word";
        }
        return "";
    }

    Ranks& ranks_;
    const SharedWork& work_;
    Desk desk_;
    Dispatcher dispatcher_;
    bool told_to_stop_ = false;  ///< the first rank
};

Ranks::Ranks()
    : left_(static_cast<std::size_t>(size()), false),
      dismissed_(static_cast<std::size_t>(size()), false) {}

Ranks::~Ranks() {
    if (size() == 1) return;
    if (!is_first()) {
        leave("left before the work was done");
        for (bool may_go = false; !may_go;) {
            for (const Message& message : mailbox_.collect()) {
                may_go = may_go || message.kind == dismissed;
            }
            if (!may_go) std::this_thread::sleep_for(pause);
        }
        return;
    }
    for (int rank = 1; rank < size(); ++rank) {
        if (!dismissed_[static_cast<std::size_t>(rank)]) mailbox_.send(rank, over, {});
    }
    while (std::find(left_.begin() + 1, left_.end(), false) != left_.end()) {
        for (const Message& message : mailbox_.collect()) {
            if (message.kind == leaving) left_[static_cast<std::size_t>(message.from)] = true;
        }
        std::this_thread::sleep_for(pause);
    }
    for (int rank = 1; rank < size(); ++rank) mailbox_.send(rank, dismissed, {});
}

void Ranks::leave(const std::string& why) {
    if (is_first() || has_left_) return;
    mailbox_.send(0, leaving, text_message(why));
    has_left_ = true;
}

void run_on_ranks(Ranks& ranks, Coordinator* coordinator, const SharedWork& work, int threads,
                  const std::atomic<bool>* stop) {
    EXPECT(ranks.is_first() == (coordinator != nullptr), "the coordinator is on the first rank");
    if (ranks.size() == 1) {
        run_on_threads(*coordinator, work.run, ranks.threads(threads), stop);
    } else if (ranks.is_first()) {
        Serving(ranks, *coordinator, work).run(threads, stop);
    } else {
        Helping(ranks, work).run(threads, stop);
    }
}

}  // namespace firebreak
