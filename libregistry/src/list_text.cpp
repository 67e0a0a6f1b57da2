// SPDX-License-Identifier: Apache-2.0
#include "list_text.hpp"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr double kUnitsPerDegree = 1e7;

std::string written(const nlohmann::json& json) {
  try {
    return json.dump();
  } catch (const nlohmann::json::exception&) {
    throw InputError(
        "UTF-8 として読めない文字があるため保存できません。元のファイルの文字コードを確かめて"
        "ください。");
  }
}

/// Parses and hands the elements to `item`.
template <class Item>
auto read_list(const std::string& text, Item item) {
  std::vector<decltype(item(nlohmann::json()))> list;
  try {
    for (const nlohmann::json& element : nlohmann::json::parse(text)) {
      list.push_back(item(element));
    }
  } catch (const nlohmann::json::exception&) {
    throw Error("台帳の記録が壊れています(一覧の形ではありません)。控えから戻してください。");
  }
  return list;
}

void append_number(std::string& text, std::int64_t number) {
  text += std::to_string(number);
}

/// Reads one number and steps over the separator behind it.
std::int64_t next_number(const char*& at, const char* end) {
  std::int64_t number = 0;
  const auto [stop, fault] = std::from_chars(at, end, number);
  if (fault != std::errc()) {
    throw Error("台帳の経路が壊れています。控えから戻してください。");
  }
  at = stop == end ? end : stop + 1;
  return number;
}

}  // namespace

std::string to_json(const std::vector<std::string>& texts) {
  return written(nlohmann::json(texts));
}

std::vector<std::string> texts_from_json(const std::string& json) {
  return read_list(json, [](const nlohmann::json& item) { return item.get<std::string>(); });
}

std::string to_json(const std::vector<Contact>& contacts) {
  nlohmann::json list = nlohmann::json::array();
  for (const Contact& contact : contacts) {
    list.push_back(nlohmann::json::array({contact.name, contact.relation, contact.phone}));
  }
  return written(list);
}

std::vector<Contact> contacts_from_json(const std::string& json) {
  return read_list(json, [](const nlohmann::json& item) {
    return Contact{.name = item.at(0).get<std::string>(),
                   .relation = item.at(1).get<std::string>(),
                   .phone = item.at(2).get<std::string>()};
  });
}

std::string to_json(const std::vector<BodyPart>& parts) {
  nlohmann::json list = nlohmann::json::array();
  for (const BodyPart& part : parts) {
    list.push_back(nlohmann::json::array({part.part, part.grade}));
  }
  return written(list);
}

std::vector<BodyPart> parts_from_json(const std::string& json) {
  return read_list(json, [](const nlohmann::json& item) {
    return BodyPart{.part = item.at(0).get<std::string>(), .grade = item.at(1).get<int>()};
  });
}

std::string to_json(const std::vector<std::vector<Position>>& rings) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& ring : rings) {
    nlohmann::json points = nlohmann::json::array();
    for (const Position& point : ring) {
      points.push_back(nlohmann::json::array({point.lat, point.lon}));
    }
    list.push_back(std::move(points));
  }
  return written(list);
}

std::vector<std::vector<Position>> rings_from_json(const std::string& json) {
  return read_list(json, [](const nlohmann::json& ring) {
    std::vector<Position> points;
    for (const nlohmann::json& point : ring) {
      points.push_back({.lat = point.at(0).get<double>(), .lon = point.at(1).get<double>()});
    }
    return points;
  });
}

std::string to_route_text(const std::vector<Position>& line) {
  std::string text;
  std::int64_t last_lat = 0;
  std::int64_t last_lon = 0;
  for (const Position& point : line) {
    const std::int64_t lat = std::llround(point.lat * kUnitsPerDegree);
    const std::int64_t lon = std::llround(point.lon * kUnitsPerDegree);
    if (!text.empty()) {
      text += ' ';
    }
    append_number(text, lat - last_lat);
    text += ',';
    append_number(text, lon - last_lon);
    last_lat = lat;
    last_lon = lon;
  }
  return text;
}

std::vector<Position> route_from_text(const std::string& text) {
  std::vector<Position> line;
  std::int64_t lat = 0;
  std::int64_t lon = 0;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end) {
    lat += next_number(at, end);
    lon += next_number(at, end);
    // Division rounds to the double nearest to the decimal number; multiplying by 1e-7 would not.
    line.push_back({.lat = static_cast<double>(lat) / kUnitsPerDegree,
                    .lon = static_cast<double>(lon) / kUnitsPerDegree});
  }
  return line;
}

}  // namespace registry
