#include "io/text_phrases.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "base/error.hpp"
#include "base/quantity.hpp"
#include "io/config_check.hpp"

namespace firebreak {
namespace {

/// Twelve digits of the commit, and whether files differed from it.
std::string short_commit(const std::string& commit) {
    const std::size_t mark = std::min(commit.find('+'), commit.size());
    return commit.substr(0, std::min<std::size_t>(mark, 12)) + commit.substr(mark);
}

}  // namespace

std::string decimal_text(double value, int decimals, bool with_sign) {
    char text[64];
    std::snprintf(text, sizeof text, with_sign ? "%+.*f" : "%.*f", decimals, value);
    return text;
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

std::string years_text(const ResultHeading& heading) {
    const double years = heading.days.back() / days_per_year;
    const std::string text = decimal_text(years, 1, false);
    const std::string number = text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
    return number + (number == "1" ? " year" : " years");
}

std::string confidence_text(const ResultHeading& heading) {
    return decimal_text(100.0 * heading.intervals.confidence, 0, false) + " % interval";
}

std::vector<std::string> outcomes_shown(const std::vector<std::string>& asked) {
    if (!asked.empty()) return asked;
    return {"collapse", "clash", "general_war", "nuclear_use"};
}

std::string title_text(const ResultHeading& heading) {
    const Provenance& from = heading.provenance;
    return from.title + "\n" + (from.question.empty() ? "" : from.question + "\n");
}

std::string run_text(const ResultHeading& heading, std::int64_t fewest, std::int64_t most) {
    std::string text = std::to_string(fewest);
    if (most != fewest) text += " to " + std::to_string(most);
    return text + " replications per regime, seed " + std::to_string(heading.provenance.seed) +
           ", version " + heading.provenance.version + ", commit " +
           short_commit(heading.provenance.git_commit) + "\n";
}

}  // namespace firebreak
