#include <algorithm>
#include <iostream>
#include <numeric>
#include <optional>
#include <span>

#include "base/error.hpp"
#include "command/commands.hpp"
#include "command/terminal.hpp"
#include "inference/recovery.hpp"
#include "io/atomic_file.hpp"
#include "io/calibration.hpp"
#include "io/calibration_model.hpp"
#include "io/calibration_report.hpp"
#include "io/campaign_head.hpp"
#include "io/posterior_table.hpp"
#include "io/reproduction.hpp"
#include "io/trial_journal.hpp"

namespace firebreak {
namespace {

/// Streams of a block: enough for the data sets of any recovery.
constexpr std::uint32_t streams_of_block = 1U << 18;

std::filesystem::path informed_path(const std::filesystem::path& output) {
    return output.parent_path() / (output.stem().string() + ".informed.csv");
}

/// What the answers in a journal depend on.
JournalHead head_of(const Calibration& calibration, const Arguments& arguments) {
    std::string set = "blocks";
    for (const CalibrationBlock& block : calibration.blocks) set += " " + block.name;
    if (arguments.simulations) set += ", simulations " + std::to_string(*arguments.simulations);
    if (arguments.recover) set += ", recover " + std::to_string(*arguments.recover);
    JournalHead head;
    head.set("program", program_identity());
    head.set("study", "a calibration, " + arguments.study.string());
    head.set("seed", std::to_string(calibration.seed));
    head.set("set", set);
    head.set("configuration", calibration.configuration);
    return head;
}

Journal open_journal(const std::filesystem::path& path, const JournalHead& head,
                     const Arguments& arguments, JournalEntries& known) {
    std::error_code error;
    const bool is_there = std::filesystem::exists(path, error);
    if (!arguments.resume) {
        if (is_there && !arguments.force) {
            throw InputError(Problem{path.string(), "is there already",
                                     "--resume goes on with it, --force begins anew"});
        }
        return Journal::create(path, head, arguments.force);
    }
    if (!is_there) {
        throw InputError(Problem{path.string(), "no such file",
                                 "a calibration is resumed from the journal beside its table"});
    }
    Journal journal =
        Journal::open_to_append(path, [&](const JournalEntry& entry) { known.push_back(entry); });
    std::vector<Problem> changes = differences(journal.state().head, head, path);
    if (!changes.empty()) {
        changes.push_back({path.string(), "cannot go on", "--force begins anew"});
        throw InputError(std::move(changes));
    }
    return journal;
}

/// The command that goes on with a calibration.
std::string resuming_command(const Arguments& arguments) {
    std::string text = "firebreak calibrate " + shell_word(arguments.study.string()) + " -o " +
                       shell_word(arguments.output.string());
    if (arguments.overrides.seed) text += " --seed " + std::to_string(*arguments.overrides.seed);
    if (arguments.simulations) text += " --simulations " + std::to_string(*arguments.simulations);
    for (const std::string& block : arguments.blocks) text += " --block " + shell_word(block);
    if (arguments.recover) text += " --recover " + std::to_string(*arguments.recover);
    return text + " --resume";
}

/// Counts runs of the model over all blocks. A fit may end before its most.
class RunCount {
  public:
    /// `recover`: the data sets to be fitted, each by both methods; none: a fit of the observation.
    RunCount(const Calibration& calibration, std::optional<std::uint32_t> recover, bool quiet)
        : calibration_(calibration), recovers_(recover.has_value()), display_(quiet) {
        for (const CalibrationBlock& block : calibration.blocks) {
            wanted_.push_back(std::uint64_t{recover.value_or(1)} * most_runs(block.settings));
        }
        done_.resize(wanted_.size());
    }

    void add(std::uint32_t stream, std::uint64_t trials, bool found) {
        const std::size_t block = block_at(stream / streams_of_block);
        // Streams go in pairs, in a recovery behind that of the truths: the second is the walk's.
        const std::uint32_t part = stream % streams_of_block;
        const bool is_walk = recovers_ ? part > 0 && part % 2 == 0 : part == 1;
        const std::uint64_t runs =
            trials * (is_walk ? calibration_.blocks[block].settings.runs : 1);
        done_[block] += runs;
        if (found) found_ += runs;
        show();
    }

    /// What a block did not take is not wanted any more.
    void finish(std::size_t block) {
        wanted_[block] = done_[block];
        show();
    }

    void close() { display_.close(); }

