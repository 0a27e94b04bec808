#include "io/dated_log.hpp"

#include <array>
#include <utility>

namespace firebreak {
namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t margin_columns = 11;  // "Y10-03-02" and two spaces
constexpr std::size_t hanging = 2;

constexpr std::int32_t days_per_calendar_year = 365;
constexpr std::array<std::int32_t, 12> month_days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

std::string two_digits(std::int32_t number) {
    std::string text(number < 10 ? "0" : "");
    text += std::to_string(number);
    return text;
}

/// Columns that a text takes: bytes of UTF-8 that do not continue a character.
std::size_t width(std::string_view text) {
    std::size_t count = 0;
    for (const char character : text) {
        if ((static_cast<unsigned char>(character) & 0xc0U) != 0x80U) ++count;
    }
    return count;
}

}  // namespace

std::string date_text(std::int32_t day) {
    std::int32_t rest = day % days_per_calendar_year;
    std::int32_t month = 1;
    for (const std::int32_t days : month_days) {
        if (rest < days) break;
        rest -= days;
        ++month;
    }
    std::string text = "Y";
    text += std::to_string(day / days_per_calendar_year + 1);
    text.append("-").append(two_digits(month));
    text.append("-").append(two_digits(rest + 1));
    return text;
}

void DatedLog::entry(std::int32_t day, std::string_view text) {
    std::string date = date_text(day);
    if (date.size() < margin_columns) date.resize(margin_columns, ' ');
    wrap(std::move(date), margin_columns + hanging, text);
}

void DatedLog::more(std::string_view text) {
    wrap(std::string(margin_columns + hanging, ' '), margin_columns + 2 * hanging, text);
}

void DatedLog::plain(std::string_view text) { wrap("", 0, text); }

/// Breaks `text` at spaces; lines after the first begin with `margin` spaces.
void DatedLog::wrap(std::string first_margin, std::size_t margin, std::string_view text) {
    std::string line = std::move(first_margin);
    bool empty = true;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        const std::string_view word = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (!empty && width(line) + 1 + width(word) > columns) {
            text_ += line + '\n';
            line.assign(margin, ' ');
            empty = true;
        }
        if (!empty) line += ' ';
        line += word;
        empty = false;
    }
    text_ += line + '\n';
}

}  // namespace firebreak
