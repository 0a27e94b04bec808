#include "io/allies_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/number_text.hpp"
#include "io/comma_table.hpp"
#include "io/config_check.hpp"

namespace firebreak {
namespace {

constexpr std::array<std::string_view, 10> columns{"iso3",
                                                   "name",
                                                   "capability_share",
                                                   "stake",
                                                   "resolve_offset",
                                                   "nuclear_aversion",
                                                   "veto_propensity",
                                                   "key_election",
                                                   "stray_share",
                                                   "probe_share"};

struct NumberColumn {
    std::string_view name;
    double Ally::*field;
    double low;
    double high;
};

constexpr std::array number_columns{
    NumberColumn{"capability_share", &Ally::capability_share, 0.0, 1.0},
    NumberColumn{"stake", &Ally::stake, 0.0, 1.0},
    NumberColumn{"resolve_offset", &Ally::resolve_offset, -50.0, 50.0},
    NumberColumn{"nuclear_aversion", &Ally::nuclear_aversion, 0.0, 50.0},
    NumberColumn{"veto_propensity", &Ally::veto_propensity, 0.0, 1.0},
    NumberColumn{"stray_share", &Ally::stray_share, 0.0, 1.0},
    NumberColumn{"probe_share", &Ally::probe_share, 0.0, 1.0}};

/// Reads the table line by line.
class AlliesReader {
  public:
    AlliesReader(std::string path, std::vector<Problem>& problems)
        : path_(std::move(path)), problems_(problems) {}

    Allies read(const std::string& text) {
        const std::size_t before = problems_.size();
        for_each_row(text, [this](int line, std::vector<std::string> cells) {
            number_ = line;
            if (header_.empty()) {
                read_header(std::move(cells));
            } else if (header_good_) {
                read_row(cells);
            }
        });
        number_ = 0;
        if (header_.empty()) refuse("no columns", "must name them in the first line");
        if (header_good_ && allies_.empty()) refuse("no allies", "must hold at least one");
        if (problems_.size() == before) check_sums();
        return allies_;
    }

  private:
    void refuse(std::string what, std::string why) {
        problems_.push_back({number_ == 0 ? path_ : path_ + ":" + std::to_string(number_),
                             std::move(what), std::move(why)});
    }

    void read_header(std::vector<std::string> names) {
        const std::size_t before = problems_.size();
        header_ = std::move(names);
        for (const std::string& name : header_) {
            if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
                refuse("column " + name, "unknown column" + suggestion(name, columns));
            } else if (std::count(header_.begin(), header_.end(), name) > 1) {
                refuse("column " + name, "is there twice");
            }
        }
        for (const std::string_view name : columns) {
            if (std::find(header_.begin(), header_.end(), name) == header_.end()) {
                refuse("column " + std::string(name), "is missing");
            }
        }
        header_good_ = problems_.size() == before;
    }

    void read_row(const std::vector<std::string>& row) {
        if (row.size() != header_.size()) {
            refuse(std::to_string(row.size()) + " cells",
                   "must be " + std::to_string(header_.size()) + ", one per column");
            return;
        }
        const auto cell = [&](std::string_view column) {
            const auto found = std::find(header_.begin(), header_.end(), column);
            return row[static_cast<std::size_t>(found - header_.begin())];
        };
        Ally ally;
        ally.iso3 = cell("iso3");
        ally.name = cell("name");
        const bool code = ally.iso3.size() == 3 &&
                          std::all_of(ally.iso3.begin(), ally.iso3.end(),
                                      [](char letter) { return letter >= 'A' && letter <= 'Z'; });
        if (!code) refuse("iso3 = \"" + ally.iso3 + "\"", "must be three capital letters");
        if (ally.name.empty()) refuse(ally.iso3 + " name", "must not be empty");
        if (const auto [first, added] = lines_.emplace(ally.iso3, number_); !added) {
            refuse("iso3 = \"" + ally.iso3 + "\"",
                   "is there already in line " + std::to_string(first->second));
        }
        for (const NumberColumn& column : number_columns) {
            ally.*column.field = number(ally.iso3, column, cell(column.name));
        }
        const std::string election = cell("key_election");
        ally.key_election = election == "true";
        if (election != "true" && election != "false") {
            refuse(ally.iso3 + " key_election = " + election, "must be true or false");
        }
        allies_.push_back(std::move(ally));
    }

    double number(const std::string& iso3, const NumberColumn& column, const std::string& cell) {
        const std::optional<double> value = cell_number(cell);
        if (!value || !(*value >= column.low && *value <= column.high)) {
            refuse(iso3 + " " + std::string(column.name) + " = " + cell,
                   "must be a number between " + number_text(column.low) + " and " +
                       number_text(column.high));
        }
        return value.value_or(0.0);
    }

    void check_sums() {
        for (const NumberColumn& column : number_columns) {
            if (column.name.find("_share") == std::string_view::npos) continue;
            double sum = 0.0;
            for (const Ally& ally : allies_) sum += ally.*column.field;
            if (std::abs(sum - 1.0) > 1e-6) {
                refuse("sum of " + std::string(column.name) + " = " + sum_text(sum),
                       "must be 1 within 0.000001");
            }
        }
    }

    std::string path_;
    std::vector<Problem>& problems_;
    int number_ = 0;
    std::vector<std::string> header_;
    bool header_good_ = false;
    std::map<std::string, int> lines_;
    Allies allies_;
};

}  // namespace

Allies read_allies(const std::filesystem::path& path, std::string& text,
                   std::vector<Problem>& problems) {
    const std::optional<std::string> read = read_text(path, problems);
    if (!read) return {};
    text = *read;
    return AlliesReader(shown_path(path), problems).read(text);
}

}  // namespace firebreak
