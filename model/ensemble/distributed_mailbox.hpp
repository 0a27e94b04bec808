#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace firebreak {

/// Bytes from another process of the same job.
struct Message {
    int from{};
    int kind{};
    std::vector<std::byte> bytes;
};

/// The processes that were started together with this one (by mpirun or srun), and the messages
/// between them. A process that was started alone is rank 0 of 1; MPI is initialised only if it was
/// mpirun or srun that started it.
/// To be used by the main thread only, and at most once in a process.
class Mailbox {
  public:
    /// Joins the job. Throws InputError if this process was started as one of several and they
    /// cannot be reached: without MPI in this program, or with another kind than that of mpirun.
    Mailbox();
    /// Waits until all ranks get here.
    ~Mailbox();
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    int rank() const { return rank_; }

    int size() const { return size_; }

    /// Threads of its own that each rank on this machine can have without sharing a processor; at
    /// least 1.
    int threads_per_rank() const { return threads_per_rank_; }

    /// Sends bytes without waiting for their arrival.
    void send(int to, int kind, std::vector<std::byte> bytes);

    /// What has arrived; from each sender in the order sent. Never waits.
    std::vector<Message> collect();

    /// True when everything sent is on its way.
    bool all_sent();

  private:
    struct Traffic;

    int rank_ = 0;
    int size_ = 1;
    int threads_per_rank_ = 1;
    std::unique_ptr<Traffic> traffic_;  ///< none without MPI
};

}  // namespace firebreak
