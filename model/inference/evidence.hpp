#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace firebreak {

/// Stands for a statistic that nothing gives: not simulated, or not observed.
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// What observations may be used for: fixed in `configs/evidence/split.toml`.
enum class EvidenceUse : std::uint8_t { calibration, held_out };

inline constexpr std::array<std::string_view, 2> evidence_use_names{"calibration", "held_out"};

/// On which scale a simulated value is compared with the observed one. `log` is of log(1 + value).
enum class ErrorScale : std::uint8_t { linear, log };

inline constexpr std::array<std::string_view, 2> error_scale_names{"linear", "log"};

/// When an observed value agrees with simulated ones.
enum class Criterion : std::uint8_t {
    inside,  ///< it lies between their 5th and 95th percentile
    beyond,  ///< it lies above their 95th percentile: what must not come about in this setting
    range    ///< their median lies within a range of published estimates
};

inline constexpr std::array<std::string_view, 3> criterion_names{"inside", "beyond", "range"};

/// A comma-separated table that came with a target: its cells as text.
struct EvidenceSeries {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;

    std::size_t size() const { return rows.size(); }

    /// The cell of a row, or empty where there is no such column.
    std::string_view text(std::size_t row, std::string_view column) const;

    /// The number in a cell, or `no_value`.
    double number(std::size_t row, std::string_view column) const;
};

/// One number that was observed and that a reenactment can give.
struct TargetStatistic {
    std::string name;  ///< of the statistic, unique within its reenactment
    std::string unit;
    double observed{};  ///< what was observed; `no_value` where it is a range
    std::string source;
    std::string status;    ///< found, computed, memory or assumed
    ErrorScale scale{};    ///< of the error
    double discrepancy{};  ///< sd by which a true model may miss it, on that scale
    Criterion criterion{};
    double range_low{};        ///< criterion range
    double range_high{};       ///< criterion range
    std::string not_modelled;  ///< why the model cannot speak to it; empty: it can
};

/// What was observed of one thing, and where it is held against the model.
struct Target {
    std::string id;  ///< as in `configs/evidence/split.toml`
    EvidenceUse use{};
    std::string title;        ///< what was observed, one line
    std::string reenactment;  ///< name of the reenactment; empty: nothing of it is modelled
    std::string note;         ///< how it maps onto the model, and where that is doubtful
    std::vector<std::pair<std::string, double>> sample;  ///< sizes of the sample, and the like
    EvidenceSeries series;                               ///< empty: none
    std::vector<TargetStatistic> statistics;
};

/// All targets that may be looked at.
struct Evidence {
    std::vector<Target> targets;

    /// The target with this id, or nullptr.
    const Target* find(std::string_view id) const;

    /// A size of the sample of a target, or `no_value`.
    double sample(std::string_view id, std::string_view name) const;

    /// The series of a target; empty where there is none.
    const EvidenceSeries& series(std::string_view id) const;
};

}  // namespace firebreak
