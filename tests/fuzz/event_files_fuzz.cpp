// SPDX-License-Identifier: Apache-2.0
// What comes in while a disaster lasts: reports on people, and mails that could not be delivered.
#include <algorithm>

#include "fuzz_target.hpp"
#include "messages/bounce_report.hpp"
#include "registry/error.hpp"
#include "registry/ids.hpp"
#include "registry/safety_check.hpp"

namespace {

const registry::SafetyRules& rules() {
  static const registry::SafetyRules read = registry::parse_safety_rules(
      fuzz::read_file(std::string(TOMONI_SOURCE_DIR) + "/data/rules/event.toml"));
  return read;
}

/// The state of people does not hang on the order in which reports arrive, nor on how often.
void fold_them(const registry::ParsedRows<registry::SafetyRow>& parsed) {
  std::vector<registry::SafetyReport> reports;
  for (const registry::SafetyRow& row : parsed.rows) {
    reports.push_back(row.report);
    reports.back().uuid += std::to_string(row.line);  // repeats of a uuid count once
  }
  const registry::PersonSafety state = fold(reports, rules());
  std::vector<registry::SafetyReport> again(reports.rbegin(), reports.rend());
  again.insert(again.end(), reports.begin(), reports.end());
  fuzz::require(fold(again, rules()) == state, "the order of reports changes nothing");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using registry::InputError;
  const auto text = fuzz::text_of(data, size);
  fuzz::accepts<InputError>([&] { fold_them(registry::parse_safety_json(text)); });
  fuzz::accepts<InputError>(
      [&] { fold_them(registry::parse_safety_reports(registry::read_csv(text))); });
  const messages::BounceFile file = messages::read_bounces(text);
  fuzz::accepted() += file.bounced.size();
  fuzz::require(std::ranges::all_of(file.bounced,
                                    [](const registry::BouncedMessage& each) {
                                      return registry::is_ulid(each.id.value);
                                    }),
                "only ids of our own form are believed");
  return 0;
}

fuzz::Material fuzz::material() {
  return {{R"([{"uuid": "u1", "subject": "01JD0000000000000000000001", "status": "負傷",
"needs": ["薬", "水"], "place": "南小学校", "by": "見本", "device": "d1", "counter": 3,
"at": "2026-11-21T12:00:00+09:00", "channel": "端末"}, {"uuid": "u2",
"subject": "01JD0000000000000000000001", "status": "無事", "device": "d1", "counter": 4,
"at": "2026-11-21T12:20:00+09:00"}])",
           "報告番号,対象者,状況,必要なもの,時刻\n"
           "u1,01JD0000000000000000000001,要救助,薬;水,2026-11-21T12:00:00+09:00\n"
           "u2,01JD0000000000000000000001,死亡,,2026-11-21T12:05:00+09:00\n",
           "From MAILER-DAEMON Sat Nov 21 12:00:00 2026\r\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
           "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
           "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
           "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
           "Message-ID:\r\n <01JD0000000000000000000001@city.example.jp>\r\n\r\n--b--\r\n"},
          {"null",
           "[[",
           "{}",
           "1e400",
           "-1",
           "\\ud800",
           "\xff",
           "\xEF\xBB\xBF",
           "無事",
           "判断",
           "1970-01-01T00:00:00Z",
           "9999-12-31T23:59:59+14:00",
           "settles",
           "\r\n\r\n",
           "From ",
           "Message-ID: <",
           "@",
           ">",
           "Action:",
           "Status:",
           "9223372036854775807",
           "\"",
           ";"}};
}
