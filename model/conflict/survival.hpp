#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "conflict/course.hpp"
#include "conflict/crisis.hpp"
#include "conflict/outcome.hpp"
#include "conflict/replication.hpp"

namespace firebreak {

/// Probability mass of first days, gathered by checkpoint: its running sum is a curve.
class Ledger {
  public:
    explicit Ledger(const std::vector<std::int32_t>& checkpoints) : checkpoints_(&checkpoints) {}

    /// `kind` happens first on `day` with probability mass `mass`.
    void add(OutcomeKind kind, std::int32_t day, double mass);

    /// Mass by each checkpoint, cumulative.
    OutcomeCurve curve() const;

  private:
    const std::vector<std::int32_t>* checkpoints_;
    OutcomeCurve mass_{};
};

/// Estimates one replication's outcomes by never letting its history die (docs/model.md §13).
///
/// The survivor follows the path on which no war and no force occurs and carries the probability
/// of that path as its weight. Wherever the path could have split off, the mass that does is
/// accounted for at once as far as it is known exactly (the collapse itself, the rungs of the
/// ladder), and one branch, chosen with probability proportional to its mass, is simulated for
/// all that is not. Each term is a conditional expectation of the analog indicator, so the mean
/// over replications is the same and the variance is less.
class Survival {
  public:
    explicit Survival(const Frame& frame);

    /// Runs the survivor from day 0, and the chosen branch. The analog history starts as the
    /// survivor, watched by `observer`; its final state is returned.
    State run(Observer* observer);

    OutcomeCurve expectation() const { return ledger_.curve(); }

  private:
    /// A course that split off, with what had happened when it did.
    struct Branch {
        Course course;
        FirstDays before;                                   ///< accounted for already
        std::int32_t foreseen_collapse = FirstDays::never;  ///< accounted for as certain
    };

    void split_war(Course& survivor, const WarPoint& point);
    void split_episode(Course& survivor, const EpisodePoint& point);
    bool accepts(double mass);
    void note_survivor(const Course& survivor);
    void follow_branch();
    void add_ladder(const Course& course, const EpisodePoint& point, Rung rung, double mass,
                    std::int32_t known_clash);
    void add_misattributed_force(const Course& course, const EpisodePoint& point, double mass,
                                 double drawn_chance);
    /// The analog history leaves the survivor here and is simulated to its end.
    void let_analog_go(Course analog);

    const Frame& frame_;
    Ledger ledger_;
    double weight_ = 1.0;         ///< P(no war and no force so far), given the survivor's luck
    double branched_mass_ = 0.0;  ///< total mass of the branches so far
    std::uint32_t offers_ = 0;
    std::optional<Branch> chosen_;
    FirstDays noted_;
    std::optional<State> analog_;  ///< once it has left the survivor and ended
    LadderLaw law_;
};

/// Simulates `course` to its end as drawn.
void run_to_end(Course& course);

/// True where force is a real possibility: the response is then re-drawn to weigh it.
bool is_grave(const Setting& setting, const EpisodePoint& point);

}  // namespace firebreak
