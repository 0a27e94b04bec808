#include "io/config_design.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "io/config_baseline.hpp"
#include "io/config_check.hpp"
#include "io/config_factor.hpp"
#include "io/design_table.hpp"
#include "io/posterior_table.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 9> design_keys{"method", "points",       "seed",
                                                      "levels", "second_order", "uncertainties",
                                                      "levers", "table",        "posterior"};

constexpr std::int64_t most_levels = 1000;

/// The methods that read a key of `design`; all of them read one that is not here.
struct KeyUse {
    std::string_view key;
    std::vector<DesignMethod> methods;
};

const std::vector<KeyUse>& key_uses() {
    using enum DesignMethod;
    static const std::vector<KeyUse> uses{
        {"points", {latin_hypercube, sobol, saltelli}},
        {"seed", {latin_hypercube, sobol, saltelli}},
        {"levels", {grid, one_at_a_time}},
        {"second_order", {saltelli}},
        {"uncertainties", {grid, latin_hypercube, sobol, one_at_a_time, saltelli}},
        {"levers", {grid, latin_hypercube, sobol, one_at_a_time, saltelli}},
        {"table", {table}},
        {"posterior", {latin_hypercube, sobol}}};
    return uses;
}

/// Reads one section, noting every problem on the way.
class DesignReader {
  public:
    DesignReader(const ConfigValue& section, const DesignSurroundings& surroundings,
                 std::vector<Problem>& problems)
        : section_(section),
          surroundings_(surroundings),
          check_(problems),
          finder_(surroundings.parameters, surroundings.regimes, surroundings.elsewhere, problems) {
    }

    ReadDesign read() {
        const std::size_t before = check_.problems().size();
        if (!check_.table("design", section_)) return {};
        check_.only(section_, "design.", design_keys, "key of design");
        settings_.seed = surroundings_.seed;
        if (!read_method()) return {};
        check_keys();
        read_numbers();
        if (settings_.method == DesignMethod::table) {
            read_table();
        } else {
            if (const ConfigValue* levers = section_.find("levers")) read_levers(*levers, "");
            read_posterior_draws();
            if (const ConfigValue* list = section_.find("uncertainties")) read_uncertainties(*list);
            add_uncertainties();
        }
        if (check_.problems().size() == before) make();
        return std::move(result_);
    }

  private:
    const ConfigValue* need(std::string_view key) {
        const ConfigValue* value = section_.find(key);
        if (value == nullptr) note(section_.where, "design." + std::string(key), "is missing");
        return value;
    }

    void note(const std::string& where, std::string what, std::string why) {
        check_.problems().push_back({where, std::move(what), std::move(why)});
    }

    bool read_method() {
        const ConfigValue* value = need("method");
        if (value == nullptr) return false;
        const auto word = check_.word("design.method", *value, design_method_names);
        if (word) settings_.method = static_cast<DesignMethod>(*word);
        return word.has_value();
    }

    void check_keys() {
        for (const auto& [key, methods] : key_uses()) {
            const ConfigValue* value = section_.find(key);
            const bool read =
                std::find(methods.begin(), methods.end(), settings_.method) != methods.end();
            if (value == nullptr || read) continue;
            const auto method = static_cast<std::size_t>(settings_.method);
            note(value->where, "design." + std::string(key),
                 "has no meaning for method \"" + std::string(design_method_names[method]) + "\"");
        }
    }

    void read_numbers() {
        const bool sample = settings_.method == DesignMethod::latin_hypercube ||
                            settings_.method == DesignMethod::sobol ||
                            settings_.method == DesignMethod::saltelli;
        const auto number = [&](std::string_view key, std::int64_t low, std::int64_t high,
                                std::uint64_t& target) {
            const ConfigValue* value = section_.find(key);
            if (value == nullptr) return;
            if (const auto read = check_.whole("design." + std::string(key), *value, low, high)) {
                target = static_cast<std::uint64_t>(*read);
            }
        };
        if (sample) need("points");
        number("points", 1, std::int64_t{most_design_points}, settings_.sample);
        number("seed", 0, std::numeric_limits<std::int64_t>::max(), settings_.seed);
        number("levels", 2, most_levels, settings_.levels);
        if (const ConfigValue* value = section_.find("second_order")) {
            settings_.second_order = check_.boolean("design.second_order", *value).value_or(false);
        }
    }

    void add(Factor factor, const std::string& where) {
        places_.emplace(factor.path, where);
        factors_.push_back(std::move(factor));
    }

    /// Levers stand under their paths, in quotes or as sections.
    void read_levers(const ConfigValue& section, const std::string& prefix) {
        const std::string name = prefix.empty() ? "levers" : prefix.substr(0, prefix.size() - 1);
        if (!check_.table("design." + name, section)) return;
        for (const auto& [key, value] : section.members) {
            const std::string path = prefix + key;
            if (is_section(path)) {
                read_levers(value, path + ".");
            } else {
                read_lever(path, value);
            }
        }
    }

    void read_lever(const std::string& path, const ConfigValue& value) {
        const auto entry = finder_.find(path, value.where, path);
        if (!entry) return;
        Factor factor = factor_of(*entry, FactorKind::lever);
        if (value.is(Kind::list) && !value.items.empty()) {
            factor.prior = {Distribution::fixed, entry->value, entry->value};
            for (const ConfigValue& item : value.items) {
                const auto level = check_.allowed(path, item, *entry);
                if (!level) return;
                factor.levels.push_back(*level);
            }
        } else if (value.is(Kind::table)) {
            const auto prior = check_.prior(path, value, *entry);
            if (!prior) return;
            if (prior->distribution == Distribution::fixed) {
                check_.refuse(path, value, "must vary: a uniform or log-uniform range");
                return;
            }
            factor.prior = *prior;
        } else {
            check_.refuse(path, value,
                          "must be a list of levels or a range such as { distribution = "
                          "\"uniform\", low = 0, high = 1 }");
            return;
        }
        add(std::move(factor), value.where);
    }

