#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inference/claim.hpp"
#include "io/config_check.hpp"
#include "io/config_value.hpp"

namespace firebreak {

/// The claims of a file, its sections `[claims.NAME]` in their order. `regimes`: names of all that
/// may be compared; empty: any. Notes every problem.
std::vector<Claim> read_claims(const ConfigValue& file, std::span<const std::string_view> regimes,
                               ConfigCheck& check);

/// The claims that the configuration of a result names: those of the file that its study does, or
/// of the study itself. Throws InputError if there are none.
std::vector<Claim> claims_in(const std::string& configuration, const std::string& where);

/// Whether the study of a configuration draws its parameters from a posterior.
bool draws_from_posterior(const std::string& configuration);

}  // namespace firebreak
