#include "io/comma_table.hpp"

#include <charconv>

namespace firebreak {
namespace {

constexpr std::string_view blanks = " \t\r";

}  // namespace

std::vector<std::string> comma_cells(std::string_view line) {
    std::vector<std::string> cells(1);
    for (const char letter : line) {
        if (letter == ',') {
            cells.emplace_back();
        } else {
            cells.back() += letter;
        }
    }
    for (std::string& cell : cells) {
        const auto first = cell.find_first_not_of(blanks);
        const auto last = cell.find_last_not_of(blanks);
        cell = first == std::string::npos ? "" : cell.substr(first, last - first + 1);
    }
    return cells;
}

bool is_idle_line(std::string_view line) {
    const auto first = line.find_first_not_of(blanks);
    return first == std::string_view::npos || line[first] == '#';
}

std::optional<double> cell_number(const std::string& cell) {
    double value = 0.0;
    const char* const end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, value);
    if (cell.empty() || error != std::errc() || stop != end) return std::nullopt;
    return value;
}

}  // namespace firebreak
