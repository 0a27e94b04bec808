#pragma once

#include "inference/reenactment.hpp"

namespace firebreak {

// One function per reenactment; what each one maps onto what is said in docs/validation.md.

Reenactment reenact_donbas_line();
Reenactment reenact_recommitment();
Reenactment reenact_line_of_control();
Reenactment reenact_ramp();
Reenactment reenact_airspace();
Reenactment reenact_attribution();
Reenactment reenact_disputes();
Reenactment reenact_war_after_dispute();
Reenactment reenact_support();
Reenactment reenact_ratification();
Reenactment reenact_pacts();
Reenactment reenact_truces();

}  // namespace firebreak
