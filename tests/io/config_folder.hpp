#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "io/config.hpp"

namespace firebreak {

/// A copy of the shipped `configs` in a temporary folder, to be spoilt by a test.
class ConfigFolder {
  public:
    ConfigFolder() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        std::string name = std::string(test->test_suite_name()) + "." + test->name();
        for (char& letter : name) letter = letter == '/' ? '.' : letter;
        root_ = std::filesystem::path(testing::TempDir()) /
                ("firebreak." + name + "." + std::to_string(getpid()));
        std::filesystem::remove_all(root_);
        std::filesystem::create_directories(root_);
        std::filesystem::copy(std::filesystem::path(FIREBREAK_SOURCE_DIR) / "configs",
                              root_ / "configs", std::filesystem::copy_options::recursive);
    }

    ~ConfigFolder() { std::filesystem::remove_all(root_); }

    ConfigFolder(const ConfigFolder&) = delete;
    ConfigFolder& operator=(const ConfigFolder&) = delete;

    /// The place of `file`, given relative to `configs`.
    std::filesystem::path path(std::string_view file) const { return root_ / "configs" / file; }

    std::filesystem::path study() const { return path("studies/quick.toml"); }

    std::string read(std::string_view file) const {
        std::ifstream stream(path(file), std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    void write(std::string_view file, std::string_view text) const {
        std::ofstream(path(file), std::ios::binary) << text;
    }

    /// Replaces the first line that begins with `start` at or after the line `section` by `line`
    /// and returns its number.
    std::size_t replace(std::string_view file, std::string_view section, std::string_view start,
                        std::string_view line) const {
        const std::string text = read(file);
        const std::size_t from = section.empty() ? 0 : line_starting(text, section, 0);
        const std::size_t begin = line_starting(text, start, from);
        const std::size_t end = text.find('\n', begin);
        write(file, text.substr(0, begin) + std::string(line) + text.substr(end));
        return number_at(text, begin);
    }

    /// Appends `lines` and returns the number of the first of them.
    std::size_t append(std::string_view file, std::string_view lines) const {
        const std::string text = read(file);
        write(file, text + std::string(lines) + "\n");
        return number_at(text, text.size());
    }

    /// Every problem found when `study` is loaded, a line each, without the temporary folder.
    std::string problems(const std::filesystem::path& study,
                         const Overrides& overrides = {}) const {
        std::string lines;
        try {
            load_study(study, overrides);
        } catch (const InputError& error) {
            for (const Problem& problem : error.problems()) lines += problem.text() + "\n";
        }
        const std::string prefix = root_.lexically_normal().generic_string() + "/";
        for (std::size_t at = lines.find(prefix); at != std::string::npos;
             at = lines.find(prefix)) {
            lines.erase(at, prefix.size());
        }
        return lines;
    }

  private:
    static std::size_t line_starting(const std::string& text, std::string_view start,
                                     std::size_t from) {
        std::size_t at = from;
        while (at < text.size() && text.compare(at, start.size(), start) != 0) {
            const std::size_t next = text.find('\n', at);
            at = next == std::string::npos ? text.size() : next + 1;
        }
        if (at >= text.size()) ADD_FAILURE() << "no line begins with " << start;
        return std::min(at, text.size());
    }

    static std::size_t number_at(const std::string& text, std::size_t at) {
        return 1 + static_cast<std::size_t>(std::count(
                       text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    }

    std::filesystem::path root_;
};

}  // namespace firebreak
