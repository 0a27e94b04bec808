#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace firebreak {

/// Columns a text takes on a terminal: code points, without combining marks.
std::size_t text_width(std::string_view text);

/// A table as plain text: first column to the left, the others to the right, two blanks between
/// them, a line under the heading. Rows have as many cells as the heading.
std::string aligned_table(const std::vector<std::string>& heading,
                          const std::vector<std::vector<std::string>>& rows);

/// A table cut into blocks that fit a terminal, each with the first column.
std::string table_blocks(const std::vector<std::string>& heading,
                         const std::vector<std::vector<std::string>>& rows);

/// Breaks a sentence into lines of a terminal's width.
std::string wrapped(std::string_view sentence);

}  // namespace firebreak
