#include "io/config_variant.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/number_text.hpp"
#include "io/config_baseline.hpp"
#include "io/config_words.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 3> variant_keys{"regime", "title", "set"};
constexpr std::array<std::string_view, 3> change_keys{"of", "times", "plus"};

/// Lower-case letters, digits and dashes after a letter, as the stems of regime files.
bool is_name(std::string_view text) {
    const auto fits = [](unsigned char letter) {
        return std::islower(letter) != 0 || std::isdigit(letter) != 0 || letter == '-';
    };
    return !text.empty() && std::islower(static_cast<unsigned char>(text.front())) != 0 &&
           std::all_of(text.begin(), text.end(), fits);
}

const ParameterEntry& entry_of(std::span<const ParameterEntry> entries, std::string_view path) {
    return entries[static_cast<std::size_t>(find_parameter(path) - parameter_fields().data())];
}

/// `4 x line.immigrant_rate + 1`.
std::string formula(const VariantChange& change) {
    std::string text = number_text(change.times) + " x " + change.of;
    if (change.plus != 0.0) text += " + " + number_text(change.plus);
    return text;
}

/// The problem of a change that comes out of its range, or none.
std::vector<Problem> range_problem(const Variant& variant, const VariantChange& change,
                                   const ParameterEntry& entry, double value) {
    if (value >= entry.allowed_low && value <= entry.allowed_high) return {};
    std::string reason = range_rule(entry);
    if (change.times != 0.0) reason += "; it is " + formula(change);
    return {{change.where, variant.name + ":" + change.path + " = " + number_text(value),
             std::move(reason)}};
}

void add_once(std::vector<Problem> found, std::vector<Problem>& problems) {
    for (Problem& problem : found) {
        if (std::find(problems.begin(), problems.end(), problem) == problems.end()) {
            problems.push_back(std::move(problem));
        }
    }
}

}  // namespace

void VariantSections::declare(const ConfigValue& section) {
    if (!check_.table("variants", section)) return;
    const std::vector<std::string_view> known(files_.begin(), files_.end());
    for (const ConfigMember& member : section.members) {
        const std::string& name = member.key;
        const ConfigValue& value = member.value;
        const std::string shown = "variants." + name;
        const auto note = [&](const std::string& what, std::string why) {
            check_.problems().push_back({value.where, what, std::move(why)});
        };
        if (!check_.table(shown, value)) continue;
        check_.only(value, shown + ".", variant_keys, "key of a variant");
        if (!is_name(name)) {
            note(shown, "must be named by small letters, digits and dashes, a letter first");
        } else if (std::find(files_.begin(), files_.end(), name) != files_.end()) {
            note(shown, "has the name of a regime");
            continue;
        } else if (sections_.count(name) != 0) {
            note(shown, "is declared twice, first at " + sections_[name].where);
        }
        Section& own = sections_[name];
        if (own.where.empty()) order_.push_back(name);
        own.where = value.where;
        own.set = value.find("set");
        if (own.set != nullptr && !check_.table(shown + ".set", *own.set)) own.set = nullptr;
        if (const ConfigValue* title = value.find("title")) {
            own.title = check_.text(shown + ".title", *title).value_or("");
        }
        const ConfigValue* regime = value.find("regime");
        if (regime == nullptr) {
            note(shown + ".regime", "is missing");
        } else if (check_.word(shown + ".regime", *regime, known)) {
            own.regime = regime->text;
        }
    }
}

std::vector<std::string_view> VariantSections::names() const {
    std::vector<std::string_view> names(files_.begin(), files_.end());
    names.insert(names.end(), order_.begin(), order_.end());
    return names;
}

std::string VariantSections::regime_of(const std::string& name) const {
    const auto found = sections_.find(name);
    return found == sections_.end() ? name : found->second.regime;
}

Variant VariantSections::read(const std::string& name, std::span<const ParameterEntry> entries,
                              const Allies& allies) {
    Variant variant;
    variant.name = name;
    variant.regime = regime_of(name);
    if (const auto found = sections_.find(name); found != sections_.end()) {
        variant.title = found->second.title;
        variant.where = found->second.where;
        if (found->second.set != nullptr) apply(*found->second.set, "", variant, entries, allies);
    }
    return variant;
}

