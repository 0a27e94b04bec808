#include "inference/claim.hpp"

#include <algorithm>
#include <map>

#include "base/elementary.hpp"
#include "base/error.hpp"

namespace firebreak {
namespace {

/// `high` has more than `low`.
Link above(const std::string& quantity, const std::string& high, const std::string& low) {
    return {quantity, {{high, low, 1.0}}, {}, {}};
}

Condition ordering(const Comparison& given) {
    std::vector<Link> chain;
    for (std::size_t place = 1; place < given.regimes.size(); ++place) {
        chain.push_back(above(given.of.front(), given.regimes[place], given.regimes[place - 1]));
    }
    return {{std::move(chain)}};
}

Condition hump(const Comparison& given) {
    Condition condition;
    for (std::size_t inside = 1; inside + 1 < given.regimes.size(); ++inside) {
        condition.alternatives.push_back(
            {above(given.of.front(), given.regimes[inside], given.regimes.front()),
             above(given.of.front(), given.regimes[inside], given.regimes.back())});
    }
    return condition;
}

std::vector<double> places_of(const Comparison& given) {
    std::vector<double> places = given.levels;
    for (double& place : places) place = given.log_levels ? logarithm(place) : place;
    return places;
}

/// What the line of least squares rises by from the first level to the last, as differences from
/// the first regime.
Condition slope(const Comparison& given) {
    const std::vector<double> places = places_of(given);
    double mean = 0.0;
    for (const double place : places) mean += place / static_cast<double>(places.size());
    double spread = 0.0;
    for (const double place : places) spread += (place - mean) * (place - mean);
    const double range = places.back() - places.front();
    Link link{given.of.front(), {}, {}, {}};
    for (std::size_t level = 1; level < places.size(); ++level) {
        const double weight =
            (places[level] - mean) / spread * range * (given.falling ? -1.0 : 1.0);
        link.pairs.push_back({given.regimes[level], given.regimes.front(), weight});
    }
    return {{{std::move(link)}}};
}

Condition difference(const Comparison& given) {
    const auto& names = given.regimes;
    return {{{{given.of.front(),
               {{names[0], names[1], 1.0}, {names[2], names[3], -given.times}},
               {},
               {}}}}};
}

/// Not: one regime has less of everything than each other one.
Condition frontier(const Comparison& given) {
    Condition condition;
    condition.negated = true;
    for (const std::string& best : given.regimes) {
        std::vector<Link> all;
        for (const std::string& quantity : given.of) {
            for (const std::string& other : given.regimes) {
                if (other != best) all.push_back(above(quantity, other, best));
            }
        }
        condition.alternatives.push_back(std::move(all));
    }
    return condition;
}

Condition threshold(const Comparison& given) {
    const std::string& begin = given.falling ? given.regimes.front() : given.against;
    const std::string& other = given.falling ? given.against : given.regimes.front();
    const std::string& end = given.falling ? given.against : given.regimes.back();
    const std::string& last = given.falling ? given.regimes.back() : given.against;
    return {{{above(given.of.front(), begin, other), above(given.of.front(), end, last)}}};
}

std::vector<std::string> regimes_of(const Link& link) {
    std::vector<std::string> regimes;
    for (const PairTerm& term : link.pairs) {
        regimes.push_back(term.regime);
        regimes.push_back(term.reference);
    }
    return regimes;
}

Condition excess(const Comparison& given) {
    return {{{{given.of[0], {}, {given.of[1], given.of[2]}, given.regimes.front()}}}};
}

}  // namespace

Condition condition_of(const Comparison& comparison) {
    switch (comparison.kind) {
        case ComparisonKind::ordering:
            return ordering(comparison);
        case ComparisonKind::hump:
            return hump(comparison);
        case ComparisonKind::slope:
            return slope(comparison);
        case ComparisonKind::difference:
            return difference(comparison);
        case ComparisonKind::frontier:
            return frontier(comparison);
        case ComparisonKind::threshold:
            return threshold(comparison);
        case ComparisonKind::excess:
            return excess(comparison);
    }
    throw LogicError("a kind of comparison that is none");
}

std::vector<std::pair<std::string, std::string>> pairs_needed(const std::vector<Claim>& claims) {
    std::vector<std::pair<std::string, std::string>> pairs;
    const auto add = [&](const std::string& one, const std::string& other) {
        if (one == other) return;
        const auto pair = one < other ? std::pair(one, other) : std::pair(other, one);
        if (std::find(pairs.begin(), pairs.end(), pair) == pairs.end()) pairs.push_back(pair);
    };
    // Between all regimes of a sum, so that its error is known exactly.
    const auto add_all = [&](const std::vector<std::string>& regimes) {
        for (std::size_t one = 0; one < regimes.size(); ++one) {
            for (std::size_t other = 0; other < one; ++other) add(regimes[one], regimes[other]);
        }
    };
    for (const Claim& claim : claims) {
        for (const Comparison& comparison : claim.comparisons) {
            for (const auto& links : condition_of(comparison).alternatives) {
                for (const Link& link : links) add_all(regimes_of(link));
            }
            // The level at which a ranking turns is looked for between all of them.
            if (comparison.kind != ComparisonKind::threshold) continue;
            for (const std::string& regime : comparison.regimes) add(regime, comparison.against);
        }
    }
    return pairs;
}

std::vector<std::string> covering_references(
    std::vector<std::pair<std::string, std::string>> pairs) {
    std::vector<std::string> references;
    while (!pairs.empty()) {
        std::map<std::string, int> uses;
        for (const auto& [one, other] : pairs) {
            ++uses[one];
            ++uses[other];
        }
        const auto most = std::max_element(
            uses.begin(), uses.end(),
            [](const auto& one, const auto& other) { return one.second < other.second; });
        const std::string chosen = most->first;
        references.push_back(chosen);
        pairs.erase(std::remove_if(pairs.begin(), pairs.end(),
                                   [&](const auto& pair) {
                                       return pair.first == chosen || pair.second == chosen;
                                   }),
                    pairs.end());
    }
    return references;
}

std::vector<std::string> regimes_needed(const std::vector<Claim>& claims) {
    std::vector<std::string> regimes;
    const auto add = [&](const std::string& name) {
        if (name.empty() || std::find(regimes.begin(), regimes.end(), name) != regimes.end())
            return;
        regimes.push_back(name);
    };
    for (const Claim& claim : claims) {
        for (const Comparison& comparison : claim.comparisons) {
            for (const std::string& regime : comparison.regimes) add(regime);
            add(comparison.against);
        }
    }
    return regimes;
}

}  // namespace firebreak
