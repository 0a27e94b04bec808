#pragma once

#include <cstdint>

#include "conflict/line_kernel.hpp"

// The noise's part of one build of the kernel; `Kernel` tells what each function does.

namespace firebreak::FIREBREAK_KERNEL {

void make_words(const WordRun& run, std::uint32_t* words);
void make_normals(const std::uint32_t* words, int runs, float* normals);
void guess_normals(const std::uint32_t* words, int count, float* normals);
void exponentials(float* values, int count);
void make_activity(const ActivityLaw& law, const ActivityBlock& block, ActivityState& state);

}  // namespace firebreak::FIREBREAK_KERNEL
