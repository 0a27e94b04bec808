#include "base/id.hpp"

#include <concepts>
#include <type_traits>

#include <gtest/gtest.h>

namespace firebreak {
namespace {

TEST(Id, is_neither_a_number_nor_an_id_of_another_kind) {
    static_assert(!std::is_convertible_v<std::uint32_t, SectorId>);
    static_assert(!std::is_convertible_v<SectorId, std::uint32_t>);
    static_assert(!std::is_convertible_v<AllyId, SectorId>);
    static_assert(std::totally_ordered<SectorId>);
    EXPECT_EQ(SectorId(3).value(), 3U);
    EXPECT_LT(SectorId(3), SectorId(4));
}

TEST(Table, gives_each_id_its_own_row) {
    Table<AllyId, double> shares(3, 0.5);
    shares[AllyId(1)] = 0.25;
    EXPECT_EQ(shares[AllyId(0)], 0.5);
    EXPECT_EQ(shares[AllyId(1)], 0.25);
    EXPECT_EQ(shares.add(0.75), AllyId(3));
    EXPECT_EQ(shares[AllyId(3)], 0.75);
    EXPECT_EQ(shares.ids().size(), 4U);
    EXPECT_EQ(shares.ids().back(), AllyId(3));
    EXPECT_FALSE(shares.contains(AllyId(4)));
}

#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
TEST(Table, refuses_an_id_it_has_no_row_for) {
    Table<AllyId, double> shares(3);
    EXPECT_THROW(shares[AllyId(3)], LogicError);
}
#endif

}  // namespace
}  // namespace firebreak
