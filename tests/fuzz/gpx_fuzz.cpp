// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fuzz_target.hpp"
#include "registry/error.hpp"
#include "registry/track_file.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepts<registry::InputError>([&] {
    const auto fixes = registry::parse_gpx(fuzz::text_of(data, size));
    fuzz::require(fixes.size() >= 2, "a track has two points");
    for (std::size_t i = 0; i < fixes.size(); ++i) {
      fuzz::require(std::abs(fixes[i].lat) <= 90 && std::abs(fixes[i].lon) <= 180,
                    "points lie on the earth");
      fuzz::require(i == 0 || fixes[i - 1].at <= fixes[i].at, "time goes on");
    }
  });
  return 0;
}

fuzz::Material fuzz::material() {
  return {{R"(<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<trk><name>a</name><trkseg><trkpt lat="35.72" lon="139.44"><ele>60</ele>
<time>2026-11-01T00:05:00Z</time></trkpt><trkpt lat="35.7201" lon="139.4402">
<time>2026-11-01T00:05:10.500Z</time></trkpt></trkseg><trkseg><trkpt lat="35.7203" lon="139.4402">
<time>2026-11-01T09:06:00+09:00</time></trkpt></trkseg></trk></gpx>)"},
          {"<trkpt",
           "</trkpt>",
           "<trk>",
           "</trk>",
           "<trkseg>",
           "lat=\"",
           "lon=\"",
           "1e400",
           "nan",
           "-181",
           "91",
           "<time>",
           "</time>",
           "1970-01-01T00:00:00Z",
           "<!DOCTYPE a [",
           "<!ENTITY b \"c\">]>",
           "&b;",
           "<![CDATA[",
           "]]>",
           "\xff",
           "</gpx>"}};
}
