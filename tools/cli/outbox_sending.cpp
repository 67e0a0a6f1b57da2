// SPDX-License-Identifier: Apache-2.0
#include "cli/outbox_sending.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/files.hpp"
#include "cli/table_file.hpp"
#include "messages/delivery.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

/// Two programs must not send the same mail. The lock ends with the program, however it ends.
class OutboxLock {
 public:
  explicit OutboxLock(const std::filesystem::path& file)
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() of POSIX is variadic
      : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (descriptor_ >= 0) {
        ::close(descriptor_);
      }
      throw registry::Error(
          "ほかのプログラムが送信しています。終わってから、もう一度実行してください。");
    }
  }
  OutboxLock(const OutboxLock&) = delete;
  OutboxLock(OutboxLock&&) = delete;
  OutboxLock& operator=(const OutboxLock&) = delete;
  OutboxLock& operator=(OutboxLock&&) = delete;
  ~OutboxLock() { ::close(descriptor_); }

 private:
  int descriptor_;
};

std::filesystem::path lock_file(const CityFolder& city) {
  return city.path() / "outbox.lock";
}

}  // namespace

Json send_outbox(const CityFolder& city, registry::MessageDesk& desk,
                 const registry::EventId& event, const std::filesystem::path& smtp,
                 Context& context) {
  const OutboxLock lock(lock_file(city));
  messages::SmtpSender sender(
      messages::parse_smtp_config(read_file(smtp), smtp.filename().string()));
  const messages::DeliveryReport report =
      deliver(desk, sender, event, {.clock = now, .wait = [](std::chrono::milliseconds time) {
                                      std::this_thread::sleep_for(time);
                                    }});
  if (!report.stopped.empty()) {
    context.exit = Exit::Failed;
  } else if (report.refused > 0) {
    context.exit = Exit::InputRejected;
  }
  return {{"sent", report.sent},
          {"refused", report.refused},
          {"put_off", report.later},
          {"stopped", report.stopped}};
}

Json write_outbox(const CityFolder& city, registry::MessageDesk& desk,
                  const registry::EventId& event, const std::filesystem::path& out, bool cp932) {
  if (std::filesystem::exists(out)) {
    throw registry::InputError("書き出し先がすでにあります: " + out.string() +
                               "。別の名前にしてください。");
  }
  const OutboxLock lock(lock_file(city));
  registry::Table table;
  table.header = {"宛先", "件名", "本文"};
  std::vector<registry::DeliveryRecord> records;
  for (const auto& mail : desk.due(event, std::numeric_limits<std::size_t>::max())) {
    table.rows.push_back({mail.address, mail.subject, mail.text});
    records.push_back({mail.id, registry::MessageState::Sent, "file", {}});
  }
  const auto lost = write_table(
      out, "メール", table, cp932 ? registry::CsvEncoding::Cp932 : registry::CsvEncoding::Utf8Bom);
  desk.record(records);
  return {{"file", out.string()}, {"written", records.size()}, {"substituted", lost}};
}

}  // namespace cli
