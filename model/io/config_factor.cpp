#include "io/config_factor.hpp"

#include <algorithm>

#include "io/config_baseline.hpp"
#include "io/config_check.hpp"

namespace firebreak {
namespace {

/// Whether `text` is `pattern` with each * filled in.
bool fits(std::string_view text, std::string_view pattern) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return text == pattern;
    if (text.substr(0, star) != pattern.substr(0, star)) return false;
    const std::string_view rest = pattern.substr(star + 1);
    for (std::size_t from = star; from <= text.size(); ++from) {
        if (fits(text.substr(from), rest)) return true;
    }
    return false;
}

/// Why `path`, which no entry has, is refused.
std::string refusal(std::string_view path) {
    if (path == "commitment.alignment") {
        return "varies by phase: commitment.alignment_none to commitment.alignment_in_force";
    }
    if (std::find(commitment_words.begin(), commitment_words.end(), path) !=
        commitment_words.end()) {
        return "is no number and cannot be varied; write a regime file for each choice";
    }
    return unknown_path(path);
}

}  // namespace

const ParameterEntry* FactorFinder::entry_at(std::string_view path) const {
    const auto found =
        std::find_if(parameters_.begin(), parameters_.end(),
                     [path](const ParameterEntry& entry) { return entry.path == path; });
    return found == parameters_.end() ? nullptr : &*found;
}

bool FactorFinder::is_run(std::string_view regime) const {
    return std::find(regimes_.begin(), regimes_.end(), regime) != regimes_.end();
}

bool FactorFinder::has_effect(std::string_view path) const {
    const std::size_t colon = path.find(':');
    if (colon != std::string_view::npos) return is_run(path.substr(0, colon));
    return std::any_of(regimes_.begin(), regimes_.end(), [&](const std::string& regime) {
        return entry_at(regime + ":" + std::string(path)) == nullptr;
    });
}

std::optional<ParameterEntry> FactorFinder::find(const std::string& path, const std::string& where,
                                                 const std::string& name) {
    const auto refuse = [&](std::string why) {
        problems_.push_back({where, name, std::move(why)});
        return std::nullopt;
    };
    const std::size_t colon = path.find(':');
    const std::string bare = colon == std::string::npos ? path : path.substr(colon + 1);
    if (colon != std::string::npos && !is_run(path.substr(0, colon))) {
        const std::string regime = path.substr(0, colon);
        if (std::find(elsewhere_.begin(), elsewhere_.end(), regime) != elsewhere_.end()) {
            return std::nullopt;
        }
        const std::vector<std::string_view> known(regimes_.begin(), regimes_.end());
        return refuse("must begin with one of the regimes to be run" + suggestion(regime, known));
    }
    // A regime without a number of its own takes the baseline's; here it gets one.
    const ParameterEntry* entry = entry_at(path);
    if (entry == nullptr) entry = entry_at(bare);
    if (entry == nullptr) return refuse(refusal(bare));
    if (!has_effect(path)) {
        return refuse("has no effect: every regime to be run has its own; write REGIME:" + path);
    }
    ParameterEntry found = *entry;
    found.path = path;
    return found;
}

std::vector<ParameterEntry> FactorFinder::matching(std::string_view pattern) const {
    std::vector<ParameterEntry> found;
    for (const ParameterEntry& entry : parameters_) {
        if (entry.prior.distribution != Distribution::fixed && fits(entry.path, pattern) &&
            has_effect(entry.path)) {
            found.push_back(entry);
        }
    }
    return found;
}

Factor factor_of(const ParameterEntry& entry, FactorKind kind) {
    Factor factor;
    factor.path = entry.path;
    factor.kind = kind;
    factor.unit = entry.unit;
    factor.meaning = entry.meaning;
    factor.source = entry.source;
    factor.tag = entry.tag;
    factor.baseline = entry.value;
    factor.prior = entry.prior;
    return factor;
}

}  // namespace firebreak