    void read_uncertainties(const ConfigValue& value) {
        const std::string name = "design.uncertainties";
        std::vector<ConfigValue> patterns = value.items;
        if (value.is(Kind::text)) patterns = {value};
        if (patterns.empty()) {
            check_.refuse(name, value,
                          "must be \"all\" or a list of paths, in which * stands for "
                          "any text and ! leaves out");
            return;
        }
        uncertainties_where_ = value.where;
        std::vector<ConfigValue> left_out;
        for (const ConfigValue& item : patterns) {
            if (!check_.text(name, item)) continue;
            if (item.text.front() == '!') {
                left_out.push_back(item);
            } else {
                choose(item);
            }
        }
        for (const ConfigValue& item : left_out) leave_out(item);
    }

    /// In the order of the baseline, whatever the order of the patterns.
    void add_uncertainties() {
        std::vector<std::string> joint;
        for (const std::string& path : posterior_.paths) {
            if (chosen_.count(path) != 0) joint.push_back(path);
        }
        for (const ParameterEntry& entry : surroundings_.parameters) {
            if (auto node = chosen_.extract(entry.path)) {
                add(std::move(node.mapped()), uncertainties_where_);
            }
        }
        for (auto& [path, factor] : chosen_) add(std::move(factor), uncertainties_where_);
        if (!joint.empty()) settings_.joint = columns_of(posterior_, joint);
    }

    /// All of it varies but for levers and for what no regime of the run takes.
    void read_posterior_draws() {
        const ConfigValue* value = section_.find("posterior");
        if (value == nullptr) return;
        const auto name = check_.text("design.posterior", *value);
        if (!name) return;
        uncertainties_where_ = value->where;
        result_.table_path = surroundings_.folder / *name;
        posterior_ = read_posterior(result_.table_path, surroundings_.parameters, result_.table,
                                    check_.problems());
        for (const std::string& path : posterior_.paths) {
            for (const ParameterEntry& entry : finder_.matching(path)) {
                if (places_.count(path) != 0) continue;
                chosen_.emplace(path, factor_of(entry, FactorKind::uncertainty));
            }
        }
    }

    void choose(const ConfigValue& item) {
        const std::string name = "design.uncertainties";
        const std::string pattern = item.text == "all" ? "*" : item.text;
        if (pattern.find('*') != std::string::npos) {
            const auto entries = finder_.matching(pattern);
            if (entries.empty())
                check_.refuse(name, item, "fits no parameter with a prior that varies");
            for (const ParameterEntry& entry : entries) {
                // Someone's choice is not uncertain as well.
                if (places_.count(entry.path) != 0) continue;
                chosen_.emplace(entry.path, factor_of(entry, FactorKind::uncertainty));
            }
            return;
        }
        const auto entry = finder_.find(pattern, item.where, name + " = \"" + pattern + "\"");
        if (!entry) return;
        if (places_.count(pattern) != 0) {
            check_.refuse(name, item, "is a lever already");
        } else if (entry->prior.distribution == Distribution::fixed) {
            check_.refuse(name, item,
                          "has a fixed prior; give it levels or a range under [design.levers], or "
                          "a prior under [set]");
        } else if (!named_.insert(pattern).second) {
            check_.refuse(name, item, "is named twice");
        } else {
            chosen_.emplace(pattern, factor_of(*entry, FactorKind::uncertainty));
        }
    }

    void leave_out(const ConfigValue& item) {
        const auto entries = finder_.matching(item.text.substr(1));
        std::size_t gone = 0;
        for (const ParameterEntry& entry : entries) gone += chosen_.erase(entry.path);
        if (gone == 0) check_.refuse("design.uncertainties", item, "leaves out nothing");
    }

    void read_table() {
        const ConfigValue* value = need("table");
        if (value == nullptr) return;
        const auto name = check_.text("design.table", *value);
        if (!name) return;
        result_.table_path = surroundings_.folder / *name;
        DesignTable table =
            read_design_table(result_.table_path, finder_, result_.table, check_.problems());
        for (Factor& factor : table.factors) add(std::move(factor), value->where);
        settings_.table = std::move(table.values);
    }

    void make() {
        const std::vector<Problem> found = problems(factors_, settings_);
        for (const Problem& problem : found) {
            const auto place = places_.find(problem.what);
            const ConfigValue* key = section_.find(problem.what);
            if (place != places_.end()) {
                note(place->second, problem.what, problem.why);
            } else {
                note(key == nullptr ? section_.where : key->where, "design." + problem.what,
                     problem.why);
            }
        }
        if (found.empty()) result_.design = Design(std::move(factors_), std::move(settings_));
    }

    const ConfigValue& section_;
    const DesignSurroundings& surroundings_;
    ConfigCheck check_;
    FactorFinder finder_;
    DesignSettings settings_;
    std::vector<Factor> factors_;
    JointDraws posterior_;
    std::map<std::string, Factor> chosen_;  ///< uncertainties, by path
    std::string uncertainties_where_;
    std::set<std::string> named_;                ///< uncertainties without a pattern
    std::map<std::string, std::string> places_;  ///< where a path is named
    ReadDesign result_;
};

}  // namespace

ReadDesign read_design(const ConfigValue& section, const DesignSurroundings& surroundings,
                       std::vector<Problem>& problems) {
    return DesignReader(section, surroundings, problems).read();
}

}  // namespace firebreak
