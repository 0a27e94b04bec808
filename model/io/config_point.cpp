#include "io/config_point.hpp"

#include <algorithm>
#include <string_view>

#include "base/number_text.hpp"
#include "io/config_check.hpp"
#include "io/config_variant.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

/// `neutrality:commitment.armament` in two; without a regime, the path is the baseline's.
struct Address {
    std::string_view regime;
    std::string_view path;
};

Address address_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {{}, text};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

/// Sets numbers in scenarios by their address.
class PointSetter {
  public:
    PointSetter(std::span<const ParameterEntry> entries, std::span<const Coordinate> point,
                std::span<Scenario> scenarios, std::vector<Problem>& problems)
        : entries_(entries), point_(point), scenarios_(scenarios), problems_(problems) {
        for (const ParameterEntry& entry : entries) note_own(entry.path);
        for (const Coordinate& coordinate : point) note_own(coordinate.path);
    }

    void set_coordinates() {
        for (const bool own : {false, true}) {
            for (const Coordinate& coordinate : point_) {
                const Address address = address_of(coordinate.path);
                if (address.regime.empty() != own) set(coordinate, address);
            }
        }
    }

    void resolve_ties() {
        for (const ParameterEntry& entry : entries_) {
            if (!entry.tie || is_coordinate(entry.path)) continue;
            const Address address = address_of(entry.path);
            const ParameterField* source = find_parameter(entry.tie->of);
            const ParameterField* field = find_parameter(address.path);
            for (std::size_t regime = 0; regime < scenarios_.size(); ++regime) {
                if (!holds(address, row_of(field), regime)) continue;
                const double value = entry.tie->times * source->field(scenarios_[regime]);
                if (in_range(entry, entry.path, value)) field->field(scenarios_[regime]) = value;
            }
        }
    }

  private:
    void set(const Coordinate& coordinate, const Address& address) {
        const ParameterField* field = find_parameter(address.path);
        const bool known = address.regime.empty() || regime_of(address.regime) < scenarios_.size();
        if (field == nullptr || !known) {
            problems_.push_back({"design point", coordinate.path, "unknown parameter"});
            return;
        }
        // The baseline's entries stand in the order of the fields; a regime's own has their range.
        const ParameterEntry& entry = entries_[row_of(field)];
        if (!in_range(entry, coordinate.path, coordinate.value)) return;
        for (std::size_t regime = 0; regime < scenarios_.size(); ++regime) {
            if (holds(address, row_of(field), regime)) {
                field->field(scenarios_[regime]) = coordinate.value;
            }
        }
    }

    static std::size_t row_of(const ParameterField* field) {
        return static_cast<std::size_t>(field - parameter_fields().data());
    }

    std::size_t regime_of(std::string_view name) const {
        const auto found =
            std::find_if(scenarios_.begin(), scenarios_.end(),
                         [name](const Scenario& scenario) { return scenario.regime == name; });
        return static_cast<std::size_t>(found - scenarios_.begin());
    }

    void note_own(std::string_view text) {
        const Address address = address_of(text);
        if (address.regime.empty()) return;
        const ParameterField* field = find_parameter(address.path);
        const std::size_t regime = regime_of(address.regime);
        if (field == nullptr || regime == scenarios_.size()) return;
        own_.resize(scenarios_.size() * parameter_fields().size());
        own_[regime * parameter_fields().size() + row_of(field)] = true;
    }

    /// Whether what stands at `address`, a number in `row`, is the one that holds for a regime.
    bool holds(const Address& address, std::size_t row, std::size_t regime) const {
        if (!address.regime.empty()) return scenarios_[regime].regime == address.regime;
        return own_.empty() || !own_[regime * parameter_fields().size() + row];
    }

    bool is_coordinate(std::string_view path) const {
        return std::any_of(point_.begin(), point_.end(),
                           [path](const Coordinate& one) { return one.path == path; });
    }

    /// Whether `value` is allowed; notes once that it is not.
    bool in_range(const ParameterEntry& entry, const std::string& path, double value) {
        if (value >= entry.allowed_low && value <= entry.allowed_high) return true;
        std::string reason = range_rule(entry);
        if (entry.tie) {
            reason += "; it is " + number_text(entry.tie->times) + " x " + entry.tie->of;
        }
        Problem problem{entry.where, path + " = " + number_text(value), std::move(reason)};
        if (std::find(problems_.begin(), problems_.end(), problem) == problems_.end()) {
            problems_.push_back(std::move(problem));
        }
        return false;
    }

    std::span<const ParameterEntry> entries_;
    std::span<const Coordinate> point_;
    std::span<Scenario> scenarios_;
    std::vector<Problem>& problems_;
    std::vector<bool> own_;  ///< by regime and row: it has a value or tie of its own
};

}  // namespace

void resolve_ties(std::span<const ParameterEntry> entries, std::span<const Coordinate> point,
                  std::span<Scenario> scenarios, std::vector<Problem>& problems) {
    PointSetter(entries, point, scenarios, problems).resolve_ties();
}

std::vector<Scenario> scenarios_at(const Study& study, std::span<const Coordinate> point,
                                   std::vector<Problem>& problems) {
    std::vector<Scenario> bases = study.bases;
    PointSetter setter(study.parameters, point, bases, problems);
    setter.set_coordinates();
    setter.resolve_ties();
    std::vector<Scenario> scenarios = derived_scenarios(study, bases, problems);
    for (const Scenario& scenario : scenarios) {
        for (Problem& problem : firebreak::problems(scenario)) {
            problems.push_back(std::move(problem));
        }
    }
    return scenarios;
}

}  // namespace firebreak
