#include "io/evidence_targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inference/reenactment.hpp"
#include "io/comma_table.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 5> target_keys{"reenactment", "series", "note", "sample",
                                                      "statistics"};
constexpr std::array<std::string_view, 9> statistic_keys{
    "observed", "range",     "unit",   "scale",       "discrepancy",
    "status",   "criterion", "source", "not_modelled"};

/// Reads the folder of one use.
class TargetReader {
  public:
    TargetReader(const std::filesystem::path& folder, EvidenceUse use, const ConfigValue& split,
                 std::vector<Problem>& problems)
        : folder_(folder), use_(use), split_(split), problems_(problems), check_(problems) {}

    void read(Evidence& evidence) {
        const std::filesystem::path path = folder_ / "targets.toml";
        const auto text = read_text(path, problems_);
        const auto file = text ? parse_toml(*text, path, problems_) : std::nullopt;
        if (!file) return;
        const std::string_view use = evidence_use_names[static_cast<std::size_t>(use_)];
        const ConfigValue* listed = split_.find(use);
        if (listed == nullptr || !listed->is(Kind::table)) {
            problems_.push_back({split_.where, std::string(use), "must be a table of targets"});
            return;
        }
        for (const ConfigMember& member : file->members) {
            if (listed->find(member.key) == nullptr) {
                problems_.push_back({member.value.where, member.key,
                                     "is not " + std::string(use) + " in " + listed->where});
            } else if (check_.table(member.key, member.value)) {
                evidence.targets.push_back(target(member, listed->find(member.key)->text));
            }
        }
        for (const ConfigMember& member : listed->members) {
            if (file->find(member.key) == nullptr) {
                problems_.push_back({shown_path(path), member.key, "is missing"});
            }
        }
    }

  private:
    Target target(const ConfigMember& member, std::string title) {
        const ConfigValue& table = member.value;
        const std::string prefix = member.key + ".";
        check_.only(table, prefix, target_keys, "key of a target");
        Target target;
        target.id = member.key;
        target.use = use_;
        target.title = std::move(title);
        target.reenactment = optional_text(table, prefix, "reenactment");
        target.note = optional_text(table, prefix, "note");
        if (const ConfigValue* sample = table.find("sample");
            sample != nullptr && check_.table(prefix + "sample", *sample)) {
            for (const ConfigMember& size : sample->members) {
                if (const auto number = check_.finite(prefix + "sample." + size.key, size.value)) {
                    target.sample.emplace_back(size.key, *number);
                }
            }
        }
        if (const std::string series = optional_text(table, prefix, "series"); !series.empty()) {
            target.series = read_series(folder_ / series);
        }
        const Reenactment* reenactment = find_reenactment(target.reenactment);
        if (!target.reenactment.empty() && reenactment == nullptr) {
            std::vector<std::string_view> names;
            for (const Reenactment& one : reenactments()) names.push_back(one.name);
            const ConfigValue& name = *table.find("reenactment");
            check_.refuse(prefix + "reenactment", name,
                          "must be one of " + listed(names) + suggestion(name.text, names));
        }
        const ConfigValue* statistics = table.find("statistics");
        if (statistics == nullptr || !statistics->is(Kind::table) || statistics->members.empty()) {
            problems_.push_back({table.where, prefix + "statistics", "must name at least one"});
            return target;
        }
        for (const ConfigMember& one : statistics->members) {
            if (check_.table(prefix + "statistics." + one.key, one.value)) {
                target.statistics.push_back(
                    statistic(one, prefix + "statistics." + one.key + ".", reenactment));
            }
        }
        return target;
    }

    TargetStatistic statistic(const ConfigMember& member, const std::string& prefix,
                              const Reenactment* reenactment) {
        const ConfigValue& table = member.value;
        check_.only(table, prefix, statistic_keys, "key of a statistic");
        TargetStatistic statistic;
        statistic.name = member.key;
        statistic.unit = needed_text(table, prefix, "unit");
        statistic.source = needed_text(table, prefix, "source");
        if (const ConfigValue* status = table.find("status");
            status == nullptr || check_.word(prefix + "status", *status, provenance_tags)) {
            statistic.status = needed_text(table, prefix, "status");
        }
        statistic.not_modelled = optional_text(table, prefix, "not_modelled");
        statistic.scale = word<ErrorScale>(table, prefix, "scale", error_scale_names);
        statistic.criterion = word<Criterion>(table, prefix, "criterion", criterion_names);
        if (const ConfigValue* value = table.find("discrepancy")) {
            const auto number = check_.finite(prefix + "discrepancy", *value);
            if (number && *number < 0.0) {
                check_.refuse(prefix + "discrepancy", *value, "must not be negative");
            }
            statistic.discrepancy = number.value_or(0.0);
        }
        statistic.observed = no_value;
        if (const ConfigValue* value = table.find("observed")) {
            statistic.observed = check_.finite(prefix + "observed", *value).value_or(0.0);
        }
        read_range(table, prefix, statistic);
        if (!statistic.not_modelled.empty()) return statistic;
        if (reenactment == nullptr) {
            if (table.find("not_modelled") == nullptr) {
                problems_.push_back({table.where, prefix + "not_modelled",
                                     "must say why, where no reenactment gives the statistic"});
            }
        } else if (std::ranges::find(reenactment->statistics, member.key) ==
                   reenactment->statistics.end()) {
            problems_.push_back({table.where, prefix.substr(0, prefix.size() - 1),
                                 "is no statistic of " + std::string(reenactment->name) +
                                     suggestion(member.key, reenactment->statistics)});
        }
        return statistic;
    }

