#pragma once

#include <cstdint>

#include "command/arguments.hpp"
#include "io/config.hpp"

namespace firebreak {

/// A design of more points than this was hardly meant.
inline constexpr std::uint64_t many_points = 100'000;

// The subcommands. Each prints its result to the standard output and returns its exit code.

int run(Arguments& arguments);           ///< simulate a study, all design points of it
int resume(Arguments& arguments);        ///< go on with a run that was broken off, or extend it
int plan_study(Arguments& arguments);    ///< what a run would cost
int merge(Arguments& arguments);         ///< the shards of a study into one result file
int missing(Arguments& arguments);       ///< which shards are not done
int verify(Arguments& arguments);        ///< checksums and completeness of a file
int claims(Arguments& arguments);        ///< the claims of a study, run or judged
int check(Arguments& arguments);         ///< validate a study
int describe(Arguments& arguments);      ///< the parameters and their sources
int replay(Arguments& arguments);        ///< one history as a timeline
int show(Arguments& arguments);          ///< tables of a result file
int compare(Arguments& arguments);       ///< one regime against another
int validate(Arguments& arguments);      ///< hold the model against what was observed
int calibrate(Arguments& arguments);     ///< fit parameters to what was observed
int export_table(Arguments& arguments);  ///< a result file as CSV

/// Loads the study that the arguments name, with their changes. Throws InputError with every
/// problem, those of the arguments included.
Study read_study(Arguments& arguments);

/// What the arguments change in a study. Throws InputError for a --set that is no KEY=VALUE.
Overrides overrides_of(const Arguments& arguments);

}  // namespace firebreak
