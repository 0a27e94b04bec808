#include <algorithm>
#include <chrono>
#include <iostream>

#include "base/error.hpp"
#include "command/commands.hpp"
#include "conflict/replication.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/shared_noise.hpp"
#include "io/campaign.hpp"
#include "io/config.hpp"
#include "io/cost.hpp"
#include "io/parameter_text.hpp"
#include "io/timeline.hpp"

namespace firebreak {
namespace {

/// Adds the pairs of `KEY=VALUE` to `overrides`; returns what is no such pair.
std::vector<Problem> parse_set(const std::vector<std::string>& texts, Overrides& overrides) {
    std::vector<Problem> problems;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0) {
            problems.push_back({"--set", text, "must be KEY=VALUE, such as line.immigrant_rate=4"});
            continue;
        }
        overrides.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return problems;
}

}  // namespace

Overrides overrides_of(const Arguments& arguments) {
    Overrides overrides = arguments.overrides;
    std::vector<Problem> problems = parse_set(arguments.set, overrides);
    if (!problems.empty()) throw InputError(std::move(problems));
    return overrides;
}

Study read_study(Arguments& arguments) {
    std::vector<Problem> problems = parse_set(arguments.set, arguments.overrides);
    try {
        Study study = load_study(arguments.study, arguments.overrides);
        if (problems.empty()) return study;
    } catch (const InputError& error) {
        problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
    throw InputError(std::move(problems));
}

int check(Arguments& arguments) {
    const Study study = read_study(arguments);
    std::cout << arguments.study.string() << ": valid. ";
    if (study.design.points() > 1) std::cout << study.design.points() << " design points, ";
    std::cout << study.scenarios.size() << " regimes, " << study.run.replications
              << " replications each, horizon " << study.run.horizon << " d, seed "
              << study.run.seed << "\n";
    return success;
}

int describe(Arguments& arguments) {
    const Study study = read_study(arguments);
    std::cout << (arguments.markdown ? parameter_table_markdown(study.parameters)
                                     : parameter_table_text(study.parameters));
    return success;
}

int plan_study(Arguments& arguments) {
    const Study study = read_study(arguments);
    std::cout << cost_text(estimate_cost(study, arguments.threads));
    if (study.design.points() > many_points) {
        std::cerr << "More than " << many_points
                  << " design points: `firebreak run` does not begin them without --yes.\n";
    }
    return success;
}

int replay(Arguments& arguments) {
    // What varies depends on the regimes that are run, so that a point is one of all of them.
    Study study = read_study(arguments);
    auto told_regime = std::ranges::find(study.run.regimes, arguments.regime);
    if (told_regime == study.run.regimes.end()) {
        if (study.design.points() > 1) {
            throw InputError(Problem{"--regime", arguments.regime, "is none of the study's"});
        }
        arguments.overrides.regimes = {arguments.regime};
        study = load_study(arguments.study, arguments.overrides);
        told_regime = study.run.regimes.begin();
    }
    const std::uint64_t id = arguments.point.value_or(0);
    if (id >= study.design.points()) {
        throw InputError(Problem{"--point", std::to_string(id),
                                 "must be below " + std::to_string(study.design.points())});
    }
    const Draws draws(study.run.seed);
    const auto position = static_cast<std::size_t>(told_regime - study.run.regimes.begin());
    const std::vector<Scenario> one{scenarios_of(study)(id).at(position)};
    const DesignPoint point = make_design_point(id, one, draws, {}, arguments.threads);
    const Setting& setting = point.regimes.front();
    const ReplicationId replication(arguments.replication);
    Noise noise;
    make_noise(noise, noise_shape(setting.scenario), replication, draws);
    const Told told = tell(setting, noise, replication, draws);
    std::cout << (arguments.json
                      ? timeline_json(setting.scenario, told, replication, study.run.seed)
                      : timeline_text(setting.scenario, told, replication, study.run.seed));
    return success;
}

}  // namespace firebreak