  private:
    std::size_t block_at(std::uint32_t place) const {
        const auto& blocks = calibration_.blocks;
        const auto found = std::ranges::find(blocks, place, &CalibrationBlock::place);
        EXPECT(found != blocks.end(), "a stream is that of a block");
        return static_cast<std::size_t>(found - blocks.begin());
    }

    void show() {
        const auto sum = [](const auto& numbers) {
            return std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0});
        };
        const std::uint64_t done = sum(done_);
        display_.show({done, std::max(done, sum(wanted_)), found_, "simulations"});
    }

    const Calibration& calibration_;
    bool recovers_;
    ProgressDisplay display_;
    std::vector<std::uint64_t> wanted_;
    std::vector<std::uint64_t> done_;
    std::uint64_t found_ = 0;
};

FitLuck luck_of(const Calibration& calibration, const CalibrationBlock& block) {
    return {Draws(calibration.seed), block.place * streams_of_block};
}

/// Fits all blocks and writes the posterior.
void fit_blocks(const Calibration& calibration, const Workshop& workshop, RunCount& count,
                const Arguments& arguments) {
    std::vector<BlockFit> fits;
    for (std::size_t i = 0; i < calibration.blocks.size(); ++i) {
        const CalibrationBlock& block = calibration.blocks[i];
        const FitLuck luck = luck_of(calibration, block);
        const BlockModel model(calibration, block);
        fits.push_back({block, model.observation(), model.names(),
                        fit(std::cref(model), block.parameters.size(), model.observation(),
                            block.settings, luck, workshop)});
        count.finish(i);
    }
    count.close();
    const std::string heading = posterior_heading(calibration, fits, utc_now());
    write_whole_text(informed_path(arguments.output), informed_csv(fits), true);
    write_whole_text(arguments.output, posterior_text(joint_posterior(calibration, fits), heading),
                     true);
    if (!arguments.quiet) std::cout << informed_text(fits);
}

/// Fits data sets of known parameters by both methods and writes how they did.
void recover_blocks(const Calibration& calibration, const Workshop& workshop, RunCount& count,
                    const Arguments& arguments) {
    std::vector<BlockRecovery> blocks;
    for (std::size_t i = 0; i < calibration.blocks.size(); ++i) {
        const CalibrationBlock& block = calibration.blocks[i];
        const FitLuck luck = luck_of(calibration, block);
        const BlockModel model(calibration, block);
        blocks.push_back({block, study_recovery(std::cref(model), block.parameters.size(),
                                                model.observation().discrepancy, block.settings,
                                                *arguments.recover, luck, workshop)});
        count.finish(i);
    }
    count.close();
    write_whole_text(arguments.output, recovery_csv(blocks), true);
    if (!arguments.quiet) std::cout << recovery_text(blocks);
}

}  // namespace

int calibrate(Arguments& arguments) {
    const Calibration calibration =
        load_calibration(arguments.study, {arguments.overrides.seed, arguments.simulations,
                                           arguments.blocks, arguments.recover.has_value()});
    check_output_path(arguments.output, arguments.force);
    stop_at_signals();  // before there is a journal, so that whoever sees one can stop the run
    const std::filesystem::path path = journal_path(arguments.output);
    JournalEntries known;
    Journal journal = open_journal(path, head_of(calibration, arguments), arguments, known);
    RunCount count(calibration, arguments.recover, arguments.quiet);
    TrialJournal trials(journal, known, arguments.threads, &stop_requested(),
                        [&](std::uint32_t stream, std::uint64_t done, bool found) {
                            count.add(stream, done, found);
                        });
    const Workshop workshop = [&](std::uint32_t stream, std::span<const Trial> wanted,
                                  const Model& model) { return trials.run(stream, wanted, model); };
    try {
        (arguments.recover ? recover_blocks : fit_blocks)(calibration, workshop, count, arguments);
    } catch (const Interrupted&) {
        count.close();
        journal.sync();
        std::cerr << "Interrupted. Go on with:\n  " << resuming_command(arguments) << "\n";
        return interrupted;
    } catch (const SystemError& error) {
        count.close();
        std::cerr << "firebreak: " << error.what()
                  << "\nWhat was finished is safe in the journal. Go on with:\n  "
                  << resuming_command(arguments) << "\n";
        return failure;
    }
    journal.make_nameless();  // all of it is in the table
    if (!arguments.quiet) std::cout << "\nWritten to " << arguments.output.string() << "\n";
    return success;
}

}  // namespace firebreak
