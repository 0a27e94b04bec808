#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/quantity.hpp"

namespace firebreak {

/// What a draw is for. The numbers are part of the result: they never change and are never reused.
enum class Purpose : std::uint16_t {
    line_fire = 1,
    line_frailty = 2,
    front_activity = 3,
    day_factor = 4,
    sector_activity = 5,
    flare_up = 6,
    incident_line = 10,
    incident_troops = 11,
    incident_stray = 12,
    incident_probe = 13,
    incident_raid = 14,
    incident_retaliation = 15,
    incident_offensive = 16,
    incident_details = 17,
    incident_deaths = 18,
    claim = 30,
    misleading_stream = 31,
    report_time = 32,
    report_content = 33,
    deadline = 34,
    truth_delay = 35,
    perceived_intent = 40,
    gravity = 41,
    ally_error = 42,
    silence = 43,
    ally_resolve = 44,
    belief_estimate = 45,
    first_use = 46,
    leader_type = 50,
    perception = 51,
    war_decision = 52,
    posture = 53,
    offensive_delay = 54,
    election = 60,
    ratification = 61,
    veto = 62,
    veto_lift = 63,
    activation = 64,
    withdrawal = 65,
    revision = 66,
    settlement = 70,
    ceasefire_delay = 71,
    crisis_resolve = 80,
    crisis_round = 81,
    war_duration = 90,
    war_stray = 91,
    branch_choice = 100,
    design_sample = 110,
    calibration_proposal = 120,
    calibration_error = 121,
    calibration_truth = 122,
    metropolis_step = 123,
    posterior_choice = 124,
    evidence_sample = 130,
};

/// The meaning of one draw. Equal addresses under one seed give equal draws, whatever was drawn
/// before, by which thread, or under which regime: the same replication meets the same luck.
struct DrawAddress {
    std::uint32_t replication = 0;
    std::uint32_t day = 0;
    Purpose purpose{};
    /// The number of the draw, where one day and subject need several for a purpose.
    std::uint16_t index = 0;
    /// Whom or what the draw is about: a sector, an ally, an incident.
    std::uint32_t subject = 0;

    bool operator==(const DrawAddress&) const = default;
};

/// The version of the map from addresses to draws. A part of every key and of every result file.
inline constexpr std::uint32_t random_scheme_version = 1;

/// Four words as a uniform in the open interval (0, 1): (n + 1/2) / 2^52 from the upper 52 bits of
/// the first two. Never 0 and never 1, so every quantile of it is finite.
double uniform_of(std::uint32_t low, std::uint32_t high);

/// Quantile of the exponential law of a mean, increasing in u in (0, 1).
double exponential_quantile(double mean, double u);

/// Quantile of the standard logistic law, increasing in u in (0, 1).
double logistic_quantile(double u);

/// Smallest n whose Poisson distribution function exceeds u in (0, 1). Nondecreasing in mean >= 0
/// and in u, which keeps paired regimes together. Exact to the rounding of double sums.
std::uint32_t poisson_quantile(double mean, double u);

/// Deaths by the discrete power law floor(u^(-1 / (exponent - 1)) / 2 + 1/2), not above cap.
/// Decreasing in u in (0, 1); exponent > 1.
/// Source: A. Clauset, C. R. Shalizi, M. E. J. Newman (2009), SIAM Review 51, appendix D.
double power_law_quantile(double exponent, double cap, double u);

/// P(deaths >= least) by that law below its cap: u up to this gives them.
double power_law_tail(double exponent, double least);

/// The first index at which the running sum of the weights exceeds u times their sum, for u in
/// (0, 1). Weights are not negative and not all 0; those of weight 0 are never chosen.
std::size_t categorical_quantile(std::span<const double> weights, double u);

/// The source of all chance in the model: a pure function of (seed, address), without state.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : seed_(seed) {}

    std::uint64_t seed() const { return seed_; }

    /// The generator's key: seed, scheme version.
    std::array<std::uint32_t, 4> key() const;

    /// Four independent uniform words.
    std::array<std::uint32_t, 4> words(DrawAddress address) const;

    /// Uniform on the open interval (0, 1).
    double uniform(DrawAddress address) const;

    /// True with the given probability: uniform < probability, so monotone in it.
    bool bernoulli(Probability probability, DrawAddress address) const;
    bool bernoulli(double probability, DrawAddress address) const;

    double exponential(double mean, DrawAddress address) const;
    double normal(DrawAddress address) const;
    double logistic(DrawAddress address) const;

    /// Gamma of a shape > 0 and scale 1 (mean = shape), by rejection: uses the indices from
    /// address.index on, one per attempt (4 % fail), and index + 0x8000 where shape < 1.
    /// Source: G. Marsaglia, W. W. Tsang (2000), ACM Trans. Math. Softw. 26, 363-372.
    double gamma(double shape, DrawAddress address) const;

    std::uint32_t poisson(double mean, DrawAddress address) const;

    /// An index with probability proportional to its weight, by inversion in the order given.
    std::size_t categorical(std::span<const double> weights, DrawAddress address) const;

    double power_law_deaths(double exponent, double cap, DrawAddress address) const;

  private:
    std::uint64_t seed_;
};

}  // namespace firebreak
