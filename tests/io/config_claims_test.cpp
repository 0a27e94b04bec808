#include "io/config_claims.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_folder.hpp"
#include "io/config.hpp"

namespace firebreak {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSubsetOf;
using testing::SizeIs;

constexpr const char* shipped = "configs/studies/claims-prior.toml";

TEST(Claims, say_which_regimes_a_study_runs_and_what_it_compares) {
    const Study study = load_study(shipped);
    const std::vector<Claim> claims = claims_in(study.configuration, shipped);
    EXPECT_THAT(claims, SizeIs(25));
    EXPECT_EQ(study.run.regimes, regimes_needed(claims));
    EXPECT_LE(study.run.regimes.size(), 60U);
    const std::set<std::string> references(study.run.references.begin(),
                                           study.run.references.end());
    for (const auto& [one, other] : pairs_needed(claims)) {
        EXPECT_TRUE(references.count(one) + references.count(other) > 0) << one << ", " << other;
    }
    EXPECT_FALSE(draws_from_posterior(study.configuration));
}

TEST(Claims, keep_their_references_where_all_their_regimes_are_picked) {
    const Study study = load_study(shipped);
    Overrides overrides;
    overrides.regimes = study.run.regimes;
    EXPECT_EQ(load_study(shipped, overrides).run.references, study.run.references);
    overrides.regimes = {"membership", "open-door"};
    const Study few = load_study(shipped, overrides);
    EXPECT_THAT(few.run.regimes, ElementsAre("membership", "open-door"));
    EXPECT_THAT(few.run.references, IsSubsetOf(overrides.regimes));
}

TEST(Claims, can_be_told_what_to_run) {
    const ConfigFolder folder;
    folder.replace("studies/claims-prior.toml", "[run]", "checkpoints",
                   "checkpoints = 1\nregimes = [\"neutrality\", \"open-door\"]\nreference = "
                   "\"open-door\"\nreferences = \"all\"");
    const Study study = load_study(folder.path("studies/claims-prior.toml"));
    EXPECT_THAT(study.run.regimes, ElementsAre("neutrality", "open-door"));
    EXPECT_THAT(study.run.references, ElementsAre("neutrality", "open-door"));
    EXPECT_EQ(study.run.reference, "open-door");
}

TEST(Claims, of_a_configuration_without_any_are_missed) {
    const Study study = load_study("configs/studies/quick.toml");
    try {
        claims_in(study.configuration, "x.h5");
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("x.h5: has no claims"));
    }
}

TEST(Claims, know_a_posterior_by_the_study_that_names_it) {
    EXPECT_TRUE(draws_from_posterior("# ==== s.toml ====\n[design]\nposterior = \"p.csv\"\n"));
    EXPECT_FALSE(draws_from_posterior("# ==== s.toml ====\n[design]\nmethod = \"sobol\"\n"));
    EXPECT_FALSE(draws_from_posterior(""));
}

}  // namespace
}  // namespace firebreak
