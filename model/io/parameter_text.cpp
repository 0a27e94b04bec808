#include "io/parameter_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/number_text.hpp"

namespace firebreak {
namespace {

/// `line` of `line.immigrant_rate`, `ladder.alert` of `ladder.alert.escalate`.
std::string_view section_of(std::string_view path) { return path.substr(0, path.rfind('.')); }

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('.') + 1); }

/// Whether the entry is a regime's own, such as `neutrality:commitment.armament`.
bool is_own(const ParameterEntry& entry) { return entry.path.find(':') != std::string::npos; }

std::string range_text(double low, double high) {
    return number_text(low) + " to " + number_text(high);
}

/// How an entry is spread when it is varied, or what it follows.
std::string spread_text(const ParameterEntry& entry) {
    if (!entry.tie) return prior_text(entry.prior);
    return number_text(entry.tie->times) + " x " + entry.tie->of;
}

/// Text that cannot end a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        if (letter == '|') safe += '\\';
        safe += letter == '\n' ? ' ' : letter;
    }
    return safe;
}

constexpr std::string_view preface =
    "# Parameters\n\n"
    "Written by the program from `configs/baseline.toml`; do not edit. Every parameter of the\n"
    "model: its value at the baseline, the range that is accepted, the prior that sweeps vary\n"
    "it by, and where it comes from. `found`: read in the source named. `computed`:\n"
    "calculated from found data. `calibrated`: the median of a posterior\n"
    "(docs/calibration.md). `memory`: from a bibliographic reference, not checked again.\n"
    "`assumed`: a choice, never presented as evidence; a figure it was held against is named\n"
    "as a range check. A utility is a log-hazard unit. What a regime sets beyond numbers\n"
    "(timing, rule, protectors, sectors) stands in `configs/regimes`.\n";

constexpr std::string_view table_head =
    "| name | value | unit | allowed | prior | tag | meaning | source |\n"
    "|---|---|---|---|---|---|---|---|\n";

}  // namespace

std::string prior_text(const Prior& prior) {
    std::string name(distribution_names[static_cast<std::size_t>(prior.distribution)]);
    if (prior.distribution == Distribution::fixed) return name;
    return name + " " + range_text(prior.low, prior.high);
}

std::string parameter_table_markdown(std::span<const ParameterEntry> parameters) {
    std::string page(preface);
    std::string_view section;
    for (const ParameterEntry& entry : parameters) {
        if (is_own(entry)) continue;
        if (section_of(entry.path) != section) {
            section = section_of(entry.path);
            page.append("\n## ").append(section).append("\n\n").append(table_head);
        }
        page.append("| `").append(name_of(entry.path)).append("` | ");
        page += number_text(entry.value) + " | " + cell(entry.unit) + " | " +
                range_text(entry.allowed_low, entry.allowed_high) + " | " + spread_text(entry) +
                " | " + entry.tag + " | " + cell(entry.meaning) + " | " + cell(entry.source) +
                " |\n";
    }
    return page;
}

std::string parameter_table_text(std::span<const ParameterEntry> parameters) {
    constexpr std::size_t columns = 5;
    std::vector<std::array<std::string, columns>> rows;
    std::array<std::size_t, columns> widths{};
    for (const ParameterEntry& entry : parameters) {
        rows.push_back(
            {entry.path, number_text(entry.value), entry.unit, spread_text(entry), entry.tag});
        for (std::size_t column = 0; column < columns; ++column) {
            widths[column] = std::max(widths[column], rows.back()[column].size());
        }
    }
    std::string table;
    std::string_view section;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (section_of(parameters[row].path) != section) {
            section = section_of(parameters[row].path);
            if (!table.empty()) table += '\n';
        }
        for (std::size_t column = 0; column < columns; ++column) {
            const std::string& text = rows[row][column];
            table += text;
            if (column + 1 < columns) table.append(widths[column] - text.size() + 2, ' ');
        }
        table += "\n    " + parameters[row].meaning + "\n";
    }
    return table;
}

}  // namespace firebreak
