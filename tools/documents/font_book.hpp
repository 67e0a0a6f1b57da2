// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "documents/cairo_names.hpp"

namespace documents {

/// The two families texts are set in: Noto Sans CJK JP, and IPAmj Mincho for characters of names
/// that Noto lacks. Nothing else is ever used, so that a page does not depend on what else is
/// installed or on the locale.
enum class Face { Gothic, GothicBold, Mincho };

/// A stretch of text set in one face. Offsets are bytes.
struct FaceSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  Face face = Face::Gothic;
  bool code = false;  ///< stands for a character no font has; set smaller
};

struct FacedText {
  std::string utf8;
  std::vector<FaceSpan> spans;
};

/// Chooses the face for every character together with its variation selector. Noto knows the
/// Adobe-Japan1 selectors, IPAmj those of Moji_Joho. A character neither has, and every private
/// use character (its meaning is the city's own), becomes its code point in brackets, visibly; an
/// unknown variant becomes the plain character. Both leave a warning.
class FontBook {
 public:
  explicit FontBook(cairo_t* cairo);
  FontBook(const FontBook&) = delete;
  FontBook& operator=(const FontBook&) = delete;
  FontBook(FontBook&&) noexcept;
  FontBook& operator=(FontBook&&) noexcept;
  ~FontBook();

  [[nodiscard]] FacedText faced(std::string_view text, bool bold);

  /// One line per character in trouble: its code points and nothing around it.
  [[nodiscard]] const std::vector<std::string>& warnings() const;

  /// For measuring and drawing in points with the language set to Japanese.
  [[nodiscard]] PangoContext* context() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

[[nodiscard]] const char* family_of(Face face);

}  // namespace documents
