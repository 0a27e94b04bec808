#pragma once

#include <cstdint>

#include "conflict/line.hpp"
#include "conflict/noise.hpp"

namespace firebreak {

/// Posture times calm of each side on a day: the factor on the violations that answer nothing.
struct SideFactors {
    float russia = 1.0F;
    float ukraine = 1.0F;
};

/// The line on the first day: memories as if the calm of that day had always been.
/// `baseline` is the mean of a complying command without excitation [1/d].
Line start_line(const Noise& noise, const LineSettings& settings, float baseline,
                float calm_at_start);

/// One day of fire: every command fires a Poisson number N of violations, then remembers it.
///
///     intensity = D(t) (base posture calm activity + own A + cross A' + near mean(A beside it))
///     A <- rho A + (1 - rho) N
///
/// An intensity above `greatest_intensity` is that. The count is exactly the quantile of the day's
/// word under the single-precision intensity, whatever the processor. Sectors form a ring. Source:
/// docs/model.md §4.
void fire(const Noise& noise, int day, Line& line, SideFactors factors, LineDay& out);

/// The count that a word means under an intensity: the definition which `fire` reproduces.
std::int32_t exact_count(std::uint32_t word, float intensity);

}  // namespace firebreak
