// SPDX-License-Identifier: Apache-2.0
#include "cli/alert_folder.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <system_error>

#include "cli/files.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kSettled{2};  // a file that has not grown since is complete

bool is_being_written(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  return name.starts_with(".") || name.ends_with(".tmp") || name.ends_with(".part") ||
         fs::file_time_type::clock::now() - entry.last_write_time() < kSettled;
}

std::string reason_of(const registry::AlertIntake& intake) {
  std::string reason = intake.reason;
  for (const std::string& doubt : intake.document.doubts) {
    reason += doubt + "\n";
  }
  if (intake.outcome == registry::AlertOutcome::Taken) {
    reason += "ほかの内容は受け取りました。\n";
  }
  return reason.ends_with('\n') ? reason : reason + "\n";
}

/// A name that is free in the folder: the file's own, or with a number.
fs::path free_name(const fs::path& folder, const fs::path& name) {
  fs::path place = folder / name;
  for (int number = 2; fs::exists(place); ++number) {
    place =
        folder / (name.stem().string() + "-" + std::to_string(number) + name.extension().string());
  }
  return place;
}

}  // namespace

AlertFolder::AlertFolder(fs::path folder) : folder_(std::move(folder)) {
  if (!fs::is_directory(folder_)) {
    throw registry::InputError("フォルダーがありません: " + folder_.string() +
                               "。場所を確かめてください。");
  }
}

std::vector<fs::path> AlertFolder::waiting() const {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    if (!entry.is_symlink() && entry.is_regular_file() && !is_being_written(entry)) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

fs::path AlertFolder::put_away(const fs::path& file, const registry::AlertIntake& intake) const {
  const bool clear =
      intake.outcome != registry::AlertOutcome::Refused && intake.document.doubts.empty();
  const fs::path folder = folder_ / (clear ? "done" : "quarantine");
  fs::create_directories(folder);
  fs::path place = free_name(folder, file.filename());
  if (!clear) {
    write_file(place.string() + ".reason.txt", reason_of(intake));
  }
  std::error_code failed;
  fs::rename(file, place, failed);
  if (failed) {
    throw registry::Error("ファイルを移せません: " + file.string() + "（" + failed.message() +
                          "）。フォルダーの権限を確かめてください。内容は受け取ってあります。");
  }
  return place;
}

std::string read_at_most(const fs::path& file, std::size_t most) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(most + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || (in.gcount() == 0 && fs::file_size(file) > 0)) {
    throw registry::InputError("ファイルを読めません: " + file.string() +
                               "。読み取り権限を確かめてください。");
  }
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace cli
