#pragma once

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

/// The number that a whole cell is, or nullopt. Can be infinite or no number in the sense of NaN.
std::optional<double> cell_number(const std::string& cell);

}  // namespace firebreak
