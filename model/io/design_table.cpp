#include "io/design_table.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "io/comma_table.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {
namespace {

/// Reads the table line by line.
class TableReader {
  public:
    TableReader(std::string path, FactorFinder& finder, std::vector<Problem>& problems)
        : path_(std::move(path)), finder_(finder), problems_(problems) {}

    DesignTable read(const std::string& text) {
        for_each_row(text, [this](int line, std::vector<std::string> cells) {
            number_ = line;
            if (header_.empty()) {
                read_header(std::move(cells));
            } else {
                read_point(cells);
            }
        });
        if (header_.empty()) {
            problems_.push_back({path_, "no columns", "must name paths in the first line"});
        } else if (!any_point_) {
            problems_.push_back({path_, "no points", "must hold at least one"});
        }
        return std::move(table_);
    }

  private:
    std::string where() const { return path_ + ":" + std::to_string(number_); }

    void read_header(std::vector<std::string> names) {
        header_ = std::move(names);
        for (std::size_t column = 0; column < header_.size(); ++column) {
            const std::string& name = header_[column];
            const auto first = std::find(header_.begin(), header_.end(), name);
            if (first != header_.begin() + static_cast<std::ptrdiff_t>(column)) {
                problems_.push_back({where(), "column " + name, "is there twice"});
                entries_.emplace_back();
                continue;
            }
            entries_.push_back(finder_.find(name, where(), "column " + name));
            if (!entries_.back()) continue;
            const bool spread = entries_.back()->prior.distribution != Distribution::fixed;
            table_.factors.push_back(
                factor_of(*entries_.back(), spread ? FactorKind::uncertainty : FactorKind::lever));
        }
    }

    void read_point(const std::vector<std::string>& cells) {
        any_point_ = true;
        if (cells.size() != header_.size()) {
            problems_.push_back({where(), std::to_string(cells.size()) + " cells",
                                 "must be " + std::to_string(header_.size()) + ", one per column"});
            return;
        }
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (entries_[column]) read_cell(*entries_[column], cells[column]);
        }
    }

    void read_cell(const ParameterEntry& entry, const std::string& cell) {
        const std::optional<double> value = cell_number(cell);
        if (!value || !(*value >= entry.allowed_low && *value <= entry.allowed_high)) {
            problems_.push_back({where(), entry.path + " = " + cell,
                                 value ? range_rule(entry) : "must be a number"});
        }
        table_.values.push_back(value.value_or(0.0));
    }

    std::string path_;
    FactorFinder& finder_;
    std::vector<Problem>& problems_;
    int number_ = 0;
    std::vector<std::string> header_;
    std::vector<std::optional<ParameterEntry>> entries_;  ///< by column
    bool any_point_ = false;
    DesignTable table_;
};

}  // namespace

DesignTable read_design_table(const std::filesystem::path& path, FactorFinder& finder,
                              std::string& text, std::vector<Problem>& problems) {
    const std::optional<std::string> read = read_text(path, problems);
    if (!read) return {};
    text = *read;
    return TableReader(shown_path(path), finder, problems).read(text);
}

}  // namespace firebreak
