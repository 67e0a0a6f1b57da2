// SPDX-License-Identifier: Apache-2.0
#include "messages/smtp_sender.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>

#include "registry/error.hpp"

namespace messages {
namespace {

/// libcurl is set up once per program.
void begin_curl() {
  static const bool begun = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!begun) {
    throw registry::Error(
        "メールを送る準備ができません（libcurl）。プログラムを入れ直してください。");
  }
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

/// Bytes still to be sent.
struct Upload {
  std::string_view rest;
};

std::size_t give_bytes(char* to, std::size_t size, std::size_t count, void* user) {
  auto& upload = *static_cast<Upload*>(user);
  const std::size_t bytes = std::min(size * count, upload.rest.size());
  std::memcpy(to, upload.rest.data(), bytes);
  upload.rest.remove_prefix(bytes);
  return bytes;
}

/// The codes of one reply.
struct ReplyCodes {
  std::string verb;  ///< the command it answers
  int code = 0;
  std::string enhanced;  ///< RFC 3463, e.g. 5.1.1; empty where the server gives none
};

/// What is kept of a conversation: after a refusal libcurl still takes its leave (QUIT).
struct Conversation {
  std::string verb;
  ReplyCodes last;
  ReplyCodes refusal;
};

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// `5.1.1` at the beginning of a text.
std::string enhanced_code(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view code = text.substr(0, end);
  constexpr std::size_t kLongest = 11;
  return std::count(code.begin(), code.end(), '.') == 2 && code.size() <= kLongest &&
                 is_digit(code.front()) && is_digit(code.back())
             ? std::string(code)
             : std::string();
}

void note_reply(Conversation& conversation, std::string_view line) {
  constexpr std::size_t kCode = 3;
  if (line.size() <= kCode || !std::all_of(line.begin(), line.begin() + kCode, is_digit)) {
    return;
  }
  constexpr int kRefusals = 400;
  conversation.last = {.verb = conversation.verb,
                       .code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'),
                       .enhanced = enhanced_code(line.substr(kCode + 1))};
  if (conversation.last.code >= kRefusals) {
    conversation.refusal = conversation.last;
  }
}

/// Only command words and codes are kept: the rest holds addresses and secrets.
int listen(CURL* /*handle*/, curl_infotype kind, char* data, std::size_t size, void* user) {
  auto& conversation = *static_cast<Conversation*>(user);
  const std::string_view line(data, size);
  if (kind == CURLINFO_HEADER_OUT) {
    conversation.verb = line.substr(0, std::min<std::size_t>(4, size));
  } else if (kind == CURLINFO_HEADER_IN) {
    note_reply(conversation, line);
  }
  return 0;
}

std::string codes(const ReplyCodes& reply) {
  std::string text = std::to_string(reply.code);
  return reply.enhanced.empty() ? text : text + " " + reply.enhanced;
}

SmtpReply misconfigured(const std::string& what) {
  return {SmtpOutcome::Misconfigured, what};
}

/// What the server said of a mail, told by the command it answered.
SmtpReply by_codes(const ReplyCodes& reply) {
  constexpr int kClosing = 421;
  const bool about_this_mail = reply.verb == "RCPT" || reply.verb == "DATA";
  if (reply.code == kClosing) {
    return {SmtpOutcome::Unreachable, codes(reply)};
  }
  if (reply.code >= 400 && reply.code < 500) {
    return {
        about_this_mail || reply.verb == "MAIL" ? SmtpOutcome::TryLater : SmtpOutcome::Unreachable,
        codes(reply)};
  }
  if (reply.code >= 500 && about_this_mail) {
    return {SmtpOutcome::Refused, codes(reply)};
  }
  if (reply.code >= 500) {
    return misconfigured("メールサーバーが差出人か接続を断りました（" + codes(reply) +
                         "）。差出人のアドレスとサーバーの設定を確かめてください。");
  }
  return {SmtpOutcome::Unreachable, "メールサーバーとの通信が途中で切れました。"};
}

SmtpReply reply_of(CURLcode result, const Conversation& conversation) {
  switch (result) {
    case CURLE_OK:
      return {SmtpOutcome::Accepted, codes(conversation.last)};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return misconfigured("メールサーバーの証明書を確かめられません（" +
                           std::string(curl_easy_strerror(result)) +
                           "）。ホスト名と ca_file を確かめてください。何も送っていません。");
    case CURLE_USE_SSL_FAILED:
      return misconfigured(
          "メールサーバーが暗号化（STARTTLS）に応じません。何も送っていません。サーバーの管理者に"
          "確かめてください。");
    case CURLE_LOGIN_DENIED:
      if (conversation.refusal.code < 500) {
        return {SmtpOutcome::Unreachable, codes(conversation.refusal)};
      }
      return misconfigured("メールサーバーがサインインを断りました（" +
                           codes(conversation.refusal) +
                           "）。user と password_file を確かめてください。");
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      return {SmtpOutcome::Unreachable, "メールサーバーに接続できません（" +
                                            std::string(curl_easy_strerror(result)) + "）。"};
    default:  // libcurl has a hundred codes; what the server said tells the rest apart
      return by_codes(conversation.refusal);
  }
}

}  // namespace

struct SmtpSender::Connection {
  std::unique_ptr<CURL, FreeHandle> handle;
  Conversation conversation;

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) {
      throw registry::Error("メールの設定を libcurl が受け付けません。設定を確かめてください。");
    }
  }
};

