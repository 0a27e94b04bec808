#include "ensemble/plan.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace firebreak {

std::vector<Block> plan(std::size_t design_points, std::uint32_t replications,
                        std::uint32_t block_size) {
    EXPECT(block_size > 0, "a block holds replications");
    std::vector<Block> blocks;
    blocks.reserve(design_points * (replications / block_size + 1));
    for (std::uint32_t done = 0; done < replications;) {
        const std::uint32_t size = std::min(block_size, replications - done);
        for (std::size_t point = 0; point < design_points; ++point) {
            blocks.push_back({point, done, size});
        }
        done += size;
    }
    return blocks;
}

}  // namespace firebreak
