#include "conflict/response.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

/// One lane per member of the deciding set, on the stack: a response allocates nothing.
using Lanes = std::array<double, most_allies>;
using Levels = std::array<ResponseLevel, most_allies>;

bool is_offensive(const Incident& incident) {
    return incident.kind == IncidentKind::offensive || incident.kind == IncidentKind::war_spillover;
}

bool covers(const Commitment& commitment, const Incident& incident) {
    const auto& covered = commitment.covered_sectors;
    if (covered.empty() || !incident.sector) return true;
    return std::find(covered.begin(), covered.end(), incident.sector->value()) != covered.end();
}

double place_weight(const Commitment& commitment, const Incident& incident) {
    if (is_offensive(incident)) return 1.0;
    switch (incident.place) {
        case Place::line:
            return covers(commitment, incident) ? commitment.line_weight : 0.0;
        case Place::ukrainian_rear:
            return commitment.rear_weight;
        case Place::russian_territory:
            return 0.0;
        case Place::allied_territory:
            return 1.0;
    }
    return 0.0;
}

std::uint64_t bits_of(const DecidingSet& set) {
    std::uint64_t bits = 0;
    for (const AllyId member : set.members) bits |= std::uint64_t{1} << member.value();
    return bits;
}

/// The allies whose own territory or troops were hit, one bit each.
std::uint64_t hit_allies(const Setting& setting, const Incident& incident) {
    std::uint64_t bits = incident.troops_hit ? bits_of(setting.protectors) : 0;
    if (incident.territory) bits |= std::uint64_t{1} << incident.territory->value();
    return bits;
}

DrawAddress address_of(const Incident& incident, ReplicationId replication, Purpose purpose,
                       std::uint16_t variant) {
    return {.replication = replication.value(),
            .day = static_cast<std::uint32_t>(incident.day),
            .purpose = purpose,
            .index = variant,
            .subject = subject_of(incident)};
}

/// Luck of single allies: a block of words serves two of them, so that most calls are free when
/// the set is in the order of the table.
class AllyLuck {
  public:
    AllyLuck(const Draws& draws, DrawAddress address) : draws_(draws), address_(address) {}

    double uniform(AllyId ally) {
        const std::uint32_t pair = ally.value() / 2;
        if (pair != pair_) {
            DrawAddress address = address_;
            address.subject |= pair;
            words_ = draws_.words(address);
            pair_ = pair;
        }
        return ally.value() % 2 == 0 ? uniform_of(words_[0], words_[1])
                                     : uniform_of(words_[2], words_[3]);
    }

  private:
    static constexpr std::uint32_t none = 0xffffffffU;

    const Draws& draws_;
    DrawAddress address_;
    std::array<std::uint32_t, 4> words_{};
    std::uint32_t pair_ = none;
};

/// Whether Ukraine is held to have fired first, where a duty with a clause on it is in force.
std::optional<bool> judge_first_use(const Mandate& mandate,
                                    const InvestigationParameters& investigation,
                                    const Incident& incident, const Draws& draws,
                                    const DrawAddress& address) {
    if (!mandate.obligation_in_force || mandate.first_use_exclusion == 0.0) return std::nullopt;
    const bool right = draws.bernoulli(investigation.first_use_accuracy, address);
    return right == did_ukraine_fire_first(incident);
}

/// What an incident weighs before any ally looks at it.
struct Weight {
    double common{};  ///< severity and obligation
    double place{};   ///< of the stake
    bool own{};       ///< some ally was hit itself
};

Weight weigh(const Setting& setting, const Incident& incident, const Mandate& mandate,
             bool triggered) {
    const ResponseParameters& parameters = setting.scenario.parameters.response;
    const bool full = incident.place == Place::allied_territory || is_offensive(incident);
    return {parameters.severity_weight * log_one_plus(incident.deaths) +
                (triggered ? parameters.obligation_weight * mandate.obligation : 0.0),
            full ? 1.0 : parameters.line_stake_factor,
            incident.troops_hit || incident.territory.has_value()};
}

/// Each member's propensity and nuclear aversion; `act` is P_R I g.
void fill_propensities(const Setting& setting, const Cast& cast, const State& state,
                       const Incident& incident, const DecidingSet& deciding, const Weight& weight,
                       double act, Lanes& propensity, Lanes& aversion) {
    const Scenario& scenario = setting.scenario;
    const ResponseParameters& parameters = scenario.parameters.response;
    const CohesionParameters& cohesion = scenario.parameters.cohesion;
    const double fatigue =
        -exponential_minus_one(-static_cast<double>(incident.day) / cohesion.fatigue_days);
    const double loss = parameters.fatigue_weight * fatigue +
                        parameters.walk_back_loss * static_cast<double>(state.walked_back) +
                        parameters.dishonour_loss * static_cast<double>(state.dishonoured);
    const double stake = parameters.stake_weight * weight.place;
    const std::uint64_t hit = hit_allies(setting, incident);
    for (std::size_t i = 0; i < deciding.members.size(); ++i) {
        const std::uint32_t id = deciding.members[i].value();
        const Ally& ally = scenario.allies[id];
        const double own = static_cast<double>((hit >> id) & 1U) * parameters.own_hit_weight;
        const double adverse =
            static_cast<double>((state.adverse >> id) & 1U) * cohesion.adverse_loss;
        propensity[i] =
            act * (weight.common + stake * ally.stake + own) - loss - adverse + cast.resolve[id];
        aversion[i] = parameters.nuclear_aversion * ally.nuclear_aversion;
    }
}

