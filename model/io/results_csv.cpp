#include "io/results_csv.hpp"

#include <array>
#include <span>
#include <string>

#include "base/quantity.hpp"
#include "io/atomic_file.hpp"
#include "io/comma_table.hpp"

namespace firebreak {
namespace {

std::string cell(const std::string& text) { return text_cell(text); }

std::string cell(double value) { return number_cell(value); }

/// Collects lines and writes them in large pieces.
class LineWriter {
  public:
    explicit LineWriter(AtomicFile& file) : file_(file) {}

    void write(const std::string& line) {
        held_ += line;
        held_ += '\n';
        if (held_.size() > most_held) flush();
    }

    void flush() {
        file_.write(std::as_bytes(std::span(held_)));
        held_.clear();
    }

  private:
    static constexpr std::size_t most_held = 1'048'576;  // [bytes]
    AtomicFile& file_;
    std::string held_;
};

/// The rows of one table.
class TableWriter {
  public:
    TableWriter(const ResultHeading& heading, LineWriter& lines)
        : heading_(heading), lines_(lines) {}

    void write_names(ResultTable table) {
        std::string line = "design_point";
        for (const ParameterColumn& column : heading_.parameters) line += "," + cell(column.path);
        lines_.write(line + columns(table));
    }

    void write_probabilities(const PointEstimates& point) {
        for_each_cell([&](std::size_t regime, std::size_t outcome, std::size_t time) {
            const std::array<std::size_t, 3> at{regime, outcome, time};
            const ProbabilityGrids& by = is_weighted(outcome) ? point.weighted : point.analog;
            lines_.write(start(point) + cell(heading_.regimes[regime]) + "," +
                         middle(outcome, time) + cell(point.probability.value[at]) + "," +
                         cell(by.standard_error[at]) + "," + cell(point.probability.low[at]) + "," +
                         cell(point.probability.high[at]) + "," +
                         std::to_string(point.replications[{regime}]) + "," +
                         std::to_string(point.count[at]) + "," + method(outcome));
        });
    }

    void write_differences(const PointEstimates& point) {
        for (std::size_t place = 0; place < heading_.references.size(); ++place) {
            for_each_cell([&](std::size_t regime, std::size_t outcome, std::size_t time) {
                if (heading_.regimes[regime] == heading_.references[place]) return;
                const std::array<std::size_t, 4> at{regime, place, outcome, time};
                lines_.write(start(point) + cell(heading_.regimes[regime]) + "," +
                             cell(heading_.references[place]) + "," + middle(outcome, time) +
                             cell(point.difference.value[at]) + "," +
                             cell(point.difference.standard_error[at]) + "," +
                             cell(point.difference.low[at]) + "," +
                             cell(point.difference.high[at]) + "," +
                             std::to_string(point.replications[{regime}]) + "," + method(outcome));
            });
        }
    }

    void write_measures(const PointEstimates& point) {
        for (std::size_t regime = 0; regime < heading_.regimes.size(); ++regime) {
            for (std::size_t measure = 0; measure < heading_.measures.size(); ++measure) {
                lines_.write(start(point) + cell(heading_.regimes[regime]) + "," +
                             measured(point.measure, std::array{regime, measure}) +
                             std::to_string(point.replications[{regime}]));
            }
        }
    }

    void write_measure_differences(const PointEstimates& point) {
        for (std::size_t place = 0; place < heading_.references.size(); ++place) {
            for (std::size_t regime = 0; regime < heading_.regimes.size(); ++regime) {
                if (heading_.regimes[regime] == heading_.references[place]) continue;
                for (std::size_t measure = 0; measure < heading_.measures.size(); ++measure) {
                    lines_.write(
                        start(point) + cell(heading_.regimes[regime]) + "," +
                        cell(heading_.references[place]) + "," +
                        measured(point.measure_difference, std::array{regime, place, measure}) +
                        std::to_string(point.replications[{regime}]));
                }
            }
        }
    }

  private:
    static const char* columns(ResultTable table) {
        switch (table) {
            case ResultTable::probabilities:
                return ",regime,outcome,time,estimate,standard_error,low,high,n,hits,method";
            case ResultTable::differences:
                return ",regime,reference,outcome,time,estimate,standard_error,low,high,n,method";
            case ResultTable::measures:
                return ",regime,measure,unit,estimate,standard_error,low,high,n";
            case ResultTable::measure_differences:
                return ",regime,reference,measure,unit,estimate,standard_error,low,high,n";
        }
        return "";
    }

    /// Name, unit and estimate of the measure that is the last axis of `at`.
    template <class Grids, std::size_t Axes>
    std::string measured(const Grids& grids, const std::array<std::size_t, Axes>& at) const {
        return cell(heading_.measures[at.back()]) + "," + cell(heading_.measure_units[at.back()]) +
               "," + cell(grids.value[at]) + "," + cell(grids.standard_error[at]) + "," +
               cell(grids.low[at]) + "," + cell(grids.high[at]) + ",";
    }

    template <class Action>
    void for_each_cell(Action action) const {
        for (std::size_t regime = 0; regime < heading_.regimes.size(); ++regime) {
            for (std::size_t outcome = 0; outcome < heading_.outcomes.size(); ++outcome) {
                for (std::size_t time = 0; time < heading_.days.size(); ++time) {
                    action(regime, outcome, time);
                }
            }
        }
    }

    static std::string start(const PointEstimates& point) {
        std::string text = std::to_string(point.id) + ",";
        for (const double value : point.coordinates) text += cell(value) + ",";
        return text;
    }

    std::string middle(std::size_t outcome, std::size_t time) const {
        return cell(heading_.outcomes[outcome]) + "," + cell(heading_.days[time] / days_per_year) +
               ",";
    }

    bool is_weighted(std::size_t outcome) const {
        return heading_.estimator[outcome] == static_cast<std::int8_t>(Estimator::weighted);
    }

    const char* method(std::size_t outcome) const {
        return is_weighted(outcome) ? "weighted" : "analog";
    }

    const ResultHeading& heading_;
    LineWriter& lines_;
};

}  // namespace

void write_csv(const std::filesystem::path& path, const ResultsReader& results, ResultTable table,
               bool replace) {
    AtomicFile file(path, replace);
    LineWriter lines(file);
    TableWriter writer(results.heading(), lines);
    writer.write_names(table);
    for (std::uint64_t position = 0; position < results.heading().points; ++position) {
        const PointEstimates point = table == ResultTable::probabilities
                                         ? results.point(position)
                                         : results.main_estimates(position);
        switch (table) {
            case ResultTable::probabilities:
                writer.write_probabilities(point);
                break;
            case ResultTable::differences:
                writer.write_differences(point);
                break;
            case ResultTable::measures:
                writer.write_measures(point);
                break;
            case ResultTable::measure_differences:
                writer.write_measure_differences(point);
                break;
        }
    }
    lines.flush();
    file.commit();
}

}  // namespace firebreak
