#include "io/config_baseline.hpp"

#include <algorithm>
#include <limits>

#include "io/config_check.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 7> number_keys{"value",   "unit",   "allowed", "prior",
                                                      "meaning", "source", "tag"};
constexpr std::array<std::string_view, 5> word_keys{"value", "allowed", "meaning", "source", "tag"};

/// Fills a Baseline from the tables of a file.
class BaselineReader {
  public:
    explicit BaselineReader(std::vector<Problem>& problems) : check_(problems) {
        for (const ParameterField& row : parameter_fields()) {
            ParameterEntry entry;
            entry.path = row.path;
            // Until it is read, an entry allows everything: one mistake makes one message.
            entry.allowed_low = -std::numeric_limits<double>::infinity();
            entry.allowed_high = std::numeric_limits<double>::infinity();
            baseline_.entries.push_back(std::move(entry));
        }
    }

    void read_section(const ConfigValue& section, const std::string& prefix) {
        for (const auto& [key, value] : section.members) {
            const std::string path = prefix + key;
            if (const ParameterField* field = find_parameter(path)) {
                if (!check_.table(path, value)) continue;
                const auto row = static_cast<std::size_t>(field - parameter_fields().data());
                read_number(value, baseline_.entries[row]);
            } else if (std::find(commitment_words.begin(), commitment_words.end(), path) !=
                       commitment_words.end()) {
                if (check_.table(path, value)) read_word(value, path);
            } else if (is_section(path)) {
                if (check_.table(path, value)) read_section(value, path + ".");
            } else {
                check_.problems().push_back({value.where, path, unknown_path(path)});
            }
        }
    }

    void require_all(const std::string& file) {
        const auto missing = [&](std::string_view path) {
            check_.problems().push_back(
                {file, std::string(path), "is missing: every parameter must be given once"});
        };
        for (const ParameterEntry& entry : baseline_.entries) {
            if (entry.where.empty()) missing(entry.path);
        }
        for (const std::string_view path : commitment_words) {
            const bool given = std::any_of(baseline_.words.begin(), baseline_.words.end(),
                                           [path](const auto& word) { return word.first == path; });
            if (!given) missing(path);
        }
    }

    Baseline take() { return std::move(baseline_); }

  private:
    const ConfigValue* need(const ConfigValue& table, const std::string& path,
                            std::string_view key) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) {
            check_.problems().push_back({table.where, path + "." + std::string(key), "is missing"});
        }
        return value;
    }

    std::string need_text(const ConfigValue& table, const std::string& path, std::string_view key) {
        const ConfigValue* value = need(table, path, key);
        if (value == nullptr) return {};
        return check_.text(path + "." + std::string(key), *value).value_or("");
    }

    void read_provenance(const ConfigValue& table, ParameterEntry& entry) {
        entry.meaning = need_text(table, entry.path, "meaning");
        entry.source = need_text(table, entry.path, "source");
        if (const ConfigValue* tag = need(table, entry.path, "tag")) {
            if (check_.word(entry.path + ".tag", *tag, provenance_tags)) entry.tag = tag->text;
        }
    }

    void read_range(const ConfigValue& range, ParameterEntry& entry) {
        const std::string name = entry.path + ".allowed";
        if (!range.is(Kind::list) || range.items.size() != 2) {
            check_.refuse(name, range, "must be a list of two numbers, low and high");
            return;
        }
        const auto low = check_.finite(name, range.items[0]);
        const auto high = check_.finite(name, range.items[1]);
        if (!low || !high) return;
        if (*low >= *high) {
            check_.refuse(name, range, "low must be below high");
            return;
        }
        entry.allowed_low = *low;
        entry.allowed_high = *high;
    }

    void read_number(const ConfigValue& table, ParameterEntry& entry) {
        entry.where = table.where;
        check_.only(table, entry.path + ".", number_keys, "key of a parameter");
        entry.unit = need_text(table, entry.path, "unit");
        read_provenance(table, entry);
        if (const ConfigValue* range = need(table, entry.path, "allowed")) {
            read_range(*range, entry);
        }
        if (const ConfigValue* value = need(table, entry.path, "value")) {
            entry.where = value->where;
            entry.value = check_.allowed(entry.path, *value, entry).value_or(0.0);
        }
        if (const ConfigValue* prior = need(table, entry.path, "prior")) {
            entry.prior = check_.prior(entry.path + ".prior", *prior, entry).value_or(Prior{});
        }
    }

    void read_word(const ConfigValue& table, const std::string& path) {
        check_.only(table, path + ".", word_keys, "key of a parameter");
        ParameterEntry entry;
        entry.path = path;
        read_provenance(table, entry);
        const ConfigValue* value = need(table, path, "value");
        baseline_.words.emplace_back(path, value == nullptr ? ConfigValue{} : *value);
    }

    ConfigCheck check_;
    Baseline baseline_;
};

}  // namespace

std::vector<std::string_view> known_paths() {
    std::vector<std::string_view> paths(commitment_words.begin(), commitment_words.end());
    paths.emplace_back("commitment.alignment");
    for (const ParameterField& row : parameter_fields()) paths.push_back(row.path);
    return paths;
}

bool is_section(std::string_view path) {
    const std::vector<std::string_view> paths = known_paths();
    return std::any_of(paths.begin(), paths.end(), [path](std::string_view known) {
        return known.size() > path.size() && known.substr(0, path.size()) == path &&
               known[path.size()] == '.';
    });
}

std::string unknown_path(std::string_view path) {
    std::vector<std::string_view> paths = known_paths();
    const std::string parameter = suggestion(path, paths);
    if (!parameter.empty()) return "unknown parameter" + parameter;
    for (std::string_view& known : paths) known = known.substr(0, known.rfind('.'));
    const std::string section = suggestion(path, paths);
    return section.empty() ? "unknown parameter" : "unknown section" + section;
}

Baseline read_baseline(const ConfigValue& file, const std::filesystem::path& path,
                       std::vector<Problem>& problems) {
    BaselineReader reader(problems);
    reader.read_section(file, "");
    reader.require_all(shown_path(path));
    return reader.take();
}

std::vector<ParameterEntry> load_parameters(const std::filesystem::path& baseline) {
    std::vector<Problem> problems;
    std::vector<ParameterEntry> entries;
    if (const auto text = read_text(baseline, problems)) {
        if (const auto file = parse_toml(*text, baseline, problems)) {
            entries = read_baseline(*file, baseline, problems).entries;
        }
    }
    if (!problems.empty()) throw InputError(std::move(problems));
    return entries;
}

}  // namespace firebreak
