// SPDX-License-Identifier: Apache-2.0
#include "documents/text_block.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "documents/handles.hpp"

namespace documents {
namespace {

constexpr double kLineHeight = 1.32;  // of the size; the fonts' own 1.45 is for screens
constexpr double kCodeSize = 0.62;    // of the size, for code points in brackets

int units(double points) {
  return static_cast<int>(std::lround(points * PANGO_SCALE));
}
double points(int pango_units) {
  return static_cast<double>(pango_units) / PANGO_SCALE;
}

FontDescription description(Face face, double size) {
  FontDescription font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), family_of(face));
  pango_font_description_set_weight(
      font.get(), face == Face::GothicBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  return font;
}

/// Takes ownership of the attribute.
void insert(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin, std::size_t end) {
  attribute->start_index = static_cast<guint>(begin);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

AttributeList attributes(const FacedText& text, double size) {
  AttributeList list(pango_attr_list_new());
  for (const FaceSpan& span : text.spans) {
    const FontDescription font = description(span.face, span.code ? size * kCodeSize : size);
    insert(list.get(), pango_attr_font_desc_new(font.get()), span.begin, span.end);
  }
  insert(list.get(), pango_attr_fallback_new(FALSE), 0, G_MAXUINT);
  insert(list.get(), pango_attr_line_height_new_absolute(units(size * kLineHeight)), 0, G_MAXUINT);
  return list;
}

PangoAlignment pango_alignment(Align align) {
  switch (align) {
    case Align::Left:
      return PANGO_ALIGN_LEFT;
    case Align::Centre:
      return PANGO_ALIGN_CENTER;
    case Align::Right:
      return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

}  // namespace

struct TextBlock::Layout {
  LayoutHandle handle;
  double grey = 0;
  double size = 0;
};

TextBlock::TextBlock(FontBook& fonts, std::string_view text, const TextStyle& style, double width)
    : layout_(std::make_unique<Layout>()) {
  layout_->handle.reset(pango_layout_new(fonts.context()));
  layout_->grey = style.grey;
  layout_->size = style.size;
  PangoLayout* layout = layout_->handle.get();
  const FacedText faced = fonts.faced(text, style.bold);
  const FontDescription font =
      description(style.bold ? Face::GothicBold : Face::Gothic, style.size);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_text(layout, faced.utf8.data(), static_cast<int>(faced.utf8.size()));
  pango_layout_set_attributes(layout, attributes(faced, style.size).get());
  pango_layout_set_alignment(layout, pango_alignment(style.align));
  if (width > 0) {
    pango_layout_set_width(layout, units(width));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (style.max_lines > 0) {
      pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height(layout, -style.max_lines);
    }
  }
  PangoRectangle logical{};
  pango_layout_get_extents(layout, nullptr, &logical);
  width_ = width > 0 ? width : points(logical.width);
  height_ = points(logical.height);
}

TextBlock::TextBlock(TextBlock&&) noexcept = default;
TextBlock& TextBlock::operator=(TextBlock&&) noexcept = default;
TextBlock::~TextBlock() = default;

bool TextBlock::shortened() const {
  return pango_layout_is_ellipsized(layout_->handle.get()) != FALSE;
}

void TextBlock::draw(cairo_t* cairo, double x, double y) const {
  cairo_save(cairo);
  cairo_move_to(cairo, x, y);
  cairo_set_source_rgb(cairo, layout_->grey, layout_->grey, layout_->grey);
  pango_cairo_show_layout(cairo, layout_->handle.get());
  cairo_restore(cairo);
}

void TextBlock::draw_with_halo(cairo_t* cairo, double x, double y) const {
  cairo_save(cairo);
  cairo_move_to(cairo, x, y);
  pango_cairo_layout_path(cairo, layout_->handle.get());
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_width(cairo, layout_->size * 0.32);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke(cairo);
  cairo_restore(cairo);
  draw(cairo, x, y);
}

TextBlock fitted_text(FontBook& fonts, std::string_view text, TextStyle style,
                      const TextRoom& room) {
  while (true) {
    TextBlock block(fonts, text, style, room.width);
    if (block.height() <= room.height) {
      return block;
    }
    if (style.size <= room.smallest) {
      break;
    }
    style.size = std::max(room.smallest, style.size - 0.5);
  }
  style.max_lines = std::max(1, static_cast<int>(room.height / (style.size * kLineHeight)));
  std::string one_paragraph(text);
  std::ranges::replace(one_paragraph, '\n', ' ');
  return {fonts, one_paragraph, style, room.width};
}

}  // namespace documents
