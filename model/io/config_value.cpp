#include "io/config_value.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include <toml++/toml.h>

#include "base/number_text.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

std::string place(const std::string& path, const toml::source_region& source) {
    return source.begin.line == 0 ? path : path + ":" + std::to_string(source.begin.line);
}

ConfigValue convert(const toml::node& node, const std::string& path) {
    ConfigValue value;
    value.where = place(path, node.source());
    if (const toml::table* table = node.as_table()) {
        value.kind = Kind::table;
        std::vector<std::pair<toml::source_position, ConfigMember>> rows;
        for (const auto& [key, member] : *table) {
            ConfigMember row{std::string(key.str()), convert(member, path)};
            // A table's own place is its first bracket; a value is shown at its key.
            row.value.where = place(path, key.source());
            rows.emplace_back(key.source().begin, std::move(row));
        }
        // The library sorts keys by name; messages follow the file.
        std::stable_sort(rows.begin(), rows.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& row : rows) value.members.push_back(std::move(row.second));
    } else if (const toml::array* array = node.as_array()) {
        value.kind = Kind::list;
        for (const toml::node& item : *array) value.items.push_back(convert(item, path));
    } else if (const auto* text = node.as_string()) {
        value.kind = Kind::text;
        value.text = text->get();
    } else if (const auto* whole = node.as_integer()) {
        value.kind = Kind::number;
        value.whole = whole->get();
        value.number = static_cast<double>(whole->get());
    } else if (const auto* number = node.as_floating_point()) {
        value.kind = Kind::number;
        value.number = number->get();
    } else if (const auto* boolean = node.as_boolean()) {
        value.kind = Kind::boolean;
        value.boolean = boolean->get();
    }
    return value;
}

ConfigValue parse_item(std::string_view text, const std::string& where) {
    ConfigValue value;
    value.where = where;
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [stop, error] = std::from_chars(text.data(), end, whole);
        error == std::errc() && stop == end) {
        value.kind = Kind::number;
        value.whole = whole;
        value.number = static_cast<double>(whole);
        return value;
    }
    if (const auto [stop, error] = std::from_chars(text.data(), end, value.number);
        error == std::errc() && stop == end) {
        value.kind = Kind::number;
        return value;
    }
    value.kind = Kind::text;
    value.text = text;
    return value;
}

}  // namespace

const ConfigValue* ConfigValue::find(std::string_view name) const {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [name](const auto& member) { return member.key == name; });
    return found == members.end() ? nullptr : &found->value;
}

std::string ConfigValue::shown() const {
    switch (kind) {
        case Kind::table:
            return "a table";
        case Kind::text:
            return '"' + text + '"';
        case Kind::number:
            return whole ? std::to_string(*whole) : number_text(number);
        case Kind::boolean:
            return boolean ? "true" : "false";
        case Kind::other:
            return "a date or time";
        case Kind::list:
            break;
    }
    std::string list;
    for (const ConfigValue& item : items) list += (list.empty() ? "" : ", ") + item.shown();
    return "[" + list + "]";
}

std::string shown_path(const std::filesystem::path& path) {
    return path.lexically_normal().generic_string();
}

std::optional<std::string> read_text(const std::filesystem::path& path,
                                     std::vector<Problem>& problems) {
    const auto refuse = [&](std::string what, std::string why) {
        problems.push_back({shown_path(path), std::move(what), std::move(why)});
        return std::nullopt;
    };
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) return refuse("no such file", "");
    if (std::filesystem::is_directory(status)) return refuse("is a folder", "must be a file");
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) return refuse("cannot be read", "");
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.rfind(byte_order_mark, 0) == 0) text.erase(0, byte_order_mark.size());
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return refuse("is empty", "");
    return text;
}

std::optional<ConfigValue> parse_toml(const std::string& text, const std::filesystem::path& path,
                                      std::vector<Problem>& problems) {
    const std::string name = shown_path(path);
    try {
        return convert(toml::parse(text, name), name);
    } catch (const toml::parse_error& error) {
        problems.push_back(
            {place(name, error.source()), std::string(error.description()), "must be valid TOML"});
        return std::nullopt;
    }
}

ConfigValue parse_argument(const std::string& text, const std::string& where) {
    if (text.find(',') == std::string::npos) return parse_item(text, where);
    ConfigValue list;
    list.kind = Kind::list;
    list.where = where;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        list.items.push_back(parse_item(part, where));
    }
    return list;
}

}  // namespace firebreak
