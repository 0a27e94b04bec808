#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace firebreak {

/// Builds one JSON text (RFC 8259). Calls come in the order of the text; `key` before each member
/// of an object. Outer levels are broken into lines, so that a list of records has one a line.
class JsonText {
  public:
    /// Levels of nesting that are broken into lines: 2 for an object of lists.
    explicit JsonText(int broken_levels = 2) : broken_levels_(broken_levels) {}

    JsonText& begin_object() { return open('{'); }

    JsonText& end_object() { return close('}'); }

    JsonText& begin_array() { return open('['); }

    JsonText& end_array() { return close(']'); }

    JsonText& key(std::string_view name);

    JsonText& text(std::string_view value);

    /// The shortest digits that read back as `value`; null if it is not finite.
    JsonText& number(double value);

    template <std::integral Integer>
    JsonText& integer(Integer value) {
        return literal(std::to_string(value));
    }

    JsonText& boolean(bool value) { return literal(value ? "true" : "false"); }

    JsonText& null() { return literal("null"); }

    /// What was built.
    const std::string& str() const { return text_; }

  private:
    JsonText& open(char bracket);
    JsonText& close(char bracket);
    JsonText& literal(std::string_view value);
    void separate();
    void break_line();

    std::string text_;
    int broken_levels_;
    int depth_ = 0;
    bool first_ = true;       ///< nothing yet in this object or array
    bool after_key_ = false;  ///< a member's value is due
};

/// `value` as a JSON string, quotes included; UTF-8 passes through.
std::string json_string(std::string_view value);

}  // namespace firebreak
