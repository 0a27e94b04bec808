#include "inference/donbas_line.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>

#include "inference/line_play.hpp"

namespace firebreak {
namespace {

std::chrono::sys_days date(int year, unsigned month, unsigned day) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
}

}  // namespace

int donbas_day(int year, unsigned month, unsigned day) {
    return static_cast<int>((date(year, month, day) - date(2016, 1, 1)).count());
}

int donbas_truce_day() { return donbas_day(2020, 7, 27); }

DonbasLine::DonbasLine(const Scenario& scenario, ReplicationId replication, const Draws& draws)
    : sectors_(static_cast<int>(scenario.parameters.line.sectors)) {
    const int days = donbas_day(2022, 2, 8);
    const int truce = donbas_truce_day();
    LinePlay line(scenario, days, replication, draws);
    counts_.reserve(static_cast<std::size_t>(days * sectors_));
    toll_.reserve(static_cast<std::size_t>(days));
    Toll before;
    for (int day = 0; day < days; ++day) {
        if (day == truce) {
            line.begin_truce();
            before = {};
        }
        line.play_day();
        for (int sector = 0; sector < sectors_; ++sector) {
            counts_.push_back(line.violations_in(sector));
        }
        const Toll now = line.toll();
        toll_.push_back({now.civilian_casualties - before.civilian_casualties,
                         now.soldiers_killed - before.soldiers_killed,
                         now.heavy_violations - before.heavy_violations});
        before = now;
    }
}

double DonbasLine::violations(int first_day, int last_day) const {
    std::int64_t sum = 0;
    for (int i = first_day * sectors_; i < (last_day + 1) * sectors_; ++i) {
        sum += counts_[static_cast<std::size_t>(i)];
    }
    return static_cast<double>(sum);
}

Toll DonbasLine::toll(int first_day, int last_day) const {
    Toll sum;
    for (int day = first_day; day <= last_day; ++day) {
        const Toll& toll = toll_[static_cast<std::size_t>(day)];
        sum.civilian_casualties += toll.civilian_casualties;
        sum.soldiers_killed += toll.soldiers_killed;
        sum.heavy_violations += toll.heavy_violations;
    }
    return sum;
}

std::vector<double> DonbasLine::areas(int first_day, int last_day) const {
    std::vector<double> area(static_cast<std::size_t>((sectors_ + 1) / 2));
    for (int day = first_day; day <= last_day; ++day) {
        for (int sector = 0; sector < sectors_; ++sector) {
            area[static_cast<std::size_t>(sector / 2)] += count(day, sector);
        }
    }
    std::ranges::sort(area, std::greater<>());
    return area;
}

DailyViolations DonbasLine::by_region(int day) const {
    DailyViolations regions{.day = day};
    const int luhansk = sectors_ * 3 / 8;
    for (int sector = 0; sector < sectors_; ++sector) {
        (sector < luhansk ? regions.luhansk : regions.donetsk) += count(day, sector);
    }
    return regions;
}

}  // namespace firebreak
