// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "registry/city_import.hpp"
#include "registry/error.hpp"
#include "registry/ids.hpp"
#include "registry/table_io.hpp"

namespace registry {

/// A point of a track with the line of the file it begins on.
struct TrackFix {
  std::size_t line = 0;
  double lat = 0;  ///< degrees, WGS 84
  double lon = 0;
  Instant at;
};

/// What is wrong with a track file, and on which line (0 = with the whole file).
class TrackError : public InputError {
 public:
  TrackError(std::size_t line, const std::string& why) : InputError(why), line_(line) {}
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  std::size_t line_;
};

/// The points of the one track of a GPX 1.0 or 1.1 file (`trk/trkseg/trkpt` with `time`), its
/// segments one after the other; waypoints, routes and everything else are not looked at. Throws
/// `TrackError` for what is no GPX, has a document type (entities), no track or several, fewer than
/// two points, a point without place or time, or times that go back.
[[nodiscard]] std::vector<TrackFix> parse_gpx(std::string_view bytes);

/// Whose track a file is.
struct TrackOwner {
  std::size_t line = 0;
  std::string file;  ///< name without folder
  PersonId person;
};

/// Columns: ファイル, 対象者ID (both required).
[[nodiscard]] ParsedRows<TrackOwner> parse_track_owners(const Table& table);

/// The id in a file's name, `01ARZ3NDEKTSV4RRFFQ69G5FAV.gpx`; empty when the name is none.
[[nodiscard]] PersonId track_owner_of(std::string_view file_name);

}  // namespace registry
