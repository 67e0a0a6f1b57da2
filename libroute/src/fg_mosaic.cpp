// SPDX-License-Identifier: Apache-2.0
#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <tuple>
#include <utility>

#include "fg_sheet.hpp"
#include "route/error.hpp"

// Sheets of one spacing lie on one lattice; where two have the same cell, the first that has a
// height counts. They come in the order of their names, the later edition of a sheet first:
// FG-GML-5238-57-00-DEM5A-20161001.xml.

namespace route {
namespace {

namespace fs = std::filesystem;

constexpr int kJgd2011 = 6668;
constexpr std::size_t kMostFiles = 50'000;

bool ends_with(std::string_view name, std::string_view extension) {
  if (name.size() < extension.size()) {
    return false;
  }
  const std::string_view end = name.substr(name.size() - extension.size());
  return std::ranges::equal(
      end, extension, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

struct FreeList {
  void operator()(char** list) const { CSLDestroy(list); }
};

class SheetList {
 public:
  explicit SheetList(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path, ignored)) {
        if (entry.is_regular_file(ignored)) {
          add(entry.path().string(), entry.path().filename().string(), 0);
        }
      }
    } else {
      expect_local(path);
      add(path.string(), path.filename().string(), 0);
    }
    std::ranges::sort(sheets_, [](const Sheet& a, const Sheet& b) {
      return std::tie(a.mesh, b.edition, a.file) < std::tie(b.mesh, a.edition, b.file);
    });
  }

  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> files;
    for (const Sheet& sheet : sheets_) {
      files.push_back(sheet.file);
    }
    return files;
  }

 private:
  struct Sheet {
    std::string mesh;
    std::string edition;
    std::string file;
  };

  void add(const std::string& file, const std::string& name, int depth) {
    if (ends_with(name, ".zip")) {
      add_archive(file, depth);
    } else if (ends_with(name, ".xml")) {
      const auto dash = std::min(name.rfind('-'), name.size());
      sheets_.push_back({name.substr(0, dash), name.substr(dash), file});
      if (sheets_.size() > kMostFiles) {
        throw InputError("標高の図郭が多すぎます。この町の図郭だけにしてください");
      }
    }
  }

  /// A download holds ZIPs in a ZIP; deeper nesting is not followed.
  void add_archive(const std::string& archive, int depth) {
    if (depth > 1) {
      return;
    }
    const std::string inside = "/vsizip/{" + archive + "}";
    const std::unique_ptr<char*, FreeList> names(VSIReadDirRecursive(inside.c_str()));
    if (names == nullptr) {
      throw InputError("書庫 " + archive + " を開けません。もう一度入手してください");
    }
    for (char** name = names.get(); *name != nullptr; ++name) {
      add(inside + "/" + *name, *name, depth + 1);
    }
  }

  std::vector<Sheet> sheets_;
};

/// Where a sheet lies on the lattice of the first one, in cells.
struct Offset {
  std::int64_t column = 0;
  std::int64_t row = 0;
};

Offset offset_of(const FgSheet& sheet, const FgSheet& first, const std::string& file) {
  constexpr double kSameSpacing = 0.001;  // of a cell, over a cell
  constexpr double kOnLattice = 0.2;      // of a cell
  const auto same = [](double a, double b) { return std::abs(a - b) <= kSameSpacing * b; };
  if (!same(sheet.step_east(), first.step_east()) ||
      !same(sheet.step_south(), first.step_south())) {
    throw InputError("標高の図郭 " + file +
                     " は他の図郭と格子の間隔が違います。5mメッシュと10mメッシュを別のフォルダに"
                     "分けてください");
  }
  const double column = (sheet.west - first.west) / first.step_east();
  const double row = (first.north - sheet.north) / first.step_south();
  if (std::abs(column - std::round(column)) > kOnLattice ||
      std::abs(row - std::round(row)) > kOnLattice) {
    throw InputError("標高の図郭 " + file +
                     " の格子が他の図郭とずれています。同じ種類の図郭だけにしてください");
  }
  return {std::llround(column), std::llround(row)};
}

class Mosaic {
 public:
  void add(FgSheet sheet, const std::string& file) {
    offsets_.push_back(sheets_.empty() ? Offset{} : offset_of(sheet, sheets_.front(), file));
    const Offset& at = offsets_.back();
    left_ = std::min(left_, at.column);
    top_ = std::min(top_, at.row);
    right_ = std::max(right_, at.column + sheet.columns);
    bottom_ = std::max(bottom_, at.row + sheet.rows);
    sheets_.push_back(std::move(sheet));
    if ((right_ - left_) * (bottom_ - top_) > kMostPixels) {
      throw InputError("標高データの画素が多すぎます。この町の図郭だけにしてください");
    }
  }

  [[nodiscard]] bool empty() const { return sheets_.empty(); }

  [[nodiscard]] HeightGrid grid() const {
    const FgSheet& first = sheets_.front();
    HeightGrid grid;
    grid.srs = srs_of_epsg(kJgd2011);
    grid.columns = static_cast<int>(right_ - left_);
    grid.rows = static_cast<int>(bottom_ - top_);
    grid.to_place = {first.west + static_cast<double>(left_) * first.step_east(),
                     first.step_east(),
                     0,
                     first.north - static_cast<double>(top_) * first.step_south(),
                     0,
                     -first.step_south()};
    grid.heights.assign(
        static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows), kNoHeight);
    for (std::size_t i = 0; i < sheets_.size(); ++i) {
      paste(sheets_[i], offsets_[i], grid);
    }
    return grid;
  }

 private:
  void paste(const FgSheet& sheet, const Offset& at, HeightGrid& grid) const {
    auto from = sheet.heights.begin();
    for (int row = 0; row < sheet.rows; ++row) {
      auto to = grid.heights.begin() + (at.row - top_ + row) * grid.columns + (at.column - left_);
      for (int column = 0; column < sheet.columns; ++column, ++from, ++to) {
        if (std::isnan(*to)) {
          *to = *from;
        }
      }
    }
  }

  std::vector<FgSheet> sheets_;
  std::vector<Offset> offsets_;
  std::int64_t left_ = 0;
  std::int64_t top_ = 0;
  std::int64_t right_ = 0;
  std::int64_t bottom_ = 0;
};

void widen(Box& box, const FgSheet& sheet) {
  box.add(from_degrees(sheet.south, sheet.west));
  box.add(from_degrees(sheet.north, sheet.east));
}

}  // namespace

HeightGrid read_fg_sheets(const fs::path& path, const Box& area) {
  Mosaic mosaic;
  Box there;
  std::size_t sheets = 0;
  for (const std::string& file : SheetList(path).files()) {
    auto sheet = read_fg_sheet(file, area);
    if (!sheet.has_value()) {
      continue;  // metadata and other XML that comes with the sheets
    }
    ++sheets;
    widen(there, *sheet);
    if (!sheet->heights.empty()) {
      mosaic.add(std::move(*sheet), file);
    }
  }
  if (sheets == 0) {
    throw InputError(
        path.string() +
        " に標高の図郭がありません。基盤地図情報 数値標高モデルの .xml か .zip、"
        "標高タイルの z/x/y のフォルダ、または GeoTIFF などのファイルを使ってください");
  }
  if (mosaic.empty()) {
    refuse_uncovered(path, area, "図郭 " + std::to_string(sheets) + "枚、" + range_text(there));
  }
  return mosaic.grid();
}

}  // namespace route
