#include "io/comma_table.hpp"

#include <charconv>
#include <cmath>
#include <sstream>

#include "base/number_text.hpp"

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

void for_each_row(const std::string& text,
                  const std::function<void(int line, std::vector<std::string> cells)>& visit) {
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (!is_idle_line(line)) visit(number, comma_cells(line));
    }
}

std::optional<double> cell_number(const std::string& cell) {
    double value = 0.0;
    const char* const end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, value);
    if (cell.empty() || error != std::errc() || stop != end) return std::nullopt;
    return value;
}

std::string text_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += letter;
        quoted += letter;
    }
    return quoted + "\"";
}

std::string number_cell(double value) { return std::isnan(value) ? "NA" : number_text(value); }

}  // namespace firebreak
