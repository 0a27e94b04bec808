#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/config.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// Where a number comes from: read in a source, calculated from found data, fitted to observations
/// by a calibration, from a bibliographic reference that was not checked again, or measured by
/// nobody.
inline constexpr std::array<std::string_view, 5> provenance_tags{"found", "computed", "calibrated",
                                                                 "memory", "assumed"};

/// The word of `known` nearest to `word` by edit distance, or empty if none is near.
std::string nearest(std::string_view word, std::span<const std::string_view> known);

/// `; did you mean X?`, or empty.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

/// `"a", "b", "c"`.
std::string listed(std::span<const std::string_view> words);

/// Why a value outside `entry`'s range is refused: `must be a probability between 0 and 1`.
std::string range_rule(const ParameterEntry& entry);

/// Reads values of a configuration and notes what is wrong with them. `name` is the full path
/// shown.
class ConfigCheck {
  public:
    explicit ConfigCheck(std::vector<Problem>& problems) : problems_(problems) {}

    /// Notes `name = value (why)` at the value's place.
    void refuse(const std::string& name, const ConfigValue& value, std::string why);

    /// Notes a key of `table` that is not in `known`. `prefix` goes before its name.
    void only(const ConfigValue& table, const std::string& prefix,
              std::span<const std::string_view> known, std::string_view kind);

    bool table(const std::string& name, const ConfigValue& value);
    std::optional<std::string> text(const std::string& name, const ConfigValue& value);
    std::optional<bool> boolean(const std::string& name, const ConfigValue& value);
    std::optional<double> finite(const std::string& name, const ConfigValue& value);
    std::optional<std::int64_t> whole(const std::string& name, const ConfigValue& value,
                                      std::int64_t low, std::int64_t high);
    /// A finite number within the entry's allowed range.
    std::optional<double> allowed(const std::string& name, const ConfigValue& value,
                                  const ParameterEntry& entry);
    /// A tie, `{ of = "capitals.reference_alignment", times = 0.5 }`.
    std::optional<Tie> tie(const std::string& name, const ConfigValue& value);
    /// The index of a word in `words`.
    std::optional<std::size_t> word(const std::string& name, const ConfigValue& value,
                                    std::span<const std::string_view> words);
    /// A prior within the entry's allowed range; a fixed one stands at the entry's value.
    std::optional<Prior> prior(const std::string& name, const ConfigValue& value,
                               const ParameterEntry& entry);

    std::vector<Problem>& problems() { return problems_; }

  private:
    std::vector<Problem>& problems_;
};

}  // namespace firebreak