SmtpSender::SmtpSender(const SmtpConfig& config)
    : config_(config), connection_(std::make_unique<Connection>()) {
  begin_curl();
  Connection& connection = *connection_;
  connection.handle.reset(curl_easy_init());
  if (!connection.handle) {
    throw registry::Error(
        "メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。");
  }
  const bool from_start = config.security == SmtpSecurity::Tls;
  const std::string url = std::string(from_start ? "smtps://" : "smtp://") + config.host + ":" +
                          std::to_string(config.port) + "/" + config.hello;
  connection.set(CURLOPT_URL, url.c_str());
  connection.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  connection.set(CURLOPT_PROXY, "");  // whatever the environment says
  connection.set(CURLOPT_NOSIGNAL, 1L);
  connection.set(CURLOPT_UPLOAD, 1L);
  connection.set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(config.connect_timeout.count()));
  connection.set(CURLOPT_TIMEOUT,
                 static_cast<long>((config.connect_timeout + config.reply_timeout).count()));
  connection.set(CURLOPT_READFUNCTION, give_bytes);
  connection.set(CURLOPT_VERBOSE, 1L);  // to the function below, nowhere else
  connection.set(CURLOPT_DEBUGFUNCTION, listen);
  connection.set(CURLOPT_DEBUGDATA, &connection.conversation);
  if (config.security != SmtpSecurity::None) {
    connection.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    connection.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    connection.set(CURLOPT_SSL_VERIFYPEER, 1L);
    connection.set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!config.ca_file.empty()) {
      connection.set(CURLOPT_CAINFO, config.ca_file.c_str());
    }
  }
  if (!config.user.empty()) {
    connection.set(CURLOPT_USERNAME, config.user.c_str());
    connection.set(CURLOPT_PASSWORD, read_password(config.password_file).c_str());
  }
  connection.set(CURLOPT_MAIL_FROM, ("<" + config.bounces + ">").c_str());
}

SmtpSender::~SmtpSender() = default;

SmtpReply SmtpSender::send(Mail mail) {
  mail.from = config_.from;
  mail.from_name = config_.from_name;
  const std::string text = mail_text(mail);
  Upload upload{text};
  const std::unique_ptr<curl_slist, FreeList> to(
      curl_slist_append(nullptr, ("<" + mail.to + ">").c_str()));
  Connection& connection = *connection_;
  connection.conversation = {};
  connection.set(CURLOPT_MAIL_RCPT, to.get());
  connection.set(CURLOPT_READDATA, &upload);
  connection.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(text.size()));
  const CURLcode result = curl_easy_perform(connection.handle.get());
  return reply_of(result, connection.conversation);
}

}  // namespace messages
