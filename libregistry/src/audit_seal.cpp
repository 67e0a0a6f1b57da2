// SPDX-License-Identifier: Apache-2.0
#include "audit_seal.hpp"

#include <sodium.h>

#include <charconv>
#include <map>
#include <sstream>

#include "digest.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::string_view kTitle = "tomoni-audit-head-1";

static_assert(std::tuple_size_v<AuditKey> == crypto_sign_SEEDBYTES);

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text(2 * size + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

template <std::size_t Size>
bool from_hex(std::string_view text, std::array<unsigned char, Size>& bytes) {
  std::size_t length = 0;
  return text.size() == 2 * Size &&
         sodium_hex2bin(bytes.data(), Size, text.data(), text.size(), nullptr, &length, nullptr) ==
             0 &&
         length == Size;
}

/// What is signed: a hash over the title and the fields, so that a signature of ours never fits
/// anything else.
AuditHash message(const AuditHead& head) {
  Digest digest;
  digest.add(kTitle);
  digest.add(head.number);
  digest.add(head.at.milliseconds);
  digest.add(to_hex(head.hash));
  digest.add(head.public_key);
  return digest.finish();
}

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || stop != text.data() + text.size()) {
    throw InputError("監査記録の照合票の数値を読めません。照合票を確かめてください。");
  }
  return number;
}

}  // namespace

AuditSigner::AuditSigner(const AuditKey& seed) {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open_key{};
  static_assert(sizeof(secret_) == crypto_sign_SECRETKEYBYTES);
  const int result = crypto_sign_seed_keypair(open_key.data(), secret_.data(), seed.data());
  TOMONI_EXPECT(result == 0);
  public_key_ = hex(open_key.data(), open_key.size());
}

AuditHead AuditSigner::sign(std::int64_t number, Instant at, const AuditHash& hash) const {
  AuditHead head{
      .number = number, .at = at, .hash = hash, .public_key = public_key_, .signature = {}};
  const AuditHash text = message(head);
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  const int result =
      crypto_sign_detached(signature.data(), nullptr, text.data(), text.size(), secret_.data());
  TOMONI_EXPECT(result == 0);
  head.signature = hex(signature.data(), signature.size());
  return head;
}

bool seal_holds(const AuditHead& head) {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open_key{};
  if (!from_hex(head.signature, signature) || !from_hex(head.public_key, open_key)) {
    return false;
  }
  const AuditHash text = message(head);
  return crypto_sign_verify_detached(signature.data(), text.data(), text.size(), open_key.data()) ==
         0;
}

std::string public_key_of(const AuditKey& key) {
  return AuditSigner(key).sign(0, {}, {}).public_key;
}

std::string to_text(const AuditHead& head) {
  std::string text(kTitle);
  text += "\nnumber " + std::to_string(head.number);
  text += "\nat " + std::to_string(head.at.milliseconds);
  text += "\nhash " + to_hex(head.hash);
  text += "\nkey " + head.public_key;
  text += "\nsignature " + head.signature + "\n";
  return text;
}

AuditHead parse_audit_head(std::string_view text) {
  std::map<std::string, std::string> values;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    std::string value;
    words >> name;
    for (std::string part; words >> part;) {
      value += part;  // printed in groups, typed in groups
    }
    values.emplace(name, value);
  }
  for (const char* name : {"number", "at", "hash", "key", "signature"}) {
    if (!values.contains(name)) {
      throw InputError(std::string("監査記録の照合票に ") + name +
                       " の行がありません。tomoni audit anchor が書いたものを渡してください。");
    }
  }
  AuditHead head{.number = number_of(values["number"]),
                 .at = Instant{number_of(values["at"])},
                 .hash = hash_from_hex(values["hash"]),
                 .public_key = values["key"],
                 .signature = values["signature"]};
  if (head.hash == AuditHash{} || !seal_holds(head)) {
    throw InputError(
        "監査記録の照合票の署名が合いません。写し間違いがないか、元の票を確かめてください。");
  }
  return head;
}

std::string_view to_text(AuditFault fault) {
  switch (fault) {
    case AuditFault::None:
      return "異常なし";
    case AuditFault::RowChanged:
      return "行が書き換え・差し込み・入れ替えられています";
    case AuditFault::RowMissing:
      return "行が抜けています";
    case AuditFault::TailMissing:
      return "末尾の行が失われています";
    case AuditFault::HeadForged:
      return "署名が正しくありません";
    case AuditFault::ChainRewritten:
      return "署名された時点の記録と一致しません(作り直されています)";
    case AuditFault::SubjectsChanged:
      return "行が指す対象者の一覧が変わっています";
  }
  contract_violated("fault is an enumerator", __FILE__, __LINE__);
}

}  // namespace registry
