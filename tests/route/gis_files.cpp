// SPDX-License-Identifier: Apache-2.0
#include "gis_files.hpp"

#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <set>
#include <stdexcept>

namespace support {
namespace {

void expect(bool done) {
  if (!done) {
    throw std::runtime_error(std::string("cannot write the test's file: ") + CPLGetLastErrorMsg());
  }
}

void write_line(OGRLayerH layer, const DrawnLine& line) {
  OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  for (const auto& [column, text] : line.texts) {
    OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, column.c_str()), text.c_str());
  }
  OGRGeometryH geometry = OGR_G_CreateGeometry(wkbLineString);
  for (const auto& [x, y] : line.points) {
    OGR_G_AddPoint_2D(geometry, x, y);
  }
  OGR_F_SetGeometryDirectly(feature, geometry);
  const bool done = OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
  OGR_F_Destroy(feature);
  expect(done);
}

}  // namespace

void write_lines(const GisFile& file, const std::vector<DrawnLine>& lines) {
  GDALAllRegister();
  CPLPushErrorHandler(CPLQuietErrorHandler);  // it objects to the infinite extent of one test
  GDALDriverH driver = GDALGetDriverByName(file.driver.c_str());
  expect(driver != nullptr);
  GDALDatasetH dataset = GDALCreate(driver, file.path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  expect(dataset != nullptr);
  OGRSpatialReferenceH srs = nullptr;
  if (file.epsg != 0) {
    srs = OSRNewSpatialReference(nullptr);
    expect(OSRImportFromEPSG(srs, file.epsg) == OGRERR_NONE);
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
  }
  char** options = nullptr;
  for (const std::string& option : file.options) {
    options = CSLAddString(options, option.c_str());
  }
  OGRLayerH layer = GDALDatasetCreateLayer(dataset, "roads", srs, wkbLineString, options);
  expect(layer != nullptr);
  std::set<std::string> columns;
  for (const DrawnLine& line : lines) {
    for (const auto& [column, text] : line.texts) {
      if (columns.insert(column).second) {
        OGRFieldDefnH field = OGR_Fld_Create(column.c_str(), OFTString);
        expect(OGR_L_CreateField(layer, field, 1) == OGRERR_NONE);
        OGR_Fld_Destroy(field);
      }
    }
  }
  for (const DrawnLine& line : lines) {
    write_line(layer, line);
  }
  CSLDestroy(options);
  if (srs != nullptr) {
    OSRRelease(srs);
  }
  GDALClose(dataset);
  CPLPopErrorHandler();
}

}  // namespace support
