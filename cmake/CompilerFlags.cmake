# firebreak_warnings: what our own code must be free of. firebreak_numerics: what keeps results the same bits everywhere.
add_library(firebreak_warnings INTERFACE)
target_compile_options(firebreak_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
# GCC 12 takes "text" + std::string at -O3 for overlapping memory (gcc.gnu.org/PR105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(firebreak_warnings INTERFACE -Wno-restrict)
endif()

# No contraction: a fused multiply-add rounds once where the baseline machine rounds twice.
# Never -ffast-math or -march=native here: both change results.
add_library(firebreak_numerics INTERFACE)
target_compile_options(firebreak_numerics INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(FIREBREAK_KERNELS v2 v3 v4)
else()
  set(FIREBREAK_KERNELS portable)
endif()

# What one build of the kernel is compiled with, whatever the build type.
function(firebreak_kernel_options target kernel)
  # Vector types are passed only between functions of one file, so their calling convention does not matter.
  target_compile_options(${target} PRIVATE -O3 -Wno-psabi)
  if(NOT kernel STREQUAL "portable")
    target_compile_options(${target} PRIVATE -march=x86-64-${kernel})
  endif()
  if(kernel STREQUAL "v4")
    target_compile_options(${target} PRIVATE -mprefer-vector-width=512)
  endif()
  target_compile_definitions(${target} PRIVATE FIREBREAK_KERNEL=${kernel})
endfunction()
