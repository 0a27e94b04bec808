#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ensemble/latin_hypercube.hpp"
#include "ensemble/sobol.hpp"
#include "regime/prior.hpp"

namespace firebreak {

/// How the points of a design are chosen.
enum class DesignMethod : std::uint8_t {
    grid,             ///< every combination of levels
    latin_hypercube,  ///< each of n equal cells of every factor once
    sobol,            ///< a scrambled Sobol sequence
    one_at_a_time,    ///< the baseline, then each factor at each level alone
    saltelli,         ///< for Sobol indices: two samples and their mixtures
    table,            ///< the points given
};

inline constexpr std::array<std::string_view, 6> design_method_names{
    "grid", "latin-hypercube", "sobol", "one-at-a-time", "saltelli", "table"};

/// A lever is chosen by someone; an uncertainty is not, and is known by its prior.
enum class FactorKind : std::uint8_t { lever, uncertainty };

inline constexpr std::array<std::string_view, 2> factor_kind_names{"lever", "uncertainty"};

/// A parameter that varies over the points of a design.
struct Factor {
    std::string
        path;  ///< `line.immigrant_rate`, or `neutrality:commitment.armament` for one regime
    FactorKind kind = FactorKind::uncertainty;
    std::string unit;
    std::string meaning;
    std::string source;  ///< where the baseline and the prior come from
    std::string tag;     ///< how good that is: found, computed, calibrated, memory or assumed
    double baseline{};
    Prior prior;
    std::vector<double> levels;  ///< the values it takes; empty: by the prior

    bool operator==(const Factor&) const = default;
};

/// Draws of several factors together, such as those of a posterior.
struct JointDraws {
    std::vector<std::string> paths;
    std::vector<double> values;   ///< draw by draw, in the order of `paths`
    std::vector<double> weights;  ///< by draw; not negative, not all 0

    bool operator==(const JointDraws&) const = default;
};

/// What a design is made by, apart from its factors.
struct DesignSettings {
    DesignMethod method = DesignMethod::grid;
    std::uint64_t sample = 0;  ///< points of the sample: Latin hypercube, Sobol, Saltelli
    std::uint64_t seed = 0;    ///< of the scrambling or of the permutations
    /// Grid and one at a time: the levels of a factor that has none of its own, equally far apart
    /// in its prior's distribution from the low end to the high one.
    std::uint64_t levels = 2;
    bool second_order = false;  ///< Saltelli: the mixtures for second-order indices as well
    std::vector<double> table;  ///< Table: point by point, the values of the factors
    JointDraws joint;           ///< Latin hypercube, Sobol: instead of these factors' priors

    bool operator==(const DesignSettings&) const = default;
};

/// Points are numbered by 32 bits.
inline constexpr std::uint64_t most_design_points = 4294967295;

/// What is wrong with a design. `where` of the problems is empty, `what` names the setting or path.
std::vector<Problem> problems(const std::vector<Factor>& factors, const DesignSettings& settings);

/// The points at which a study is run. They are computed when asked for: a design of a million
/// points takes no more memory than one of ten (but for a table).
///
/// Latin hypercube, Sobol and Saltelli sample the factors without levels and cross every point of
/// the sample with every combination of the others' levels, which go fastest: all choices are
/// compared in the same worlds, and a larger sample of a Sobol or Saltelli design begins with the
/// smaller one. Factors with joint draws take one of these at each point, chosen by its weight. A
/// grid has its last factor go fastest.
///
/// A Saltelli sample has, for each of its points, a row A, for each factor a row A with that factor
/// from B, with `second_order` for each factor a row B with that factor from A, and a row B: the
/// order of SALib (https://salib.readthedocs.io), which can analyse the rows as they come.
/// Source: A. Saltelli (2002), Comput. Phys. Commun. 145, 280-297.
class Design {
  public:
    /// The baseline alone.
    Design();

    /// Throws InputError with `problems(factors, settings)` if there are any.
    Design(std::vector<Factor> factors, DesignSettings settings);

    const std::vector<Factor>& factors() const { return factors_; }

    const DesignSettings& settings() const { return settings_; }

    std::uint64_t points() const { return points_; }

    /// The values of the factors, in their order, at a point.
    std::vector<double> coordinates(std::uint64_t point) const;

    /// The values that a factor takes, or none if it is sampled from its prior.
    const std::vector<double>& levels(std::size_t factor) const { return levels_[factor]; }

  private:
    double sampled(std::uint64_t row, std::size_t dimension) const;
    double sampled_by_saltelli(std::uint64_t row, std::size_t dimension) const;
    std::vector<double> crossed(std::uint64_t point) const;
    std::vector<double> one_at_a_time(std::uint64_t point) const;
    std::size_t chosen_draw(double u) const;

    std::vector<Factor> factors_;
    DesignSettings settings_;
    std::vector<std::vector<double>> levels_;               ///< by factor
    std::vector<std::optional<std::size_t>> joint_column_;  ///< by factor
    std::vector<double> joint_weight_;                      ///< by draw: of it and those before it
    std::size_t dimensions_ = 0;  ///< numbers that are sampled for a point
    std::uint64_t points_ = 1;
    std::optional<SobolSequence> sobol_;
    std::optional<LatinHypercube> hypercube_;
};

}  // namespace firebreak
