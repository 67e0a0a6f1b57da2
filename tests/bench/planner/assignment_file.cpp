// SPDX-License-Identifier: Apache-2.0
#include "planner/assignment_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>

#include "route/error.hpp"

namespace bench {
namespace {

constexpr std::uint64_t kMostEntries = 1'000'000'000;
constexpr std::uint32_t kMostSeats = 1'000'000'000;

/// Reads line by line and knows where it is.
class Lines {
 public:
  Lines(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {}

  [[noreturn]] void refuse(const std::string& japanese, const std::string& english) const {
    throw route::InputError(name_ + " " + std::to_string(number_) + "行目: " + japanese +
                            " / line " + std::to_string(number_) + ": " + english);
  }

  void next(const std::string& what) {
    ++number_;
    at_ = 0;
    if (!std::getline(in_, line_)) {
      refuse("ファイルがここで終わっています。" + what + "の行が必要です。",
             "the file ends here; expected " + what);
    }
  }

  /// The next word; empty at the end of the line.
  [[nodiscard]] std::string_view word() {
    constexpr std::string_view kBlanks = " \t\r";
    const std::size_t begin = std::min(line_.find_first_not_of(kBlanks, at_), line_.size());
    at_ = std::min(line_.find_first_of(kBlanks, begin), line_.size());
    return std::string_view(line_).substr(begin, at_ - begin);
  }

  [[nodiscard]] std::uint32_t whole(const std::string& what, std::uint32_t least,
                                    std::uint32_t most) {
    const std::string_view text = word();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < least ||
        value > most) {
      refuse_number(what, text, std::to_string(least) + "–" + std::to_string(most));
    }
    return static_cast<std::uint32_t>(value);
  }

  [[nodiscard]] double seconds(double most) {
    const std::string_view text = word();
    double value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
        !(value >= 0 && value <= most)) {
      refuse_number("seconds", text, "0–" + std::to_string(static_cast<std::uint64_t>(most)));
    }
    return value;
  }

  void end_of_line() {
    const std::string extra(word());
    if (!extra.empty()) {
      refuse("行に余分な「" + extra + "」があります。個数を確かめてください。",
             "found '" + extra + "' where the line should end; check the counts");
    }
  }

 private:
  [[noreturn]] void refuse_number(const std::string& what, std::string_view text,
                                  const std::string& range) const {
    const std::string found = text.empty() ? "行の終わり / the end of the line" : std::string(text);
    refuse(what + " は " + range + " の数が必要ですが「" + found + "」でした。",
           "expected " + what + " as a number " + range + ", found '" + found + "'");
  }

  std::istream& in_;
  std::string name_;
  std::string line_;
  std::size_t number_ = 0;
  std::size_t at_ = 0;
};

struct Entry {
  std::uint32_t person;
  std::uint32_t shelter;
  double seconds;
};

std::vector<std::uint32_t> read_numbers(Lines& lines, const std::string& what, std::size_t count) {
  lines.next(what);
  std::vector<std::uint32_t> numbers;
  numbers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    numbers.push_back(lines.whole(what, 1, kMostSeats));
  }
  lines.end_of_line();
  return numbers;
}

void read_row(Lines& lines, std::uint32_t person, std::uint32_t shelters,
              std::vector<Entry>& entries) {
  lines.next("k shelter seconds …");
  const std::uint32_t count = lines.whole("k", 0, shelters);
  std::vector<bool> seen(shelters, false);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t shelter = lines.whole("shelter", 0, shelters - 1);
    if (seen[shelter]) {
      lines.refuse(
          "避難所 " + std::to_string(shelter) + " が二度あります。一度だけにしてください。",
          "shelter " + std::to_string(shelter) + " appears twice");
    }
    seen[shelter] = true;
    entries.push_back({person, shelter, lines.seconds(route::kInfinity - 1)});
  }
  lines.end_of_line();
}

}  // namespace

std::size_t AssignmentInstance::arcs() const {
  std::size_t count = 0;
  for (std::size_t person = 0; person < costs.sources(); ++person) {
    for (std::size_t shelter = 0; shelter < costs.targets(); ++shelter) {
      count += costs.at(person, shelter) < route::kInfinity ? 1U : 0U;
    }
  }
  return count;
}

AssignmentInstance read_assignment(std::istream& in, const std::string& name) {
  constexpr std::uint32_t kMilli = 1000;
  Lines lines(in, name);
  lines.next("people shelters");
  const std::uint32_t people = lines.whole("people", 1, 10'000'000);
  const std::uint32_t shelters = lines.whole("shelters", 1, 100'000);
  lines.end_of_line();
  if (std::uint64_t{people} * shelters > kMostEntries) {
    lines.refuse("人数×避難所数が大きすぎます。分けてください。",
                 "people x shelters is over " + std::to_string(kMostEntries) + "; split the file");
  }
  AssignmentInstance instance;
  instance.seats = read_numbers(lines, "seats needed per person", people);
  instance.capacity = read_numbers(lines, "seats per shelter", shelters);
  std::vector<Entry> entries;
  for (std::uint32_t person = 0; person < people; ++person) {
    read_row(lines, person, shelters, entries);
  }
  const bool whole = std::ranges::all_of(
      entries, [](const Entry& entry) { return entry.seconds == std::floor(entry.seconds); });
  instance.per_second = whole ? 1 : kMilli;
  instance.costs = route::DistanceTable(people, shelters);
  for (const Entry& entry : entries) {
    const double weight = std::round(entry.seconds * instance.per_second);
    if (weight >= route::kInfinity) {
      throw route::InputError(name + ": 端数のある秒数は " +
                              std::to_string(route::kInfinity / kMilli) +
                              " 未満にしてください。 / with fractions seconds must stay below " +
                              std::to_string(route::kInfinity / kMilli));
    }
    instance.costs.at(entry.person, entry.shelter) = static_cast<route::Weight>(weight);
  }
  return instance;
}

AssignmentInstance read_assignment(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw route::InputError(
        file.string() + ": 読めません。パスを確かめてください。 / cannot be read; check the path");
  }
  return read_assignment(in, file.string());
}

void write_solution(const std::filesystem::path& file, const route::Assignment& assignment) {
  std::ofstream out(file, std::ios::binary);
  for (const std::int32_t shelter : assignment.shelter) {
    out << shelter << "\n";
  }
  out.flush();
  if (!out) {
    throw route::Error(file.string() + ": 書けません。 / cannot be written");
  }
}

}  // namespace bench
