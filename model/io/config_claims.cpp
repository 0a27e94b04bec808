#include "io/config_claims.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "conflict/measure.hpp"
#include "conflict/outcome.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 3> file_keys{"documents", "variants", "claims"};
constexpr std::array<std::string_view, 9> claim_keys{"statement", "sources",     "mechanism",
                                                     "seen",      "reversed",    "decider",
                                                     "limits",    "comparisons", "besides"};

/// The keys that a kind of comparison needs besides `kind` and `of`; only some can be left out.
struct KeyUse {
    ComparisonKind kind;
    std::vector<std::string_view> needed;
    std::vector<std::string_view> allowed;
};

const KeyUse& keys_of(ComparisonKind kind) {
    using enum ComparisonKind;
    static const std::array<KeyUse, 7> uses{
        {{ordering, {"rising"}, {}},
         {hump, {"ladder"}, {}},
         {slope, {"ladder", "levels"}, {"scale", "falling"}},
         {difference, {"more", "than"}, {"times"}},
         {frontier, {"regimes"}, {}},
         {threshold, {"ladder", "levels", "against"}, {"scale", "falling"}},
         {excess, {"regime"}, {}}}};
    return uses[static_cast<std::size_t>(kind)];
}

constexpr std::array<std::string_view, 2> scales{"linear", "log"};

/// Reads claims and notes every problem on the way.
class ClaimReader {
  public:
    ClaimReader(std::span<const std::string_view> regimes,
                std::span<const std::string_view> documents, ConfigCheck& check)
        : regimes_(regimes), documents_(documents), check_(check) {
        for (const std::string_view name : outcome_names) quantities_.push_back(name);
        for (const MeasureFacts& facts : measure_facts) quantities_.push_back(facts.name);
    }

    std::optional<Claim> read(const std::string& name, const ConfigValue& value) {
        const std::string prefix = "claims." + name + ".";
        if (!check_.table("claims." + name, value)) return std::nullopt;
        check_.only(value, prefix, claim_keys, "key of a claim");
        Claim claim;
        claim.name = name;
        claim.statement = need_text(value, prefix, "statement");
        claim.mechanism = need_text(value, prefix, "mechanism");
        claim.seen = need_text(value, prefix, "seen");
        claim.reversed = need_text(value, prefix, "reversed");
        claim.decider = need_text(value, prefix, "decider");
        if (const ConfigValue* limits = value.find("limits")) {
            claim.limits = check_.text(prefix + "limits", *limits).value_or("");
        }
        if (const ConfigValue* sources = need(value, prefix, "sources")) {
            claim.sources = read_list(prefix + "sources", *sources, 1, 99);
            for (const std::string& source : claim.sources) check_source(prefix, *sources, source);
        }
        if (const ConfigValue* list = need(value, prefix, "comparisons")) {
            read_comparisons(prefix + "comparisons", *list, true, claim);
        }
        if (const ConfigValue* list = value.find("besides")) {
            read_comparisons(prefix + "besides", *list, false, claim);
        }
        return claim;
    }