/// The second round sees the first: each member's view of the others' support, centred, so that
/// it does not shift the cuts (prototype mend 31).
void add_peers(const DecidingSet& deciding, double peer_weight, double cut, Lanes& propensity) {
    const std::size_t count = deciding.members.size();
    Lanes supporting{};
    double support = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        supporting[i] = propensity[i] >= cut ? deciding.share[i] : 0.0;
        support += supporting[i];
    }
    for (std::size_t i = 0; i < count; ++i) {
        const double others = 1.0 - deciding.share[i];
        // A member that holds everything has no peers to look at.
        if (others > 0.0) {
            const double seen = (support - supporting[i]) / others;
            propensity[i] += peer_weight * (2.0 * seen - 1.0);
        }
    }
}

/// The highest level within reach. Written without branches, which would be coin tosses: cuts
/// ascend, so that the last one passed is the highest.
ResponseLevel level_of(const ResponseParameters& parameters, double propensity, double aversion) {
    const double force = propensity - aversion;
    int level = propensity >= parameters.cut_consult ? 1 : 0;
    level = propensity >= parameters.cut_reinforce ? 2 : level;
    level = force >= parameters.cut_limited_force ? 3 : level;
    level = force >= parameters.cut_general_force ? 4 : level;
    return static_cast<ResponseLevel>(level);
}

/// Who of the hold-outs gives way. Stops at the first who does not: one is enough to block.
void break_silence(const Scenario& scenario, const State& state, const DecidingSet& deciding,
                   std::span<const ResponseLevel> levels, AllyLuck luck,
                   std::span<std::uint8_t> gives_way) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] >= ResponseLevel::reinforce) continue;
        const AllyId ally = deciding.members[i];
        const double chance = chance_of_giving_way(scenario, ally, state.is_adverse(ally));
        if (luck.uniform(ally) >= chance) return;
        gives_way[i] = 1;
    }
}

}  // namespace

Mandate mandate_for(const Setting& setting, const State& state, const Incident& incident) {
    if (incident.place == Place::allied_territory) {
        return {&setting.everybody, ResponseRule::consensus, 1.0, true};
    }
    if (!state.in_force || setting.protectors.members.empty()) {
        return {&setting.everybody, ResponseRule::coalition, 0.0, false};
    }
    const Commitment& commitment = setting.scenario.commitment;
    const double obligation = commitment.obligation * place_weight(commitment, incident);
    return {&setting.protectors, commitment.rule, obligation, obligation > 0.0,
            commitment.first_use_exclusion};
}

double after_first_use(const Mandate& mandate, bool ukraine_first) {
    return ukraine_first ? mandate.obligation * (1.0 - mandate.first_use_exclusion)
                         : mandate.obligation;
}

bool is_triggered(const Setting& setting, const Incident& incident, bool attributed_to_russia) {
    const double threshold = setting.scenario.parameters.response.trigger_deaths;
    return attributed_to_russia && incident.victim != Actor::russia &&
           (is_offensive(incident) || incident.deaths >= threshold);
}

bool is_beneath_notice(const Setting& setting, const State& state, const Incident& incident) {
    if (incident.place == Place::allied_territory || incident.troops_hit ||
        is_triggered(setting, incident, true)) {
        return false;
    }
    const Weight weight = weigh(setting, incident, mandate_for(setting, state, incident), false);
    const ResponseParameters& parameters = setting.scenario.parameters.response;
    return weight.common + (weight.own ? parameters.own_hit_weight : 0.0) < parameters.agenda_gate;
}

double perceived_intent(const ResponseParameters& parameters, const Incident& incident,
                        double reading) {
    if (is_offensive(incident)) return 1.0;
    const double spread = parameters.deliberate_discount - parameters.accidental_discount;
    const double plain = parameters.accidental_discount + spread * logistic(reading);
    return 1.0 - (1.0 - plain) * power(1.0 + incident.deaths, -parameters.discount_fading);
}

double chance_of_giving_way(const Scenario& scenario, AllyId ally, bool adverse) {
    const double habit =
        scenario.parameters.accession.veto_scale * scenario.allies[ally.value()].veto_propensity;
    const double chance = scenario.parameters.response.silence * std::clamp(1.0 - habit, 0.0, 1.0);
    if (!adverse || chance <= 0.0 || chance >= 1.0) return chance;
    return logistic(logit(chance) - scenario.parameters.cohesion.adverse_loss);
}

