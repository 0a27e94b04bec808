#pragma once

// Written by scripts/poisson_coefficients.py, which explains each; do not edit.

namespace firebreak::coefficients {

/// Greatest error 4.7e-05.
inline constexpr float normal_half[] = {3.000962277e+00F, 2.981338672e-01F, -1.020666800e-02F,
                                        2.531070227e-04F, 7.320901012e-05F, -1.522505841e-05F,
                                        5.430750884e-07F, 7.881414282e-08F};

/// Centre of w in it.
inline constexpr float normal_half_centre = 5.198607669e+00F;

/// Greatest error 8.8e-07.
inline constexpr float normal_guess[] = {2.652521087e+00F,  3.214281400e-01F, -1.027348545e-02F,
                                         -2.394992676e-04F, 1.615105143e-04F, -2.180347711e-05F,
                                         5.581257594e-07F,  2.585695720e-07F, -2.802550143e-08F};

/// The single polynomial serves w up to here.
inline constexpr float normal_guess_end = 8.147800131e+00F;

/// Centre of w in the single polynomial.
inline constexpr float normal_guess_centre = 4.073900066e+00F;

/// Greatest relative error 9.2e-08.
inline constexpr float exponential[] = {1.000000000e+00F, 9.999997054e-01F, 4.999914615e-01F,
                                        1.666764005e-01F, 4.189839023e-02F, 8.290229892e-03F};

/// A(s), times mean s^2.
inline constexpr float poisson_a[] = {1.666922769e-01F,  -1.388293946e-02F, 3.404051869e-03F,
                                      -1.224995882e-03F, 9.016766697e-04F,  -5.545719074e-04F,
                                      1.914585549e-04F,  -3.422980410e-05F, 2.496406192e-06F};

/// B(s).
inline constexpr float poisson_b[] = {3.330755278e-01F,  -2.844756622e-02F, 1.159399187e-02F,
                                      -3.017294835e-03F, -1.885599285e-03F, 1.151362818e-03F,
                                      -1.544133994e-04F};

/// C(s), times 1 / mean.
inline constexpr float poisson_c[] = {-1.847778662e-02F, 1.869921478e-02F,  -1.682628467e-02F,
                                      9.494945402e-03F,  -2.538284434e-03F, 2.466379517e-04F};

/// The fit holds from this mean on.
inline constexpr float smallest_mean = 1.000000000e-01F;

/// The fit holds up to this mean.
inline constexpr float largest_mean = 6.000000000e+02F;

/// The fit holds from this s on.
inline constexpr float smallest_slope = -1.200000000e+00F;

/// The fit holds up to this s.
inline constexpr float largest_slope = 4.000000000e+00F;

/// The fit holds up to this |z|.
inline constexpr float largest_normal = 3.800000000e+00F;

/// Guard band = constant + root / sqrt(mean) + slope mean: this is the constant.
inline constexpr float guard_constant = 1.177221299e-04F;

/// Guard band = constant + root / sqrt(mean) + slope mean: this is the root.
inline constexpr float guard_root = 1.177221299e-03F;

/// Guard band = constant + root / sqrt(mean) + slope mean: this is the slope.
inline constexpr float guard_slope = 1.177221299e-06F;

}  // namespace firebreak::coefficients
