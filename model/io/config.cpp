#include "io/config.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "io/allies_table.hpp"
#include "io/config_baseline.hpp"
#include "io/config_check.hpp"
#include "io/config_claims.hpp"
#include "io/config_design.hpp"
#include "io/config_layers.hpp"
#include "io/config_regimes.hpp"
#include "io/config_value.hpp"
#include "io/config_variant.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 10> study_keys{"title",    "question", "baseline", "allies",
                                                      "claims",   "run",      "set",      "regime",
                                                      "variants", "design"};
constexpr std::array<std::string_view, 8> run_keys{"replications", "seed",     "horizon",
                                                   "checkpoints",  "regimes",  "reference",
                                                   "references",   "histories"};

constexpr std::int64_t most_replications =
    4294967295;                                  // a replication is 32 bits of a draw's address
constexpr std::int64_t longest_horizon = 36525;  // a century
constexpr std::int64_t most_checkpoints = max_checkpoints;
constexpr std::uint64_t most_histories = 2147483647;  // a replication is numbered by an int32

/// Reads one study file by file, noting every problem on the way.
class StudyReader {
  public:
    StudyReader(std::filesystem::path path, const Overrides& overrides)
        : path_(std::move(path)), overrides_(overrides), check_(problems_) {}

    Study read() {
        if (const auto file = open(path_)) {
            read_study(*file);
            read_world(*file);
            complete_references(study_.run, study_.design.points());
        }
        if (!problems_.empty()) throw InputError(std::move(problems_));
        return std::move(study_);
    }

  private:
    std::optional<ConfigValue> open(const std::filesystem::path& path) {
        const auto text = read_text(path, problems_);
        if (!text) return std::nullopt;
        add_heading(shown_path(path), *text);
        return parse_toml(*text, path, problems_);
    }

    void add_heading(const std::string& heading, const std::string& text) {
        study_.configuration += "# ==== " + heading + " ====\n" + text;
        if (study_.configuration.back() != '\n') study_.configuration += '\n';
    }

