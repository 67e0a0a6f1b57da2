// SPDX-License-Identifier: Apache-2.0
#include "messages/smtp_config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <optional>

#include "registry/error.hpp"
#include "registry/message.hpp"

namespace messages {
namespace {

/// One table of the file; complaints name file, table and key, never a value.
class Fields {
 public:
  Fields(const toml::table& file, std::string_view file_name, const char* name)
      : table_(file[name].as_table()), where_(std::string(file_name) + " [" + name + "]") {}

  [[noreturn]] void fail(const char* key, const std::string& complaint) const {
    throw registry::InputError(where_ + ": 「" + key + "」" + complaint);
  }
  void refuse_unknown(std::initializer_list<std::string_view> known) const {
    if (table_ == nullptr) {
      return;
    }
    for (const auto& [key, value] : *table_) {
      if (std::ranges::find(known, key.str()) == known.end()) {
        fail(std::string(key.str()).c_str(), "は知らない項目です。");
      }
    }
  }
  [[nodiscard]] std::string text_or_empty(const char* key) const {
    if (table_ == nullptr || !table_->contains(key)) {
      return {};
    }
    const auto value = (*table_)[key].value_exact<std::string>();
    if (!value || value->empty() || value->find_first_of("\r\n") != std::string::npos) {
      fail(key, "には空でない一行の文字列を書いてください。");
    }
    return *value;
  }
  [[nodiscard]] std::string text(const char* key) const {
    std::string value = text_or_empty(key);
    if (value.empty()) {
      fail(key, "がありません。書き加えてください。");
    }
    return value;
  }
  [[nodiscard]] std::string address(const char* key) const {
    std::string value = text(key);
    if (!registry::is_mail_address(value)) {
      fail(key, "がメールアドレスではありません。");
    }
    return value;
  }
  [[nodiscard]] int integer(const char* key, int otherwise, int most) const {
    if (table_ == nullptr || !table_->contains(key)) {
      return otherwise;
    }
    const auto value = (*table_)[key].value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > most) {
      fail(key, "には 0 から " + std::to_string(most) + " までの整数を書いてください。");
    }
    return static_cast<int>(*value);
  }
  [[nodiscard]] std::chrono::seconds seconds(const char* key,
                                             std::chrono::seconds otherwise) const {
    constexpr int kDay = 86'400;
    return std::chrono::seconds(integer(key, static_cast<int>(otherwise.count()), kDay));
  }

 private:
  const toml::table* table_;
  std::string where_;
};

SmtpSecurity security_of(const Fields& server, const std::string& host) {
  const std::string word = server.text("security");
  if (word == "starttls") {
    return SmtpSecurity::StartTls;
  }
  if (word == "tls") {
    return SmtpSecurity::Tls;
  }
  if (word != "none") {
    server.fail("security", "には starttls, tls, none のどれかを書いてください。");
  }
  if (host != "localhost" && host != "127.0.0.1") {
    server.fail("security", "の none は、同じ機械の中継サーバー（localhost）だけで使えます。");
  }
  return SmtpSecurity::None;
}

std::string host_of(const Fields& server) {
  std::string host = server.text("host");
  if (!registry::is_mail_address("a@" + host)) {
    server.fail("host", "がホスト名ではありません。");
  }
  return host;
}

}  // namespace

SmtpConfig parse_smtp_config(std::string_view toml, std::string_view file) {
  toml::table table;
  try {
    table = toml::parse(toml, file);
  } catch (const toml::parse_error& error) {
    throw registry::InputError(std::string(file) + " の" +
                               std::to_string(error.source().begin.line) +
                               "行目が TOML として読めません。書き方を直してください。");
  }
  const Fields server(table, file, "server");
  server.refuse_unknown({"host", "port", "security", "ca_file", "user", "password_file", "hello"});
  const Fields sender(table, file, "sender");
  sender.refuse_unknown({"address", "name", "bounces"});
  const Fields times(table, file, "times");
  times.refuse_unknown({"connect_seconds", "reply_seconds", "attempts", "first_retry_seconds",
                        "longest_retry_seconds", "patience_seconds"});
  constexpr int kMostPort = 65'535;
  constexpr int kMostAttempts = 50;
  SmtpConfig config;
  config.host = host_of(server);
  config.security = security_of(server, config.host);
  config.port = server.integer("port", config.port, kMostPort);
  config.ca_file = server.text_or_empty("ca_file");
  config.user = server.text_or_empty("user");
  config.password_file = server.text_or_empty("password_file");
  if (config.user.empty() != config.password_file.empty()) {
    server.fail("user", "と password_file は両方書くか、両方省いてください。");
  }
  if (!config.user.empty() && config.security == SmtpSecurity::None) {
    server.fail("user", "とパスワードを暗号化せずに送ることはできません。");
  }
  config.from = sender.address("address");
  config.from_name = sender.text("name");
  config.bounces =
      sender.text_or_empty("bounces").empty() ? config.from : sender.address("bounces");
  config.hello = server.text_or_empty("hello");
  if (config.hello.empty()) {
    config.hello = config.from.substr(config.from.find('@') + 1);
  } else if (!registry::is_mail_address("a@" + config.hello)) {
    server.fail("hello", "がホスト名ではありません。");
  }
  config.connect_timeout = times.seconds("connect_seconds", config.connect_timeout);
  config.reply_timeout = times.seconds("reply_seconds", config.reply_timeout);
  config.retry.attempts =
      std::max(1, times.integer("attempts", config.retry.attempts, kMostAttempts));
  config.retry.first = times.seconds("first_retry_seconds", config.retry.first);
  config.retry.longest = times.seconds("longest_retry_seconds", config.retry.longest);
  config.retry.patience = times.seconds("patience_seconds", config.retry.patience);
  return config;
}

std::string read_password(const std::filesystem::path& file) {
  namespace fs = std::filesystem;
  std::error_code missing;
  const fs::perms perms = fs::status(file, missing).permissions();
  constexpr fs::perms kOthers = fs::perms::group_all | fs::perms::others_all;
  if (!missing && perms != fs::perms::unknown && (perms & kOthers) != fs::perms::none) {
    throw registry::InputError("パスワードのファイルを本人以外も読めます: " + file.string() +
                               "。chmod 600 をしてから、もう一度実行してください。");
  }
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (!line.empty() && line.back() == '\r') {
    line.pop_back();
  }
  if (line.empty()) {
    throw registry::InputError("パスワードのファイルがないか、空です: " + file.string());
  }
  return line;
}

}  // namespace messages
