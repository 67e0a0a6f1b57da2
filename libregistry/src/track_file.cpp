// SPDX-License-Identifier: Apache-2.0
#include "registry/track_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "import_row.hpp"
#include "xml_parser.hpp"

namespace registry {
namespace {

constexpr std::size_t kMostBytes = 64U << 20U;  // some days of a point every second
constexpr std::size_t kDeepest = 32;

std::optional<double> degrees(std::string_view text, double most) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value) ||
      std::abs(value) > most) {
    return std::nullopt;
  }
  return value;
}

/// A time of a point; receivers write fractions of a second with as many digits as they like
/// (xsd:dateTime), of which milliseconds are kept.
std::optional<Instant> moment_of(std::string_view text) {
  constexpr std::size_t kMostDigits = 9;
  std::string exact(text);
  if (const std::size_t dot = exact.find('.'); dot != std::string::npos) {
    const std::size_t end = std::min(exact.find_first_not_of("0123456789", dot + 1), exact.size());
    const std::size_t digits = end - dot - 1;
    if (digits == 0 || digits > kMostDigits) {
      return std::nullopt;
    }
    std::string kept = exact.substr(dot + 1, digits);
    kept.resize(3, '0');
    exact.replace(dot + 1, digits, kept);
  }
  return parse_moment(exact);
}

/// Follows a GPX file element by element.
class GpxReader {
 public:
  GpxReader()
      : parser_({.open = [this](std::string_view name,
                                const XmlAttributes& attributes) { open(name, attributes); },
                 .close = [this](std::string_view /*name*/) { close(); },
                 .text = [this](std::string_view text) { text_ += text; }},
                kDeepest,
                [this](const std::string& why) { refuse("GPX ではありません。" + why); }) {}

  std::vector<TrackFix> read(std::string_view bytes) {
    parser_.feed(bytes);
    parser_.finish();
    if (fixes_.size() < 2) {
      throw TrackError(0,
                       "軌跡（trk/trkseg/trkpt）に点が2つ以上ありません。訓練の記録を書き出した"
                       "ファイルか確かめてください。");
    }
    return std::move(fixes_);
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const { throw TrackError(parser_.line(), why); }

  void open(std::string_view name, const XmlAttributes& attributes) {
    path_ += '/';
    path_ += name;
    text_.clear();
    if (path_.find('/', 1) == std::string::npos && name != "gpx") {
      refuse("GPX ではありません（最初の要素が gpx ではない）。軌跡を GPX で書き出してください。");
    }
    if (path_ == "/gpx/trk" && ++tracks_ > 1) {
      refuse("軌跡（trk）が2つ以上あります。一人の一回分だけを書き出してください。");
    }
    if (path_ == kPoint) {
      begin_point(attributes);
    }
  }

  void close() {
    if (path_ == std::string(kPoint) + "/time") {
      time_ = text_;
    } else if (path_ == kPoint) {
      end_point();
    }
    path_.resize(path_.rfind('/'));
  }

  void begin_point(const XmlAttributes& attributes) {
    constexpr double kMostLat = 90;
    constexpr double kMostLon = 180;
    const auto value = [&](const char* key, double most) {
      const auto found = attributes.find(key);
      return found == attributes.end() ? std::nullopt : degrees(found->second, most);
    };
    const auto lat = value("lat", kMostLat);
    const auto lon = value("lon", kMostLon);
    if (!lat || !lon) {
      refuse(
          "点に緯度・経度（lat、lon "
          "の度）がありません。記録したアプリから書き出し直してください。");
    }
    fix_ = {.line = parser_.line(), .lat = *lat, .lon = *lon, .at = {}};
    time_.clear();
  }

  void end_point() {
    const std::size_t first = time_.find_first_not_of(" \t\r\n");
    const std::size_t last = time_.find_last_not_of(" \t\r\n");
    if (first == std::string::npos) {
      throw TrackError(fix_.line,
                       "点に時刻（time）がありません。経路の図ではなく、時刻つきの軌跡を書き出して"
                       "ください。");
    }
    const auto at = moment_of(std::string_view(time_).substr(first, last + 1 - first));
    if (!at) {
      throw TrackError(
          fix_.line,
          "点の時刻が 2026-11-01T00:05:00Z の形ではありません。GPX 1.1 で書き出し直して"
          "ください。");
    }
    if (!fixes_.empty() && *at < fixes_.back().at) {
      throw TrackError(fix_.line,
                       "時刻が前の点より戻っています。つないだり直したりしていない、元の記録を"
                       "使ってください。");
    }
    fix_.at = *at;
    fixes_.push_back(fix_);
  }

  static constexpr const char* kPoint = "/gpx/trk/trkseg/trkpt";

  XmlParser parser_;
  std::string path_;  ///< elements that have begun
  std::string text_;
  std::string time_;
  std::size_t tracks_ = 0;
  TrackFix fix_;
  std::vector<TrackFix> fixes_;
};

}  // namespace

std::vector<TrackFix> parse_gpx(std::string_view bytes) {
  if (bytes.size() > kMostBytes) {
    throw TrackError(0, "ファイルが大きすぎます（上限 64 MB）。訓練の間だけを書き出してください。");
  }
  return GpxReader().read(bytes);
}

ParsedRows<TrackOwner> parse_track_owners(const Table& table) {
  static const std::vector<ColumnRule> columns{{"ファイル", true}, {"対象者ID", true}};
  const Sheet sheet(table, "軌跡の一覧", columns);
  ImportLog log(sheet.encoding());
  ParsedRows<TrackOwner> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    TrackOwner owner{.line = row.line(), .file = row.text("ファイル"), .person = {}};
    owner.person.value = row.code("対象者ID");
    if (owner.file.empty()) {
      row.reject("ファイル", "FILE_MISSING",
                 "ファイルが空です。GPX のファイル名を書いてください。");
    }
    if (!is_ulid(owner.person.value)) {
      row.reject("対象者ID", "ID_INVALID",
                 "対象者IDが台帳の ID の形ではありません。記録用紙の ID を書いてください。");
    }
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(owner));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

PersonId track_owner_of(std::string_view file_name) {
  const std::string stem(file_name.substr(0, file_name.rfind('.')));
  PersonId person;
  if (is_ulid(stem)) {
    person.value = stem;
  }
  return person;
}

}  // namespace registry
