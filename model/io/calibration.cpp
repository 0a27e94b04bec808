#include "io/calibration.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "inference/reenactment.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"
#include "io/evidence_targets.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 6> file_keys{"title", "study", "evidence",
                                                    "seed",  "draws", "block"};
constexpr std::array<std::string_view, 12> block_keys{
    "name",   "method",           "parameters", "targets", "particles", "kept",
    "trials", "least_acceptance", "chains",     "warm_up", "steps",     "runs"};

/// Keys that only a synthetic likelihood reads.
constexpr std::array<std::string_view, 4> direct_keys{"chains", "warm_up", "steps", "runs"};

/// Reads a calibration, noting every problem on the way.
class CalibrationReader {
  public:
    CalibrationReader(std::filesystem::path path, const CalibrationOverrides& overrides)
        : path_(std::move(path)), overrides_(overrides), check_(problems_) {}

    Calibration read() {
        const auto text = read_text(path_, problems_);
        const auto file = text ? parse_toml(*text, path_, problems_) : std::nullopt;
        if (file) {
            check_.only(*file, "", file_keys, "key of a calibration");
            read_head(*file);
            read_study(*file);
            read_evidence(*file);
            read_blocks(*file);
            const std::string heading = "# ==== " + shown_path(path_) + " ====\n";
            result_.configuration = heading + *text + "\n" + result_.study.configuration;
        }
        if (!problems_.empty()) throw InputError(std::move(problems_));
        return std::move(result_);
    }

  private:
    void note(const std::string& where, const std::string& what, std::string why) {
        problems_.push_back({where, what, std::move(why)});
    }

    const ConfigValue* need(const ConfigValue& table, const std::string& prefix,
                            std::string_view key) {
        const ConfigValue* value = table.find(key);
        const std::string where = table.where.empty() ? shown_path(path_) : table.where;
        if (value == nullptr) note(where, prefix + std::string(key), "is missing");
        return value;
    }

    std::string need_text(const ConfigValue& table, const std::string& prefix,
                          std::string_view key) {
        const ConfigValue* value = need(table, prefix, key);
        const std::string name = prefix + std::string(key);
        return value == nullptr ? "" : check_.text(name, *value).value_or("");
    }

