#pragma once

#include "inference/reenactment.hpp"

namespace firebreak {

// One function per reenactment; what each one maps onto what is said in docs/validation.md.

Reenactment reenact_war_after_dispute();

}  // namespace firebreak