  private:
    const ConfigValue* need(const ConfigValue& table, const std::string& prefix,
                            std::string_view key) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) {
            check_.problems().push_back({table.where, prefix + std::string(key), "is missing"});
        }
        return value;
    }

    /// `D0: 0.1`: a document of the file, if it lists any.
    void check_source(const std::string& prefix, const ConfigValue& value,
                      const std::string& source) {
        const std::string_view document = std::string_view(source).substr(0, source.find(':'));
        if (documents_.empty() ||
            std::find(documents_.begin(), documents_.end(), document) != documents_.end()) {
            return;
        }
        check_.problems().push_back({value.where, prefix + "sources = \"" + source + "\"",
                                     "must begin with one of " + listed(documents_)});
    }

    std::string need_text(const ConfigValue& table, const std::string& prefix,
                          std::string_view key) {
        const ConfigValue* value = need(table, prefix, key);
        if (value == nullptr) return {};
        return check_.text(prefix + std::string(key), *value).value_or("");
    }

    /// A list of texts of a length within bounds; a single text is a list of one.
    std::vector<std::string> read_list(const std::string& name, const ConfigValue& value,
                                       std::size_t least, std::size_t most) {
        std::vector<ConfigValue> items = value.items;
        if (value.is(Kind::text)) items = {value};
        std::vector<std::string> texts;
        for (const ConfigValue& item : items) {
            if (const auto text = check_.text(name, item)) texts.push_back(*text);
        }
        if (items.size() < least || items.size() > most) {
            check_.refuse(name, value,
                          least == most ? "must be a list of " + std::to_string(least)
                                        : "must be a list of at least " + std::to_string(least));
        }
        return texts;
    }

    std::vector<std::string> read_regimes(const std::string& name, const ConfigValue& value,
                                          std::size_t least, std::size_t most) {
        std::vector<std::string> texts = read_list(name, value, least, most);
        for (const std::string& text : texts) {
            if (regimes_.empty() ||
                std::find(regimes_.begin(), regimes_.end(), text) != regimes_.end()) {
                continue;
            }
            check_.problems().push_back(
                {value.where, name + " = \"" + text + "\"",
                 "must be a regime or a variant" + suggestion(text, regimes_)});
        }
        for (std::size_t at = 1; at < texts.size(); ++at) {
            if (std::find(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(at),
                          texts[at]) != texts.begin() + static_cast<std::ptrdiff_t>(at)) {
                check_.problems().push_back(
                    {value.where, name + " = \"" + texts[at] + "\"", "is named twice"});
            }
        }
        return texts;
    }

    void read_comparisons(const std::string& name, const ConfigValue& list, bool decide,
                          Claim& claim) {
        if (!list.is(Kind::list) || list.items.empty()) {
            check_.refuse(name, list, "must be a list of comparisons");
            return;
        }
        for (const ConfigValue& item : list.items) {
            if (!check_.table(name, item)) continue;
            if (auto comparison = read_comparison(name + ".", item)) {
                comparison->decides = decide;
                if (!decide) comparison->words = need_text(item, name + ".", "words");
                claim.comparisons.push_back(std::move(*comparison));
            }
        }
    }

    std::optional<Comparison> read_comparison(const std::string& prefix, const ConfigValue& item) {
        const ConfigValue* kind = need(item, prefix, "kind");
        if (kind == nullptr) return std::nullopt;
        const auto word = check_.word(prefix + "kind", *kind, comparison_kind_names);
        if (!word) return std::nullopt;
        Comparison comparison;
        comparison.kind = static_cast<ComparisonKind>(*word);
        const KeyUse& use = keys_of(comparison.kind);
        std::vector<std::string_view> known{"kind", "of", "words"};
        known.insert(known.end(), use.needed.begin(), use.needed.end());
        known.insert(known.end(), use.allowed.begin(), use.allowed.end());
        check_.only(item, prefix, known, "key of such a comparison");
        for (const std::string_view key : use.needed) need(item, prefix, key);
        read_quantities(prefix, item, comparison);
        read_names(prefix, item, comparison);
        read_levels(prefix, item, comparison);
        return comparison;
    }

    void read_quantities(const std::string& prefix, const ConfigValue& item,
                         Comparison& comparison) {
        const ConfigValue* of = need(item, prefix, "of");
        if (of == nullptr) return;
        const bool several = comparison.kind == ComparisonKind::frontier;
        const std::size_t count = comparison.kind == ComparisonKind::excess ? 3 : 1;
        comparison.of = read_list(prefix + "of", *of, several ? 2 : count, several ? 99 : count);
        for (const std::string& name : comparison.of) {
            if (std::find(quantities_.begin(), quantities_.end(), name) != quantities_.end()) {
                continue;
            }
            check_.problems().push_back(
                {of->where, prefix + "of = \"" + name + "\"",
                 "must be an outcome or a measure" + suggestion(name, quantities_)});
        }
    }

    void read_names(const std::string& prefix, const ConfigValue& item, Comparison& comparison) {
        const auto take = [&](const char* key, std::size_t least, std::size_t most) {
            const ConfigValue* value = item.find(key);
            if (value == nullptr) return;
            for (std::string& name : read_regimes(prefix + key, *value, least, most)) {
                comparison.regimes.push_back(std::move(name));
            }
        };
        constexpr std::size_t many = 99;
        take("rising", 2, many);
        take("ladder", comparison.kind == ComparisonKind::hump ? 3 : 2, many);
        take("more", 2, 2);
        take("than", 2, 2);
        take("regimes", 2, many);
        take("regime", 1, 1);
        const ConfigValue* against = item.find("against");
        if (against == nullptr) return;
        const auto names = read_regimes(prefix + "against", *against, 1, 1);
        if (!names.empty()) comparison.against = names.front();
    }

    void read_levels(const std::string& prefix, const ConfigValue& item, Comparison& comparison) {
        if (const ConfigValue* scale = item.find("scale")) {
            comparison.log_levels = check_.word(prefix + "scale", *scale, scales) == 1U;
        }
        if (const ConfigValue* falling = item.find("falling")) {
            comparison.falling = check_.boolean(prefix + "falling", *falling).value_or(false);
        }
        if (const ConfigValue* times = item.find("times")) {
            comparison.times = check_.finite(prefix + "times", *times).value_or(1.0);
        }
        const ConfigValue* levels = item.find("levels");
        if (levels == nullptr) return;
        for (const ConfigValue& level : levels->items) {
            if (const auto number = check_.finite(prefix + "levels", level)) {
                comparison.levels.push_back(*number);
            }
        }
        const bool rises = std::is_sorted(comparison.levels.begin(), comparison.levels.end()) &&
                           std::adjacent_find(comparison.levels.begin(), comparison.levels.end()) ==
                               comparison.levels.end();
        if (comparison.levels.size() != comparison.regimes.size() || !rises) {
            check_.refuse(prefix + "levels", *levels,
                          "must be numbers that rise, one for each regime of the ladder");
        } else if (comparison.log_levels && comparison.levels.front() <= 0.0) {
            check_.refuse(prefix + "levels", *levels, "must be above 0 on a logarithmic scale");
        }
    }

    std::span<const std::string_view> regimes_;
    std::span<const std::string_view> documents_;
    ConfigCheck& check_;
    std::vector<std::string_view> quantities_;
};

