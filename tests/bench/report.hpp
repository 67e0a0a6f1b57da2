// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "timing.hpp"

namespace bench {

/// A measured number without digits nobody can trust: four that count.
[[nodiscard]] double significant(double value);

/// Rounds, least and median; for `per` things done in a round in microseconds of one of them.
[[nodiscard]] nlohmann::ordered_json in_ms(const Timing& timing);
[[nodiscard]] nlohmann::ordered_json in_us_per(const Timing& timing, std::size_t per);

/// Counts comparisons by subject and remembers the first differences in words.
class Checks {
 public:
  /// `describe()` makes the sentence; called for the differences that are listed only.
  template <class Describe>
  void check(std::string_view subject, bool right, const Describe& describe) {
    Tally& tally = tally_of(subject);
    ++tally.compared;
    if (!right) {
      ++tally.wrong;
      if (differences_.size() < kListed) {
        differences_.push_back(std::string(subject) + ": " + describe());
      }
    }
  }
  void check_equal(std::string_view subject, std::uint64_t found, std::uint64_t expected,
                   std::string_view where);

  [[nodiscard]] bool all_right() const;
  /// By subject: compared, wrong.
  [[nodiscard]] nlohmann::ordered_json tallies() const;
  [[nodiscard]] const std::vector<std::string>& differences() const { return differences_; }

 private:
  static constexpr std::size_t kListed = 50;
  struct Tally {
    std::string subject;
    std::uint64_t compared = 0;
    std::uint64_t wrong = 0;
  };
  Tally& tally_of(std::string_view subject);

  std::vector<Tally> tallies_;
  std::vector<std::string> differences_;
};

/// The document for machines, and beside it lines for people.
struct Report {
  std::ostream& people;  ///< must outlive the report
  nlohmann::ordered_json document = {};
  Checks checks = {};

  /// A headline of the table.
  void section(std::string_view title) const;
  /// One row: what, how much, a remark.
  void row(std::string_view what, double value, std::string_view unit,
           std::string_view remark = {}) const;
  void row(std::string_view what, const Timing& timing) const;
  void count(std::string_view what, std::uint64_t number) const;
};

}  // namespace bench
