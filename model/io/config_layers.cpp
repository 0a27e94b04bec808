#include "io/config_layers.hpp"

#include <algorithm>
#include <numeric>

#include "io/config_point.hpp"
#include "io/config_words.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

using Kind = ConfigValue::Kind;

constexpr std::array<std::string_view, 4> setting_keys{"value", "prior", "source", "tag"};

std::size_t row_of(const ParameterField* field) {
    return static_cast<std::size_t>(field - parameter_fields().data());
}

}  // namespace

Layers::Layers(Baseline baseline, const Allies& allies, const std::vector<std::string>& regimes,
               std::vector<Problem>& problems)
    : check_(problems),
      entries_(std::move(baseline.entries)),
      own_(regimes.size()),
      scenarios_(regimes.size()),
      origins_(regimes.size()) {
    const auto fields = parameter_fields();
    for (std::size_t regime = 0; regime < regimes.size(); ++regime) {
        Scenario& scenario = scenarios_[regime];
        scenario.regime = regimes[regime];
        scenario.allies = allies;
        for (std::size_t row = 0; row < fields.size(); ++row) {
            fields[row].field(scenario) = entries_[row].value;
            origins_[regime][entries_[row].path] = {order_, entries_[row].where};
        }
    }
    for (const auto& [path, value] : baseline.words) {
        if (!value.where.empty()) set(path, value, std::nullopt, path);
    }
}

void Layers::apply(const ConfigValue& section, const std::string& prefix,
                   std::optional<std::size_t> regime) {
    for (const auto& [key, value] : section.members) {
        const std::string path = prefix + key;
        if (is_section(path)) {
            if (check_.table(path, value)) apply(value, path + ".", regime);
        } else {
            set(path, value, regime, path);
        }
    }
}

void Layers::set(const std::string& path, const ConfigValue& value,
                 std::optional<std::size_t> regime, const std::string& name) {
    if (find_parameter(path) != nullptr) {
        set_number(path, value, regime, name);
    } else if (path == "commitment.alignment") {
        set_alignment(value, regime, name);
    } else if (is_word(path)) {
        set_word(path, value, regime, name);
    } else {
        check_.problems().push_back({value.where, name, unknown_path(path)});
    }
}

std::vector<std::size_t> Layers::targets(std::optional<std::size_t> regime) const {
    if (regime) return {*regime};
    std::vector<std::size_t> all(scenarios_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

void Layers::note_origin(const std::string& path, const std::string& where,
                         std::optional<std::size_t> regime) {
    ++order_;
    for (const std::size_t target : targets(regime)) origins_[target][path] = {order_, where};
}

void Layers::keep(ParameterEntry entry, std::optional<std::size_t> regime) {
    const ParameterField* field = find_parameter(entry.path);
    for (const std::size_t target : targets(regime)) {
        field->field(scenarios_[target]) = entry.value;
        if (regime) {
            own_[target][entry.path] = entry;
        } else {
            own_[target].erase(entry.path);
        }
    }
    note_origin(entry.path, entry.where, regime);
    if (!regime) entries_[row_of(field)] = std::move(entry);
}

bool Layers::take(ParameterEntry& entry, const ConfigValue& value, const std::string& name) {
    entry.tie.reset();
    if (value.is(Kind::table)) {
        entry.tie = check_.tie(name, value);
        return entry.tie.has_value();
    }
    const auto given = check_.allowed(name, value, entry);
    if (!given) return false;
    entry.value = *given;
    // A value without a prior of its own is meant: sweeps must not move it.
    entry.prior = {Distribution::fixed, *given, *given};
    return true;
}

void Layers::set_number(const std::string& path, const ConfigValue& value,
                        std::optional<std::size_t> regime, const std::string& name) {
    ParameterEntry entry = entries_[row_of(find_parameter(path))];
    if (regime) {
        if (const auto own = own_[*regime].find(path); own != own_[*regime].end()) {
            entry = own->second;
        }
    }
    entry.where = value.where;
    const ConfigValue* number = &value;
    const ConfigValue* prior = nullptr;
    if (value.is(Kind::table) && value.find("of") == nullptr) {
        check_.only(value, name + ".", setting_keys, "key of a setting");
        number = value.find("value");
        prior = value.find("prior");
        if (const ConfigValue* source = value.find("source")) {
            entry.source = check_.text(name + ".source", *source).value_or("");
        }
        if (const ConfigValue* tag = value.find("tag")) {
            if (check_.word(name + ".tag", *tag, provenance_tags)) entry.tag = tag->text;
        }
        if (number == nullptr) {
            check_.problems().push_back({value.where, name + ".value", "is missing"});
            return;
        }
    }
    if (!take(entry, *number, name)) return;
    if (prior != nullptr) {
        const auto spread = check_.prior(name + ".prior", *prior, entry);
        if (!spread) return;
        entry.prior = *spread;
    }
    keep(std::move(entry), regime);
}

void Layers::set_alignment(const ConfigValue& value, std::optional<std::size_t> regime,
                           const std::string& name) {
    ConfigValue single;
    single.kind = Kind::list;
    single.items = {value};
    const ConfigValue& list = value.is(Kind::number) || value.is(Kind::table) ? single : value;
    if (!list.is(Kind::list) || list.items.empty() || list.items.size() > phase_count) {
        check_.refuse(name, value,
                      "must be a list of one to five numbers, for the phases none, promised, "
                      "invited, ratifying and in force; the last one is repeated");
        return;
    }
    const std::size_t first = row_of(find_parameter("commitment.alignment_none"));
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        const std::size_t item = std::min(phase, list.items.size() - 1);
        ParameterEntry entry = entries_[first + phase];
        if (!take(entry, list.items[item], name)) return;
        entry.where = value.where;
        keep(std::move(entry), regime);
    }
}

void Layers::set_word(const std::string& path, const ConfigValue& value,
                      std::optional<std::size_t> regime, const std::string& name) {
    const Allies empty;
    const Allies& allies = scenarios_.empty() ? empty : scenarios_.front().allies;
    Commitment read;
    if (!read_word(path, name, value, allies, check_, read)) return;
    for (const std::size_t target : targets(regime)) {
        copy_word(path, read, scenarios_[target].commitment);
    }
    note_origin(path, value.where, regime);
}

std::string Layers::cause(std::size_t regime, const std::string& text,
                          const std::string& fallback) const {
    std::string where = fallback;
    int last = -1;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" :,", begin), text.size());
        const auto origin = origins_[regime].find(text.substr(begin, end - begin));
        if (origin != origins_[regime].end() && origin->second.order > last) {
            last = origin->second.order;
            where = origin->second.where;
        }
        begin = end + 1;
    }
    return where;
}

