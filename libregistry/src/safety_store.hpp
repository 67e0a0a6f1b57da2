// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "pinned.hpp"
#include "registry/safety_desk.hpp"
#include "sql_types.hpp"

namespace registry {

/// Who handed a report in, and when.
struct Receipt {
  Instant at;
  std::string by;
};

/// Of one person or (empty) everybody, in the order of their times.
[[nodiscard]] std::vector<SafetyReport> stored_reports(soci::session& sql, const EventId& event,
                                                       const std::string& person);
[[nodiscard]] std::vector<QuarantinedReport> stored_quarantine(soci::session& sql,
                                                               const EventId& event);

/// What somebody says of a report that was put aside.
struct QuarantineReview {
  std::string note;
  std::string by;
  Instant at;
};
/// Of all reports of that number nobody has looked at; how many.
std::size_t write_quarantine_review(soci::session& sql, const EventId& event,
                                    const std::string& uuid, const QuarantineReview& review);
/// Reports that were put aside and nobody has looked at.
[[nodiscard]] std::size_t unseen_quarantine(soci::session& sql, const EventId& event);

/// Hash of everything a report says.
[[nodiscard]] std::string content_hash(const SafetyReport& report);

/// Hashes of the reports of an event, by uuid.
[[nodiscard]] std::unordered_map<std::string, std::string> known_reports(soci::session& sql,
                                                                         const EventId& event);

/// Writes reports with one prepared insert each way.
class SafetyWriter : Pinned {
 public:
  SafetyWriter(soci::session& sql, EventId event, Receipt receipt);
  /// False when another event has a report of this uuid: nothing is written.
  [[nodiscard]] bool write(const SafetyReport& report, const std::string& hash);
  /// False when the same one was put aside before.
  bool put_aside(const SafetyReport& report, const std::string& hash, const std::string& reason);

 private:
  void set(const SafetyReport& report, const std::string& hash);

  EventId event_;
  Receipt receipt_;
  SafetyReport report_;
  std::string needs_;
  std::string settles_;
  std::string hash_;
  std::string reason_;
  soci::statement insert_;
  soci::statement aside_;
};

}  // namespace registry
