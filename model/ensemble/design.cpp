#include "ensemble/design.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace firebreak {
namespace {

constexpr std::uint64_t too_many = std::numeric_limits<std::uint64_t>::max();

/// The product, or `too_many`.
std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    return b != 0 && a > too_many / b ? too_many : a * b;
}

bool is_sample(DesignMethod method) {
    return method == DesignMethod::latin_hypercube || method == DesignMethod::sobol ||
           method == DesignMethod::saltelli;
}

bool is_sampled(const Factor& factor, const DesignSettings& settings) {
    return is_sample(settings.method) && factor.levels.empty();
}

/// The number of levels of a factor that is not sampled.
std::uint64_t level_count(const Factor& factor, const DesignSettings& settings) {
    return factor.levels.empty() ? settings.levels : factor.levels.size();
}

std::vector<double> levels_of(const Factor& factor, const DesignSettings& settings) {
    if (settings.method == DesignMethod::table || is_sampled(factor, settings)) return {};
    std::vector<double> levels = factor.levels;
    for (std::uint64_t step = 0; factor.levels.empty() && step < settings.levels; ++step) {
        const double share = static_cast<double>(step) / static_cast<double>(settings.levels - 1);
        levels.push_back(quantile(factor.prior, share));
    }
    if (settings.method == DesignMethod::one_at_a_time) {
        // That is the first point already.
        levels.erase(std::remove(levels.begin(), levels.end(), factor.baseline), levels.end());
    }
    return levels;
}

/// Where the joint draws have a factor.
std::optional<std::size_t> joint_column(const Factor& factor, const DesignSettings& settings) {
    const auto& paths = settings.joint.paths;
    const auto found = std::find(paths.begin(), paths.end(), factor.path);
    if (found == paths.end() || !is_sampled(factor, settings)) return std::nullopt;
    return static_cast<std::size_t>(found - paths.begin());
}

/// Numbers that are sampled for a point: one of each sampled factor, one of all joint ones.
std::size_t sampled_numbers(const std::vector<Factor>& factors, const DesignSettings& settings) {
    std::size_t single = 0;
    bool any_joint = false;
    for (const Factor& factor : factors) {
        if (!is_sampled(factor, settings)) continue;
        if (joint_column(factor, settings)) {
            any_joint = true;
        } else {
            ++single;
        }
    }
    return single + (any_joint ? 1 : 0);
}

/// Rows of a Saltelli sample per point.
std::uint64_t saltelli_rows(std::size_t dimensions, bool second_order) {
    return (second_order ? 2 : 1) * dimensions + 2;
}

/// Points of the design, or `too_many`. At least what it will be, where levels repeat the baseline.
std::uint64_t count_points(const std::vector<Factor>& factors, const DesignSettings& settings) {
    switch (settings.method) {
        case DesignMethod::table:
            return factors.empty() ? 0 : settings.table.size() / factors.size();
        case DesignMethod::one_at_a_time: {
            std::uint64_t sum = 1;
            for (const Factor& factor : factors) {
                const std::uint64_t levels = level_count(factor, settings);
                sum = levels > too_many - sum ? too_many : sum + levels;
            }
            return sum;
        }
        default:
            break;
    }
    std::uint64_t points = is_sample(settings.method) ? settings.sample : 1;
    if (settings.method == DesignMethod::saltelli) {
        const std::size_t dimensions = sampled_numbers(factors, settings);
        points = product(points, saltelli_rows(dimensions, settings.second_order));
    }
    for (const Factor& factor : factors) {
        if (!is_sampled(factor, settings)) points = product(points, level_count(factor, settings));
    }
    return points;
}

/// Notes what is wrong with a design.
class DesignCheck {
  public:
    DesignCheck(const std::vector<Factor>& factors, const DesignSettings& settings)
        : factors_(factors), settings_(settings) {}

    std::vector<Problem> check() {
        check_factors();
        if (is_sample(settings_.method)) {
            check_sample();
        } else if (settings_.method == DesignMethod::table) {
            check_table();
        } else {
            check_levels();
        }
        const std::uint64_t points = count_points(factors_, settings_);
        if (points > most_design_points) {
            refuse("points", (points == too_many ? "are too many to count"
                                                 : "would be " + std::to_string(points)) +
                                 "; at most " + std::to_string(most_design_points) +
                                 " are possible");
        }
        return std::move(problems_);
    }

  private:
    void refuse(std::string what, std::string why) {
        problems_.push_back({"", std::move(what), std::move(why)});
    }

    void check_factors() {
        std::set<std::string_view> paths;
        for (const Factor& factor : factors_) {
            if (!paths.insert(factor.path).second) refuse(factor.path, "is varied twice");
            if (factor.levels.empty() && settings_.method != DesignMethod::table &&
                !joint_column(factor, settings_) &&
                factor.prior.distribution == Distribution::fixed) {
                refuse(factor.path, "has a fixed prior and no levels: nothing varies");
            }
            const std::set<double> different(factor.levels.begin(), factor.levels.end());
            if (different.size() < factor.levels.size()) {
                refuse(factor.path, "has the same level twice");
            }
        }
    }

