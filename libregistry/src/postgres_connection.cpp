// SPDX-License-Identifier: Apache-2.0
#include "postgres_connection.hpp"

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>

#include "registry/error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using Options = std::map<std::string, std::string>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

std::string read_private(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    throw InputError("接続ファイルがありません: " + file.string() + "。場所を確かめてください。");
  }
  if ((status.st_mode & 077U) != 0) {
    throw InputError("接続ファイルを本人以外も読めます: " + file.string() +
                     "。chmod 600 をしてから、もう一度実行してください。");
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    throw InputError("接続ファイルを読めません: " + file.string() + "。権限を確かめてください。");
  }
  std::ranges::replace(text, '\n', ' ');
  std::ranges::replace(text, '\r', ' ');
  return text;
}

/// The words of the file. libpq's own complaint is not shown: it quotes what stands there.
Options parsed(const fs::path& file, const std::string& text) {
  char* complaint = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> parsed(
      PQconninfoParse(text.c_str(), &complaint));
  PQfreemem(complaint);
  if (!parsed) {
    throw InputError("接続ファイルを読み取れません: " + file.string() +
                     "。host=... dbname=... user=... password=... の形で書いてください。");
  }
  Options options;
  for (const PQconninfoOption* each = parsed.get(); each->keyword != nullptr; ++each) {
    if (each->val != nullptr) {
      options[each->keyword] = each->val;
    }
  }
  return options;
}

/// A socket of this machine, or the loopback address.
bool is_local(const std::string& host) {
  in_addr address{};
  const bool loopback =
      ::inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24U) == 127U;
  return host.starts_with('/') || host == "localhost" || host == "::1" || loopback;
}

bool all_local(const std::string& hosts) {
  std::istringstream stream(hosts);
  std::string host;
  while (std::getline(stream, host, ',')) {
    if (!is_local(host)) {
      return false;
    }
  }
  return true;
}

void check(const fs::path& file, const Options& options) {
  for (const char* needed : {"host", "dbname", "user"}) {
    if (!options.contains(needed)) {
      throw InputError("接続ファイルに " + std::string(needed) +
                       "= がありません: " + file.string());
    }
  }
  if (options.contains("service")) {
    throw InputError("接続ファイルでは service= を使えません: " + file.string() +
                     "。host= などを直に書いてください。");
  }
  const auto address = options.find("hostaddr");
  const bool local =
      all_local(options.at("host")) && (address == options.end() || all_local(address->second));
  const auto mode = options.find("sslmode");
  const bool verified = mode != options.end() && mode->second == "verify-full";
  if (!local && !verified) {
    throw InputError(
        "接続ファイルのサーバーは別の機械にあります: " + file.string() +
        "。個人情報を暗号化せずに送らないよう、sslmode=verify-full と sslrootcert= を書いて"
        "ください。");
  }
}

std::string quoted(const std::string& value) {
  std::string result = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + "'";
}

}  // namespace

std::string read_connection(const fs::path& file, std::chrono::milliseconds patience) {
  Options options = parsed(file, read_private(file));
  check(file, options);
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(patience).count();
  options.try_emplace("connect_timeout", std::to_string(std::max<long long>(seconds, 2)));
  options.try_emplace("application_name", "tomoni");
  options.try_emplace("target_session_attrs", "read-write");
  // A server that has vanished is noticed while we wait for it.
  options.try_emplace("keepalives_idle", "30");
  options.try_emplace("keepalives_interval", "10");
  options.try_emplace("keepalives_count", "3");
  options["client_encoding"] = "UTF8";
  std::string connection;
  for (const auto& [word, value] : options) {
    connection.append(word).append("=").append(quoted(value)).append(" ");
  }
  return connection;
}

std::string unreachable_text(const fs::path& file, const std::string& connection) {
  const std::string named = "(接続ファイル " + file.string() + ")。";
  switch (PQping(connection.c_str())) {
    case PQPING_OK:
      return "台帳のサーバーに入れません" + named +
             "dbname、user、password と、そのデータベースがあるかを確かめてください。";
    case PQPING_REJECT:
      return "台帳のサーバーは今、接続を受け付けていません" + named +
             "起動中かもしれません。しばらくしてから、もう一度実行してください。";
    case PQPING_NO_RESPONSE:
    case PQPING_NO_ATTEMPT:
      break;
  }
  return "台帳のサーバーから返事がありません" + named +
         "サーバーが動いているか、host と port が正しいかを確かめてください。";
}

}  // namespace registry
