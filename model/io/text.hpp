#pragma once

#include <string>
#include <vector>

#include "io/results_reader.hpp"
#include "io/text_table.hpp"

namespace firebreak {

/// A probability in per cent with two significant digits (of its distance from 0 or 100) or more:
/// "23", "0.052", "99.70"; "0" and "100" without decimals only if exact; "-" for NaN.
std::string percent_text(double probability, int more_digits = 0);

/// A difference of probabilities in points, two significant digits or more and its sign: "+3.1",
/// "-0.052".
std::string points_text(double difference, int more_digits = 0);

using NumberText = std::string (*)(double number, int more_digits);

/// An estimate and its interval, "23 [21, 25]", with as many digits beyond two as show that an end
/// differs from the estimate, "23.3 [23.0, 23.6]", if four digits can show it.
std::string interval_text(NumberText text, double value, double low, double high);

/// What a run found: probability of each outcome by the horizon under each regime with its
/// interval, and paired differences against a reference. Without names: the war and force outcomes,
/// and the reference that the study names; and if no outcome was asked for, the measures. Throws
/// InputError for a name that the results do not hold.
std::string results_text(const Results& results, const std::vector<std::string>& outcomes = {},
                         const std::string& reference = {});

/// One regime against a reference, all outcomes. Throws InputError for an unknown name.
std::string comparison_text(const Results& results, const std::string& regime,
                            const std::string& reference);

/// Mean of every measure under each regime, with its standard error.
std::string measures_text(const Results& results);

/// What a run found over all its design points: how many failed, and for each outcome by the
/// horizon the median over the points and their middle 90 %, and the share of the points in which
/// each regime is below, above or not told from the reference. Names as in `results_text`.
std::string points_summary_text(const ResultsReader& file,
                                const std::vector<std::string>& outcomes = {},
                                const std::string& reference = {});

}  // namespace firebreak
