#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace firebreak {

struct ConfigMember;

/// A value in a configuration file, with the place where it stands.
struct ConfigValue {
    enum class Kind : std::uint8_t { table, list, text, number, boolean, other };

    Kind kind = Kind::other;
    std::string where;                  ///< `configs/x.toml:14`
    std::string text;                   ///< kind text: itself
    double number{};                    ///< kind number
    std::optional<std::int64_t> whole;  ///< kind number without fraction or exponent: exact
    bool boolean{};                     ///< kind boolean
    std::vector<ConfigValue> items;     ///< kind list
    std::vector<ConfigMember> members;  ///< kind table, as in the file

    bool is(Kind wanted) const { return kind == wanted; }

    /// The member named `name` of a table, or nullptr.
    const ConfigValue* find(std::string_view name) const;

    /// As written in a message: 1.3, "never", [0, 1], true, a table.
    std::string shown() const;
};

/// One line of a table.
struct ConfigMember {
    std::string key;
    ConfigValue value;
};

/// A path as shown to the user: relative parts resolved, never made absolute.
std::string shown_path(const std::filesystem::path& path);

/// The whole text of a file without its byte-order mark; nullopt and a problem if it has none.
std::optional<std::string> read_text(const std::filesystem::path& path,
                                     std::vector<Problem>& problems);

/// Parses TOML `text` that came from `path`; nullopt and a problem if it is not TOML.
std::optional<ConfigValue> parse_toml(const std::string& text, const std::filesystem::path& path,
                                      std::vector<Problem>& problems);

/// A value given on the command line: a number, a word, or several with commas between them.
ConfigValue parse_argument(const std::string& text, const std::string& where);

}  // namespace firebreak
