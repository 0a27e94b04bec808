#include "ensemble/shared_noise.hpp"

namespace firebreak {

NoiseShape noise_shape(const Scenario& scenario) {
    const LineOfContact& line = scenario.parameters.line;
    NoiseShape shape;
    shape.days = scenario.horizon;
    shape.sectors = static_cast<int>(line.sectors);
    shape.latent.front_activity_sd = line.front_activity_sd;
    shape.latent.front_activity_persistence = line.front_activity_persistence;
    shape.latent.day_factor_sd = line.day_factor_sd;
    shape.latent.sector_activity_sd = line.sector_activity_sd;
    shape.latent.sector_activity_persistence = line.sector_activity_persistence;
    shape.latent.flare_up_start = line.flare_up_start;
    shape.latent.flare_up_persistence = line.flare_up_persistence;
    shape.latent.flare_up_contagion = line.flare_up_contagion;
    shape.latent.flare_up_factor = line.flare_up_factor;
    shape.frailty_shape = line.frailty_shape;
    return shape;
}

void make_noise(Noise& noise, const NoiseShape& shape, ReplicationId replication,
                const Draws& draws) {
    make_noise(noise, draws, replication, shape.days, shape.sectors, shape.latent,
               shape.frailty_shape);
}

}  // namespace firebreak
