#include "io/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "base/error.hpp"
#include "base/quantity.hpp"
#include "io/config_check.hpp"

namespace firebreak {
namespace {

constexpr std::size_t most_columns = 100;
const std::vector<std::string> principal_outcomes{"collapse", "clash", "general_war",
                                                  "nuclear_use"};

std::string decimal(double value, int decimals, bool with_sign) {
    char text[64];
    std::snprintf(text, sizeof text, with_sign ? "%+.*f" : "%.*f", decimals, value);
    return text;
}

/// Decimals that show two significant digits of a size [per cent or points].
int decimals_for(double size) {
    constexpr int most = 7;
    if (size <= 0.0) return 0;
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(size))), 0, most);
}

std::size_t position_of(const std::string& name, const std::vector<std::string>& known,
                        const std::string& kind) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    const std::vector<std::string_view> words(known.begin(), known.end());
    throw InputError(
        Problem{kind, "'" + name + "'", "the results hold: " + list + suggestion(name, words)});
}

std::string years_text(const Results& results) {
    const double years = results.days.back() / days_per_year;
    const std::string text = decimal(years, 1, false);
    return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string confidence_text(const Results& results) {
    return decimal(100.0 * results.intervals.confidence, 0, false) + " % interval";
}

std::string probability_cell(const Results& results, std::size_t regime, std::size_t outcome) {
    const std::array<std::size_t, 4> cell{0, regime, outcome, results.days.size() - 1};
    return interval_text(percent_text, results.probability.value[cell],
                         results.probability.low[cell], results.probability.high[cell]);
}

std::string difference_cell(const Results& results, std::size_t regime, std::size_t reference,
                            std::size_t outcome) {
    const std::array<std::size_t, 5> cell{0, regime, reference, outcome, results.days.size() - 1};
    return interval_text(points_text, results.difference.value[cell], results.difference.low[cell],
                         results.difference.high[cell]);
}

std::string gain_text(double variance_ratio) {
    if (std::isnan(variance_ratio)) return "-";
    return decimal(variance_ratio, variance_ratio < 10.0 ? 1 : 0, false) + "x";
}

/// Twelve digits of the commit, and whether files differed from it.
std::string short_commit(const std::string& commit) {
    const std::size_t mark = std::min(commit.find('+'), commit.size());
    return commit.substr(0, std::min<std::size_t>(mark, 12)) + commit.substr(mark);
}

std::string heading(const Results& results) {
    std::string text = results.provenance.title + "\n";
    if (!results.provenance.question.empty()) text += results.provenance.question + "\n";
    const auto& counts = results.replications.values();
    const auto [fewest, most] = std::minmax_element(counts.begin(), counts.end());
    text += std::to_string(*fewest);
    if (*most != *fewest) text += " to " + std::to_string(*most);
    text += " replications per regime, seed " + std::to_string(results.provenance.seed) +
            ", version " + results.provenance.version + ", commit " +
            short_commit(results.provenance.git_commit) + "\n";
    if (results.design_points.size() > 1) {
        text += "Design point " + std::to_string(results.design_points.front()) +
                ", the first of " + std::to_string(results.design_points.size()) + "\n";
    }
    return text;
}

/// Breaks a sentence into lines of a terminal's width.
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

/// A table cut into blocks that fit a terminal, each with the first column.
std::string blocks_of(const std::vector<std::string>& names,
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

std::string percent_text(double probability, int more_digits) {
    if (std::isnan(probability)) return "-";
    const double percent = 100.0 * probability;
    const double size = std::min(percent, 100.0 - percent);
    return decimal(percent, size > 0.0 ? decimals_for(size) + more_digits : 0, false);
}

std::string points_text(double difference, int more_digits) {
    if (std::isnan(difference)) return "-";
    const double points = 100.0 * difference;
    if (points == 0.0) return "0";
    return decimal(points, decimals_for(std::abs(points)) + more_digits, true);
}

std::string interval_text(NumberText text, double value, double low, double high) {
    constexpr int most = 2;
    const auto differs = [&](double end, int more) { return text(end, more) != text(value, more); };
    int more = 0;
    while (more < most && (differs(low, more) != differs(low, most) ||
                           differs(high, more) != differs(high, most))) {
        ++more;
    }
    return text(value, more) + " [" + text(low, more) + ", " + text(high, more) + "]";
}

std::string results_text(const Results& results, const std::vector<std::string>& outcomes,
                         const std::string& reference) {
    const std::vector<std::string>& shown = outcomes.empty() ? principal_outcomes : outcomes;
    std::vector<std::size_t> positions;
    for (const std::string& name : shown) {
        positions.push_back(position_of(name, results.outcomes, "outcome"));
    }
    const std::size_t base = position_of(
        reference.empty() ? results.provenance.reference : reference, results.regimes, "regime");

    std::vector<std::string> names{"regime"};
    names.insert(names.end(), shown.begin(), shown.end());
    std::vector<std::vector<std::string>> probabilities;
    std::vector<std::vector<std::string>> differences;
    for (std::size_t regime = 0; regime < results.regimes.size(); ++regime) {
        std::vector<std::string> row{results.regimes[regime]};
        std::vector<std::string> difference_row = row;
        for (const std::size_t outcome : positions) {
            row.push_back(probability_cell(results, regime, outcome));
            difference_row.push_back(difference_cell(results, regime, base, outcome));
        }
        probabilities.push_back(std::move(row));
        if (regime != base) differences.push_back(std::move(difference_row));
    }

    std::string text = heading(results);
    text += "\nProbability within " + years_text(results) + " years, per cent [" +
            confidence_text(results) + "]\n\n" + blocks_of(names, probabilities);
    if (!differences.empty()) {
        text += "\nDifference from " + results.regimes[base] +
                " with the same luck, percentage points [" + confidence_text(results) + "]\n\n" +
                blocks_of(names, differences);
    }
    return text + "\n" + wrapped(results_caveat);
}

std::string comparison_text(const Results& results, const std::string& regime,
                            const std::string& reference) {
    const std::size_t one = position_of(regime, results.regimes, "regime");
    const std::size_t other = position_of(reference, results.regimes, "regime");
    std::vector<std::vector<std::string>> rows;
    for (std::size_t outcome = 0; outcome < results.outcomes.size(); ++outcome) {
        const double gain =
            results.difference_variance_ratio[{0, one, other, outcome, results.days.size() - 1}];
        rows.push_back({results.outcomes[outcome], probability_cell(results, one, outcome),
                        probability_cell(results, other, outcome),
                        difference_cell(results, one, other, outcome), gain_text(gain)});
    }
    return heading(results) + "\nWithin " + years_text(results) + " years, per cent [" +
           confidence_text(results) + "]; difference in percentage points\n\n" +
           aligned_table({"outcome", regime, reference, "difference", "gain"}, rows) +
           "\nGain: variance of the difference without common random numbers over that with "
           "them.\n" +
           wrapped(results_caveat);
}

}  // namespace firebreak
