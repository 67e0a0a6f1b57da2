// SPDX-License-Identifier: Apache-2.0
#include "import_images.hpp"

#include <nlohmann/json.hpp>

#include "digest.hpp"
#include "list_text.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

std::string written(const nlohmann::json& json) {
  try {
    return json.dump();
  } catch (const nlohmann::json::exception&) {
    throw InputError(
        "UTF-8 として読めない文字があるため保存できません。元のファイルの文字コードを確かめて"
        "ください。");
  }
}

template <class Read>
auto read_image(const std::string& text, Read read) {
  try {
    return read(nlohmann::json::parse(text));
  } catch (const nlohmann::json::exception&) {
    throw Error("取り込みの控えが壊れています。台帳の控えから戻してください。");
  }
}

/// A field in the form in which it is stored.
template <class Field>
nlohmann::json to_json_value(const Field& field) {
  using Conversion = soci::type_conversion<Field>;
  typename Conversion::base_type stored{};
  soci::indicator state = soci::i_ok;
  Conversion::to_base(field, stored, state);
  return state == soci::i_null ? nlohmann::json() : nlohmann::json(stored);
}

template <class Field>
void from_json_value(const nlohmann::json& json, Field& field) {
  using Conversion = soci::type_conversion<Field>;
  using Base = typename Conversion::base_type;
  if (json.is_null()) {
    Conversion::from_base(Base{}, soci::i_null, field);
    return;
  }
  Conversion::from_base(json.get<Base>(), soci::i_ok, field);
}

nlohmann::json to_json_value(const Certificate& certificate) {
  return {{"kind", to_json_value(certificate.kind)},
          {"scheme", certificate.scheme},
          {"grade", certificate.grade},
          {"parts", to_json(certificate.parts)},
          {"issued_on", to_json_value(certificate.issued_on)},
          {"valid_to", to_json_value(certificate.valid_to)},
          {"class", certificate.card_class}};
}

Certificate certificate_from(const nlohmann::json& json) {
  Certificate certificate;
  from_json_value(json.at("kind"), certificate.kind);
  from_json_value(json.at("scheme"), certificate.scheme);
  from_json_value(json.at("grade"), certificate.grade);
  certificate.parts = parts_from_json(json.at("parts").get<std::string>());
  from_json_value(json.at("issued_on"), certificate.issued_on);
  from_json_value(json.at("valid_to"), certificate.valid_to);
  from_json_value(json.at("class"), certificate.card_class);
  return certificate;
}

}  // namespace

std::string to_image(const PersonImage& image) {
  nlohmann::json json;
  person_fields(image.record,
                [&](const char* name, const auto& field) { json[name] = to_json_value(field); });
  json["stated_living_place"] = to_json_value(image.stated_living_place);
  json["content_hash"] = image.content_hash;
  return written(json);
}

PersonImage person_from_image(const std::string& text) {
  return read_image(text, [](const nlohmann::json& json) {
    PersonImage image;
    person_fields(image.record,
                  [&](const char* name, auto& field) { from_json_value(json.at(name), field); });
    from_json_value(json.at("stated_living_place"), image.stated_living_place);
    image.content_hash = json.at("content_hash").get<std::string>();
    return image;
  });
}

std::string to_image(const WelfareState& state) {
  nlohmann::json certificates = nlohmann::json::array();
  for (const Certificate& certificate : state.certificates) {
    certificates.push_back(to_json_value(certificate));
  }
  return written({{"certificates", std::move(certificates)},
                  {"living_place", to_json_value(state.living_place)},
                  {"mobility", to_json_value(state.mobility)}});
}

WelfareState welfare_from_image(const std::string& text) {
  return read_image(text, [](const nlohmann::json& json) {
    WelfareState state;
    for (const nlohmann::json& certificate : json.at("certificates")) {
      state.certificates.push_back(certificate_from(certificate));
    }
    from_json_value(json.at("living_place"), state.living_place);
    from_json_value(json.at("mobility"), state.mobility);
    return state;
  });
}

std::string to_image(const Stays& stays) {
  if (stays.empty()) {
    return {};
  }
  nlohmann::json list = nlohmann::json::array();
  for (const Stay& stay : stays) {
    list.push_back({{"joined_on", to_json_value(stay.joined_on)},
                    {"left_on", to_json_value(stay.left_on)},
                    {"rule_set", stay.rule_set},
                    {"clauses", stay.clauses}});
  }
  return written(list);
}

Stays stays_from_image(const std::string& text) {
  if (text.empty()) {
    return {};
  }
  return read_image(text, [](const nlohmann::json& json) {
    Stays stays;
    for (const nlohmann::json& entry : json) {
      Stay stay;
      from_json_value(entry.at("joined_on"), stay.joined_on);
      from_json_value(entry.at("left_on"), stay.left_on);
      from_json_value(entry.at("rule_set"), stay.rule_set);
      from_json_value(entry.at("clauses"), stay.clauses);
      stays.push_back(stay);
    }
    return stays;
  });
}

std::string image_hash(const std::string& image) {
  Digest digest;
  digest.add(std::string_view(image));
  return to_hex(digest.finish());
}

}  // namespace registry
