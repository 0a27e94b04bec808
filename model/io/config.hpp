#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "ensemble/design.hpp"
#include "regime/prior.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// A number that follows another one of the same scenario.
struct Tie {
    std::string of;      ///< path of the parameter that it follows
    double times = 1.0;  ///< factor on it [x]
};

/// A parameter as documented in `configs/baseline.toml`, or a regime's own value of one.
struct ParameterEntry {
    std::string
        path;  ///< `line.immigrant_rate`; a regime's own is `neutrality:commitment.armament`
    std::string unit;     ///< such as `1/d`, `probability`, `utility`
    std::string meaning;  ///< one line
    std::string source;   ///< where the number comes from
    std::string tag;      ///< found, computed, calibrated, memory or assumed
    double value{};
    double allowed_low{};   ///< hard range, inclusive
    double allowed_high{};  ///< hard range, inclusive
    Prior prior;
    std::string where;       ///< file and line
    std::optional<Tie> tie;  ///< if given, `value` is the tie's at the baseline
};

/// What is to be run.
struct RunSettings {
    std::uint64_t replications{};         ///< histories per regime
    std::uint64_t seed{};                 ///< below 2^63
    std::int32_t horizon{};               ///< [d]
    int checkpoints{};                    ///< equal steps to the horizon
    std::vector<std::string> regimes;     ///< in the order of the results
    std::string reference;                ///< regime that tables show differences from
    std::vector<std::string> references;  ///< regimes that paired differences are taken against
    bool histories{};                     ///< store the first day of every outcome of every history
};

/// One number that a variant has otherwise: `times` x what its regime has at `of`, plus `plus`.
struct VariantChange {
    std::string path;
    std::string of;  ///< `path` itself unless another one is named
    double times = 1.0;
    double plus = 0.0;
    std::string where;  ///< file and line
};

/// A regime as run: one with a file, or one derived from it. What a variant changes, it changes
/// after the design's factors and all ties have given its regime their values.
struct Variant {
    std::string name;
    std::string regime;                  ///< the one with a file
    std::string title;                   ///< empty: that of the regime
    std::vector<VariantChange> changes;  ///< empty, with `words`: the regime itself
    std::vector<std::string> words;      ///< paths of the choices that are no numbers
    Commitment worded;                   ///< holds those choices
    std::string where;                   ///< file and line
};

/// A study as read: the world at the baseline, once per regime, what varies, and what to run.
struct Study {
    std::string title;
    std::string question;
    RunSettings run;
    /// The baseline's entries in the order of `parameter_fields()`, then the own ones of `bases`.
    /// An entry of the baseline holds for every regime that has none of its own for the same path.
    std::vector<ParameterEntry> parameters;
    std::vector<Scenario> bases;      ///< the regimes with a file that any is derived from
    std::vector<Variant> variants;    ///< one per regime, in the order of `run.regimes`
    std::vector<Scenario> scenarios;  ///< the same at the baseline
    Design design;                    ///< without a section [design]: the baseline alone
    std::string configuration;        ///< all texts as read, with headings
};

/// What the command line changes in a study. Applied last; `set` in order.
struct Overrides {
    std::optional<std::uint64_t> replications;
    std::optional<std::uint64_t> seed;
    std::optional<std::int32_t> horizon;
    std::optional<bool> histories;
    std::vector<std::string> regimes;  ///< replaces the study's list; empty: keeps it
    /// `line.immigrant_rate` for all regimes, `neutrality:commitment.armament` for one; the value
    /// as text (number, word, or list with commas).
    std::vector<std::pair<std::string, std::string>> set;
};

/// Reads a study, its baseline, its allies and its regimes. Throws InputError with every problem.
Study load_study(const std::filesystem::path& study, const Overrides& overrides = {});

/// Reads a baseline file alone. Throws InputError with every problem.
std::vector<ParameterEntry> load_parameters(const std::filesystem::path& baseline);

}  // namespace firebreak
