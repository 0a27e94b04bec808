#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace firebreak {

/// Day `day` of a history as a date: day 0 is Y1-01-01, every year has 365 days.
std::string date_text(std::int32_t day);

/// A log with the date in its margin, wrapped at 100 columns.
class DatedLog {
  public:
    /// Starts an entry.
    void entry(std::int32_t day, std::string_view text);

    /// Adds a paragraph to the entry.
    void more(std::string_view text);

    /// A paragraph without a margin; empty: a blank line.
    void plain(std::string_view text);

    const std::string& str() const { return text_; }

  private:
    void wrap(std::string first_margin, std::size_t margin, std::string_view text);

    std::string text_;
};

}  // namespace firebreak
