#pragma once

namespace firebreak {

// GCC says by macros what Clang says by features.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define FIREBREAK_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FIREBREAK_SANITIZED 1
#endif

/// Whether a sanitizer watches the program: its own memory grows with all that is ever touched.
#ifdef FIREBREAK_SANITIZED
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace firebreak
