#include "io/posterior_table.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <sstream>
#include <utility>

#include "io/comma_table.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {
namespace {

constexpr std::string_view weight_column = "weight";

/// Reads the table line by line.
class PosteriorReader {
  public:
    PosteriorReader(std::string path, std::span<const ParameterEntry> parameters,
                    std::vector<Problem>& problems)
        : path_(std::move(path)), parameters_(parameters), problems_(problems) {}

    JointDraws read(const std::string& text) {
        for_each_row(text, [this](int line, std::vector<std::string> cells) {
            number_ = line;
            if (header_.empty()) {
                read_header(std::move(cells));
            } else {
                read_draw(cells);
            }
        });
        if (header_.empty()) {
            problems_.push_back({path_, "no columns", "must name weight and paths"});
        } else if (!any_draw_) {
            problems_.push_back({path_, "no draws", "must hold at least one"});
        } else if (std::all_of(draws_.weights.begin(), draws_.weights.end(),
                               [](double weight) { return weight == 0.0; })) {
            problems_.push_back({path_, "weight", "must not be 0 in every draw"});
        }
        return std::move(draws_);
    }

  private:
    std::string where() const { return path_ + ":" + std::to_string(number_); }

    void refuse(const std::string& what, const std::string& why) {
        problems_.push_back({where(), what, why});
    }

    void read_header(std::vector<std::string> names) {
        header_ = std::move(names);
        bool weighted = false;
        for (std::size_t column = 0; column < header_.size(); ++column) {
            const std::string& name = header_[column];
            entries_.push_back(nullptr);
            const auto end = header_.begin() + static_cast<std::ptrdiff_t>(column);
            if (std::find(header_.begin(), end, name) != end) {
                refuse("column " + name, "is there twice");
            } else if (name == weight_column) {
                weighted = true;
            } else {
                read_name(name);
            }
        }
        if (!weighted) refuse("no column weight", "is missing");
        if (header_.size() < 2) refuse("columns", "must name at least one parameter");
    }

    void read_name(const std::string& name) {
        const auto entry = std::find_if(parameters_.begin(), parameters_.end(),
                                        [&](const auto& one) { return one.path == name; });
        if (entry == parameters_.end()) {
            std::vector<std::string_view> known;
            for (const ParameterEntry& one : parameters_) known.push_back(one.path);
            refuse("column " + name, "is no parameter" + suggestion(name, known));
            return;
        }
        entries_.back() = &*entry;
        draws_.paths.push_back(name);
    }

    void read_draw(const std::vector<std::string>& cells) {
        any_draw_ = true;
        if (cells.size() != header_.size()) {
            refuse(std::to_string(cells.size()) + " cells",
                   "must be " + std::to_string(header_.size()) + ", one per column");
            return;
        }
        for (std::size_t column = 0; column < cells.size(); ++column) {
            const ParameterEntry* entry = entries_[column];
            const std::optional<double> value = cell_number(cells[column]);
            const std::string what = header_[column] + " = " + cells[column];
            if (entry != nullptr) {
                if (!value || !(*value >= entry->allowed_low && *value <= entry->allowed_high)) {
                    refuse(what, value ? range_rule(*entry) : "must be a number");
                }
                draws_.values.push_back(value.value_or(0.0));
            } else if (header_[column] == weight_column) {
                if (!value || !(*value >= 0.0 && *value <= 1e300)) {
                    refuse(what, "must be a number that is not negative");
                }
                draws_.weights.push_back(value.value_or(0.0));
            }
        }
    }

    std::string path_;
    std::span<const ParameterEntry> parameters_;
    std::vector<Problem>& problems_;
    int number_ = 0;
    std::vector<std::string> header_;
    std::vector<const ParameterEntry*> entries_;  ///< by column; nullptr: the weight, or unknown
    bool any_draw_ = false;
    JointDraws draws_;
};

/// Six digits: a draw is not known better, and the table stays small.
std::string short_number(double value) {
    char text[32];
    const int length = std::snprintf(text, sizeof text, "%.6g", value);
    return {text, static_cast<std::size_t>(length)};
}

}  // namespace

JointDraws read_posterior(const std::filesystem::path& path,
                          std::span<const ParameterEntry> parameters, std::string& text,
                          std::vector<Problem>& problems) {
    const std::optional<std::string> read = read_text(path, problems);
    if (!read) return {};
    text = *read;
    return PosteriorReader(shown_path(path), parameters, problems).read(text);
}

JointDraws columns_of(const JointDraws& draws, std::span<const std::string> paths) {
    JointDraws chosen;
    std::vector<std::size_t> columns;
    for (std::size_t column = 0; column < draws.paths.size(); ++column) {
        if (std::find(paths.begin(), paths.end(), draws.paths[column]) == paths.end()) continue;
        columns.push_back(column);
        chosen.paths.push_back(draws.paths[column]);
    }
    chosen.weights = draws.weights;
    for (std::size_t draw = 0; draw < draws.weights.size(); ++draw) {
        for (const std::size_t column : columns) {
            chosen.values.push_back(draws.values[draw * draws.paths.size() + column]);
        }
    }
    return chosen;
}

std::string posterior_text(const JointDraws& draws, const std::string& heading) {
    std::string text;
    std::istringstream lines(heading);
    for (std::string line; std::getline(lines, line);) {
        text += line.empty() ? "#\n" : "# " + line + "\n";
    }
    text += weight_column;
    for (const std::string& path : draws.paths) text += "," + path;
    text += '\n';
    for (std::size_t draw = 0; draw < draws.weights.size(); ++draw) {
        text += short_number(draws.weights[draw]);
        for (std::size_t column = 0; column < draws.paths.size(); ++column) {
            text += "," + short_number(draws.values[draw * draws.paths.size() + column]);
        }
        text += '\n';
    }
    return text;
}

}  // namespace firebreak
