// SPDX-License-Identifier: Apache-2.0
#include "ring_file.hpp"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "durable_file.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "tomoni key ring 1";
constexpr std::string_view kMachineKey = "tomoni machine key 1\n";

Json unsealed(const RingFile& ring) {
  Json slots = Json::array();
  for (const RingSlot& slot : ring.slots) {
    Json machines = Json::array();
    for (const sealing::Bytes& box : slot.machines) {
      machines.push_back(sealing::to_hex(box));
    }
    slots.push_back({{"machines", machines}, {"recovery", sealing::to_hex(slot.recovery)}});
  }
  return {{"format", kFormat},
          {"recovery_key", ring.recovery ? sealing::to_hex(*ring.recovery) : ""},
          {"data_keys", slots}};
}

sealing::Bytes bytes_at(const Json& object, const char* name) {
  auto bytes = sealing::from_hex(object.at(name).get<std::string>());
  if (!bytes) {
    throw Error(name);
  }
  return std::move(*bytes);
}

RingSlot parse_slot(const Json& object) {
  RingSlot slot;
  for (const Json& box : object.at("machines")) {
    slot.machines.push_back(sealing::from_hex(box.get<std::string>()).value());
  }
  slot.recovery = bytes_at(object, "recovery");
  return slot;
}

RingFile parse_ring(const std::string& text) {
  const Json json = Json::parse(text);
  RingFile ring;
  if (json.at("format") != kFormat) {
    throw Error("format");
  }
  for (const Json& slot : json.at("data_keys")) {
    ring.slots.push_back(parse_slot(slot));
  }
  if (const auto recovery = json.at("recovery_key").get<std::string>(); !recovery.empty()) {
    ring.recovery = sealing::key_from_hex(recovery).value();
  }
  ring.seal = sealing::key_from_hex(json.at("seal").get<std::string>()).value();
  if (ring.slots.empty()) {
    throw Error("data_keys");
  }
  return ring;
}

void check_rights(const fs::path& file) {
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  if (failure || !fs::is_regular_file(status)) {
    throw Error("鍵ファイルがありません: " + file.string() +
                "。保管してある控えから戻すか、紙の復旧用の鍵で tomoni key recover を実行して"
                "ください。");
  }
  if ((status.permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
    throw Error("鍵ファイルを本人以外も読めます: " + file.string() +
                "。chmod 600 をしてから、もう一度実行してください。");
  }
}

}  // namespace

sealing::Key RingFile::expected_seal(const sealing::Key& data) const {
  return sealing::keyed_hash(data, "tomoni key ring seal\n" + unsealed(*this).dump());
}

std::string to_text(const RingFile& ring) {
  Json json = unsealed(ring);
  json["seal"] = sealing::to_hex(ring.seal);
  return json.dump(1) + "\n";
}

RingFile read_ring_file(const fs::path& file) {
  const std::string text = read_whole(file);
  try {
    return parse_ring(text);
  } catch (const std::exception&) {
    throw Error("鍵束のファイルが壊れています: " + file.string() +
                "。保管してある控えから戻してください。");
  }
}

std::string to_text(const KeyFile& key) {
  return (key.plain ? "" : std::string(kMachineKey)) + sealing::to_hex(key.key) + "\n";
}

KeyFile read_key_file(const fs::path& file) {
  check_rights(file);
  std::string text = read_whole(file);
  std::erase(text, '\r');
  KeyFile result{.plain = !text.starts_with(kMachineKey), .key = {}};
  std::string digits = result.plain ? text : text.substr(kMachineKey.size());
  std::erase_if(digits, [](char c) { return c == '\n' || c == ' '; });
  const auto key = sealing::key_from_hex(digits);
  sodium_memzero(text.data(), text.size());
  sodium_memzero(digits.data(), digits.size());
  if (!key) {
    throw Error("鍵ファイルの中身が壊れています（64 桁の 16 進数が必要です）: " + file.string() +
                "。保管してある控えから戻すか、紙の復旧用の鍵で tomoni key recover を実行して"
                "ください。");
  }
  result.key = *key;
  return result;
}

}  // namespace registry