void VariantSections::apply(const ConfigValue& table, const std::string& prefix, Variant& variant,
                            std::span<const ParameterEntry> entries, const Allies& allies) {
    for (const auto& [key, value] : table.members) {
        const std::string path = prefix + key;
        const std::string name = variant.name + ":" + path;
        if (is_section(path)) {
            if (check_.table(name, value)) apply(value, path + ".", variant, entries, allies);
        } else if (is_word(path)) {
            if (read_word(path, name, value, allies, check_, variant.worded)) {
                variant.words.push_back(path);
            }
        } else if (path == "commitment.alignment") {
            set_alignment(value, variant, entries);
        } else if (find_parameter(path) != nullptr) {
            set_number(path, value, variant, entries);
        } else {
            check_.problems().push_back({value.where, name, unknown_path(path)});
        }
    }
}

void VariantSections::set_number(const std::string& path, const ConfigValue& value,
                                 Variant& variant, std::span<const ParameterEntry> entries) {
    const std::string name = variant.name + ":" + path;
    VariantChange change{path, path, 0.0, 0.0, value.where};
    if (!value.is(Kind::table)) {
        const auto given = check_.allowed(name, value, entry_of(entries, path));
        if (!given) return;
        change.plus = *given;
    } else {
        check_.only(value, name + ".", change_keys, "key of a change");
        if (value.members.empty()) {
            check_.refuse(name, value, "must say of what, times what or plus what");
            return;
        }
        change.times = 1.0;
        if (const ConfigValue* of = value.find("of")) {
            std::vector<std::string_view> known;
            for (const ParameterField& row : parameter_fields()) known.push_back(row.path);
            if (!of->is(Kind::text) || find_parameter(of->text) == nullptr) {
                check_.refuse(name + ".of", *of,
                              "must be the path of a number" + suggestion(of->text, known));
                return;
            }
            change.of = of->text;
        }
        for (const auto& [key, target] :
             {std::pair{"times", &change.times}, std::pair{"plus", &change.plus}}) {
            const ConfigValue* given = value.find(key);
            if (given == nullptr) continue;
            const auto number = check_.finite(name + "." + key, *given);
            if (!number) return;
            *target = *number;
        }
    }
    variant.changes.push_back(std::move(change));
}

void VariantSections::set_alignment(const ConfigValue& value, Variant& variant,
                                    std::span<const ParameterEntry> entries) {
    const bool single = !value.is(Kind::list);
    const std::size_t given = single ? 1 : value.items.size();
    if (given == 0 || given > phase_count) {
        check_.refuse(variant.name + ":commitment.alignment", value,
                      "must be a number or a list of one to five, the last one is repeated");
        return;
    }
    const auto first = find_parameter("commitment.alignment_none");
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        const ConfigValue& item = single ? value : value.items[std::min(phase, given - 1)];
        set_number(std::string((first + phase)->path), item, variant, entries);
    }
}

std::vector<Scenario> derived_scenarios(const Study& study, std::span<const Scenario> bases,
                                        std::vector<Problem>& problems) {
    std::vector<Scenario> scenarios;
    for (const Variant& variant : study.variants) {
        const auto base = std::find_if(bases.begin(), bases.end(), [&](const Scenario& one) {
            return one.regime == variant.regime;
        });
        EXPECT(base != bases.end(), "the regime that a variant is derived from is at hand");
        Scenario scenario = *base;
        scenario.regime = variant.name;
        if (!variant.title.empty()) scenario.title = variant.title;
        for (const std::string& path : variant.words) {
            copy_word(path, variant.worded, scenario.commitment);
        }
        // All read the base, so that the order of the changes means nothing.
        Scenario source = *base;
        for (const VariantChange& change : variant.changes) {
            const double value =
                change.times * find_parameter(change.of)->field(source) + change.plus;
            auto found =
                range_problem(variant, change, entry_of(study.parameters, change.path), value);
            if (found.empty()) find_parameter(change.path)->field(scenario) = value;
            add_once(std::move(found), problems);
        }
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

void check_variants_over_design(const Study& study, std::vector<Problem>& problems) {
    for (const Variant& variant : study.variants) {
        for (const VariantChange& change : variant.changes) {
            const std::string own = variant.regime + ":" + change.of;
            const auto has_own = [&](const auto& one) { return one.path == own; };
            const bool is_own =
                std::any_of(study.parameters.begin(), study.parameters.end(), has_own) ||
                std::any_of(study.design.factors().begin(), study.design.factors().end(), has_own);
            for (const Factor& factor : study.design.factors()) {
                if (factor.path != (is_own ? own : change.of)) continue;
                std::vector<double> ends = factor.levels;
                if (ends.empty()) ends = {factor.prior.low, factor.prior.high};
                for (const double end : ends) {
                    add_once(range_problem(variant, change, entry_of(study.parameters, change.path),
                                           change.times * end + change.plus),
                             problems);
                }
            }
        }
    }
}

}  // namespace firebreak