/// One text of a configuration, with the path in its heading.
struct Part {
    std::string heading;
    std::string text;
};

std::vector<Part> parts_of(const std::string& configuration) {
    constexpr std::string_view begin = "# ==== ";
    constexpr std::string_view end = " ====";
    std::vector<Part> parts;
    for (std::size_t at = 0; at < configuration.size();) {
        const std::size_t stop = std::min(configuration.find('\n', at), configuration.size());
        const std::string line = configuration.substr(at, stop - at);
        if (line.starts_with(begin) && line.ends_with(end)) {
            parts.push_back(
                {line.substr(begin.size(), line.size() - begin.size() - end.size()), {}});
        } else if (!parts.empty()) {
            parts.back().text += line + "\n";
        }
        at = stop + 1;
    }
    return parts;
}

/// The study of a configuration, which is its first text.
std::optional<ConfigValue> study_of(const std::vector<Part>& parts,
                                    std::vector<Problem>& problems) {
    if (parts.empty()) return std::nullopt;
    return parse_toml(parts.front().text, parts.front().heading, problems);
}

}  // namespace

std::vector<Claim> read_claims(const ConfigValue& file, std::span<const std::string_view> regimes,
                               ConfigCheck& check) {
    std::vector<Claim> claims;
    check.only(file, "", file_keys, "key of a file of claims");
    std::vector<std::string_view> documents;
    if (const ConfigValue* list = file.find("documents"); list && check.table("documents", *list)) {
        for (const auto& [name, title] : list->members) {
            if (check.text("documents." + name, title)) documents.push_back(name);
        }
    }
    const ConfigValue* section = file.find("claims");
    if (section == nullptr || !check.table("claims", *section)) return claims;
    ClaimReader reader(regimes, documents, check);
    for (const auto& [name, value] : section->members) {
        if (auto claim = reader.read(name, value)) claims.push_back(std::move(*claim));
    }
    return claims;
}

std::vector<Claim> claims_in(const std::string& configuration, const std::string& where) {
    std::vector<Problem> problems;
    const std::vector<Part> parts = parts_of(configuration);
    std::vector<Claim> claims;
    if (const auto study = study_of(parts, problems)) {
        const ConfigValue* name = study->find("claims");
        const std::filesystem::path folder =
            std::filesystem::path(parts.front().heading).parent_path();
        for (const Part& part : parts) {
            if (name == nullptr || part.heading != shown_path(folder / name->text)) continue;
            ConfigCheck check(problems);
            if (const auto file = parse_toml(part.text, part.heading, problems)) {
                claims = read_claims(*file, {}, check);
            }
        }
    }
    if (problems.empty() && claims.empty()) {
        problems.push_back({where, "has no claims", "its study names no file of claims"});
    }
    if (!problems.empty()) throw InputError(std::move(problems));
    return claims;
}

bool draws_from_posterior(const std::string& configuration) {
    std::vector<Problem> problems;
    const auto study = study_of(parts_of(configuration), problems);
    const ConfigValue* design = study ? study->find("design") : nullptr;
    return design != nullptr && design->find("posterior") != nullptr;
}

}  // namespace firebreak
