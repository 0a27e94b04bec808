#include "io/config_regimes.hpp"

#include <algorithm>
#include <set>

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<std::string> regime_files(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> read_regimes(const std::vector<ConfigValue>& items,
                                      std::span<const std::string_view> known, ConfigCheck& check) {
    std::vector<std::string> regimes;
    std::set<std::string> seen;
    for (const ConfigValue& item : items) {
        if (!item.is(Kind::text)) {
            check.refuse("run.regimes", item, "must be the name of a regime in quotes");
        } else if (!seen.insert(item.text).second) {
            check.refuse("run.regimes", item, "is listed twice");
        } else if (!known.empty() &&
                   std::find(known.begin(), known.end(), item.text) == known.end()) {
            check.refuse("run.regimes", item,
                         "must be one of " + listed(known) + suggestion(item.text, known));
        } else {
            regimes.push_back(item.text);
        }
    }
    return regimes;
}

std::vector<std::string> read_references(const ConfigValue& value,
                                         const std::vector<std::string>& regimes, bool picked,
                                         ConfigCheck& check) {
    std::vector<std::string> references;
    if (value.is(Kind::text) && value.text == "all") return regimes;
    if (!value.is(Kind::list) || value.items.empty()) {
        check.refuse("run.references", value, R"(must be "all" or a list of regimes)");
        return references;
    }
    for (const ConfigValue& item : value.items) {
        const auto name = check.text("run.references", item);
        if (!name) continue;
        if (contains(references, *name)) {
            check.refuse("run.references", item, "is listed twice");
        } else if (contains(regimes, *name)) {
            references.push_back(*name);
        } else if (!picked) {
            check.refuse("run.references", item, "must be one of run.regimes");
        }
    }
    return references;
}

void complete_by_claims(const std::vector<Claim>& claims, const ConfigValue& run,
                        const std::vector<std::string>& picked, RunSettings& settings) {
    if (!picked.empty()) {
        settings.regimes = picked;
    } else if (run.find("regimes") == nullptr) {
        settings.regimes = regimes_needed(claims);
    }
    if (run.find("references") == nullptr) {
        for (std::string& name : covering_references(pairs_needed(claims))) {
            if (contains(settings.regimes, name)) settings.references.push_back(std::move(name));
        }
    }
    if (run.find("reference") != nullptr || settings.regimes.empty()) return;
    settings.reference =
        settings.references.empty() ? settings.regimes.front() : settings.references.front();
}

void complete_references(RunSettings& run, std::uint64_t points) {
    if (run.references.empty()) {
        run.references = points == 1 ? run.regimes : std::vector{run.reference};
    } else if (!contains(run.references, run.reference)) {
        run.references.insert(run.references.begin(), run.reference);
    }
}

}  // namespace firebreak
