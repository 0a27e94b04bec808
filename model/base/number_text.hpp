#pragma once

#include <charconv>
#include <cmath>
#include <string>

namespace firebreak {

/// The shortest text that reads back as `value`; whole numbers without exponent up to 10^15.
inline std::string number_text(double value) {
    char text[64];
    const bool plain = std::abs(value) < 1e15 && value == std::trunc(value);
    const auto end = plain
                         ? std::to_chars(text, text + sizeof text, value, std::chars_format::fixed)
                         : std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

/// The same for a sum, without the rounding errors of its terms: nine decimals.
inline std::string sum_text(double sum) {
    return number_text(std::isfinite(sum) ? std::round(sum * 1e9) / 1e9 : sum);
}

}  // namespace firebreak
