// SPDX-License-Identifier: Apache-2.0
#include "faults/power_cuts.hpp"

#include <algorithm>
#include <map>

namespace faults {
namespace {

using Kind = DiskStep::Kind;

/// Does to a file what a step does.
void apply_to(std::string& bytes, const DiskStep& step) {
  const auto at = static_cast<std::size_t>(step.offset);
  if (step.kind == Kind::Truncate) {
    bytes.resize(at);
    return;
  }
  bytes.resize(std::max(bytes.size(), at + step.bytes.size()));
  bytes.replace(at, step.bytes.size(), step.bytes);
}

/// Does to one sector, which begins at `begin` of its file, what a step does to it.
void apply_to_sector(std::string& sector, std::size_t begin, const DiskStep& step) {
  const auto at = static_cast<std::size_t>(step.offset);
  const std::size_t end = begin + sector.size();
  if (step.kind == Kind::Truncate) {
    const std::size_t from = std::max(at, begin);
    if (from < end) {
      std::fill(sector.begin() + static_cast<std::ptrdiff_t>(from - begin), sector.end(), '\0');
    }
    return;
  }
  const std::size_t from = std::max(at, begin);
  const std::size_t to = std::min(at + step.bytes.size(), end);
  if (from < to) {
    sector.replace(from - begin, to - from, step.bytes, from - at, to - from);
  }
}

}  // namespace

PowerCuts::PowerCuts(const MemoryDisk& disk, std::size_t sector_bytes, std::mt19937& random)
    : log_(disk.log()), sector_bytes_(sector_bytes), random_(random) {
  int count = 0;
  for (const DiskStep& step : log_) {
    count = std::max(count, step.file + 1);
  }
  for (int i = 0; i < count; ++i) {
    names_.push_back(disk.name_of(i));
    State state;
    if (const auto at = disk.start().find(names_.back()); at != disk.start().end()) {
      state.named = true;
      state.durable = at->second;
    }
    files_.push_back(std::move(state));
  }
}

void PowerCuts::advance(std::size_t step) {
  for (; at_ < step; ++at_) {
    apply(log_[at_]);
  }
}

void PowerCuts::sync_folder() {
  for (State& file : files_) {
    file.deleted = false;
    file.comes_back.clear();
  }
}

void PowerCuts::apply(const DiskStep& step) {
  State& file = files_[static_cast<std::size_t>(step.file)];
  switch (step.kind) {
    case Kind::Write:
    case Kind::Truncate:
      file.pending.push_back(&step);
      return;
    case Kind::LostSync:
      file.durable = mixed(file);
      file.pending.clear();
      return;
    case Kind::Sync:
      for (const DiskStep* each : file.pending) {
        apply_to(file.durable, *each);
      }
      file.pending.clear();
      if (!file.named) {  // the first sync of a new file syncs its folder
        file.named = true;
        sync_folder();
      }
      return;
    case Kind::Delete:
      file = {.named = false,
              .deleted = file.named,
              .durable = {},
              .comes_back = mixed(file),
              .pending = {}};
      if (step.durable) {
        sync_folder();
      }
      return;
    case Kind::Mark:
      last_mark_ = step.offset;
      return;
  }
}

std::string PowerCuts::mixed(const State& file) const {
  std::map<std::size_t, std::vector<const DiskStep*>> touched;
  std::vector<std::size_t> lengths{file.durable.size()};
  std::size_t longest = file.durable.size();
  for (const DiskStep* step : file.pending) {
    const auto at = static_cast<std::size_t>(step->offset);
    const std::size_t before = lengths.back();
    lengths.push_back(step->kind == Kind::Truncate ? at
                                                   : std::max(before, at + step->bytes.size()));
    longest = std::max(longest, lengths.back());
    const std::size_t end =
        step->kind == Kind::Truncate ? std::max(before, at) : at + step->bytes.size();
    for (std::size_t sector = at / sector_bytes_; sector * sector_bytes_ < end; ++sector) {
      touched[sector].push_back(step);
    }
  }
  std::string result = file.durable;
  result.resize(longest);
  for (const auto& [number, steps] : touched) {
    const std::size_t begin = number * sector_bytes_;
    if (begin >= longest) {
      continue;
    }
    std::string sector = result.substr(begin, sector_bytes_);
    // None, all, or any number of its versions.
    const std::size_t kept = coin() ? (coin() ? 0 : steps.size()) : random_() % (steps.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) {
      apply_to_sector(sector, begin, *steps[i]);
    }
    result.replace(begin, sector.size(), sector);
  }
  result.resize(coin() ? lengths.back() : lengths[random_() % lengths.size()]);
  return result;
}

DiskImage PowerCuts::cut() const {
  DiskImage image;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const State& file = files_[i];
    if (file.deleted && coin()) {
      image[names_[i]] = file.comes_back;
    } else if (file.named || (!file.pending.empty() && coin())) {
      image[names_[i]] = mixed(file);
    }
  }
  return image;
}

}  // namespace faults
