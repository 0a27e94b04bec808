#include "regime/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "base/number_text.hpp"
#include "regime/parameter_table.hpp"

namespace firebreak {
namespace {

/// Collects the problems of one scenario under its name.
class Findings {
  public:
    explicit Findings(const Scenario& scenario) : where_("regime " + scenario.regime) {}

    /// Notes `what` unless `holds`.
    void require(bool holds, std::string what, std::string why) {
        if (!holds) refuse(std::move(what), std::move(why));
    }

    /// Notes `what`. Rules of many numbers call this alone, so that none is put into words in vain.
    void refuse(std::string what, std::string why) {
        problems_.push_back({where_, std::move(what), std::move(why)});
    }

    std::vector<Problem> take() { return std::move(problems_); }

  private:
    std::string where_;
    std::vector<Problem> problems_;
};

std::string equals(std::string_view name, double value) {
    return std::string(name) + " = " + number_text(value);
}

std::string sums_to(std::string_view terms, double sum) {
    return std::string(terms) + " = " + sum_text(sum);
}

bool is_whole(double value) { return std::isfinite(value) && value == std::floor(value); }

bool is_share(double value) { return value >= 0.0 && value <= 1.0; }

void check_finite(Scenario scenario, Findings& findings) {
    for (const ParameterField& row : parameter_fields()) {
        const double value = row.field(scenario);
        const bool no_deadline = row.path == "investigation.deadline_hours" &&
                                 value == std::numeric_limits<double>::infinity();
        if (std::isfinite(value) || no_deadline) continue;
        findings.refuse(equals(row.path, value), "must be a finite number");
    }
}

void check_line(const LineOfContact& line, Findings& findings) {
    findings.require(is_whole(line.sectors) && line.sectors >= 1 && line.sectors <= 64,
                     equals("line.sectors", line.sectors), "must be a whole number from 1 to 64");
    const double excitation =
        line.own_excitation + line.cross_excitation + line.neighbour_excitation;
    findings.require(excitation <= 0.98 + 1e-9,
                     sums_to("line.own_excitation + line.cross_excitation + "
                             "line.neighbour_excitation",
                             excitation),
                     "must be at most 0.98: the fire would feed itself almost without end");
    const double lasting = line.flare_up_persistence + line.flare_up_contagion;
    findings.require(lasting < 1.0,
                     sums_to("line.flare_up_persistence + line.flare_up_contagion", lasting),
                     "must be less than 1, or a flare-up never ends");
    findings.require(line.flare_up_start + lasting <= 1.0 + 1e-9,
                     sums_to("line.flare_up_start + line.flare_up_persistence + "
                             "line.flare_up_contagion",
                             line.flare_up_start + lasting),
                     "must be at most 1: it is a probability when all neighbours flare");
}

void check_investigation(const InvestigationParameters& investigation, Findings& findings) {
    if (std::isfinite(investigation.deadline_hours)) return;
    constexpr std::string_view never = "without a deadline the assessor would never settle";
    findings.require(investigation.report_accuracy != 0.5,
                     equals("investigation.report_accuracy", investigation.report_accuracy),
                     std::string(never));
    findings.require(investigation.deniable_accuracy != 0.5,
                     equals("investigation.deniable_accuracy", investigation.deniable_accuracy),
                     std::string(never));
    findings.require(investigation.report_rate > 0.0,
                     equals("investigation.report_rate", investigation.report_rate),
                     std::string(never));
}

void check_response(const ResponseParameters& response, Findings& findings) {
    const auto ascending = [&findings](std::string_view low, double low_cut, std::string_view high,
                                       double high_cut) {
        findings.require(low_cut < high_cut, equals(high, high_cut),
                         "must be above " + equals(low, low_cut));
    };
    ascending("response.cut_consult", response.cut_consult, "response.cut_reinforce",
              response.cut_reinforce);
    ascending("response.cut_reinforce", response.cut_reinforce, "response.cut_limited_force",
              response.cut_limited_force);
    ascending("response.cut_limited_force", response.cut_limited_force,
              "response.cut_general_force", response.cut_general_force);
    findings.require(is_whole(response.belief_draws) && response.belief_draws >= 1,
                     equals("response.belief_draws", response.belief_draws),
                     "must be a whole number, 1 or more");
}

void check_politics_step(double step, Findings& findings) {
    findings.require(is_whole(step) && step >= 1, equals("capitals.politics_step", step),
                     "must be a whole number of days, 1 or more");
}

void check_share_sum(const Allies& allies, std::string_view name, double Ally::*share,
                     Findings& findings) {
    double sum = 0.0;
    for (const Ally& ally : allies) sum += ally.*share;
    findings.require(std::abs(sum - 1.0) <= 1e-6,
                     sums_to("sum of allies." + std::string(name), sum),
                     "must be 1 within 0.000001");
}

void check_allies(const Allies& allies, Findings& findings) {
    findings.require(!allies.empty(), "allies", "must hold at least one ally");
    if (allies.empty()) return;
    findings.require(allies.size() <= most_allies,
                     equals("allies", static_cast<double>(allies.size())),
                     "must be at most " + std::to_string(most_allies));
    std::set<std::string_view> seen;
    for (const Ally& ally : allies) {
        findings.require(seen.insert(ally.iso3).second, "allies." + ally.iso3, "is there twice");
        const auto share = [&](std::string_view name, double value) {
            if (is_share(value)) return;
            findings.refuse(equals("allies." + ally.iso3 + "." + std::string(name), value),
                            "must be between 0 and 1");
        };
        share("capability_share", ally.capability_share);
        share("stake", ally.stake);
        share("veto_propensity", ally.veto_propensity);
        share("stray_share", ally.stray_share);
        share("probe_share", ally.probe_share);
    }
    check_share_sum(allies, "capability_share", &Ally::capability_share, findings);
    check_share_sum(allies, "stray_share", &Ally::stray_share, findings);
    check_share_sum(allies, "probe_share", &Ally::probe_share, findings);
}

void check_sectors(std::string_view name, const std::vector<std::uint32_t>& mask, double sectors,
                   Findings& findings) {
    std::set<std::uint32_t> seen;
    for (const std::uint32_t sector : mask) {
        findings.require(
            sector < sectors, equals(name, sector),
            "must be below " + equals("line.sectors", sectors) + ": sectors are numbered from 0");
        findings.require(seen.insert(sector).second, equals(name, sector), "is listed twice");
    }
}

void check_protectors(const Scenario& scenario, Findings& findings) {
    const Commitment& commitment = scenario.commitment;
    const bool can_come =
        commitment.timing != Timing::never && commitment.timing != Timing::promised;
    findings.require(!can_come || !commitment.protectors.empty(), "commitment.protectors = []",
                     "must name at least one ally, since the commitment can come into force");
    findings.require(commitment.exposure == 0.0 || !commitment.protectors.empty(),
                     equals("commitment.exposure", commitment.exposure),
                     "must be 0 where there are no protectors");
    std::set<std::uint32_t> seen;
    double capability = 0.0;
    for (const AllyId id : commitment.protectors) {
        const bool known = id.value() < scenario.allies.size();
        if (!known) {
            findings.refuse(equals("commitment.protectors", id.value()),
                            "must be a row of the allies' table");
            continue;
        }
        const Ally& ally = scenario.allies[id.value()];
        findings.require(seen.insert(id.value()).second, "commitment.protectors: " + ally.iso3,
                         "is listed twice");
        capability += ally.capability_share;
    }
    findings.require(seen.empty() || capability > 0.0, "commitment.protectors",
                     "must hold some capability between them");
}

void check_commitment(const Scenario& scenario, Findings& findings) {
    const Commitment& commitment = scenario.commitment;
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        findings.require(
            is_share(commitment.alignment[phase]),
            "commitment.alignment, " + equals(phase_names[phase], commitment.alignment[phase]),
            "must be between 0 and 1");
    }
    check_protectors(scenario, findings);
    const double sectors = scenario.parameters.line.sectors;
    check_sectors("commitment.covered_sectors", commitment.covered_sectors, sectors, findings);
    check_sectors("commitment.troop_sectors", commitment.troop_sectors, sectors, findings);
    findings.require(commitment.revision_hazard == 0.0 || commitment.timing == Timing::never,
                     equals("commitment.revision_hazard", commitment.revision_hazard),
                     "must be 0 unless the timing is never: only a promise never to join is "
                     "revised");
    findings.require(commitment.air_shield == 0.0 || commitment.air_shield == 1.0,
                     equals("commitment.air_shield", commitment.air_shield), "must be 0 or 1");
}

void check_time(const Scenario& scenario, Findings& findings) {
    findings.require(scenario.horizon >= 1, equals("run.horizon", scenario.horizon),
                     "must be 1 day or more");
    const std::vector<std::int32_t>& days = scenario.checkpoints;
    findings.require(!days.empty(), "run.checkpoints", "must hold at least one day");
    findings.require(days.size() <= max_checkpoints,
                     equals("run.checkpoints", static_cast<double>(days.size())),
                     "must be at most " + number_text(static_cast<double>(max_checkpoints)));
    const bool ascending =
        std::adjacent_find(days.begin(), days.end(), std::greater_equal<>()) == days.end();
    findings.require(ascending, "run.checkpoints", "must be on days that ascend");
    const bool within = std::all_of(days.begin(), days.end(), [&scenario](std::int32_t day) {
        return day >= 1 && day <= scenario.horizon;
    });
    findings.require(within, "run.checkpoints", "must be on days from 1 to the horizon");
}

}  // namespace

std::vector<Problem> problems(const Scenario& scenario) {
    Findings findings(scenario);
    check_finite(scenario, findings);
    check_line(scenario.parameters.line, findings);
    check_investigation(scenario.parameters.investigation, findings);
    check_response(scenario.parameters.response, findings);
    check_politics_step(scenario.parameters.capitals.politics_step, findings);
    check_allies(scenario.allies, findings);
    check_commitment(scenario, findings);
    check_time(scenario, findings);
    return findings.take();
}

}  // namespace firebreak
