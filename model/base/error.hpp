#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace firebreak {

/// One mistake in what the user gave: where it stands, what was found there, and why it is refused.
struct Problem {
    std::string where;
    std::string what;
    std::string why;

    /// The line shown to the user, e.g. "configs/x.toml:14: monitoring.accuracy = 1.3 (must be a
    /// probability between 0 and 1)".
    std::string text() const;

    bool operator==(const Problem&) const = default;
};

/// The user's mistake. Carries every problem found, so that all are shown at once.
class InputError : public std::runtime_error {
  public:
    explicit InputError(std::vector<Problem> problems);
    explicit InputError(Problem problem);

    const std::vector<Problem>& problems() const { return problems_; }

  private:
    std::vector<Problem> problems_;
};

/// The system failed us: a file that cannot be read, written, moved or locked.
class SystemError : public std::runtime_error {
  public:
    SystemError(std::string path, const std::string& what);

    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// Our own mistake: a contract between two parts of the program was broken.
class LogicError : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// Throws LogicError naming the broken condition. Called by EXPECT and ENSURE only.
[[noreturn]] void report_broken_contract(const char* kind, const char* condition,
                                         const char* message, const char* file, int line);

}  // namespace firebreak

// Contracts: EXPECT at entry, ENSURE at exit. They cost nothing where FIREBREAK_CONTRACTS is not 1.
#if defined(FIREBREAK_CONTRACTS) && FIREBREAK_CONTRACTS
#define FIREBREAK_CONTRACT(kind, condition, message) \
    ((condition)                                     \
         ? static_cast<void>(0)                      \
         : ::firebreak::report_broken_contract(kind, #condition, message, __FILE__, __LINE__))
#else
#define FIREBREAK_CONTRACT(kind, condition, message) static_cast<void>(sizeof((condition) ? 1 : 0))
#endif
#define EXPECT(condition, message) FIREBREAK_CONTRACT("expected", condition, message)
#define ENSURE(condition, message) FIREBREAK_CONTRACT("ensured", condition, message)
