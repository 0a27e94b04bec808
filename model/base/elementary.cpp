#include "base/elementary.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace firebreak {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double log2_e = 1.4426950408889634074;
// ln 2 in two parts: the high one ends in 21 zero bits, so that k * ln2_high is exact.
constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;

/// 2 to the power k for -1022 <= k <= 1023.
double power_of_two(std::int64_t k) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

/// exp(r) - 1 - r for |r| <= ln(2) / 2: the Taylor series, whose rest is below 1e-18.
double exponential_rest(double r) {
    constexpr double c2 = 1.0 / 2, c3 = 1.0 / 6, c4 = 1.0 / 24, c5 = 1.0 / 120, c6 = 1.0 / 720;
    constexpr double c7 = 1.0 / 5040, c8 = 1.0 / 40320, c9 = 1.0 / 362880, c10 = 1.0 / 3628800;
    constexpr double c11 = 1.0 / 39916800, c12 = 1.0 / 479001600, c13 = 1.0 / 6227020800.0;
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double low = (c2 + c3 * r) + (c4 + c5 * r) * r2;
    const double middle = (c6 + c7 * r) + (c8 + c9 * r) * r2;
    const double high = (c10 + c11 * r) + (c12 + c13 * r) * r2;
    return r2 * (low + r4 * (middle + r4 * high));
}

/// 2 atanh(s) / s - 2 for s^2 <= 0.0295, by its series.
double logarithm_rest(double s2) {
    const double s4 = s2 * s2;
    const double low = (2.0 / 3 + 2.0 / 5 * s2) + (2.0 / 7 + 2.0 / 9 * s2) * s4;
    const double middle = (2.0 / 11 + 2.0 / 13 * s2) + (2.0 / 15 + 2.0 / 17 * s2) * s4;
    const double high = 2.0 / 19 + 2.0 / 21 * s2 + 2.0 / 23 * s4;
    const double s8 = s4 * s4;
    return s2 * (low + s8 * (middle + s8 * high));
}

template <std::size_t size>
double polynomial(const double (&coefficients)[size], double x) {
    double value = coefficients[size - 1];
    for (std::size_t i = size - 1; i-- > 0;) value = value * x + coefficients[i];
    return value;
}

}  // namespace

double exponential(double x) {
    if (x != x) return x;
    if (x > 709.782712893384) return infinity;
    if (x < -745.1332191019412) return 0.0;
    const auto k = static_cast<std::int64_t>(x * log2_e + (x < 0.0 ? -0.5 : 0.5));
    const auto whole = static_cast<double>(k);
    const double high = x - whole * ln2_high;
    const double low = whole * ln2_low;
    const double r = high - low;
    // The bits that high - low lost, to first order: they matter for large |x|.
    const double lost = (high - r) - low;
    const double mantissa = 1.0 + (r + (exponential_rest(r) + lost));
    // Two steps, because k can lie outside the exponents of normal numbers.
    const std::int64_t half = k / 2;
    return mantissa * power_of_two(half) * power_of_two(k - half);
}

double exponential_minus_one(double x) {
    if (x > -0.34 && x < 0.34) return x + exponential_rest(x);
    return exponential(x) - 1.0;
}

double logarithm(double x) {
    if (!(x > 0.0)) return x == 0.0 ? -infinity : not_a_number;
    if (x == infinity) return x;
    std::int64_t k = 0;
    if (x < std::numeric_limits<double>::min()) {
        x *= 0x1p54;
        k = -54;
    }
    auto bits = std::bit_cast<std::uint64_t>(x);
    k += static_cast<std::int64_t>(bits >> 52) - 1023;
    bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
    double mantissa = std::bit_cast<double>(bits);
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        ++k;
    }
    // log(1 + f) = f - (f^2/2 - s (f^2/2 + rest)) with s = f / (2 + f) keeps f itself exact.
    const double f = mantissa - 1.0;
    const double s = f / (2.0 + f);
    const double half_square = 0.5 * f * f;
    const double rest = logarithm_rest(s * s);
    const auto whole = static_cast<double>(k);
    return whole * ln2_high + (f - (half_square - (s * (half_square + rest) + whole * ln2_low)));
}