    const ConfigValue* need(const ConfigValue& table, const std::string& prefix,
                            std::string_view key, const std::string& where) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) problems_.push_back({where, prefix + std::string(key), "is missing"});
        return value;
    }

    std::string need_text(const ConfigValue& table, std::string_view key,
                          const std::filesystem::path& path) {
        const ConfigValue* value = need(table, "", key, shown_path(path));
        return value == nullptr ? "" : check_.text(std::string(key), *value).value_or("");
    }

    void read_study(const ConfigValue& file) {
        check_.only(file, "", study_keys, "key of a study");
        study_.title = need_text(file, "title", path_);
        study_.question = need_text(file, "question", path_);
        baseline_path_ = beside(need_text(file, "baseline", path_));
        allies_path_ = beside(need_text(file, "allies", path_));
        read_variants(file);
        const ConfigValue* run = need(file, "", "run", shown_path(path_));
        if (run != nullptr && check_.table("run", *run)) read_run(*run);
    }

    void read_variants(const ConfigValue& file) {
        variants_.emplace(regime_files(regime_folder()), problems_);
        if (const ConfigValue* section = file.find("variants")) variants_->declare(*section);
        const ConfigValue* name = file.find("claims");
        if (name == nullptr) return;
        const auto claims = check_.text("claims", *name);
        if (claims) claims_ = open(beside(*claims));
        if (!claims_) return;
        if (const ConfigValue* section = claims_->find("variants")) variants_->declare(*section);
        claimed_ = read_claims(*claims_, variants_->names(), check_);
    }

    /// A key of `run` that a study without claims must have.
    const ConfigValue* need_without_claims(const ConfigValue& run, std::string_view key) {
        return claimed_.empty() ? need(run, "run.", key, run.where) : run.find(key);
    }

    std::filesystem::path beside(const std::string& name) const {
        return name.empty() ? std::filesystem::path() : path_.parent_path() / name;
    }

    void read_run(const ConfigValue& run) {
        check_.only(run, "run.", run_keys, "key of run");
        const auto number = [&](std::string_view key, std::int64_t low, std::int64_t high,
                                std::int64_t otherwise) {
            const ConfigValue* value = need(run, "run.", key, run.where);
            if (value == nullptr) return otherwise;
            return check_.whole("run." + std::string(key), *value, low, high).value_or(otherwise);
        };
        // What stands in for a wrong number breaks no rule with the others.
        RunSettings& settings = study_.run;
        settings.replications =
            static_cast<std::uint64_t>(number("replications", 1, most_replications, 1));
        settings.seed = static_cast<std::uint64_t>(
            number("seed", 0, std::numeric_limits<std::int64_t>::max(), 0));
        settings.horizon =
            static_cast<std::int32_t>(number("horizon", 1, longest_horizon, longest_horizon));
        settings.checkpoints = static_cast<int>(number("checkpoints", 1, most_checkpoints, 1));
        if (const ConfigValue* value = need(run, "run.", "histories", run.where)) {
            settings.histories = check_.boolean("run.histories", *value).value_or(false);
        }
        if (const ConfigValue* list = need_without_claims(run, "regimes")) {
            if (!list->is(Kind::list) || list->items.empty()) {
                check_.refuse("run.regimes", *list, "must be a list of at least one regime");
            } else if (overrides_.regimes.empty()) {
                settings.regimes = read_regimes(list->items, variants_->names(), check_);
            }
        }
        if (const ConfigValue* value = need_without_claims(run, "reference")) {
            settings.reference = check_.text("run.reference", *value).value_or("");
            reference_where_ = value->where;
        }
        if (!claimed_.empty()) complete_by_claims(claimed_, run, overrides_.regimes, settings);
        apply_overrides();
        if (const ConfigValue* value = run.find("references")) {
            settings.references =
                read_references(*value, settings.regimes, !overrides_.regimes.empty(), check_);
        }
    }

    void apply_overrides() {
        const auto given = [](const std::string& option, const std::string& text) {
            return parse_argument(text, option);
        };
        RunSettings& settings = study_.run;
        if (overrides_.replications) {
            const auto value = given("--replications", std::to_string(*overrides_.replications));
            if (check_.whole("replications", value, 1, most_replications)) {
                settings.replications = *overrides_.replications;
            }
        }
        if (overrides_.seed) {
            const auto value = given("--seed", std::to_string(*overrides_.seed));
            if (check_.whole("seed", value, 0, std::numeric_limits<std::int64_t>::max())) {
                settings.seed = *overrides_.seed;
            }
        }
        if (overrides_.horizon) {
            const auto value = given("--horizon", std::to_string(*overrides_.horizon));
            if (check_.whole("horizon", value, 1, longest_horizon)) {
                settings.horizon = *overrides_.horizon;
            }
        }
        if (overrides_.histories) settings.histories = *overrides_.histories;
        if (!overrides_.regimes.empty()) {
            std::vector<ConfigValue> regimes;
            for (const std::string& name : overrides_.regimes) {
                regimes.push_back(parse_argument(name, "--regime"));
            }
            settings.regimes = read_regimes(regimes, variants_->names(), check_);
        }
        check_run();
    }

    void check_run() {
        RunSettings& settings = study_.run;
        if (settings.checkpoints > settings.horizon) {
            problems_.push_back(
                {shown_path(path_), "run.checkpoints = " + std::to_string(settings.checkpoints),
                 "must be at most run.horizon = " + std::to_string(settings.horizon)});
            settings.checkpoints = 1;
        }
        if (settings.histories && settings.replications > most_histories) {
            problems_.push_back(
                {shown_path(path_), "replications = " + std::to_string(settings.replications),
                 "must be at most " + std::to_string(most_histories) + " if histories are kept"});
        }
        const auto& names = settings.regimes;
        const bool listed_reference =
            std::find(names.begin(), names.end(), settings.reference) != names.end();
        if (listed_reference || settings.reference.empty() || names.empty()) return;
        if (!overrides_.regimes.empty()) {
            // The command line picks a few regimes; the first is then what the others are held to.
            settings.reference = names.front();
            return;
        }
        problems_.push_back({reference_where_, "run.reference = \"" + settings.reference + "\"",
                             "must be one of run.regimes"});
    }

    std::filesystem::path regime_folder() const { return baseline_path_.parent_path() / "regimes"; }

    void read_world(const ConfigValue& study) {
        const std::size_t before = problems_.size();
        Baseline baseline;
        bool complete = false;
        if (!baseline_path_.empty()) {
            if (const auto file = open(baseline_path_)) {
                baseline = read_baseline(*file, baseline_path_, problems_);
                complete = true;
            }
        }
        Allies allies;
        if (!allies_path_.empty()) {
            std::string text;
            allies = read_allies(allies_path_, text, problems_);
            add_heading(shown_path(allies_path_), text);
        }
        if (!complete) return;
        const bool sound = problems_.size() == before;
        if (!read_regimes_of_run(baseline, allies)) return;
        Layers layers(std::move(baseline), allies, bases_, problems_);
        for (std::size_t base = 0; base < bases_.size(); ++base) read_regime(layers, base);
        read_settings(study, layers);
        read_arguments(layers);
        layers.resolve_ties();
        // Rules between fields mean nothing where the fields themselves could not be read.
        if (sound) layers.check_rules(shown_path(path_));
        study_.parameters = layers.entries();
        study_.bases = layers.take_scenarios();
        // Nor can be said what varies.
        if (!sound) return;
        derive();
        read_design_section(study);
        check_variants_over_design(study_, problems_);
    }

    /// Reads all variants, of which those that are not run have no mistakes either. False if one of
    /// the run is derived from no regime.
    bool read_regimes_of_run(const Baseline& baseline, const Allies& allies) {
        const std::vector<std::string>& run = study_.run.regimes;
        for (const std::string& name : variants_->declared()) {
            if (std::find(run.begin(), run.end(), name) != run.end()) continue;
            variants_->read(name, baseline.entries, allies);
        }
        bool derived = true;
        for (const std::string& name : run) {
            study_.variants.push_back(variants_->read(name, baseline.entries, allies));
            const std::string& base = study_.variants.back().regime;
            derived = derived && !base.empty();
            if (!base_index(base)) bases_.push_back(base);
        }
        return derived;
    }

    /// Makes the regimes of the run. What is wrong with one that has a file is known already.
    void derive() {
        study_.scenarios = derived_scenarios(study_, study_.bases, problems_);
        for (std::size_t regime = 0; regime < study_.scenarios.size(); ++regime) {
            if (study_.variants[regime].where.empty()) continue;
            for (Problem problem : problems(study_.scenarios[regime])) {
                problem.where = study_.variants[regime].where;
                problem.what = study_.variants[regime].name + ":" + problem.what;
                problems_.push_back(std::move(problem));
            }
        }
    }

    void read_design_section(const ConfigValue& study) {
        const ConfigValue* section = study.find("design");
        if (section == nullptr) return;
        std::vector<std::string> elsewhere;
        if (!overrides_.regimes.empty()) elsewhere = variants_->files();
        ReadDesign read = read_design(
            *section, {path_.parent_path(), study_.parameters, bases_, elsewhere, study_.run.seed},
            problems_);
        if (!read.table_path.empty()) add_heading(shown_path(read.table_path), read.table);
        study_.design = std::move(read.design);
    }

    void read_regime(Layers& layers, std::size_t regime) {
        const auto path = regime_folder() / (bases_[regime] + ".toml");
        set_time(layers.scenario(regime));
        auto file = open(path);
        if (!file) return;
        layers.scenario(regime).title = need_text(*file, "title", path);
        need_text(*file, "summary", path);
        auto& members = file->members;
        members.erase(std::remove_if(members.begin(), members.end(),
                                     [](const auto& member) {
                                         return member.key == "title" || member.key == "summary";
                                     }),
                      members.end());
        layers.apply(*file, "", regime);
    }

    void set_time(Scenario& scenario) const {
        scenario.horizon = study_.run.horizon;
        const std::int64_t steps = study_.run.checkpoints;
        for (std::int64_t step = 1; step <= steps; ++step) {
            const std::int64_t day = (step * study_.run.horizon * 2 + steps) / (steps * 2);
            scenario.checkpoints.push_back(static_cast<std::int32_t>(day));
        }
    }

    std::optional<std::size_t> base_index(std::string_view name) const {
        const auto found = std::find(bases_.begin(), bases_.end(), name);
        if (found == bases_.end()) return std::nullopt;
        return static_cast<std::size_t>(found - bases_.begin());
    }

    void read_settings(const ConfigValue& study, Layers& layers) {
        const ConfigValue* all = study.find("set");
        if (all != nullptr && check_.table("set", *all)) layers.apply(*all, "", std::nullopt);
        const ConfigValue* single = study.find("regime");
        if (single == nullptr || !check_.table("regime", *single)) return;
        const std::vector<std::string>& files = variants_->files();
        const std::vector<std::string_view> known(files.begin(), files.end());
        for (const auto& [name, section] : single->members) {
            if (const auto regime = base_index(name)) {
                if (check_.table("regime." + name, section)) layers.apply(section, "", regime);
            } else if (std::find(known.begin(), known.end(), name) == known.end()) {
                problems_.push_back({section.where, "regime." + name,
                                     "must be one of " + listed(known) + suggestion(name, known)});
            } else if (overrides_.regimes.empty()) {
                problems_.push_back(
                    {section.where, "regime." + name, "must be one of run.regimes"});
            }
        }
    }

    void read_arguments(Layers& layers) {
        std::string text;
        for (const auto& [key, value] : overrides_.set) {
            text.append(key).append(" = ").append(value).append("\n");
            const std::size_t colon = key.find(':');
            const ConfigValue given = parse_argument(value, "--set");
            if (colon == std::string::npos) {
                layers.set(key, given, std::nullopt, key);
            } else if (const auto regime = base_index(key.substr(0, colon))) {
                layers.set(key.substr(colon + 1), given, regime, key);
            } else {
                const std::vector<std::string_view> known(bases_.begin(), bases_.end());
                problems_.push_back({"--set", key,
                                     "must begin with one of the regimes to be run" +
                                         suggestion(key.substr(0, colon), known)});
            }
        }
        if (!text.empty()) add_heading("--set", text);
    }

    std::filesystem::path path_;
    const Overrides& overrides_;
    std::vector<Problem> problems_;
    ConfigCheck check_;
    Study study_;
    std::filesystem::path baseline_path_;
    std::filesystem::path allies_path_;
    std::string reference_where_;
    std::optional<VariantSections> variants_;
    std::optional<ConfigValue> claims_;
    std::vector<Claim> claimed_;
    std::vector<std::string> bases_;  ///< regimes with a file that are run or derived from
};

}  // namespace

Study load_study(const std::filesystem::path& study, const Overrides& overrides) {
    return StudyReader(study, overrides).read();
}

}  // namespace firebreak
