#include "io/outcome_store.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace firebreak {
namespace {

/// Appends the rows of a block to those before, regime by regime.
template <class Table>
void append_histories(const Table& rows, std::size_t regimes, std::vector<Table>& by_regime) {
    by_regime.resize(regimes);
    const auto length = static_cast<std::ptrdiff_t>(rows.size() / regimes);
    for (std::size_t regime = 0; regime < regimes; ++regime) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(regime) * length;
        by_regime[regime].insert(by_regime[regime].end(), begin, begin + length);
    }
}

template <class Table>
Table joined(const std::vector<Table>& by_regime) {
    Table all;
    for (const Table& rows : by_regime) all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

}  // namespace

OutcomeStore::OutcomeStore(std::uint64_t points, TallyShape shape)
    : shape_(std::move(shape)), last_(static_cast<std::size_t>(points), none) {}

void OutcomeStore::add(const Journal& journal, const JournalEntry& entry) {
    EXPECT(places_.size() < none, "fewer than 2^32 blocks");
    std::uint32_t& last = last_.at(static_cast<std::size_t>(entry.block.design_point));
    places_.push_back({&journal, entry, last});
    last = static_cast<std::uint32_t>(places_.size() - 1);
}

std::vector<OutcomeStore::Place> OutcomeStore::places_of(std::uint64_t point) const {
    std::vector<Place> places;
    for (std::uint32_t at = last_.at(static_cast<std::size_t>(point)); at != none;
         at = places_[at].previous) {
        places.push_back(places_[at]);
    }
    std::ranges::sort(places, {},
                      [](const Place& place) { return place.entry.block.first_replication; });
    return places;
}

bool OutcomeStore::has_failed(std::uint64_t point) const {
    const std::vector<Place> places = places_of(point);
    return std::ranges::any_of(places, [](const Place& place) { return place.entry.is_failure; });
}

std::uint32_t OutcomeStore::reach(std::uint64_t point) const {
    std::uint32_t reach = 0;
    for (const Place& place : places_of(point)) {
        const Block& block = place.entry.block;
        reach = std::max(reach, block.first_replication + block.replications);
    }
    return reach;
}

BlockOutcome OutcomeStore::read(const Place& place) const {
    try {
        const std::vector<std::byte> bytes = place.journal->outcome(place.entry);
        ByteReader reader(bytes);
        return read_block_outcome(reader, shape_);
    } catch (const DamagedBytes& error) {
        throw InputError(Problem{place.journal->path().string(), "is damaged", error.what()});
    }
}

std::vector<StartingBelief> OutcomeStore::beliefs(std::uint64_t point) const {
    for (std::uint32_t at = last_.at(static_cast<std::size_t>(point)); at != none;
         at = places_[at].previous) {
        if (places_[at].entry.is_failure) continue;
        return std::get<BlockResult>(read(places_[at])).beliefs;
    }
    return {};
}

PointOutcome OutcomeStore::collect(std::uint64_t point, std::uint32_t before) const {
    PointOutcome collected{Tally(shape_), {}, {}, {}, {}};
    std::vector<FirstDayTable> first_days;
    std::vector<MeasureTable> measures;
    std::uint32_t without_gap = 0;
    for (const Place& place : places_of(point)) {
        const Block& block = place.entry.block;
        if (!place.entry.is_failure && block.first_replication + block.replications > before) {
            continue;
        }
        BlockOutcome outcome = read(place);
        if (auto* failure = std::get_if<PointFailure>(&outcome)) {
            if (!collected.failure) collected.failure = std::move(*failure);
            continue;
        }
        auto& result = std::get<BlockResult>(outcome);
        collected.tally.merge(result.tally);
        if (collected.beliefs.empty()) collected.beliefs = std::move(result.beliefs);
        if (block.first_replication == without_gap && !result.first_day.empty()) {
            append_histories(result.first_day, shape_.regimes, first_days);
            append_histories(result.measures, shape_.regimes, measures);
            without_gap += block.replications;
        }
    }
    collected.first_day = joined(first_days);
    collected.measures = joined(measures);
    return collected;
}

}  // namespace firebreak
