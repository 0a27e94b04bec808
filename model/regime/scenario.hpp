#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "regime/actors.hpp"
#include "regime/commitment.hpp"
#include "regime/incident_rates.hpp"
#include "regime/investigation.hpp"
#include "regime/ladder.hpp"
#include "regime/lethality.hpp"
#include "regime/line_of_contact.hpp"
#include "regime/response_rule.hpp"
#include "regime/settlement_terms.hpp"

namespace firebreak {

/// Most days by which outcomes can be reported.
inline constexpr std::size_t max_checkpoints = 64;

/// Every number of the model that is not regime data. One field per entry of
/// `configs/baseline.toml`; the table in `regime/parameter_table.hpp` ties the two.
struct Parameters {
    LineOfContact line;
    IncidentParameters incidents;
    LethalityParameters lethality;
    InvestigationParameters investigation;
    ResponseParameters response;
    CapitalParameters capitals;
    CohesionParameters cohesion;
    AccessionParameters accession;
    SettlementParameters settlement;
    NegotiationParameters negotiation;
    LadderParameters ladder;
    RenewedWarParameters renewed_war;
    PledgeParameters pledges;
};

/// One complete world as given, under one regime: immutable while histories are simulated.
struct Scenario {
    std::string regime;  ///< name, the stem of its file in `configs/regimes`
    std::string title;   ///< one line
    Parameters parameters;
    Commitment commitment;
    Allies allies;
    std::int32_t horizon{};                 ///< length of a history [d]
    std::vector<std::int32_t> checkpoints;  ///< days by which outcomes are reported, ascending [d]
};

/// Every rule between fields that `scenario` breaks; empty when it can be simulated.
std::vector<Problem> problems(const Scenario& scenario);

}  // namespace firebreak
