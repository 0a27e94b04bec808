# Script mode: SOURCE_DIR, OUTPUT, VERSION, COMPILER, BUILD_TYPE -> OUTPUT.
set(commit unknown)
find_program(git git)
if(git)
  # In a container the checkout often belongs to another user; whoever builds it trusts it already.
  list(APPEND git -c "safe.directory=${SOURCE_DIR}" -C "${SOURCE_DIR}")
  execute_process(COMMAND ${git} rev-parse --show-toplevel
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  file(REAL_PATH "${SOURCE_DIR}" source)
  # An unpacked archive inside somebody else's checkout must not borrow that checkout's commit.
  if(top STREQUAL source)
    execute_process(COMMAND ${git} rev-parse HEAD
      RESULT_VARIABLE failed OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(NOT failed)
      set(commit "${head}")
      execute_process(COMMAND ${git} --no-optional-locks status --porcelain --untracked-files=no
        OUTPUT_VARIABLE changes ERROR_QUIET)
      if(changes)
        string(APPEND commit "+dirty")
      endif()
    endif()
  endif()
endif()

file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT [=[
#pragma once

#include <string_view>

/// What this binary was built from; written by the build.
namespace firebreak::build_info {

/// Version of the program.
inline constexpr std::string_view version{"@VERSION@"};

/// Commit of the checkout, with "+dirty" when tracked files differ from it; "unknown" outside git.
inline constexpr std::string_view git_commit{"@commit@"};

/// Compiler and its version.
inline constexpr std::string_view compiler{"@COMPILER@"};

/// CMake build type.
inline constexpr std::string_view build_type{"@BUILD_TYPE@"};

}  // namespace firebreak::build_info
]=] @ONLY)
