#include "io/config_check.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::vector<std::size_t>> steps(from.size() + 1,
                                                std::vector<std::size_t>(to.size() + 1));
    for (std::size_t i = 0; i <= from.size(); ++i) {
        for (std::size_t j = 0; j <= to.size(); ++j) {
            if (i == 0 || j == 0) {
                steps[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = steps[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, replaced});
            const bool swapped =
                i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
    }
    return steps.back().back();
}

/// Changes up to which a word is taken for a slip of the pen.
std::size_t tolerance(std::size_t letters) {
    return letters < 4 ? 1 : std::max<std::size_t>(2, letters / 3);
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
    std::string best;
    std::size_t least = tolerance(word.size()) + 1;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
    const std::string best = nearest(word, known);
    return best.empty() ? "" : "; did you mean " + best + "?";
}

std::string listed(std::span<const std::string_view> words) {
    std::string list;
    for (const std::string_view word : words) {
        if (!list.empty()) list += ", ";
        list.append("\"").append(word).append("\"");
    }
    return list;
}

std::string range_rule(const ParameterEntry& entry) {
    const bool named = entry.unit == "probability" || entry.unit == "share";
    const bool bare = named || entry.unit == "1" || entry.unit == "0 or 1";
    return "must be " + (named ? "a " + entry.unit + " " : std::string()) + "between " +
           number_text(entry.allowed_low) + " and " + number_text(entry.allowed_high) +
           (bare ? "" : " [" + entry.unit + "]");
}

void ConfigCheck::refuse(const std::string& name, const ConfigValue& value, std::string why) {
    problems_.push_back({value.where, name + " = " + value.shown(), std::move(why)});
}

void ConfigCheck::only(const ConfigValue& table, const std::string& prefix,
                       std::span<const std::string_view> known, std::string_view kind) {
    for (const auto& [key, value] : table.members) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        problems_.push_back(
            {value.where, prefix + key, "unknown " + std::string(kind) + suggestion(key, known)});
    }
}

bool ConfigCheck::table(const std::string& name, const ConfigValue& value) {
    if (!value.is(Kind::table)) refuse(name, value, "must be a table");
    return value.is(Kind::table);
}

std::optional<std::string> ConfigCheck::text(const std::string& name, const ConfigValue& value) {
    const bool blank = value.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (value.is(Kind::text) && !blank) return value.text;
    refuse(name, value, value.is(Kind::text) ? "must not be empty" : "must be text in quotes");
    return std::nullopt;
}

std::optional<bool> ConfigCheck::boolean(const std::string& name, const ConfigValue& value) {
    if (value.is(Kind::boolean)) return value.boolean;
    refuse(name, value, "must be true or false");
    return std::nullopt;
}

std::optional<double> ConfigCheck::finite(const std::string& name, const ConfigValue& value) {
    if (value.is(Kind::number) && std::isfinite(value.number)) return value.number;
    refuse(name, value, value.is(Kind::number) ? "must be a finite number" : "must be a number");
    return std::nullopt;
}

std::optional<std::int64_t> ConfigCheck::whole(const std::string& name, const ConfigValue& value,
                                               std::int64_t low, std::int64_t high) {
    if (value.is(Kind::number) && value.whole && *value.whole >= low && *value.whole <= high) {
        return value.whole;
    }
    refuse(name, value,
           "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return std::nullopt;
}

std::optional<double> ConfigCheck::allowed(const std::string& name, const ConfigValue& value,
                                           const ParameterEntry& entry) {
    const std::optional<double> number = finite(name, value);
    if (!number || (*number >= entry.allowed_low && *number <= entry.allowed_high)) return number;
    refuse(name, value, range_rule(entry));
    return std::nullopt;
}

std::optional<Tie> ConfigCheck::tie(const std::string& name, const ConfigValue& value) {
    static constexpr std::array<std::string_view, 2> keys{"of", "times"};
    only(value, name + ".", keys, "key of a tie");
    const ConfigValue* of = value.find("of");
    const ConfigValue* times = value.find("times");
    Tie tie;
    if (of == nullptr || !of->is(Kind::text) || find_parameter(of->text) == nullptr) {
        std::vector<std::string_view> known;
        for (const ParameterField& row : parameter_fields()) known.push_back(row.path);
        refuse(name + ".of", of == nullptr ? value : *of,
               "must be the path of a number" +
                   (of == nullptr ? std::string() : suggestion(of->text, known)));
        return std::nullopt;
    }
    tie.of = of->text;
    if (times != nullptr) {
        const auto factor = finite(name + ".times", *times);
        if (!factor) return std::nullopt;
        tie.times = *factor;
    }
    return tie;
}

std::optional<std::size_t> ConfigCheck::word(const std::string& name, const ConfigValue& value,
                                             std::span<const std::string_view> words) {
    if (value.is(Kind::text)) {
        const auto found = std::find(words.begin(), words.end(), value.text);
        if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    }
    refuse(name, value,
           "must be one of " + listed(words) +
               (value.is(Kind::text) ? suggestion(value.text, words) : ""));
    return std::nullopt;
}

std::optional<Prior> ConfigCheck::prior(const std::string& name, const ConfigValue& value,
                                        const ParameterEntry& entry) {
    static constexpr std::array<std::string_view, 3> keys{"distribution", "low", "high"};
    if (!table(name, value)) return std::nullopt;
    only(value, name + ".", keys, "key of a prior");
    const ConfigValue* distribution = value.find("distribution");
    const ConfigValue* low = value.find("low");
    const ConfigValue* high = value.find("high");
    const auto missing = [&](std::string_view key) {
        problems_.push_back({value.where, name + "." + std::string(key), "is missing"});
        return std::nullopt;
    };
    if (distribution == nullptr) return missing("distribution");
    const auto kind = word(name + ".distribution", *distribution, distribution_names);
    if (!kind) return std::nullopt;
    Prior result{static_cast<Distribution>(*kind), entry.value, entry.value};
    if (result.distribution == Distribution::fixed) {
        if (low != nullptr) refuse(name + ".low", *low, "a fixed prior has no range");
        if (high != nullptr) refuse(name + ".high", *high, "a fixed prior has no range");
        return result;
    }
    if (low == nullptr) return missing("low");
    if (high == nullptr) return missing("high");
    const auto from = allowed(name + ".low", *low, entry);
    const auto to = allowed(name + ".high", *high, entry);
    if (!from || !to) return std::nullopt;
    if (*from >= *to) {
        refuse(name + ".low", *low, "must be below high = " + high->shown());
        return std::nullopt;
    }
    if (result.distribution == Distribution::log_uniform && *from <= 0.0) {
        refuse(name + ".low", *low, "must be above 0 in a log-uniform prior");
        return std::nullopt;
    }
    result.low = *from;
    result.high = *to;
    return result;
}

}  // namespace firebreak
