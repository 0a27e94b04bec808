#include "io/text_table.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace firebreak {

namespace {

constexpr std::size_t most_columns = 100;

}  // namespace

std::size_t text_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool continues = (byte & 0xC0U) == 0x80U;
        // U+0300 to U+036F, the combining marks: 0xCC 0x80 to 0xCD 0xAF.
        const bool combines = byte == 0xCCU || (byte == 0xCDU && i + 1 < text.size() &&
                                                static_cast<unsigned char>(text[i + 1]) <= 0xAFU);
        width += !continues && !combines;
    }
    return width;
}

std::string aligned_table(const std::vector<std::string>& heading,
                          const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const std::string& name : heading) widths.push_back(text_width(name));
    for (const auto& row : rows) {
        EXPECT(row.size() == heading.size(), "a row has a cell per column");
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], text_width(row[column]));
        }
    }
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            const std::string blanks(widths[column] - text_width(cells[column]), ' ');
            text += column == 0 ? cells[column] + blanks : "  " + blanks + cells[column];
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text + "\n";
    };
    std::size_t total = 0;
    for (const std::size_t width : widths) total += width + 2;
    std::string text = line(heading) + std::string(total > 2 ? total - 2 : 0, '-') + "\n";
    for (const auto& row : rows) text += line(row);
    return text;
}

std::string table_blocks(const std::vector<std::string>& names,
                         const std::vector<std::vector<std::string>>& rows) {
    const auto width_of = [&](std::size_t column) {
        std::size_t width = text_width(names[column]);
        for (const auto& row : rows) width = std::max(width, text_width(row[column]));
        return width;
    };
    std::string text;
    for (std::size_t begin = 1; begin < names.size();) {
        std::size_t width = width_of(0);
        std::size_t end = begin;
        while (end < names.size() && (end == begin || width + 2 + width_of(end) <= most_columns)) {
            width += 2 + width_of(end++);
        }
        const auto cut = [&](const std::vector<std::string>& row) {
            std::vector<std::string> cells{row.front()};
            cells.insert(cells.end(), row.begin() + static_cast<std::ptrdiff_t>(begin),
                         row.begin() + static_cast<std::ptrdiff_t>(end));
            return cells;
        };
        std::vector<std::vector<std::string>> cut_rows;
        for (const auto& row : rows) cut_rows.push_back(cut(row));
        if (begin > 1) text += "\n";
        text += aligned_table(cut(names), cut_rows);
        begin = end;
    }
    return text;
}

std::string wrapped(std::string_view sentence) {
    std::string text;
    std::size_t column = 0;
    while (!sentence.empty()) {
        const std::size_t end = std::min(sentence.find(' '), sentence.size());
        const std::string_view word = sentence.substr(0, end);
        const std::size_t width = text_width(word);
        if (column > 0 && column + 1 + width > most_columns) {
            text += '\n';
            column = 0;
        } else if (column > 0) {
            text += ' ';
            ++column;
        }
        text += word;
        column += width;
        sentence.remove_prefix(std::min(end + 1, sentence.size()));
    }
    return text + "\n";
}

}  // namespace firebreak
