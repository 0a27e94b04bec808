#pragma once

#include <string>

#include "io/campaign.hpp"
#include "io/campaign_head.hpp"
#include "io/config.hpp"
#include "io/results.hpp"

namespace firebreak {

/// What the result file of a campaign says of all its points. `notes` of the journals, such as a
/// changed program, become part of its history.
ResultHeading campaign_heading(const Study& study, const RunRequest& request,
                               const Campaign& campaign, const std::vector<std::string>& notes);

/// The points of a campaign for its result file; both outlive it.
PointSource campaign_points(const Study& study, const Campaign& campaign);

}  // namespace firebreak