const ParameterEntry& Layers::entry_for(std::size_t regime, const std::string& path) const {
    const auto own = own_[regime].find(path);
    return own == own_[regime].end() ? entries_[row_of(find_parameter(path))] : own->second;
}

void Layers::resolve_ties() {
    const auto settle = [](ParameterEntry& entry, double value) {
        entry.value = value;
        entry.prior = {Distribution::fixed, value, value};
    };
    std::vector<Problem>& noted = check_.problems();
    for (std::size_t regime = 0; regime < scenarios_.size(); ++regime) {
        for (const ParameterField& row : parameter_fields()) {
            const ParameterEntry& entry = entry_for(regime, std::string(row.path));
            if (!entry.tie || !entry_for(regime, entry.tie->of).tie) continue;
            Problem chain{entry.where, entry.path + ".of = \"" + entry.tie->of + "\"",
                          "must not be tied itself"};
            if (std::find(noted.begin(), noted.end(), chain) == noted.end()) {
                noted.push_back(std::move(chain));
            }
        }
    }
    firebreak::resolve_ties(entries(), {}, scenarios_, noted);
    for (std::size_t regime = 0; regime < scenarios_.size(); ++regime) {
        for (auto& [path, own] : own_[regime]) {
            if (own.tie) settle(own, find_parameter(path)->field(scenarios_[regime]));
        }
    }
    for (ParameterEntry& entry : entries_) {
        if (entry.tie) {
            settle(entry, entry.tie->times * entries_[row_of(find_parameter(entry.tie->of))].value);
        }
    }
}

void Layers::check_rules(const std::string& fallback) {
    std::vector<Problem>& noted = check_.problems();
    for (std::size_t regime = 0; regime < scenarios_.size(); ++regime) {
        for (Problem problem : problems(scenarios_[regime])) {
            problem.where = cause(regime, problem.what + " " + problem.why, fallback);
            if (std::find(noted.begin(), noted.end(), problem) == noted.end()) {
                noted.push_back(std::move(problem));
            }
        }
    }
}

std::vector<ParameterEntry> Layers::entries() const {
    std::vector<ParameterEntry> all = entries_;
    for (std::size_t regime = 0; regime < scenarios_.size(); ++regime) {
        for (const auto& [path, own] : own_[regime]) {
            all.push_back(own);
            all.back().path = scenarios_[regime].regime + ":" + path;
        }
    }
    return all;
}

}  // namespace firebreak
