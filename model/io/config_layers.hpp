#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/config.hpp"
#include "io/config_baseline.hpp"
#include "io/config_check.hpp"

namespace firebreak {

/// One scenario per regime, built up layer by layer: baseline, regime file, study, command line.
/// Remembers where each value came from, so that a broken rule is reported at its last cause.
class Layers {
  public:
    Layers(Baseline baseline, const Allies& allies, const std::vector<std::string>& regimes,
           std::vector<Problem>& problems);

    /// Applies every setting below `section` to one regime or, without one, to all.
    void apply(const ConfigValue& section, const std::string& prefix,
               std::optional<std::size_t> regime);

    /// Sets one path. `name` is the path as shown in messages.
    void set(const std::string& path, const ConfigValue& value, std::optional<std::size_t> regime,
             const std::string& name);

    Scenario& scenario(std::size_t regime) { return scenarios_[regime]; }

    /// Gives every tied number its value, once all layers are applied.
    void resolve_ties();

    /// Notes the rules between fields that the scenarios break, each once.
    void check_rules(const std::string& fallback);

    std::vector<Scenario> take_scenarios() { return std::move(scenarios_); }

    /// The baseline's entries and then the regimes' own.
    std::vector<ParameterEntry> entries() const;

  private:
    struct Origin {
        int order;
        std::string where;
    };

    std::vector<std::size_t> targets(std::optional<std::size_t> regime) const;
    void note_origin(const std::string& path, const std::string& where,
                     std::optional<std::size_t> regime);
    void set_number(const std::string& path, const ConfigValue& value,
                    std::optional<std::size_t> regime, const std::string& name);
    void set_alignment(const ConfigValue& value, std::optional<std::size_t> regime,
                       const std::string& name);
    void set_word(const std::string& path, const ConfigValue& value,
                  std::optional<std::size_t> regime, const std::string& name);
    void keep(ParameterEntry entry, std::optional<std::size_t> regime);
    /// Gives `entry` the number or tie that `value` is; false, and a problem, if it is neither.
    bool take(ParameterEntry& entry, const ConfigValue& value, const std::string& name);
    /// The entry of `path` that holds for a regime.
    const ParameterEntry& entry_for(std::size_t regime, const std::string& path) const;
    /// The place of the last change to any path that `text` names.
    std::string cause(std::size_t regime, const std::string& text,
                      const std::string& fallback) const;

    ConfigCheck check_;
    std::vector<ParameterEntry> entries_;
    std::vector<std::map<std::string, ParameterEntry>> own_;  ///< by regime and path
    std::vector<Scenario> scenarios_;
    std::vector<std::map<std::string, Origin>> origins_;  ///< by regime and path
    int order_ = 0;
};

}  // namespace firebreak
