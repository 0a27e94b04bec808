#pragma once

#include <cstdint>

// Arithmetic that the compiler turns into vector code of the instruction set at hand. Only for the
// sources of the kernel, which are compiled once for each.

namespace firebreak::FIREBREAK_KERNEL {

using Word = std::uint32_t;

/// a b + c where the last bit does not matter, because a guard band or a tolerance covers it.
inline float guess_multiply_add(float a, float b, float c) {
#ifdef __FMA__
    return __builtin_fmaf(a, b, c);
#else
    return a * b + c;
#endif
}

struct Guess {
    static float multiply_add(float a, float b, float c) { return guess_multiply_add(a, b, c); }
};

/// The same, rounded after the product in every build.
struct Exact {
    static float multiply_add(float a, float b, float c) { return a * b + c; }
};

inline float float_of(Word bits) { return __builtin_bit_cast(float, bits); }

inline Word bits_of(float value) { return __builtin_bit_cast(Word, value); }

inline float smaller(float a, float b) { return a < b ? a : b; }

inline float larger(float a, float b) { return a > b ? a : b; }

/// All bits set where the value is negative: a choice without a branch, which vectorises anywhere.
inline Word negative(int value) { return static_cast<Word>(value >> 31); }

inline float either(Word chosen, float yes, float no) {
    return float_of((bits_of(yes) & chosen) | (bits_of(no) & ~chosen));
}

/// Coefficients in ascending order at x.
template <class Arithmetic, int size>
inline float polynomial(const float (&coefficients)[size], float x) {
    // Pairs first, then Horner's scheme: their products do not wait for each other.
    const float square = x * x;
    constexpr int pairs = (size + 1) / 2;
    float value = 0.0F;
#pragma GCC unroll 16
    for (int i = pairs - 1; i >= 0; --i) {
        const float pair = 2 * i + 1 < size ? Arithmetic::multiply_add(coefficients[2 * i + 1], x,
                                                                       coefficients[2 * i])
                                            : coefficients[2 * i];
        value = i == pairs - 1 ? pair : Arithmetic::multiply_add(value, square, pair);
    }
    return value;
}

}  // namespace firebreak::FIREBREAK_KERNEL
