// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/city_import.hpp"
#include "registry/event.hpp"

namespace registry {

/// 安否 (domain §4.7). `Absent` and `NoAnswer` say that somebody tried, nothing of the person.
enum class SafetyStatus : std::uint8_t {
  Safe,         ///< 無事
  Injured,      ///< 負傷
  NeedsRescue,  ///< 要救助
  Absent,       ///< 不在
  NoAnswer,     ///< 連絡不能
  Evacuated,    ///< 避難済
  Dead          ///< 死亡
};
inline constexpr std::size_t kSafetyStatuses = 7;
[[nodiscard]] std::string_view to_text(SafetyStatus status);
[[nodiscard]] std::optional<SafetyStatus> parse_safety_status(std::string_view text);

/// What somebody saw of one person, once. Never changed; the same report may come any number of
/// times and over any way.
struct SafetyReport {
  std::string uuid;  ///< given by the device that made it
  PersonId subject;
  SafetyStatus status = SafetyStatus::Safe;
  std::vector<std::string> needs;  ///< 薬, 水, ...
  std::string place;               ///< where the person is
  std::string note;
  std::string reporter;
  std::string device;        ///< whose clock and counter these are
  std::int64_t counter = 0;  ///< rises from 1 with every report of the device; 0 = not counted
  Instant device_time;
  std::string channel;               ///< 電話, 訪問, 端末, 紙, 避難所, 判断
  std::vector<std::string> settles;  ///< reports that a person has looked at and decided with this
  friend bool operator==(const SafetyReport&, const SafetyReport&) = default;
};

/// Figures of `data/rules/event.toml`.
struct SafetyRules {
  std::int64_t contradiction_ms = 0;  ///< reports this near to each other that disagree: a person
  std::int64_t clock_ahead_ms = 0;    ///< a device's clock may be ahead of ours by that much
  std::int64_t before_start_ms = 0;   ///< reports may be older than the event by that much
};
/// Throws `InputError` naming the key for anything unknown, missing or out of range.
[[nodiscard]] SafetyRules parse_safety_rules(std::string_view toml);

/// What is known of one person.
struct PersonSafety {
  std::optional<SafetyStatus> status;  ///< nothing = nobody has reported anything
  bool reached = false;                ///< somebody has seen or spoken to the person
  bool needs_help = false;             ///< a call for help that nothing has answered
  bool conflict = false;               ///< a person has to decide
  std::vector<std::string> to_settle;  ///< uuids of the reports that contradict each other
  std::vector<std::string> needs;      ///< of the newest report that reached the person
  std::string place;
  std::string reporter;  ///< of the newest report
  std::optional<Instant> last;
  std::optional<Instant> seen;  ///< of the newest report that reached the person
  std::size_t reports = 0;
  friend bool operator==(const PersonSafety&, const PersonSafety&) = default;
};

/// The state of one person from all reports about him or her, in any order; repeats by uuid count
/// once. Never last-writer-wins:
/// - 負傷 and 要救助 are calls for help. A call is answered by a report of 無事, 避難済 or 死亡
/// whose
///   device time is later by more than the window of contradictions, unless the same device made it
///   before the call (by its counter, where it counts: clocks jump). An unanswered call always
///   shows.
/// - An unanswered call with an answer within the window on either side is a contradiction, and so
///   is a death with any other sign of the person within the window or later.
/// - 判断 (`settles`) takes the reports it names out of all this and counts itself.
/// - 不在 and 連絡不能 show only while nobody has reached the person.
[[nodiscard]] PersonSafety fold(std::span<const SafetyReport> reports, const SafetyRules& rules);

/// 無事, 避難済 or 死亡, with no call for help left open and no contradiction.
[[nodiscard]] bool is_accounted_for(const PersonSafety& person);

/// Why a report is not taken into the state but kept for somebody to look at; empty = it is taken.
[[nodiscard]] std::string quarantine_reason(const SafetyReport& report, Instant event_started,
                                            Instant received, const SafetyRules& rules);

/// A report as a row of a file, of an event.
struct SafetyRow {
  std::size_t line = 0;
  SafetyReport report;
};

/// Reads a batch of reports (docs/file_formats.md). Rows that cannot be read are rejected one by
/// one. Throws `InputError` for a
/// file that is not one.
[[nodiscard]] ParsedRows<SafetyRow> parse_safety_reports(const Table& table);
/// The same from a JSON array of objects with the keys uuid, subject, status, needs, place, note,
/// by, device, counter, at, channel.
[[nodiscard]] ParsedRows<SafetyRow> parse_safety_json(std::string_view json);

}  // namespace registry