OwnErrors draw_own_errors(const DecidingSet& deciding, const Incident& incident,
                          ReplicationId replication, const Draws& draws, std::uint16_t variant) {
    AllyLuck luck(draws, address_of(incident, replication, Purpose::ally_error, variant));
    OwnErrors errors{};
    for (const AllyId ally : deciding.members) {
        const double u = luck.uniform(ally);
        errors[ally.value()] = logarithm(u / (1.0 - u));
    }
    return errors;
}

Response respond(const Setting& setting, const Cast& cast, const State& state,
                 const Incident& incident, const Judgement& judgement, ReplicationId replication,
                 const Draws& draws, std::uint16_t variant, bool tell, const OwnErrors* given) {
    const Scenario& scenario = setting.scenario;
    const ResponseParameters& parameters = scenario.parameters.response;
    const auto address = [&](Purpose purpose) {
        return address_of(incident, replication, purpose, variant);
    };
    Mandate mandate = mandate_for(setting, state, incident);
    const bool bound_in_truth = after_first_use(mandate, did_ukraine_fire_first(incident)) > 0.0;
    const double russia = judgement.probability_russia;

    Response response;
    response.held_ukraine_first = judge_first_use(mandate, scenario.parameters.investigation,
                                                  incident, draws, address(Purpose::first_use));
    mandate.obligation = after_first_use(mandate, response.held_ukraine_first.value_or(false));
    response.obligation_in_force = mandate.obligation > 0.0;
    response.triggered = is_triggered(setting, incident, russia > 0.5);
    response.truly_triggered = bound_in_truth && incident.deliberate &&
                               is_triggered(setting, incident, incident.origin == Actor::russia);
    double reading = 0.0;
    if (!is_offensive(incident)) {
        const double separation = parameters.intent_separation;
        reading = (incident.deliberate ? separation : -separation) +
                  parameters.intent_noise * draws.normal(address(Purpose::perceived_intent));
    }
    response.perceived_intent = perceived_intent(parameters, incident, reading);

    const Weight weight = weigh(setting, incident, mandate, response.triggered);
    const double own = weight.own ? parameters.own_hit_weight : 0.0;
    const double seen = russia * response.perceived_intent;
    response.agenda = seen * (weight.common + own) >= parameters.agenda_gate;
    if (!response.agenda) return response;

    response.gravity = exponential(parameters.gravity_sd * draws.normal(address(Purpose::gravity)));
    const DecidingSet& deciding = *mandate.deciding;
    const std::size_t count = deciding.members.size();
    EXPECT(count > 0 && count <= most_allies, "the deciding set fits its lanes");
    Lanes propensity;
    Lanes aversion;
    fill_propensities(setting, cast, state, incident, deciding, weight, seen * response.gravity,
                      propensity, aversion);
    const OwnErrors errors = given != nullptr
                                 ? *given
                                 : draw_own_errors(deciding, incident, replication, draws, variant);
    for (std::size_t i = 0; i < count; ++i) {
        propensity[i] += parameters.own_error_scale * errors[deciding.members[i].value()];
    }
    add_peers(deciding, parameters.peer_weight, parameters.cut_reinforce, propensity);

    Levels wanted;
    for (std::size_t i = 0; i < count; ++i) {
        wanted[i] = level_of(parameters, propensity[i], aversion[i]);
    }
    const std::span<const ResponseLevel> levels(wanted.data(), count);
    std::array<std::uint8_t, most_allies> gives_way{};
    const std::span<std::uint8_t> silent(gives_way.data(), count);
    if (mandate.rule == ResponseRule::consensus && may_break_silence(parameters, levels)) {
        break_silence(scenario, state, deciding, levels, AllyLuck(draws, address(Purpose::silence)),
                      silent);
    }
    const Consultation consultation =
        mandate.obligation_in_force ? Consultation::by_any_member : Consultation::by_coalition;
    const Collective collective =
        decide(mandate.rule, consultation, parameters, deciding, levels, silent);
    response.level = collective.level;
    response.invoked = collective.invoked && response.obligation_in_force;
    if (tell) {
        response.deciding = deciding.members;
        response.levels.assign(levels.begin(), levels.end());
    }
    return response;
}

double chance_of_level(const ResponseParameters& parameters, double propensity,
                       double nuclear_aversion, ResponseLevel level) {
    double margin = propensity;
    switch (level) {
        case ResponseLevel::none:
            return 1.0;
        case ResponseLevel::consult:
            margin -= parameters.cut_consult;
            break;
        case ResponseLevel::reinforce:
            margin -= parameters.cut_reinforce;
            break;
        case ResponseLevel::limited_force:
            margin -= parameters.cut_limited_force + nuclear_aversion;
            break;
        case ResponseLevel::general_force:
            margin -= parameters.cut_general_force + nuclear_aversion;
            break;
    }
    if (parameters.own_error_scale == 0.0) return margin >= 0.0 ? 1.0 : 0.0;
    return logistic(margin / parameters.own_error_scale);
}

}  // namespace firebreak
