// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// An invented city of any size as the files a city sends. The same seed gives the same bytes.
class CityFiles {
 public:
  CityFiles(std::size_t residents, std::uint32_t seed) : residents_(residents), seed_(seed) {}

  /// 住民記録 as UTF-8 CSV. `changed`: one row in so many has moved house (0 = nobody).
  [[nodiscard]] std::string residents_csv(std::size_t changed) const;
  /// 介護認定 of the first `rows` residents: every level in turn.
  [[nodiscard]] std::string care_csv(std::size_t rows) const;
  /// What somebody at a desk would type to find people of this city: names, readings, addresses,
  /// house numbers, phones, in turn.
  [[nodiscard]] std::vector<std::string> queries(std::size_t count) const;

 private:
  struct Line;
  [[nodiscard]] Line line(std::size_t number, bool moved) const;

  std::size_t residents_;
  std::uint32_t seed_;
};

}  // namespace bench
