#include <ostream>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "config_folder.hpp"

namespace firebreak {
namespace {

/// One line of a shipped file made wrong, and every message that must follow. `{line}` stands for
/// the number of the line that was spoilt, so that tuning a value or adding a line breaks no test.
struct BadInput {
    std::string name;
    std::string file;
    std::string section;  ///< line from which `start` is looked for; empty: from the top
    std::string start;    ///< how the line begins
    std::string line;     ///< what it becomes
    std::string expected;
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

class BadConfig : public testing::TestWithParam<BadInput> {};

/// Fills in `{line}`, `{line+1}`, `{line-2}`.
std::string with_line(const std::string& text, std::size_t line) {
    static const std::regex mark(R"(\{line([+-]\d+)?\})");
    std::string filled;
    std::size_t at = 0;
    for (std::sregex_iterator found(text.begin(), text.end(), mark), end; found != end; ++found) {
        const auto begin = static_cast<std::size_t>(found->position());
        const int shift = (*found)[1].matched ? std::stoi((*found)[1]) : 0;
        filled += text.substr(at, begin - at) + std::to_string(static_cast<int>(line) + shift);
        at = begin + static_cast<std::size_t>(found->length());
    }
    return filled + text.substr(at);
}

TEST_P(BadConfig, is_refused_with_place_and_reason) {
    const BadInput& input = GetParam();
    const ConfigFolder folder;
    const std::size_t line =
        input.start.empty() ? folder.append(input.file, input.line)
                            : folder.replace(input.file, input.section, input.start, input.line);
    EXPECT_EQ(folder.problems(folder.study()), with_line(input.expected, line) + "\n");
}

const std::string baseline = "baseline.toml";
const std::string quick = "studies/quick.toml";
const std::string neutrality = "regimes/neutrality.toml";
const std::string bilateral = "regimes/bilateral-guarantee.toml";
const std::string allies = "allies.csv";

INSTANTIATE_TEST_SUITE_P(
    Baseline, BadConfig,
    testing::Values(
        BadInput{"probability_above_one", baseline, "[investigation.report_accuracy]", "value",
                 "value = 1.3",
                 "configs/baseline.toml:{line}: investigation.report_accuracy = 1.3 (must be a "
                 "probability between 0.5 and 1)"},
        BadInput{"below_the_range", baseline, "[line.immigrant_rate]", "value", "value = -1",
                 "configs/baseline.toml:{line}: line.immigrant_rate = -1 (must be between 0 and "
                 "100 [1/d])"},
        BadInput{
            "not_a_number", baseline, "[line.immigrant_rate]", "value", "value = nan",
            "configs/baseline.toml:{line}: line.immigrant_rate = nan (must be a finite number)"},
        BadInput{"infinite", baseline, "[investigation.deadline_hours]", "value", "value = inf",
                 "configs/baseline.toml:{line}: investigation.deadline_hours = inf (must be a "
                 "finite number)"},
        BadInput{"text_for_a_number", baseline, "[line.sectors]", "value", "value = \"24\"",
                 "configs/baseline.toml:{line}: line.sectors = \"24\" (must be a number)"},
        BadInput{
            "misspelt_parameter", baseline, "", "[line.immigrant_rate]", "[line.imigrant_rate]",
            "configs/baseline.toml:{line}: line.imigrant_rate (unknown parameter; did you mean "
            "line.immigrant_rate?)\n"
            "configs/baseline.toml: line.immigrant_rate (is missing: every parameter must be "
            "given once)"},
        BadInput{"parameter_twice", baseline, "", "[line.cross_excitation]",
                 "[line.own_excitation]",
                 "configs/baseline.toml:{line}: Error while parsing table header: cannot redefine "
                 "existing table 'line.own_excitation' (must be valid TOML)"},
        BadInput{"misspelt_key_of_a_parameter", baseline, "[line.sectors]", "meaning",
                 "meening = \"x\"",
                 "configs/baseline.toml:{line}: line.sectors.meening (unknown key of a parameter; "
                 "did you mean meaning?)\n"
                 "configs/baseline.toml:{line-5}: line.sectors.meaning (is missing)"},
        BadInput{"unknown_tag", baseline, "[line.sectors]", "tag", "tag = \"guess\"",
                 "configs/baseline.toml:{line}: line.sectors.tag = \"guess\" (must be one of "
                 "\"found\", \"computed\", \"calibrated\", \"memory\", \"assumed\")"},
        BadInput{"empty_source", baseline, "[line.sectors]", "source", "source = \" \"",
                 "configs/baseline.toml:{line}: line.sectors.source = \" \" (must not be empty)"},
        BadInput{"prior_upside_down", baseline, "[line.own_excitation]", "prior",
                 "prior = { distribution = \"uniform\", low = 0.5, high = 0.2 }",
                 "configs/baseline.toml:{line}: line.own_excitation.prior.low = 0.5 (must be below "
                 "high = 0.2)"},
        BadInput{"log_uniform_from_zero", baseline, "[line.own_excitation]", "prior",
                 "prior = { distribution = \"log-uniform\", low = 0, high = 0.2 }",
                 "configs/baseline.toml:{line}: line.own_excitation.prior.low = 0 (must be above 0 "
                 "in a log-uniform prior)"},
        BadInput{
            "prior_beyond_the_range", baseline, "[line.own_excitation]", "prior",
            "prior = { distribution = \"uniform\", low = 0.2, high = 2 }",
            "configs/baseline.toml:{line}: line.own_excitation.prior.high = 2 (must be between "
            "0 and 0.99)"},
        BadInput{"unknown_distribution", baseline, "[line.own_excitation]", "prior",
                 "prior = { distribution = \"loguniform\", low = 0.1, high = 0.2 }",
                 "configs/baseline.toml:{line}: line.own_excitation.prior.distribution = "
                 "\"loguniform\" (must be one of \"fixed\", \"uniform\", \"log-uniform\"; did you "
                 "mean log-uniform?)"},
        BadInput{"fixed_prior_with_a_range", baseline, "[line.own_excitation]", "prior",
                 "prior = { distribution = \"fixed\", low = 0.1 }",
                 "configs/baseline.toml:{line}: line.own_excitation.prior.low = 0.1 (a fixed prior "
                 "has no range)"},
        BadInput{"prior_without_high", baseline, "[line.own_excitation]", "prior",
                 "prior = { distribution = \"uniform\", low = 0.1 }",
                 "configs/baseline.toml:{line}: line.own_excitation.prior.high (is missing)"},
        BadInput{"unknown_key_of_a_prior", baseline, "[line.own_excitation]", "prior",
                 "prior = { distribution = \"uniform\", low = 0.1, high = 0.2, hihg = 0.3 }",
                 "configs/baseline.toml:{line}: line.own_excitation.prior.hihg (unknown key of a "
                 "prior; did you mean high?)"},
        BadInput{"range_upside_down", baseline, "[line.own_excitation]", "allowed",
                 "allowed = [1, 0]",
                 "configs/baseline.toml:{line}: line.own_excitation.allowed = [1, 0] (low must be "
                 "below high)"},
        BadInput{"range_of_three", baseline, "[line.own_excitation]", "allowed",
                 "allowed = [0, 0.5, 1]",
                 "configs/baseline.toml:{line}: line.own_excitation.allowed = [0, 0.5, 1] (must be "
                 "a list of two numbers, low and high)"},
        BadInput{"half_a_sector", baseline, "[line.sectors]", "value", "value = 23.5",
                 "configs/baseline.toml:{line}: line.sectors = 23.5 (must be a whole number from 1 "
                 "to 64)"},
        BadInput{
            "unclosed_text", baseline, "[line.sectors]", "tag", "tag = \"assumed",
            "configs/baseline.toml:{line}: Error while parsing string: unescaped control "
            "characters other than TAB (U+0009) are explicitly prohibited (must be valid TOML)"}),
    [](const auto& input) { return input.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Study, BadConfig,
    testing::Values(
        BadInput{"misspelt_key", quick, "", "question", "qestion = \"?\"",
                 "configs/studies/quick.toml:{line}: qestion (unknown key of a study; did you mean "
                 "question?)\n"
                 "configs/studies/quick.toml: question (is missing)"},
        BadInput{"misspelt_run_key", quick, "[run]", "seed", "sede = 1",
                 "configs/studies/quick.toml:{line}: run.sede (unknown key of run; did you mean "
                 "seed?)\nconfigs/studies/quick.toml:{line-2}: run.seed (is missing)"},
        BadInput{"no_replications", quick, "[run]", "replications", "replications = 0",
                 "configs/studies/quick.toml:{line}: run.replications = 0 (must be a whole number "
                 "from 1 to 4294967295)"},
        BadInput{
            "fraction_of_a_replication", quick, "[run]", "replications", "replications = 1.5",
            "configs/studies/quick.toml:{line}: run.replications = 1.5 (must be a whole number "
            "from 1 to 4294967295)"},
        BadInput{"negative_seed", quick, "[run]", "seed", "seed = -1",
                 "configs/studies/quick.toml:{line}: run.seed = -1 (must be a whole number from 0 "
                 "to 9223372036854775807)"},
        BadInput{"horizon_beyond_a_century", quick, "[run]", "horizon", "horizon = 40000",
                 "configs/studies/quick.toml:{line}: run.horizon = 40000 (must be a whole number "
                 "from 1 to 36525)"},
        BadInput{"more_checkpoints_than_days", quick, "[run]", "horizon", "horizon = 7",
                 "configs/studies/quick.toml: run.checkpoints = 20 (must be at most run.horizon = "
                 "7)"},
        BadInput{"more_checkpoints_than_fit", quick, "[run]", "checkpoints", "checkpoints = 65",
                 "configs/studies/quick.toml:{line}: run.checkpoints = 65 (must be a whole number "
                 "from 1 to 64)"},
        BadInput{"text_for_a_switch", quick, "[run]", "histories", "histories = \"no\"",
                 "configs/studies/quick.toml:{line}: run.histories = \"no\" (must be true or "
                 "false)"},
        BadInput{"no_regimes", quick, "[run]", "regimes", "regimes = []",
                 "configs/studies/quick.toml:{line}: run.regimes = [] (must be a list of at least "
                 "one regime)"},
        BadInput{"regime_twice", quick, "[run]", "regimes",
                 "regimes = [\"status-quo\", \"neutrality\", \"neutrality\"]",
                 "configs/studies/quick.toml:{line}: run.regimes = \"neutrality\" (is listed "
                 "twice)"},
        BadInput{"unknown_regime", quick, "[run]", "regimes",
                 "regimes = [\"status-quo\", \"neutralty\"]",
                 "configs/studies/quick.toml:{line}: run.regimes = \"neutralty\" (must be one of "
                 "\"air-shield\", \"bilateral-guarantee\", \"coalition-rear\", "
                 "\"coalition-tripwire\", \"membership\", \"membership-after-quiet\", "
                 "\"membership-after-settlement\", "
                 "\"membership-controlled-territory\", \"membership-in-force\", "
                 "\"membership-qualified-majority\", \"neutrality\", \"neutrality-unarmed\", "
                 "\"open-door\", \"status-quo\"; did you mean neutrality?)"},
        BadInput{"reference_that_is_not_run", quick, "[run]", "reference",
                 "reference = \"open-door\"",
                 "configs/studies/quick.toml:{line}: run.reference = \"open-door\" (must be one of "
                 "run.regimes)"},
        BadInput{"missing_baseline", quick, "", "baseline", "baseline = \"../base.toml\"",
                 "configs/base.toml: no such file"},
        BadInput{"folder_for_a_baseline", quick, "", "baseline", "baseline = \"../regimes\"",
                 "configs/regimes: is a folder (must be a file)"},
        BadInput{"missing_allies", quick, "", "allies", "allies = \"../friends.csv\"",
                 "configs/friends.csv: no such file"},
        BadInput{"run_is_not_a_table", quick, "", "[run]", "[[run]]",
                 "configs/studies/quick.toml:{line}: run = [a table] (must be a table)"},
        BadInput{"unknown_parameter_in_set", quick, "", "", "[set.capitals]\nprovocatoin = 2",
                 "configs/studies/quick.toml:{line+1}: capitals.provocatoin (unknown parameter; "
                 "did you mean capitals.provocation?)"},
        BadInput{"out_of_range_in_set", quick, "", "", "[set.capitals]\nprovocation = -2",
                 "configs/studies/quick.toml:{line+1}: capitals.provocation = -2 (must be between "
                 "0 and 100 [utility])"},
        BadInput{
            "settings_for_an_unknown_regime", quick, "", "",
            "[regime.neutral.commitment]\narmament = 1",
            "configs/studies/quick.toml:{line}: regime.neutral (must be one of \"air-shield\", "
            "\"bilateral-guarantee\", \"coalition-rear\", \"coalition-tripwire\", \"membership\", "
            "\"membership-after-quiet\", \"membership-after-settlement\", "
            "\"membership-controlled-territory\", "
            "\"membership-in-force\", \"membership-qualified-majority\", \"neutrality\", "
            "\"neutrality-unarmed\", \"open-door\", \"status-quo\")"},
        BadInput{
            "settings_for_a_regime_not_run", quick, "", "",
            "[regime.air-shield.commitment]\narmament = 1",
            "configs/studies/quick.toml:{line}: regime.air-shield (must be one of run.regimes)"}),
    [](const auto& input) { return input.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Regime, BadConfig,
    testing::Values(
        BadInput{
            "unknown_timing", neutrality, "", "timing", "timing = \"nver\"",
            "configs/regimes/neutrality.toml:{line}: commitment.timing = \"nver\" (must be one "
            "of \"never\", \"promised\", \"at-ceasefire\", \"after-settlement\", "
            "\"after-quiet\", "
            "\"immediate\", \"activation\"; did you mean never?)"},
        BadInput{"unknown_rule", neutrality, "", "rule", "rule = \"majority\"",
                 "configs/regimes/neutrality.toml:{line}: commitment.rule = \"majority\" (must be "
                 "one of \"consensus\", \"qualified-majority\", \"coalition\", \"lead-nation\")"},
        BadInput{"unknown_protector", bilateral, "", "protectors",
                 "protectors = [\"USA\", \"GBX\"]",
                 "configs/regimes/bilateral-guarantee.toml:{line}: commitment.protectors = \"GBX\" "
                 "(must be an ally; did you mean GBR?)"},
        BadInput{"protector_twice", bilateral, "", "protectors", "protectors = [\"USA\", \"USA\"]",
                 "configs/regimes/bilateral-guarantee.toml:{line}: commitment.protectors = \"USA\" "
                 "(is listed twice)"},
        BadInput{
            "nobody_protects", bilateral, "", "protectors", "protectors = []",
            "configs/regimes/bilateral-guarantee.toml:{line}: commitment.protectors = [] (must "
            "name at least one ally, since the commitment can come into force)"},
        BadInput{"number_for_protectors", bilateral, "", "protectors", "protectors = 3",
                 "configs/regimes/bilateral-guarantee.toml:{line}: commitment.protectors = 3 (must "
                 "be \"all\" or a list of allies)"},
        BadInput{"sector_beyond_the_line", bilateral, "", "coverage", "troop_sectors = [3, 24]",
                 "configs/regimes/bilateral-guarantee.toml:{line}: commitment.troop_sectors = 24 "
                 "(must be below line.sectors = 24: sectors are numbered from 0)"},
        BadInput{"sector_before_the_line", bilateral, "", "coverage", "covered_sectors = [-1]",
                 "configs/regimes/bilateral-guarantee.toml:{line}: commitment.covered_sectors = -1 "
                 "(must be a whole number from 0 to 63)"},
        BadInput{
            "too_many_alignments", neutrality, "", "alignment", "alignment = [0, 0, 0, 0, 0, 0]",
            "configs/regimes/neutrality.toml:{line}: commitment.alignment = [0, 0, 0, 0, 0, 0] "
            "(must be a list of one to five numbers, for the phases none, promised, invited, "
            "ratifying and in force; the last one is repeated)"},
        BadInput{"alignment_above_one", neutrality, "", "alignment", "alignment = [0, 1.5]",
                 "configs/regimes/neutrality.toml:{line}: commitment.alignment = 1.5 (must be a "
                 "share between 0 and 1)"},
        BadInput{
            "half_a_shield", neutrality, "", "coverage", "air_shield = 0.5",
            "configs/regimes/neutrality.toml:{line}: commitment.air_shield = 0.5 (must be 0 or "
            "1)"},
        BadInput{
            "misspelt_setting", neutrality, "", "coverage", "covrage = 0.8",
            "configs/regimes/neutrality.toml:{line}: commitment.covrage (unknown parameter; did "
            "you mean commitment.coverage?)"},
        BadInput{"misspelt_section", neutrality, "", "[commitment]", "[comitment]",
                 "configs/regimes/neutrality.toml:{line}: comitment (unknown section; did you mean "
                 "commitment?)"},
        BadInput{"missing_title", neutrality, "", "title", "",
                 "configs/regimes/neutrality.toml: title (is missing)"},
        BadInput{"setting_without_value", neutrality, "", "armament",
                 "armament = { source = \"assumed\" }",
                 "configs/regimes/neutrality.toml:{line}: commitment.armament.value (is missing)"},
        BadInput{"unknown_key_of_a_setting", neutrality, "", "armament",
                 "armament = { value = 1, unit = \"x\" }",
                 "configs/regimes/neutrality.toml:{line}: commitment.armament.unit (unknown key of "
                 "a setting)"}),
    [](const auto& input) { return input.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Allies, BadConfig,
    testing::Values(
        BadInput{"missing_column", allies, "", "iso3,",
                 "iso3,name,capability_share,stake,resolve_offset,nuclear_aversion,"
                 "veto_propensity,key_election,stray_share",
                 "configs/allies.csv:{line}: column probe_share (is missing)"},
        BadInput{"unknown_column", allies, "", "iso3,",
                 "iso3,name,capability_share,steak,resolve_offset,nuclear_aversion,"
                 "veto_propensity,key_election,stray_share,probe_share",
                 "configs/allies.csv:{line}: column steak (unknown column; did you mean stake?)\n"
                 "configs/allies.csv:{line}: column stake (is missing)"},
        BadInput{"missing_cell", allies, "", "FIN,", "FIN,Finland,0.5",
                 "configs/allies.csv:{line}: 3 cells (must be 10, one per column)"},
        BadInput{"text_in_a_number", allies, "", "FIN,",
                 "FIN,Finland,0.0077272,high,0.2,0.9,0.01,false,0,0.1",
                 "configs/allies.csv:{line}: FIN stake = high (must be a number between 0 and 1)"},
        BadInput{"stake_above_one", allies, "", "FIN,",
                 "FIN,Finland,0.0077272,1.2,0.2,0.9,0.01,false,0,0.1",
                 "configs/allies.csv:{line}: FIN stake = 1.2 (must be a number between 0 and 1)"},
        BadInput{"not_a_number", allies, "", "FIN,",
                 "FIN,Finland,0.0077272,nan,0.2,0.9,0.01,false,0,0.1",
                 "configs/allies.csv:{line}: FIN stake = nan (must be a number between 0 and 1)"},
        BadInput{"yes_for_true", allies, "", "FIN,",
                 "FIN,Finland,0.0077272,0.95,0.2,0.9,0.01,yes,0,0.1",
                 "configs/allies.csv:{line}: FIN key_election = yes (must be true or false)"},
        BadInput{"code_in_small_letters", allies, "", "ISL,",
                 "isl,Iceland,0.0000966,0.4,0,1,0.01,false,0,0",
                 "configs/allies.csv:{line}: iso3 = \"isl\" (must be three capital letters)"},
        BadInput{"shares_that_do_not_sum", allies, "", "FIN,",
                 "FIN,Finland,0.0177272,0.95,0.2,0.9,0.01,false,0,0.1",
                 "configs/allies.csv: sum of capability_share = 1.01 (must be 1 within 0.000001)"},
        BadInput{"ally_twice", allies, "", "ISL,", "USA,Iceland,0.0000966,0.4,0,1,0.01,false,0,0",
                 "configs/allies.csv:{line}: iso3 = \"USA\" (is there already in line {line-31})"}),
    [](const auto& input) { return input.param.name; });

}  // namespace
}  // namespace firebreak
