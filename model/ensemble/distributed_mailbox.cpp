#include "ensemble/distributed_mailbox.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <list>
#include <string>
#include <utility>

#include <sched.h>

#include "base/error.hpp"
#include "ensemble/parallel.hpp"

#ifdef FIREBREAK_WITH_MPI
#include <mpi.h>
#endif

namespace firebreak {
namespace {

/// What the starter of a job says of its size; 0: nothing, 1 or more: at least so many.
int ranks_promised() {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
        if (const char* text = std::getenv(name)) return std::max(1, std::atoi(text));
    }
    for (const char* name : {"PMIX_RANK", "PMI_RANK"}) {
        // The last rank there is may be any, but this is one of them.
        if (const char* text = std::getenv(name)) return std::max(0, std::atoi(text)) + 1;
    }
    return 0;
}

#ifdef FIREBREAK_WITH_MPI

/// Processors that any rank on this machine may use, shared among those ranks.
int share_of_processors() {
    MPI_Comm machine = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    int ranks = 1;
    MPI_Comm_size(machine, &ranks);
    cpu_set_t own;
    CPU_ZERO(&own);
    sched_getaffinity(0, sizeof own, &own);
    cpu_set_t all;
    CPU_ZERO(&all);
    MPI_Allreduce(&own, &all, sizeof own, MPI_BYTE, MPI_BOR, machine);
    MPI_Comm_free(&machine);
    return std::clamp(CPU_COUNT(&all) / ranks, 1, available_threads());
}

#endif

}  // namespace

#ifdef FIREBREAK_WITH_MPI

struct Mailbox::Traffic {
    struct Transfer {
        Message message;
        MPI_Request request = MPI_REQUEST_NULL;

        bool is_done() {
            int done = 0;
            MPI_Test(&request, &done, MPI_STATUS_IGNORE);
            return done != 0;
        }
    };

    std::list<Transfer> sent;
    std::list<Transfer> received;
};

Mailbox::Mailbox() : threads_per_rank_(available_threads()) {
    const int promised = ranks_promised();
    if (promised == 0) return;
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    traffic_ = std::make_unique<Traffic>();
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    threads_per_rank_ = share_of_processors();
    if (size_ < promised || provided < MPI_THREAD_FUNNELED) {
        const int found = size_;
        MPI_Finalize();
        throw InputError(
            Problem{"MPI", std::to_string(found) + " ranks, started as " + std::to_string(promised),
                    "mpirun must be of the MPI that this program was built with"});
    }
}

Mailbox::~Mailbox() {
    if (!traffic_) return;
    while (!all_sent()) {
    }
    MPI_Finalize();
}

void Mailbox::send(int to, int kind, std::vector<std::byte> bytes) {
    EXPECT(traffic_ && to < size_, "another rank of this job");
    Traffic::Transfer& transfer =
        traffic_->sent.emplace_back(Traffic::Transfer{{rank_, kind, std::move(bytes)}});
    const std::vector<std::byte>& content = transfer.message.bytes;
    MPI_Isend(content.data(), static_cast<int>(content.size()), MPI_BYTE, to, kind, MPI_COMM_WORLD,
              &transfer.request);
}

std::vector<Message> Mailbox::collect() {
    std::vector<Message> complete;
    if (!traffic_) return complete;
    while (true) {
        int found = 0;
        MPI_Status status;
        // A message for which there is no memory stays where it is; only one thread takes them.
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &found, &status);
        if (found == 0) break;
        int count = 0;
        MPI_Get_count(&status, MPI_BYTE, &count);
        Traffic::Transfer& transfer = traffic_->received.emplace_back(
            Traffic::Transfer{{status.MPI_SOURCE, status.MPI_TAG,
                               std::vector<std::byte>(static_cast<std::size_t>(count))}});
        MPI_Irecv(transfer.message.bytes.data(), count, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG,
                  MPI_COMM_WORLD, &transfer.request);
    }
    // A short message may be complete before a long one that was sent first.
    std::vector<int> waiting;
    // Nothing that has been taken out may be lost for want of memory.
    waiting.reserve(traffic_->received.size());
    complete.reserve(traffic_->received.size());
    for (auto transfer = traffic_->received.begin(); transfer != traffic_->received.end();) {
        const int from = transfer->message.from;
        if (std::find(waiting.begin(), waiting.end(), from) != waiting.end()) {
            ++transfer;
        } else if (transfer->is_done()) {
            complete.push_back(std::move(transfer->message));
            transfer = traffic_->received.erase(transfer);
        } else {
            waiting.push_back(from);
            ++transfer;
        }
    }
    all_sent();  // frees what has gone
    return complete;
}

bool Mailbox::all_sent() {
    if (!traffic_) return true;
    traffic_->sent.remove_if([](Traffic::Transfer& transfer) { return transfer.is_done(); });
    return traffic_->sent.empty();
}

#else

struct Mailbox::Traffic {};

Mailbox::Mailbox() : threads_per_rank_(available_threads()) {
    if (ranks_promised() > 1) {
        throw InputError(
            Problem{"MPI", "one of several ranks",
                    "this program was built without MPI: configure it with FIREBREAK_MPI=ON, or "
                    "share the work by --shard"});
    }
}

Mailbox::~Mailbox() = default;

void Mailbox::send(int, int, std::vector<std::byte>) { EXPECT(false, "there is no other rank"); }

std::vector<Message> Mailbox::collect() { return {}; }

bool Mailbox::all_sent() { return true; }

#endif

}  // namespace firebreak
