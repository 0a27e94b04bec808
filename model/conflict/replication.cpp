#include "conflict/replication.hpp"

#include <limits>

#include "conflict/accession.hpp"
#include "conflict/cast.hpp"
#include "conflict/course.hpp"
#include "conflict/measurement.hpp"
#include "conflict/negotiation.hpp"
#include "conflict/survival.hpp"

namespace firebreak {

namespace {

/// Counts the analog history's fire by interval, takes its measures, and writes its records and
/// its days of fire down when it is told.
class Scribe final : public Observer {
  public:
    Scribe(const Setting& setting, ReplicationResult& result, Told* told)
        : checkpoints_(setting.scenario.checkpoints),
          result_(result),
          told_(told),
          measurement_(setting) {}

    void day_of_fire(std::int32_t day, const std::array<std::int32_t, side_count>& fire,
                     const State& state) override {
        if (day >= interval_end_) begin_interval(day, fire, state);
        measurement_.day_of_fire(day, fire, state);
        if (told_ != nullptr) told_->fire.push_back({day, fire});
    }

    void recorded(std::int32_t day, const Change& change, const State& state) override {
        measurement_.recorded(day, change, state);
        if (told_ != nullptr) told_->records.push_back({day, change});
    }

    bool wants_details() const override { return told_ != nullptr; }

    /// Takes what is left from the analog history's last state.
    void finish(const State& end) {
        close_interval(end.violations, end.ceasefire_days);
        result_.measures = measurement_.measures(end);
    }

  private:
    using Fire = std::array<std::int64_t, side_count>;

    /// `day`, whose fire `state` holds already, is the first of a later interval.
    void begin_interval(std::int32_t day, const std::array<std::int32_t, side_count>& fire,
                        const State& state) {
        Fire before = state.violations;
        for (std::size_t side = 0; side < side_count; ++side) before[side] -= fire[side];
        close_interval(before, state.ceasefire_days - 1);
        while (interval_ + 1 < checkpoints_.size() && day >= checkpoints_[interval_]) ++interval_;
        interval_end_ = end_of(interval_);
    }

    void close_interval(const Fire& violations, std::int32_t days) {
        for (std::size_t side = 0; side < side_count; ++side) {
            result_.violations[interval_][side] = violations[side] - closed_[side];
        }
        result_.interval_days[interval_] = days - closed_days_;
        closed_ = violations;
        closed_days_ = days;
    }

    /// The first day after an interval; the last one has no end.
    std::int32_t end_of(std::size_t interval) const {
        return interval + 1 < checkpoints_.size() ? checkpoints_[interval]
                                                  : std::numeric_limits<std::int32_t>::max();
    }

    const std::vector<std::int32_t>& checkpoints_;
    ReplicationResult& result_;
    Told* told_;  ///< null: nobody asked
    std::size_t interval_ = 0;
    std::int32_t interval_end_ = end_of(0);
    Fire closed_{};                 ///< violations before the interval
    std::int32_t closed_days_ = 0;  ///< days of ceasefire before it
    Measurement measurement_;
};

ReplicationResult simulate(const Setting& setting, const Noise& noise, ReplicationId replication,
                           const Draws& draws, Told* told) {
    Cast cast = draw_cast(setting.scenario, replication, draws);
    cast.timetable = draw_timetable(setting.scenario, replication, draws);
    const Frame frame{setting, cast, noise, draws, replication};
    ReplicationResult result;
    Scribe scribe(setting, result, told);
    Survival survival(frame);
    const State end = survival.run(&scribe);
    result.first_day = end.first_day;
    result.path = end.path;
    result.source = end.source;
    result.events = end.events;
    result.ceasefire_days = end.ceasefire_days;
    scribe.finish(end);
    result.measures[index_of(Measure::ceasefire_delay)] =
        ceasefire_delay(setting.scenario, replication, draws);
    result.expectation = survival.expectation();
    return result;
}

}  // namespace

ReplicationResult replicate(const Setting& setting, const Noise& noise, ReplicationId replication,
                            const Draws& draws) {
    return simulate(setting, noise, replication, draws, nullptr);
}

Told tell(const Setting& setting, const Noise& noise, ReplicationId replication,
          const Draws& draws) {
    Told told;
    told.result = simulate(setting, noise, replication, draws, &told);
    return told;
}

}  // namespace firebreak