double log_one_plus(double x) {
    if (x < -1.0) return not_a_number;
    const double sum = 1.0 + x;
    if (sum == 1.0) return x;
    if (x == infinity) return x;
    // The rounding of the sum cancels in the quotient (W. Kahan).
    return logarithm(sum) * (x / (sum - 1.0));
}

double power(double base, double exponent) {
    if (exponent == 0.0 || base == 1.0) return 1.0;
    if (base == 0.0) return exponent > 0.0 ? 0.0 : infinity;
    return exponential(exponent * logarithm(base));
}

double logistic(double x) {
    if (x >= 0.0) return 1.0 / (1.0 + exponential(-x));
    const double odds = exponential(x);
    return odds / (1.0 + odds);
}

double logit(double probability) { return logarithm(probability) - log_one_plus(-probability); }

double normal_distribution(double x) {
    constexpr double inverse_root_two_pi = 0.39894228040143267794;
    const double size = x < 0.0 ? -x : x;
    double tail = 0.0;
    if (size < 5.0) {
        // Series of positive terms: Phi(x) - 1/2 = density(x) (x + x^3/3 + x^5/15 + ...).
        double term = size;
        double sum = size;
        for (int odd = 3; term > 1e-17 * sum; odd += 2) {
            term *= size * size / odd;
            sum += term;
        }
        tail = 0.5 - inverse_root_two_pi * exponential(-0.5 * size * size) * sum;
    } else if (size < 39.0) {
        // Laplace's continued fraction, cut where it is exact to the last bit for size >= 5.
        double fraction = size;
        for (int k = 60; k > 0; --k) fraction = size + k / fraction;
        tail = inverse_root_two_pi * exponential(-0.5 * size * size) / fraction;
    }
    return x < 0.0 ? tail : 1.0 - tail;
}

double normal_quantile(double u) {
    constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                            1.9715909503065514427e+3, 1.3731693765509461125e+4,
                            4.5921953931549871457e+4, 6.7265770927008700853e+4,
                            3.3430575583588128105e+4, 2.5090809287301226727e+3};
    constexpr double b[] = {1.0,
                            4.2313330701600911252e+1,
                            6.8718700749205790830e+2,
                            5.3941960214247511077e+3,
                            2.1213794301586595867e+4,
                            3.9307895800092710610e+4,
                            2.8729085735721942674e+4,
                            5.2264952788528545610e+3};
    constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                            5.76949722146069140550e0,  3.64784832476320460504e0,
                            1.27045825245236838258e0,  2.41780725177450611770e-1,
                            2.27238449892691845833e-2, 7.74545014278341407640e-4};
    constexpr double d[] = {1.0,
                            2.05319162663775882187e0,
                            1.67638483018380384940e0,
                            6.89767334985100004550e-1,
                            1.48103976427480074590e-1,
                            1.51986665636164571966e-2,
                            5.47593808499534494600e-4,
                            1.05075007164441684324e-9};
    constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                            1.78482653991729133580e0,  2.96560571828504891230e-1,
                            2.65321895265761230930e-2, 1.24266094738807843860e-3,
                            2.71155556874348757815e-5, 2.01033439929228813265e-7};
    constexpr double f[] = {1.0,
                            5.99832206555887937690e-1,
                            1.36929880922735805310e-1,
                            1.48753612908506148525e-2,
                            7.86869131145613259100e-4,
                            1.84631831751005468180e-5,
                            1.42151175831644588870e-7,
                            2.04426310338993978564e-15};
    if (!(u > 0.0 && u < 1.0)) {
        if (u == 0.0) return -infinity;
        // NOLINTNEXTLINE(bugprone-narrowing-conversions): says so of any NaN.
        return u == 1.0 ? infinity : not_a_number;
    }
    const double centred = u - 0.5;
    if (centred >= -0.425 && centred <= 0.425) {
        const double r = 0.180625 - centred * centred;
        return centred * polynomial(a, r) / polynomial(b, r);
    }
    const double tail = centred < 0.0 ? u : 1.0 - u;
    // std::sqrt is correctly rounded by IEEE 754, unlike exp and log.
    const double r = std::sqrt(-logarithm(tail));
    const double size = r <= 5.0 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                                 : polynomial(e, r - 5.0) / polynomial(f, r - 5.0);
    return centred < 0.0 ? -size : size;
}

}  // namespace firebreak
