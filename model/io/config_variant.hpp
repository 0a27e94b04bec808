#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "io/config.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// The sections `[variants.NAME]` of a study and of what it names. Notes every problem.
class VariantSections {
  public:
    /// `files`: names of the regimes that have a file.
    VariantSections(std::vector<std::string> files, std::vector<Problem>& problems)
        : files_(std::move(files)), check_(problems) {}

    /// Takes the variants of a section. Their settings are read later; `section` must live on.
    void declare(const ConfigValue& section);

    /// Names of all regimes: those with a file, then the variants.
    std::vector<std::string_view> names() const;

    const std::vector<std::string>& files() const { return files_; }

    /// Names of the variants.
    const std::vector<std::string>& declared() const { return order_; }

    /// The regime with a file that `name` is or is derived from.
    std::string regime_of(const std::string& name) const;

    /// The variant `name` with its settings, or a regime with a file as a variant that changes
    /// nothing.
    Variant read(const std::string& name, std::span<const ParameterEntry> entries,
                 const Allies& allies);

  private:
    struct Section {
        std::string regime;
        std::string title;
        const ConfigValue* set = nullptr;
        std::string where;
    };

    void apply(const ConfigValue& table, const std::string& prefix, Variant& variant,
               std::span<const ParameterEntry> entries, const Allies& allies);
    void set_number(const std::string& path, const ConfigValue& value, Variant& variant,
                    std::span<const ParameterEntry> entries);
    void set_alignment(const ConfigValue& value, Variant& variant,
                       std::span<const ParameterEntry> entries);

    std::vector<std::string> files_;
    ConfigCheck check_;
    std::vector<std::string> order_;
    std::map<std::string, Section> sections_;
};

/// The scenarios of a study's regimes, in the order of `run.regimes`, from those of `bases`. Notes
/// numbers that come out of their range, and then leaves them as they were.
std::vector<Scenario> derived_scenarios(const Study& study, std::span<const Scenario> bases,
                                        std::vector<Problem>& problems);

/// Notes the changes that must leave the allowed range somewhere within the design.
void check_variants_over_design(const Study& study, std::vector<Problem>& problems);

}  // namespace firebreak
