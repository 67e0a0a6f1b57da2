// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// A line as a GIS file holds it.
struct DrawnLine {
  std::vector<std::pair<double, double>> points;           ///< x, y in the file's coordinate system
  std::vector<std::pair<std::string, std::string>> texts;  ///< column, value in UTF-8
};

/// How GDAL shall write the lines.
struct GisFile {
  std::string driver;
  std::filesystem::path path;
  int epsg = 6668;                   ///< 0: the file does not say
  std::vector<std::string> options;  ///< of the layer: ENCODING=CP932
};

void write_lines(const GisFile& file, const std::vector<DrawnLine>& lines);

}  // namespace support
