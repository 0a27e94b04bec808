#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "conflict/toll.hpp"
#include "inference/daily_shape.hpp"
#include "regime/scenario.hpp"

namespace firebreak {

/// The day with this date, day 0 being 1 January 2016.
int donbas_day(int year, unsigned month, unsigned day);

/// The truce with added measures, 27 July 2020.
int donbas_truce_day();

/// The line of contact in Donbas from 2016 to 7 February 2022, as the model plays it: without
/// restraint up to the truce of July 2020, then as after day 0 of a ceasefire. All sectors of the
/// model stand for the line of Donbas; the first three eighths are Luhansk.
class DonbasLine {
  public:
    DonbasLine(const Scenario& scenario, ReplicationId replication, const Draws& draws);

    /// Violations from the first day to the last, both included.
    double violations(int first_day, int last_day) const;

    /// Violations by area of two neighbouring sectors, the largest first.
    std::vector<double> areas(int first_day, int last_day) const;

    /// One day by region.
    DailyViolations by_region(int day) const;

    /// What the fire from the first day to the last cost in the mean, both included.
    Toll toll(int first_day, int last_day) const;

  private:
    std::int32_t count(int day, int sector) const {
        return counts_[static_cast<std::size_t>(day * sectors_ + sector)];
    }

    int sectors_;
    std::vector<std::int32_t> counts_;  ///< of both sides, sector by sector, day by day
    std::vector<Toll> toll_;            ///< by day
};

}  // namespace firebreak
