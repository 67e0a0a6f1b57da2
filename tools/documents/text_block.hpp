// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "documents/font_book.hpp"

namespace documents {

enum class Align { Left, Centre, Right };

struct TextStyle {
  double size = 9;  ///< points
  bool bold = false;
  double grey = 0;  ///< 0 black ... 1 white
  Align align = Align::Left;
  int max_lines = 0;  ///< the rest becomes "…"; 0 = as many lines as needed
};

/// Text set into lines of a given width, measured before it is drawn.
class TextBlock {
 public:
  /// A width of 0 gives one line as long as it needs.
  TextBlock(FontBook& fonts, std::string_view text, const TextStyle& style, double width = 0);
  TextBlock(const TextBlock&) = delete;
  TextBlock& operator=(const TextBlock&) = delete;
  TextBlock(TextBlock&&) noexcept;
  TextBlock& operator=(TextBlock&&) noexcept;
  ~TextBlock();

  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double height() const { return height_; }
  /// Whether something was left out for want of room.
  [[nodiscard]] bool shortened() const;

  void draw(cairo_t* cairo, double x, double y) const;
  /// With a white rim, for text over a map.
  void draw_with_halo(cairo_t* cairo, double x, double y) const;

 private:
  struct Layout;
  std::unique_ptr<Layout> layout_;
  double width_ = 0;
  double height_ = 0;
};

struct TextRoom {
  double width = 0;
  double height = 0;
  double smallest = 6;  ///< points
};

/// The text in the largest size from `style.size` down to `smallest` that fits into the box;
/// shortened only when not even the smallest does.
[[nodiscard]] TextBlock fitted_text(FontBook& fonts, std::string_view text, TextStyle style,
                                    const TextRoom& room);

}  // namespace documents
