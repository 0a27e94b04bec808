#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ensemble/design.hpp"
#include "io/config.hpp"

namespace firebreak {

/// Finds what a design varies among the parameters of a study, by their paths.
class FactorFinder {
  public:
    /// `elsewhere`: regimes that are not run because the command line picked others; what varies
    /// only there is left out without a word.
    FactorFinder(std::span<const ParameterEntry> parameters, std::span<const std::string> regimes,
                 std::span<const std::string> elsewhere, std::vector<Problem>& problems)
        : parameters_(parameters), regimes_(regimes), elsewhere_(elsewhere), problems_(problems) {}

    /// The entry that holds at `path`, under that path. Notes, for the setting `name` at `where`,
    /// that there is none, that it is no number, or that no regime of the run takes it.
    std::optional<ParameterEntry> find(const std::string& path, const std::string& where,
                                       const std::string& name);

    /// The entries with a prior that varies whose path fits `pattern`, in which * stands for any
    /// text, and which a regime of the run takes.
    std::vector<ParameterEntry> matching(std::string_view pattern) const;

  private:
    const ParameterEntry* entry_at(std::string_view path) const;
    bool is_run(std::string_view regime) const;
    bool has_effect(std::string_view path) const;

    std::span<const ParameterEntry> parameters_;
    std::span<const std::string> regimes_;
    std::span<const std::string> elsewhere_;
    std::vector<Problem>& problems_;
};

/// A parameter as a factor that follows its prior.
Factor factor_of(const ParameterEntry& entry, FactorKind kind);

}  // namespace firebreak
