#include "io/config_words.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "io/config_baseline.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

std::optional<std::vector<AllyId>> read_protectors(const std::string& name,
                                                   const ConfigValue& value, const Allies& allies,
                                                   ConfigCheck& check) {
    std::vector<AllyId> ids;
    if (value.is(Kind::text) && value.text == "all") {
        for (std::uint32_t row = 0; row < allies.size(); ++row) ids.emplace_back(row);
        return ids;
    }
    std::vector<ConfigValue> names = value.items;
    if (value.is(Kind::text)) names = {value};
    if (!value.is(Kind::list) && !value.is(Kind::text)) {
        check.refuse(name, value, "must be \"all\" or a list of allies");
        return std::nullopt;
    }
    // Without a table of allies nothing can be looked up; its absence is a problem already.
    if (allies.empty()) return std::nullopt;
    std::vector<std::string_view> codes;
    for (const Ally& ally : allies) codes.emplace_back(ally.iso3);
    bool good = true;
    std::set<std::string_view> seen;
    for (const ConfigValue& item : names) {
        const auto row = std::find(codes.begin(), codes.end(), item.text);
        if (!item.is(Kind::text) || row == codes.end()) {
            check.refuse(name, item, "must be an ally" + suggestion(item.text, codes));
            good = false;
        } else if (!seen.insert(item.text).second) {
            check.refuse(name, item, "is listed twice");
            good = false;
        } else {
            ids.emplace_back(static_cast<std::uint32_t>(row - codes.begin()));
        }
    }
    return good ? std::optional(ids) : std::nullopt;
}

std::optional<std::vector<std::uint32_t>> read_sectors(const std::string& name,
                                                       const ConfigValue& value,
                                                       ConfigCheck& check) {
    std::vector<std::uint32_t> mask;
    if (value.is(Kind::text) && value.text == "all") return mask;
    std::vector<ConfigValue> numbers = value.items;
    if (value.is(Kind::number)) numbers = {value};
    if ((!value.is(Kind::list) && !value.is(Kind::number)) || numbers.empty()) {
        check.refuse(name, value, "must be \"all\" or a list of sector numbers from 0");
        return std::nullopt;
    }
    for (const ConfigValue& item : numbers) {
        const auto sector = check.whole(name, item, 0, 63);
        if (!sector) return std::nullopt;
        mask.push_back(static_cast<std::uint32_t>(*sector));
    }
    return mask;
}

/// Calls `visit` with the field of a commitment that a path names.
template <class Visit>
void visit_word(std::string_view path, Visit visit) {
    if (path == "commitment.timing") return visit(&Commitment::timing);
    if (path == "commitment.rule") return visit(&Commitment::rule);
    if (path == "commitment.protectors") return visit(&Commitment::protectors);
    if (path == "commitment.covered_sectors") return visit(&Commitment::covered_sectors);
    return visit(&Commitment::troop_sectors);
}

/// Reads words by the kind of the field they belong to.
class WordReader {
  public:
    WordReader(const std::string& name, const ConfigValue& value, const Allies& allies,
               ConfigCheck& check)
        : name_(name), value_(value), allies_(allies), check_(check) {}

    std::optional<Timing> read(const Timing&) const {
        const auto word = check_.word(name_, value_, timing_names);
        return word ? std::optional(static_cast<Timing>(*word)) : std::nullopt;
    }

    std::optional<ResponseRule> read(const ResponseRule&) const {
        const auto word = check_.word(name_, value_, response_rule_names);
        return word ? std::optional(static_cast<ResponseRule>(*word)) : std::nullopt;
    }

    std::optional<std::vector<AllyId>> read(const std::vector<AllyId>&) const {
        return read_protectors(name_, value_, allies_, check_);
    }

    std::optional<std::vector<std::uint32_t>> read(const std::vector<std::uint32_t>&) const {
        return read_sectors(name_, value_, check_);
    }

  private:
    const std::string& name_;
    const ConfigValue& value_;
    const Allies& allies_;
    ConfigCheck& check_;
};

}  // namespace

bool is_word(std::string_view path) {
    return std::find(commitment_words.begin(), commitment_words.end(), path) !=
           commitment_words.end();
}

bool read_word(std::string_view path, const std::string& name, const ConfigValue& value,
               const Allies& allies, ConfigCheck& check, Commitment& target) {
    const WordReader reader(name, value, allies, check);
    bool good = false;
    visit_word(path, [&](auto Commitment::*field) {
        const auto read = reader.read(target.*field);
        good = read.has_value();
        if (good) target.*field = *read;
    });
    return good;
}

void copy_word(std::string_view path, const Commitment& from, Commitment& to) {
    visit_word(path, [&](auto Commitment::*field) { to.*field = from.*field; });
}

}  // namespace firebreak
