# Looks at the checkout on every build and rewrites generated/build_info.hpp only when something in it changed.
set(FIREBREAK_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
set(firebreak_build_info_command
  "${CMAKE_COMMAND}"
  "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}"
  "-DOUTPUT=${FIREBREAK_GENERATED_DIR}/build_info.hpp"
  "-DVERSION=${PROJECT_VERSION}"
  "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
  "-DBUILD_TYPE=${CMAKE_BUILD_TYPE}"
  -P "${PROJECT_SOURCE_DIR}/cmake/write_build_info.cmake")
add_custom_target(firebreak_build_info
  COMMAND ${firebreak_build_info_command}
  BYPRODUCTS "${FIREBREAK_GENERATED_DIR}/build_info.hpp"
  COMMENT "Looking up version and commit"
  VERBATIM)
