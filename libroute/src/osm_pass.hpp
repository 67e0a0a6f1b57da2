// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <new>
#include <osmium/io/any_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm/object.hpp>
#include <string_view>
#include <system_error>

#include "route/error.hpp"
#include "route/osm_import.hpp"

namespace route {

inline void expect_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw InputError(file.string() +
                     " がないか、ファイルではありません。道路データの場所を"
                     "確かめてください");
  }
}

/// Calls what may meet broken data and turns whatever the reader throws into our error.
template <class Call>
auto reading(const std::filesystem::path& file, Call call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& problem) {
    throw InputError(file.string() + " をOpenStreetMapのデータとして読めません（" + problem.what() +
                     "）。.osm、.osm.gz、.osm.bz2、.osm.pbf のいずれかを、途中で切れていないか"
                     "確かめて、もう一度入手してください");
  }
}

/// Refuses an object with a zero byte inside a key or value, where libosmium would take half of it
/// for the next key and go on reading beyond the last one.
inline void expect_whole_strings(const std::filesystem::path& file,
                                 const osmium::OSMObject& object) {
  const osmium::TagList& tags = object.tags();
  const auto* const begin = tags.data() + sizeof(osmium::TagList);
  if (std::count(begin, tags.data() + tags.byte_size(), 0) % 2 != 0) {
    throw InputError(file.string() +
                     " は壊れています（タグの文字列の途中に0のバイトがあります）。もう一度入手して"
                     "ください");
  }
}

/// One run over the file, with word of its progress at every twentieth. Files with a history are
/// refused.
class OsmPass {
 public:
  OsmPass(const std::filesystem::path& file, osmium::osm_entity_bits::type what,
          std::string_view step, const Progress& progress)
      : file_(file), step_(step), progress_(progress), reader_(reading(file, [&] {
          return std::make_unique<osmium::io::Reader>(osmium::io::File(file.string()), what,
                                                      osmium::io::read_meta::no);
        })) {
    if (reading(file_, [this] { return reader_->header().has_multiple_object_versions(); })) {
      throw InputError(file.string() +
                       " は履歴つきのデータです。ある時点だけを取り出したものを使ってください");
    }
    tell(0);
  }

  template <class Item, class Visit>
  void for_each(Visit visit) {
    while (osmium::memory::Buffer buffer = reading(file_, [this] { return reader_->read(); })) {
      for (const Item& item : buffer.select<Item>()) {
        expect_whole_strings(file_, item);
        visit(item);
      }
      const double size = static_cast<double>(std::max<std::size_t>(reader_->file_size(), 1));
      tell(std::min(static_cast<double>(reader_->offset()) / size, 1.0));
    }
    reading(file_, [this] { reader_->close(); });
    tell(1);
  }

 private:
  void tell(double share) {
    constexpr double kStep = 0.05;
    if (progress_ && (share >= next_ || share >= 1)) {
      progress_(step_, share);
      next_ = share + kStep;
    }
  }

  const std::filesystem::path& file_;
  std::string_view step_;
  const Progress& progress_;
  double next_ = 0;
  std::unique_ptr<osmium::io::Reader> reader_;
};

}  // namespace route
