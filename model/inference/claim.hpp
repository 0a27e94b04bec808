#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace firebreak {

/// How regimes are compared.
enum class ComparisonKind : std::uint8_t {
    ordering,    ///< each regime of a chain has more than the one before it
    hump,        ///< the most lies strictly inside a ladder of levels
    slope,       ///< it rises over a ladder of levels, or falls
    difference,  ///< one difference is larger than a multiple of another one
    frontier,    ///< no regime has the least of everything
    threshold,   ///< a ranking at the lowest level is turned round at the highest
    excess       ///< one number is more than the product of two others, under one regime
};

inline constexpr std::array<std::string_view, 7> comparison_kind_names{
    "ordering", "hump", "slope", "difference", "frontier", "threshold", "excess"};

/// One comparison of a claim. Names of regimes are those of a study, variants included; quantities
/// are outcomes, as probabilities by the horizon, or measures, as means over histories.
struct Comparison {
    ComparisonKind kind{};
    /// Quantities: one; for a frontier all that count; for an excess the whole and the two factors.
    std::vector<std::string> of;
    /// Ordering: from the least to the most. Hump, slope, threshold: the ladder. Difference: more,
    /// less, and then the other pair. Frontier: all. Excess: the one.
    std::vector<std::string> regimes;
    std::string against;         ///< threshold: the regime that the ladder is ranked against
    std::vector<double> levels;  ///< slope, threshold: of the ladder
    bool log_levels = false;     ///< slope, threshold: by the logarithm of the level
    bool falling = false;  ///< slope: falls; threshold: the ladder begins above and ends below
    double times = 1.0;    ///< difference: multiple of the other one
    bool decides = true;   ///< false: told besides, and no part of the verdict
    std::string words;     ///< what is compared, for those told besides
};

/// A claim of the literature as something that runs can support or contradict.
struct Claim {
    std::string name;  ///< `H1`
    std::string statement;
    std::vector<std::string> sources;  ///< documents, with the numbers of their claims
    std::string mechanism;
    std::string seen;      ///< what is found where it holds, as a clause
    std::string reversed;  ///< what is found where it is reversed, as a clause
    std::string decider;   ///< which parameters decide the sign
    std::string limits;    ///< what of it the model does not hold; may be empty
    std::vector<Comparison> comparisons;
};

/// A weighted difference between two regimes.
struct PairTerm {
    std::string regime;
    std::string reference;
    double weight = 1.0;
};

/// Something that is above zero where a statement holds.
struct Link {
    std::string quantity;
    std::vector<PairTerm> pairs;
    /// If given, the link is `quantity` less the product of these two, all under `regime`.
    std::vector<std::string> factors;
    std::string regime;
};

/// Links put together: it holds where in one of the alternatives all links are above zero; a
/// negated one where in none of them.
struct Condition {
    std::vector<std::vector<Link>> alternatives;
    bool negated = false;
};

/// The condition that a comparison stands for.
Condition condition_of(const Comparison& comparison);

/// Every pair of regimes of which claims need the paired difference.
std::vector<std::pair<std::string, std::string>> pairs_needed(const std::vector<Claim>& claims);

/// Few regimes such that one of each pair is among them, those first that most pairs have.
std::vector<std::string> covering_references(
    std::vector<std::pair<std::string, std::string>> pairs);

/// Every regime that claims name, in the order in which they do.
std::vector<std::string> regimes_needed(const std::vector<Claim>& claims);

}  // namespace firebreak
