#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace firebreak {

/// The cells of a line of comma-separated text, without the blanks around them. Quotes mean
/// nothing.
std::vector<std::string> comma_cells(std::string_view line);

/// Whether a line of a table says nothing: blank, or a comment that begins with #.
bool is_idle_line(std::string_view line);

/// Hands the lines of a table that say something to `visit`: their number and their cells.
void for_each_row(const std::string& text,
                  const std::function<void(int line, std::vector<std::string> cells)>& visit);

/// The number that a whole cell is, or nullopt. Can be infinite or no number in the sense of NaN.
std::optional<double> cell_number(const std::string& cell);

/// A text as the cell of a table to be written, in quotes if it must be (RFC 4180).
std::string text_cell(const std::string& text);

/// A number as the cell of a table to be written; `NA` if it is none.
std::string number_cell(double value);

}  // namespace firebreak