    void read_range(const ConfigValue& table, const std::string& prefix,
                    TargetStatistic& statistic) {
        const ConfigValue* range = table.find("range");
        if ((range != nullptr) != (statistic.criterion == Criterion::range)) {
            problems_.push_back({table.where, prefix + "range",
                                 "is needed for the criterion \"range\", and only there"});
        }
        if (range == nullptr) return;
        if (!range->is(Kind::list) || range->items.size() != 2) {
            check_.refuse(prefix + "range", *range, "must be a list of two numbers, low and high");
            return;
        }
        statistic.range_low = check_.finite(prefix + "range", range->items[0]).value_or(0.0);
        statistic.range_high = check_.finite(prefix + "range", range->items[1]).value_or(0.0);
        if (statistic.range_low >= statistic.range_high) {
            check_.refuse(prefix + "range", *range, "low must be below high");
        }
    }

    std::string optional_text(const ConfigValue& table, const std::string& prefix,
                              std::string_view key) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) return {};
        return check_.text(prefix + std::string(key), *value).value_or("");
    }

    std::string needed_text(const ConfigValue& table, const std::string& prefix,
                            std::string_view key) {
        if (table.find(key) == nullptr) {
            problems_.push_back({table.where, prefix + std::string(key), "is missing"});
        }
        return optional_text(table, prefix, key);
    }

    template <class Word>
    Word word(const ConfigValue& table, const std::string& prefix, std::string_view key,
              std::span<const std::string_view> words) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) return Word{};
        return static_cast<Word>(
            check_.word(prefix + std::string(key), *value, words).value_or(std::size_t{0}));
    }

    EvidenceSeries read_series(const std::filesystem::path& path) {
        EvidenceSeries series;
        const auto text = read_text(path, problems_);
        if (!text) return series;
        for_each_row(*text, [&](int number, std::vector<std::string> cells) {
            if (series.columns.empty()) {
                series.columns = std::move(cells);
            } else if (cells.size() == series.columns.size()) {
                series.rows.push_back(std::move(cells));
            } else {
                problems_.push_back(
                    {shown_path(path) + ":" + std::to_string(number),
                     std::to_string(cells.size()) + " cells",
                     "must be " + std::to_string(series.columns.size()) + ", one per column"});
            }
        });
        if (series.rows.empty()) {
            problems_.push_back({shown_path(path), "no rows", "must hold at least one"});
        }
        return series;
    }

    std::filesystem::path folder_;
    EvidenceUse use_;
    const ConfigValue& split_;
    std::vector<Problem>& problems_;
    ConfigCheck check_;
};

/// Gives what a target leaves to its series the value that its reenactment works out.
void observe(Evidence& evidence, const std::filesystem::path& folder,
             std::vector<Problem>& problems) {
    std::vector<std::vector<double>> seen;
    for (const Reenactment& one : reenactments()) {
        seen.push_back(one.observe ? one.observe(evidence) : std::vector<double>{});
    }
    for (Target& target : evidence.targets) {
        const Reenactment* reenactment = find_reenactment(target.reenactment);
        for (TargetStatistic& statistic : target.statistics) {
            if (!std::isnan(statistic.observed) || statistic.criterion == Criterion::range) {
                continue;
            }
            if (reenactment != nullptr) {
                const auto& values =
                    seen[static_cast<std::size_t>(reenactment - reenactments().data())];
                const auto found = std::ranges::find(reenactment->statistics, statistic.name);
                const auto position =
                    static_cast<std::size_t>(found - reenactment->statistics.begin());
                if (position < values.size()) statistic.observed = values[position];
            }
            if (std::isnan(statistic.observed)) {
                const std::string_view use =
                    evidence_use_names[static_cast<std::size_t>(target.use)];
                problems.push_back({shown_path(folder / use / "targets.toml"),
                                    target.id + ".statistics." + statistic.name + ".observed",
                                    "is neither given nor in the target's series"});
            }
        }
    }
}

}  // namespace

Evidence load_evidence(const std::filesystem::path& folder, std::span<const EvidenceUse> uses) {
    std::vector<Problem> problems;
    Evidence evidence;
    const std::filesystem::path path = folder / "split.toml";
    const auto text = read_text(path, problems);
    const auto split = text ? parse_toml(*text, path, problems) : std::nullopt;
    if (split) {
        for (const EvidenceUse use : uses) {
            const std::string_view name = evidence_use_names[static_cast<std::size_t>(use)];
            TargetReader(folder / name, use, *split, problems).read(evidence);
        }
    }
    if (problems.empty()) observe(evidence, folder, problems);
    if (!problems.empty()) throw InputError(std::move(problems));
    return evidence;
}

}  // namespace firebreak
