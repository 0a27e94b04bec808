#include "io/json.hpp"

#include <cmath>
#include <cstddef>

#include "base/number_text.hpp"

namespace firebreak {

std::string json_string(std::string_view value) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    std::string text = "\"";
    for (const char character : value) {
        const auto code = static_cast<unsigned char>(character);
        switch (character) {
            case '"':
                text += "\\\"";
                break;
            case '\\':
                text += "\\\\";
                break;
            case '\n':
                text += "\\n";
                break;
            case '\r':
                text += "\\r";
                break;
            case '\t':
                text += "\\t";
                break;
            default:
                if (code < 0x20) {
                    text += "\\u00";
                    text += hexadecimal[code >> 4U];
                    text += hexadecimal[code & 0xfU];
                } else {
                    text += character;
                }
        }
    }
    text += '"';
    return text;
}

JsonText& JsonText::key(std::string_view name) {
    separate();
    text_ += json_string(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

JsonText& JsonText::text(std::string_view value) { return literal(json_string(value)); }

JsonText& JsonText::number(double value) {
    return std::isfinite(value) ? literal(number_text(value)) : null();
}

JsonText& JsonText::literal(std::string_view value) {
    separate();
    text_ += value;
    return *this;
}

JsonText& JsonText::open(char bracket) {
    separate();
    text_ += bracket;
    ++depth_;
    first_ = true;
    return *this;
}

JsonText& JsonText::close(char bracket) {
    --depth_;
    if (!first_ && depth_ < broken_levels_) break_line();
    text_ += bracket;
    first_ = false;
    return *this;
}

/// What stands between the previous item and the next one.
void JsonText::separate() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (!first_) text_ += ',';
    if (depth_ > 0 && depth_ <= broken_levels_) {
        break_line();
    } else if (!first_) {
        text_ += ' ';
    }
    first_ = false;
}

void JsonText::break_line() {
    text_ += '\n';
    text_.append(static_cast<std::size_t>(depth_) * 2, ' ');
}

}  // namespace firebreak