    template <class Number>
    void read_whole(const ConfigValue& table, const std::string& prefix, std::string_view key,
                    std::int64_t low, std::int64_t high, Number& target) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) return;
        const auto read = check_.whole(prefix + std::string(key), *value, low, high);
        if (read) target = static_cast<Number>(*read);
    }

    void read_share(const ConfigValue& table, const std::string& prefix, std::string_view key,
                    double& target) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) return;
        const std::string name = prefix + std::string(key);
        const auto read = check_.finite(name, *value);
        if (!read) return;
        if (!(*read >= 0.0 && *read < 1.0)) {
            check_.refuse(name, *value, "must be at least 0 and below 1");
        }
        target = *read;
    }

    void read_head(const ConfigValue& file) {
        result_.title = need_text(file, "", "title");
        if (need(file, "", "seed") != nullptr) {
            read_whole(file, "", "seed", 0, std::numeric_limits<std::int64_t>::max(), result_.seed);
        }
        if (overrides_.seed) result_.seed = *overrides_.seed;
        result_.draws = 1000;
        read_whole(file, "", "draws", 10, 1'000'000, result_.draws);
    }

    /// Takes over what else is wrong.
    void take(const InputError& error) {
        problems_.insert(problems_.end(), error.problems().begin(), error.problems().end());
    }

    void read_study(const ConfigValue& file) {
        const std::string name = need_text(file, "", "study");
        if (name.empty()) return;
        Overrides regimes;
        regimes.regimes.assign(world_regimes.begin(), world_regimes.end());
        try {
            result_.study = load_study(path_.parent_path() / name, regimes);
            has_study_ = true;
        } catch (const InputError& error) {
            take(error);
        }
    }

    void read_evidence(const ConfigValue& file) {
        const std::string name = need_text(file, "", "evidence");
        if (name.empty()) return;
        try {
            const std::array uses{EvidenceUse::calibration};
            result_.evidence = load_evidence(path_.parent_path() / name, uses);
            has_evidence_ = true;
        } catch (const InputError& error) {
            take(error);
        }
    }

    void read_blocks(const ConfigValue& file) {
        const ConfigValue* list = need(file, "", "block");
        if (list == nullptr) return;
        if (!list->is(Kind::list) || list->items.empty()) {
            check_.refuse("block", *list, "must be sections [[block]]");
            return;
        }
        for (const ConfigValue& item : list->items) read_block(item);
        for (const std::string& name : overrides_.blocks) {
            if (names_.count(name) == 0) note("--block", name, "is no block of the calibration");
        }
        if (overrides_.blocks.empty()) return;
        std::erase_if(result_.blocks, [this](const CalibrationBlock& block) {
            return std::ranges::find(overrides_.blocks, block.name) == overrides_.blocks.end();
        });
    }

    void read_block(const ConfigValue& section) {
        if (!check_.table("block", section)) return;
        CalibrationBlock block;
        block.name = need_text(section, "block.", "name");
        block.place = static_cast<std::uint32_t>(result_.blocks.size());
        const std::string prefix = "block " + block.name + ": ";
        check_.only(section, prefix, block_keys, "key of a block");
        if (!block.name.empty() && !names_.insert({block.name, section.where}).second) {
            note(section.where, prefix + "name", "is that of another block");
        }
        if (const ConfigValue* value = need(section, prefix, "method")) {
            const auto word = check_.word(prefix + "method", *value, fit_method_names);
            if (word) block.method = static_cast<FitMethod>(*word);
        }
        read_settings(section, prefix, block);
        for (const ConfigValue& item : need_list(section, prefix, "parameters")) {
            read_parameter(item, prefix, block);
        }
        for (const ConfigValue& item : need_list(section, prefix, "targets")) {
            read_target(item, prefix, block);
        }
        result_.blocks.push_back(std::move(block));
    }

    std::vector<ConfigValue> need_list(const ConfigValue& section, const std::string& prefix,
                                       std::string_view key) {
        const ConfigValue* value = need(section, prefix, key);
        if (value == nullptr) return {};
        if (value->is(Kind::list) && !value->items.empty()) return value->items;
        check_.refuse(prefix + std::string(key), *value, "must be a list of at least one");
        return {};
    }

    void read_settings(const ConfigValue& section, const std::string& prefix,
                       CalibrationBlock& block) {
        FitSettings& settings = block.settings;
        settings.direct = block.method == FitMethod::synthetic_likelihood;
        read_whole(section, prefix, "particles", 20, 1'000'000, settings.abc.particles);
        read_whole(section, prefix, "trials", 20, 60'000'000, settings.abc.most_trials);
        read_share(section, prefix, "kept", settings.abc.kept);
        read_share(section, prefix, "least_acceptance", settings.abc.least_acceptance);
        read_whole(section, prefix, "chains", 2, 1024, settings.walk.chains);
        read_whole(section, prefix, "warm_up", 1, 1'000'000, settings.walk.warm_up);
        read_whole(section, prefix, "steps", 2, 1'000'000, settings.walk.steps);
        read_whole(section, prefix, "runs", 3, 100'000, settings.runs);
        if (!(settings.abc.kept * settings.abc.particles >= 10.0)) {
            note(section.where, prefix + "kept", "must leave at least 10 particles");
        }
        if (!settings.direct) {
            for (const std::string_view key : direct_keys) {
                const ConfigValue* value = section.find(key);
                if (value == nullptr) continue;
                note(value->where, prefix + std::string(key), "has no meaning for this method");
            }
        }
        settings.direct = settings.direct || overrides_.both_methods;
        if (overrides_.simulations) limit_runs(settings, *overrides_.simulations);
    }

    void read_parameter(const ConfigValue& item, const std::string& prefix,
                        CalibrationBlock& block) {
        const std::string name = prefix + "parameters";
        const auto path = check_.text(name, item);
        if (!path || !has_study_) return;
        const auto& entries = result_.study.parameters;
        const auto entry = std::ranges::find(entries, *path, &ParameterEntry::path);
        if (entry == entries.end()) {
            std::vector<std::string_view> known;
            for (const ParameterEntry& one : entries) known.push_back(one.path);
            check_.refuse(name, item, "is no parameter" + suggestion(*path, known));
        } else if (entry->prior.distribution == Distribution::fixed) {
            check_.refuse(name, item, "has a fixed prior");
        } else if (!used_.insert({*path, block.name}).second) {
            check_.refuse(name, item, "is calibrated already, in block " + used_[*path]);
        } else {
            block.parameters.push_back(*entry);
        }
    }

    void read_target(const ConfigValue& item, const std::string& prefix, CalibrationBlock& block) {
        const std::string name = prefix + "targets";
        const auto id = check_.text(name, item);
        if (!id || !has_evidence_) return;
        const Target* target = result_.evidence.find(*id);
        if (target == nullptr) {
            std::vector<std::string_view> known;
            for (const Target& one : result_.evidence.targets) known.push_back(one.id);
            check_.refuse(name, item, "is no target for calibration" + suggestion(*id, known));
        } else if (target->reenactment.empty()) {
            check_.refuse(name, item, "is not modelled");
        } else if (!used_.insert({*id, block.name}).second) {
            check_.refuse(name, item, "is used already, in block " + used_[*id]);
        } else {
            block.targets.push_back(*id);
        }
    }

    std::filesystem::path path_;
    const CalibrationOverrides& overrides_;
    std::vector<Problem> problems_;
    ConfigCheck check_;
    Calibration result_;
    bool has_study_ = false;
    bool has_evidence_ = false;
    std::map<std::string, std::string> names_;  ///< of blocks, and where they stand
    std::map<std::string, std::string> used_;   ///< parameters and targets, and by which block
};

}  // namespace

Calibration load_calibration(const std::filesystem::path& path,
                             const CalibrationOverrides& overrides) {
    return CalibrationReader(path, overrides).read();
}

void limit_runs(FitSettings& settings, std::uint64_t most) {
    if (most_runs(settings) <= most) return;
    if (settings.direct) {
        // Half for the walk, if it takes so much: it is the dearer part and the last to suffer.
        const std::uint64_t walk = most_runs(settings) - settings.abc.most_trials;
        const double share =
            std::min(1.0, 0.5 * static_cast<double>(most) / static_cast<double>(walk));
        const auto part = [share](std::uint32_t& steps, std::uint32_t least) {
            steps = std::max(static_cast<std::uint32_t>(steps * share), least);
        };
        part(settings.walk.warm_up, 2);
        part(settings.walk.steps, 4);
    }
    const std::uint64_t walk = most_runs(settings) - settings.abc.most_trials;
    settings.abc.most_trials = most > walk + 80 ? most - walk : 80;
    // Rather many particles than many generations: a regression on few makes intervals too narrow.
    const auto quarter = static_cast<std::uint32_t>(settings.abc.most_trials / 4);
    settings.abc.particles = std::min(settings.abc.particles, std::max(quarter, 20U));
    settings.abc.kept = std::max(settings.abc.kept, 0.5);
}

}  // namespace firebreak
