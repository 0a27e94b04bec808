#pragma once

#include "base/random.hpp"
#include "conflict/noise.hpp"
#include "conflict/setting.hpp"

namespace firebreak {

/// What of a setting shapes the noise of its replications. Regimes that agree in it share the
/// noise.
struct NoiseShape {
    int days{};
    int sectors{};
    LatentActivity latent;
    double frailty_shape{};

    bool operator==(const NoiseShape&) const = default;
};

NoiseShape noise_shape(const Scenario& scenario);

/// Makes the noise of a replication in place, anew only where it differs from what is there.
void make_noise(Noise& noise, const NoiseShape& shape, ReplicationId replication,
                const Draws& draws);

}  // namespace firebreak
