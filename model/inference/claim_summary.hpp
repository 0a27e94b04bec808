#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ensemble/intervals.hpp"
#include "inference/claim.hpp"
#include "inference/claim_verdict.hpp"

namespace firebreak {

/// The draws of the parameters that claims are judged over.
struct ClaimDraws {
    std::size_t count{};
    std::function<DrawResults(std::size_t draw)> results;
    std::vector<std::string> parameters;                           ///< paths of what varies
    std::vector<std::vector<double>> values;                       ///< per draw
    std::function<std::string(const std::string& quantity)> unit;  ///< of a difference in it
    std::function<double(const std::string& quantity)> scale;      ///< to that unit
    double confidence = 0.95;
};

/// A share of the draws with its Wilson interval.
struct DrawShare {
    double share{};
    Interval interval;
};

/// How a comparison, or all that decide of a claim, came out over the draws.
struct VerdictShares {
    DrawShare held;
    DrawShare reversed;
    DrawShare undecided;
};

/// A parameter that the effect goes with.
struct Decider {
    std::string path;
    double strength{};  ///< partial rank correlation with the effect
};

/// One claim over all draws.
struct ClaimSummary {
    Claim claim;
    std::size_t draws{};  ///< that could be judged
    VerdictShares shares;
    /// Of the weakest of the comparisons that decide and have the first one's unit; positive in the
    /// direction of the statement. NaN if no draw could be judged.
    double effect_median{};
    double effect_low{};   ///< 5 % quantile
    double effect_high{};  ///< 95 % quantile
    std::string unit;
    std::vector<Decider>
        deciders;              ///< the three strongest, the strongest first; fewer if fewer vary
    double chance_strength{};  ///< what the strongest of all passes by chance in 1 case of 20
    bool partial = false;      ///< whether the others were held constant
    std::vector<VerdictShares> comparisons;  ///< in the order of the claim's
    /// By comparison: where its ranking turns, of the draws in which it is held. Empty for those
    /// of other kinds than a threshold.
    std::vector<std::vector<double>> turning_levels;
};

/// The deciders that are stronger than chance makes the strongest of all.
std::vector<Decider> deciders_beyond_chance(const ClaimSummary& summary);

/// Judges each claim in each draw and sums up.
std::vector<ClaimSummary> summarise(const std::vector<Claim>& claims, const ClaimDraws& draws);

/// The quantile of values, between neighbours by a straight line; NaN of none.
double quantile_of(std::vector<double> values, double share);

}  // namespace firebreak
