// SPDX-License-Identifier: Apache-2.0
#include "documents/netcdf_file.hpp"

#include <netcdf.h>
#include <netcdf_mem.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "registry/error.hpp"

namespace documents {
namespace {

using Whole = std::vector<std::int64_t>;
using Real = std::vector<double>;
using Text = std::vector<std::string>;

constexpr std::array<nc_type, 3> kTypes = {NC_INT64, NC_DOUBLE, NC_STRING};
constexpr std::int64_t kNoWhole = NC_FILL_INT64;
constexpr double kNoReal = NC_FILL_DOUBLE;
constexpr int kDeflateLevel = 6;

void check(int status, const std::string& what) {
  if (status != NC_NOERR) {
    throw registry::Error("NetCDF を作れませんでした: " + what + "（" + nc_strerror(status) +
                          "）。名前と空きメモリを確かめてください。");
  }
}

[[noreturn]] void refuse(const std::string& what, std::size_t row, const char* reason) {
  throw registry::InputError("NetCDF では表せない値があります: " + what + " の " +
                             std::to_string(row + 1) + " 行目（" + reason +
                             "）。CSV で書き出してください。");
}

struct Free {
  void operator()(void* memory) const { std::free(memory); }  // NOLINT(*-no-malloc): netcdf's own
};

/// A data set in memory. It is closed and never aborted: aborting deletes a file of its name.
class Dataset {
 public:
  Dataset() { check(nc_create_mem("tomoni", NC_NETCDF4, 0, &id_), "create"); }
  Dataset(const Dataset&) = delete;
  Dataset& operator=(const Dataset&) = delete;
  Dataset(Dataset&&) = delete;
  Dataset& operator=(Dataset&&) = delete;
  ~Dataset() {
    NC_memio image{};
    if (open_ && nc_close_memio(id_, &image) == NC_NOERR) {
      Free()(image.memory);
    }
  }
  [[nodiscard]] int id() const { return id_; }

  /// Closes; nothing can be written afterwards.
  [[nodiscard]] std::string bytes() {
    open_ = false;
    NC_memio image{};
    check(nc_close_memio(id_, &image), "close");
    const std::unique_ptr<void, Free> memory(image.memory);
    return {static_cast<const char*>(memory.get()), image.size};
  }

 private:
  int id_ = 0;
  bool open_ = true;
};

void put_attributes(int id, int variable, const NetcdfAttributes& attributes,
                    const std::string& what) {
  for (const auto& [name, text] : attributes) {
    std::string place = what;
    place += ':';
    place += name;
    check(nc_put_att_text(id, variable, name.c_str(), text.size(), text.data()), place);
  }
}

template <class Number>
std::vector<Number> with_fills(std::vector<Number> values, const std::vector<char>& missing,
                               Number none, const std::string& what) {
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!missing.empty() && missing[row] != 0) {
      values[row] = none;
    } else if (values[row] == none) {
      refuse(what, row, "NetCDF で欠測を意味する数");
    }
  }
  return values;
}

std::vector<const char*> pointers_to(const Text& texts, const std::string& what) {
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos) {
      refuse(what, pointers.size(), "文字コード 0 を含む");
    }
    pointers.push_back(text.c_str());
  }
  return pointers;
}

std::size_t rows_of(const NetcdfVariable& variable) {
  return std::visit([](const auto& values) { return values.size(); }, variable.values);
}

/// One variable from its definition to its last value.
void put_variable(int group, int dimension, const NetcdfVariable& variable,
                  const std::string& what) {
  int id = 0;
  check(nc_def_var(group, variable.name.c_str(), kTypes.at(variable.values.index()), 1, &dimension,
                   &id),
        what);
  const auto deflate = [&](const void* none) {
    check(nc_def_var_fill(group, id, NC_FILL, none), what);
    check(nc_def_var_deflate(group, id, 1, 1, kDeflateLevel), what);
  };
  const auto put = [&](const auto& values) {
    put_attributes(group, id, variable.attributes, what);
    if (!values.empty()) {
      check(nc_put_var(group, id, values.data()), what);
    }
  };
  if (const auto* whole = std::get_if<Whole>(&variable.values)) {
    deflate(&kNoWhole);
    put(with_fills(*whole, variable.missing, kNoWhole, what));
  } else if (const auto* real = std::get_if<Real>(&variable.values)) {
    deflate(&kNoReal);
    put(with_fills(*real, variable.missing, kNoReal, what));
  } else {
    put(pointers_to(std::get<Text>(variable.values), what));
  }
}

void put_group(int file, const NetcdfGroup& group) {
  int id = 0;
  check(nc_def_grp(file, group.name.c_str(), &id), group.name);
  put_attributes(id, NC_GLOBAL, group.attributes, group.name);
  const std::size_t rows = group.variables.empty() ? 0 : rows_of(group.variables.front());
  int dimension = 0;  // NetCDF takes the length 0 for "unlimited": an empty table has no rows yet
  check(nc_def_dim(id, "row", rows, &dimension), group.name);
  for (const NetcdfVariable& variable : group.variables) {
    TOMONI_EXPECT(rows_of(variable) == rows);
    TOMONI_EXPECT(variable.missing.empty() || variable.missing.size() == rows);
    put_variable(id, dimension, variable, group.name + "/" + variable.name);
  }
}

}  // namespace

std::string netcdf_file(const NetcdfContent& content) {
  Dataset file;
  put_attributes(file.id(), NC_GLOBAL, content.attributes, "global");
  for (const NetcdfGroup& group : content.groups) {
    put_group(file.id(), group);
  }
  return file.bytes();
}

}  // namespace documents