    void check_sample() {
        if (settings_.sample == 0) refuse("points", "must be at least 1");
        const std::size_t dimensions = sampled_numbers(factors_, settings_);
        if (dimensions == 0) {
            refuse("method", "samples uncertainties, and there are none to sample");
        }
        const std::size_t factor = settings_.method == DesignMethod::saltelli ? 2 : 1;
        const std::size_t most = SobolSequence::most_dimensions() / factor;
        if (settings_.method != DesignMethod::latin_hypercube && dimensions > most) {
            refuse("uncertainties", "are " + std::to_string(dimensions) + "; at most " +
                                        std::to_string(most) + " can be sampled by this method");
        }
    }

    void check_table() {
        if (factors_.empty() || settings_.table.empty()) {
            refuse("table", "must hold at least one point");
        } else if (settings_.table.size() % factors_.size() != 0) {
            refuse("table", "must hold a value of every factor at every point");
        }
    }

    void check_levels() {
        if (settings_.levels < 2) refuse("levels", "must be at least 2");
    }

    const std::vector<Factor>& factors_;
    const DesignSettings& settings_;
    std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> problems(const std::vector<Factor>& factors, const DesignSettings& settings) {
    return DesignCheck(factors, settings).check();
}

Design::Design() : Design({}, {}) {}

Design::Design(std::vector<Factor> factors, DesignSettings settings)
    : factors_(std::move(factors)), settings_(std::move(settings)) {
    std::vector<Problem> found = problems(factors_, settings_);
    if (!found.empty()) throw InputError(std::move(found));
    for (const Factor& factor : factors_) levels_.push_back(levels_of(factor, settings_));
    for (const Factor& factor : factors_) joint_column_.push_back(joint_column(factor, settings_));
    double sum = 0.0;
    for (const double weight : settings_.joint.weights) joint_weight_.push_back(sum += weight);
    dimensions_ = sampled_numbers(factors_, settings_);
    points_ = count_points(factors_, settings_);
    if (settings_.method == DesignMethod::one_at_a_time) {
        points_ = 1;
        for (const auto& levels : levels_) points_ += levels.size();
    } else if (settings_.method == DesignMethod::sobol) {
        sobol_.emplace(dimensions_, settings_.seed);
    } else if (settings_.method == DesignMethod::saltelli) {
        sobol_.emplace(2 * dimensions_, settings_.seed);
    } else if (settings_.method == DesignMethod::latin_hypercube) {
        hypercube_.emplace(static_cast<std::uint32_t>(settings_.sample), settings_.seed);
    }
}

std::vector<double> Design::coordinates(std::uint64_t point) const {
    EXPECT(point < points_, "a point of the design");
    if (settings_.method == DesignMethod::one_at_a_time) return one_at_a_time(point);
    if (settings_.method != DesignMethod::table) return crossed(point);
    const auto begin =
        settings_.table.begin() + static_cast<std::ptrdiff_t>(point * factors_.size());
    return {begin, begin + static_cast<std::ptrdiff_t>(factors_.size())};
}

std::vector<double> Design::one_at_a_time(std::uint64_t point) const {
    std::vector<double> values;
    for (const Factor& factor : factors_) values.push_back(factor.baseline);
    if (point == 0) return values;
    std::uint64_t step = point - 1;
    std::size_t factor = 0;
    while (step >= levels_[factor].size()) step -= levels_[factor++].size();
    values[factor] = levels_[factor][step];
    return values;
}

std::vector<double> Design::crossed(std::uint64_t point) const {
    std::vector<double> values(factors_.size());
    std::uint64_t rest = point;
    for (std::size_t factor = factors_.size(); factor-- > 0;) {
        const std::vector<double>& levels = levels_[factor];
        if (levels.empty()) continue;
        values[factor] = levels[rest % levels.size()];
        rest /= levels.size();
    }
    std::size_t dimension = 0;
    std::optional<std::size_t> draw;
    for (std::size_t factor = 0; factor < factors_.size(); ++factor) {
        if (!levels_[factor].empty()) continue;
        if (const auto column = joint_column_[factor]) {
            // One number for all of them, where the first of them would have had its own.
            if (!draw) draw = chosen_draw(sampled(rest, dimension++));
            values[factor] = settings_.joint.values[*draw * settings_.joint.paths.size() + *column];
        } else {
            values[factor] = quantile(factors_[factor].prior, sampled(rest, dimension++));
        }
    }
    return values;
}

std::size_t Design::chosen_draw(double u) const {
    const auto beyond =
        std::upper_bound(joint_weight_.begin(), joint_weight_.end(), u * joint_weight_.back());
    return std::min(static_cast<std::size_t>(beyond - joint_weight_.begin()),
                    joint_weight_.size() - 1);
}

double Design::sampled(std::uint64_t row, std::size_t dimension) const {
    const auto point = static_cast<std::uint32_t>(row);
    if (hypercube_) return hypercube_->coordinate(point, static_cast<std::uint32_t>(dimension));
    if (settings_.method == DesignMethod::sobol) return sobol_->coordinate(point, dimension);
    return sampled_by_saltelli(row, dimension);
}

double Design::sampled_by_saltelli(std::uint64_t row, std::size_t dimension) const {
    const std::uint64_t rows = saltelli_rows(dimensions_, settings_.second_order);
    const auto point = static_cast<std::uint32_t>(row / rows);
    const std::uint64_t place = row % rows;  // A; A with one from B ...; B with one from A ...; B
    const bool mostly_from_b = place > dimensions_;
    const bool exchanged = place < rows - 1 && place > 0 && (place - 1) % dimensions_ == dimension;
    return sobol_->coordinate(point, dimension + (mostly_from_b != exchanged ? dimensions_ : 0));
}

}  // namespace firebreak
