#include "inference/evidence.hpp"

#include <algorithm>
#include <charconv>

namespace firebreak {

std::string_view EvidenceSeries::text(std::size_t row, std::string_view column) const {
    const auto found = std::ranges::find(columns, column);
    if (found == columns.end()) return {};
    return rows[row][static_cast<std::size_t>(found - columns.begin())];
}

double EvidenceSeries::number(std::size_t row, std::string_view column) const {
    const std::string_view cell = text(row, column);
    double value = 0.0;
    const auto [stop, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return error == std::errc() && stop == cell.data() + cell.size() ? value : no_value;
}

const Target* Evidence::find(std::string_view id) const {
    const auto found = std::ranges::find(targets, id, &Target::id);
    return found == targets.end() ? nullptr : &*found;
}

double Evidence::sample(std::string_view id, std::string_view name) const {
    const Target* target = find(id);
    if (target == nullptr) return no_value;
    const auto found =
        std::ranges::find(target->sample, name, &std::pair<std::string, double>::first);
    return found == target->sample.end() ? no_value : found->second;
}

const EvidenceSeries& Evidence::series(std::string_view id) const {
    static const EvidenceSeries none;
    const Target* target = find(id);
    return target == nullptr ? none : target->series;
}

}  // namespace firebreak
