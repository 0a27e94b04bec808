#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ensemble/estimate.hpp"
#include "io/config.hpp"

namespace firebreak {

enum ExitCode : int { success = 0, failure = 1, bad_input = 2, interrupted = 130 };

/// What the options of all subcommands are read into.
struct Arguments {
    std::filesystem::path study;
    std::filesystem::path output;
    std::filesystem::path input;
    std::filesystem::path posterior;
    std::filesystem::path evidence;
    std::uint64_t draws = 1000;
    std::vector<std::filesystem::path> journals;
    std::vector<std::filesystem::path> inputs;
    std::filesystem::path csv;
    std::filesystem::path claims_file;
    bool claims = false;  ///< judge them when the run is complete
    Overrides overrides;
    std::vector<std::string> set;
    int threads = 0;
    std::string shard;
    std::optional<double> target_halfwidth;
    std::optional<double> target_relative;
    std::vector<std::string> target_outcomes;
    bool target_differences = false;
    bool fail_fast = false;
    bool accept_changes = false;
    bool partial = false;
    bool yes = false;
    bool force = false;
    bool quiet = false;
    bool json = false;
    bool markdown = false;
    bool differences = false;
    bool measures = false;
    std::uint32_t replication = 0;
    std::optional<std::uint64_t> point;
    std::string regime;
    std::string reference;
    std::vector<std::string> outcomes;
    IntervalChoice intervals;
    std::optional<std::uint64_t> simulations;
    std::vector<std::string> blocks;
    std::optional<std::uint32_t> recover;
    bool resume = false;
};

/// A subcommand; returns its exit code.
using Command = int (*)(Arguments&);

/// Reads the command line. Returns the subcommand that was called, or the exit code where there is
/// nothing more to do (help, version, wrong options); what is to be said then has been said.
struct Parsed {
    Command command = nullptr;
    int exit_code = success;
};

Parsed parse_arguments(int argc, char** argv, Arguments& arguments);

}  // namespace firebreak
