#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <Random123/threefry.h>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

/// Means above this are inverted from the mode, as exp(-mean) comes near the smallest double.
constexpr double largest_mean_from_zero = 600.0;

std::uint32_t poisson_from_zero(double mean, double u) {
    double term = exponential(-mean);
    double sum = term;
    std::uint32_t n = 0;
    while (u >= sum) {
        ++n;
        term *= mean / n;
        const double next = sum + term;
        // Past the mode and below the last bit of the sum: it cannot reach u any more.
        if (next == sum && n > mean) break;
        sum = next;
    }
    return n;
}

/// Weights relative to the mode, normalised by their own sum: needs no exp and no log-gamma.
std::uint32_t poisson_from_mode(double mean, double u) {
    const double mode = std::floor(mean);
    constexpr double negligible = 1e-20;
    std::vector<double> below;
    for (double weight = mode / mean, n = mode - 1.0; n >= 0.0 && weight > negligible; n -= 1.0) {
        below.push_back(weight);
        weight *= n / mean;
    }
    std::vector<double> from_mode;
    for (double weight = 1.0, n = mode; weight > negligible; from_mode.push_back(weight)) {
        if (!from_mode.empty()) {
            n += 1.0;
            weight *= mean / n;
        }
    }
    std::reverse(below.begin(), below.end());
    const double first = mode - static_cast<double>(below.size());
    below.insert(below.end(), from_mode.begin(), from_mode.end());
    double total = 0.0;
    for (const double weight : below) total += weight;
    double sum = 0.0;
    std::size_t chosen = 0;
    for (; chosen + 1 < below.size(); ++chosen) {
        sum += below[chosen];
        if (u * total < sum) break;
    }
    return static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(chosen);
}

double uniform_from(const std::array<std::uint32_t, 4>& words) {
    return uniform_of(words[0], words[1]);
}

}  // namespace

double uniform_of(std::uint32_t low, std::uint32_t high) {
    const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12;
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

double exponential_quantile(double mean, double u) { return -mean * log_one_plus(-u); }

double logistic_quantile(double u) { return logit(u); }

std::uint32_t poisson_quantile(double mean, double u) {
    EXPECT(mean >= 0.0 && mean < 1e9, "a Poisson mean is not negative and not astronomical");
    if (!(mean > 0.0)) return 0;
    return mean <= largest_mean_from_zero ? poisson_from_zero(mean, u) : poisson_from_mode(mean, u);
}

double power_law_quantile(double exponent, double cap, double u) {
    EXPECT(exponent > 1.0, "a power law needs an exponent above 1");
    const double deaths = std::floor(0.5 * power(u, -1.0 / (exponent - 1.0)) + 0.5);
    return std::min(deaths, cap);
}

double power_law_tail(double exponent, double least) {
    EXPECT(exponent > 1.0, "a power law needs an exponent above 1");
    const double whole = std::ceil(least);
    return whole <= 1.0 ? 1.0 : power(2.0 * whole - 1.0, 1.0 - exponent);
}

std::size_t categorical_quantile(std::span<const double> weights, double u) {
    double total = 0.0;
    for (const double weight : weights) total += weight;
    EXPECT(total > 0.0, "a choice needs a positive weight");
    const double mark = u * total;
    double sum = 0.0;
    std::size_t last_possible = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        EXPECT(weights[i] >= 0.0, "a weight is not negative");
        sum += weights[i];
        if (weights[i] > 0.0) last_possible = i;
        if (mark < sum) return i;
    }
    return last_possible;
}

std::array<std::uint32_t, 4> Draws::key() const {
    return {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32),
            random_scheme_version, 0};
}

std::array<std::uint32_t, 4> Draws::words(DrawAddress address) const {
    // Threefry with its full 20 rounds: only additions, rotations and exclusive-ors, which every
    // compiler turns into vector code for the line of contact, unlike Philox's wide products.
    const std::uint32_t purpose = static_cast<std::uint32_t>(address.purpose) << 16;
    const r123::Threefry4x32_R<20>::ctr_type counter = {
        {address.replication, address.day, purpose | address.index, address.subject}};
    const auto parts = key();
    const r123::Threefry4x32_R<20>::key_type random_key = {
        {parts[0], parts[1], parts[2], parts[3]}};
    const auto block = r123::Threefry4x32_R<20>()(counter, random_key);
    return {block[0], block[1], block[2], block[3]};
}

double Draws::uniform(DrawAddress address) const { return uniform_from(words(address)); }

bool Draws::bernoulli(Probability probability, DrawAddress address) const {
    return uniform(address) < probability.value();
}

bool Draws::bernoulli(double probability, DrawAddress address) const {
    return bernoulli(Probability(probability), address);
}

double Draws::exponential(double mean, DrawAddress address) const {
    return exponential_quantile(mean, uniform(address));
}

double Draws::normal(DrawAddress address) const { return normal_quantile(uniform(address)); }

double Draws::logistic(DrawAddress address) const { return logistic_quantile(uniform(address)); }

double Draws::gamma(double shape, DrawAddress address) const {
    EXPECT(shape > 0.0, "a gamma law needs a positive shape");
    EXPECT(address.index < 0x8000, "the upper half of the indices belongs to the boost");
    double boost = 1.0;
    if (shape < 1.0) {
        DrawAddress other = address;
        other.index = static_cast<std::uint16_t>(address.index + 0x8000);
        boost = power(uniform(other), 1.0 / shape);
        shape += 1.0;
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;; ++address.index) {
        const auto block = words(address);
        const double z = normal_quantile(uniform_of(block[0], block[1]));
        const double root = 1.0 + c * z;
        if (root <= 0.0) continue;
        const double v = root * root * root;
        const double u = uniform_of(block[2], block[3]);
        if (logarithm(u) < 0.5 * z * z + d * (1.0 - v + logarithm(v))) return d * v * boost;
    }
}

std::uint32_t Draws::poisson(double mean, DrawAddress address) const {
    return poisson_quantile(mean, uniform(address));
}

std::size_t Draws::categorical(std::span<const double> weights, DrawAddress address) const {
    return categorical_quantile(weights, uniform(address));
}

double Draws::power_law_deaths(double exponent, double cap, DrawAddress address) const {
    return power_law_quantile(exponent, cap, uniform(address));
}

}  // namespace firebreak
