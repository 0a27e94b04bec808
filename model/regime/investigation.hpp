#pragma once

namespace firebreak {

/// Who did it: evidence that arrives in hours against a political clock.
struct InvestigationParameters {
    double prior_line{};             ///< P(Russia did it) when a Ukrainian is the victim, line [1]
    double prior_stray{};            ///< the same, stray on allied territory [1]
    double prior_deniable{};         ///< the same, deniable act on allied territory or rear [1]
    double overt_russia{};           ///< P(Russia) at an overt Russian act, no investigation [1]
    double overt_ukraine{};          ///< P(Russia) at an overt Ukrainian act [1]
    double report_rate{};            ///< reports at full coverage [1/h]
    double report_accuracy{};        ///< a report names the true culprit [1]
    double deniable_accuracy{};      ///< the same for a deniable act [1]
    double misleading_stream{};      ///< the whole stream misleads [1]
    double settling_threshold{};     ///< log-odds at which the assessor settles [logit]
    double claim_weight_ukraine{};   ///< weight of Ukraine's claim [logit]
    double ukraine_blames_russia{};  ///< Ukraine blames Russia whatever the truth [1]
    double deadline_hours{};         ///< mean decision deadline without pressure [h]
    double deadline_pressure{};      ///< shortening per log1p(deaths) [1]
    double truth_days{};             ///< truth emerges after a wrong settling, mean [d]
    double first_use_accuracy{};     ///< the judgement who fired first is right [1]
};

}  // namespace firebreak
