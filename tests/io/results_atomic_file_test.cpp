#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/error.hpp"
#include "io/atomic_file.hpp"
#include "small_disk.hpp"

namespace firebreak {
namespace {

void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes,
                      bool replace) {
    AtomicFile file(path, replace);
    file.write(bytes);
    file.commit();
}

class AtomicFileTest : public testing::Test {
  protected:
    void SetUp() override {
        // Tests run beside each other, each in a process of its own.
        folder_ = std::filesystem::path(testing::TempDir()) /
                  ("firebreak.atomic_file." + std::to_string(getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path path() const { return folder_ / "file.h5"; }

    static std::vector<std::byte> bytes(std::size_t size, char letter) {
        return std::vector<std::byte>(size, static_cast<std::byte>(letter));
    }

    std::string content() const {
        std::ifstream file(path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::ptrdiff_t files() const {
        return std::distance(std::filesystem::directory_iterator(folder_), {});
    }

  private:
    std::filesystem::path folder_;
};

TEST_F(AtomicFileTest, writes_a_whole_file_and_nothing_else) {
    write_whole_file(path(), bytes(100'000, 'a'), false);
    EXPECT_EQ(content(), std::string(100'000, 'a'));
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, keeps_what_is_there_unless_told_to_replace_it) {
    write_whole_file(path(), bytes(3, 'a'), false);
    EXPECT_THROW(write_whole_file(path(), bytes(3, 'b'), false), InputError);
    EXPECT_EQ(content(), "aaa");
    write_whole_file(path(), bytes(3, 'b'), true);
    EXPECT_EQ(content(), "bbb");
}

TEST_F(AtomicFileTest, a_full_disk_leaves_the_old_file_and_no_other) {
    write_whole_file(path(), bytes(3, 'a'), false);
    const SmallDisk disk(64 * 1024);
    try {
        write_whole_file(path(), bytes(1'000'000, 'b'), true);
        FAIL() << "nothing thrown";
    } catch (const SystemError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("cannot write: File too large"));
        EXPECT_THAT(error.path(), testing::HasSubstr(path().string()));
    }
    EXPECT_EQ(content(), "aaa");
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, a_full_disk_leaves_no_half_file_under_the_final_name) {
    const SmallDisk disk(64 * 1024);
    EXPECT_THROW(write_whole_file(path(), bytes(1'000'000, 'b'), false), SystemError);
    EXPECT_EQ(files(), 0);
}

TEST_F(AtomicFileTest, what_a_killed_process_left_does_not_hinder) {
    std::ofstream(path().string() + ".tmp." + std::to_string(::getpid())) << "half";
    write_whole_file(path(), bytes(3, 'a'), false);
    EXPECT_EQ(content(), "aaa");
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, refuses_folders_and_missing_folders_before_any_work) {
    EXPECT_THROW(check_output_path(path().parent_path(), true), InputError);
    EXPECT_THROW(check_output_path(path() / "deeper", false), InputError);
    EXPECT_THROW(check_output_path("", false), InputError);
    EXPECT_THROW(check_output_path("/dev/null", true), InputError);
    EXPECT_NO_THROW(check_output_path(path(), false));
    EXPECT_EQ(files(), 0);
}

TEST_F(AtomicFileTest, goes_when_it_is_not_committed) {
    {
        AtomicFile file(path(), false);
        file.write(bytes(100, 'a'));
        EXPECT_EQ(files(), 1);
    }
    EXPECT_EQ(files(), 0);
}

}  // namespace
}  // namespace firebreak
