#include "base/error.hpp"

#include <utility>

namespace firebreak {
namespace {

std::string listing(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty()) text += '\n';
        text += problem.text();
    }
    return text;
}

}  // namespace

std::string Problem::text() const {
    std::string line = where;
    if (!where.empty() && !what.empty()) line += ": ";
    line += what;
    if (!why.empty()) line += line.empty() ? why : " (" + why + ")";
    return line;
}

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(listing(problems)), problems_(std::move(problems)) {}

InputError::InputError(Problem problem) : InputError(std::vector<Problem>{std::move(problem)}) {}

SystemError::SystemError(std::string path, const std::string& what)
    : std::runtime_error(path + ": " + what), path_(std::move(path)) {}

void report_broken_contract(const char* kind, const char* condition, const char* message,
                            const char* file, int line) {
    throw LogicError(std::string(file) + ":" + std::to_string(line) + ": " + kind + " " +
                     condition + ": " + message);
}

}  // namespace firebreak
