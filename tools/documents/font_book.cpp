// SPDX-License-Identifier: Apache-2.0
#include "documents/font_book.hpp"

#include <fmt/format.h>
#include <hb.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "documents/handles.hpp"

namespace documents {
namespace {

bool is_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_private(char32_t c) {
  return g_unichar_type(c) == G_UNICODE_PRIVATE_USE;
}

/// Steers the layout without being seen, such as a zero-width space or a change of direction.
bool is_invisible(char32_t c) {
  return c != U'\n' && (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT);
}

std::string code_point(char32_t c) {
  return fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
}

std::string code_points(const std::u32string& cluster) {
  std::string text;
  for (const char32_t c : cluster) {
    text += (text.empty() ? "" : " ") + code_point(c);
  }
  return text;
}

/// Bytes that are not UTF-8 become U+FFFD one by one.
std::u32string decoded(std::string_view text) {
  std::u32string characters;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    const gunichar c = g_utf8_get_char_validated(at, end - at);
    const bool fine = c < 0x110000;
    characters.push_back(fine ? c : U'\uFFFD');
    at = fine ? g_utf8_next_char(at) : at + 1;
  }
  return characters;
}

void append(std::string& out, char32_t c) {
  std::array<char, 6> bytes{};
  const gint length = g_unichar_to_utf8(c, bytes.data());
  out.append(bytes.data(), static_cast<std::size_t>(length));
}

bool covers(hb_font_t* font, const std::u32string& cluster) {
  for (std::size_t i = 0; i < cluster.size(); ++i) {
    hb_codepoint_t glyph = 0;
    if (i + 1 < cluster.size() && is_selector(cluster[i + 1])) {
      if (!hb_font_get_variation_glyph(font, cluster[i], cluster[i + 1], &glyph)) {
        return false;
      }
      ++i;
    } else if (is_selector(cluster[i]) || !hb_font_get_nominal_glyph(font, cluster[i], &glyph)) {
      return false;
    }
  }
  return true;
}

}  // namespace

const char* family_of(Face face) {
  return face == Face::Mincho ? "IPAmjMincho" : "Noto Sans CJK JP";
}

struct FontBook::Parts {
  ContextHandle context;
  FontHandle gothic;
  FontHandle mincho;
  std::vector<std::string> warnings;

  void warn(const std::string& text) {
    if (std::ranges::find(warnings, text) == warnings.end()) {
      warnings.push_back(text);
    }
  }

  FontHandle load(Face face, const char* package) {
    const FontDescription wanted(pango_font_description_new());
    pango_font_description_set_family_static(wanted.get(), family_of(face));
    pango_font_description_set_absolute_size(wanted.get(), 10.0 * PANGO_SCALE);
    FontHandle font(pango_font_map_load_font(pango_context_get_font_map(context.get()),
                                             context.get(), wanted.get()));
    const FontDescription found(font ? pango_font_describe(font.get()) : nullptr);
    if (found &&
        std::string_view(pango_font_description_get_family(found.get())) == family_of(face)) {
      return font;
    }
    warn(std::string("書体 ") + family_of(face) + " がありません。" + package +
         " を入れてから印刷し直してください。");
    return nullptr;
  }

  [[nodiscard]] std::optional<Face> face_for(const std::u32string& cluster, bool bold) const {
    if (gothic && covers(pango_font_get_hb_font(gothic.get()), cluster)) {
      return bold ? Face::GothicBold : Face::Gothic;
    }
    if (mincho && covers(pango_font_get_hb_font(mincho.get()), cluster)) {
      return Face::Mincho;
    }
    return std::nullopt;
  }

  FaceSpan place(std::string& out, std::u32string cluster, bool bold);
};

FaceSpan FontBook::Parts::place(std::string& out, std::u32string cluster, bool bold) {
  FaceSpan span{out.size(), out.size(), bold ? Face::GothicBold : Face::Gothic, false};
  std::optional<Face> face;
  if (cluster == U"\n") {
    face = span.face;
  } else if (!is_private(cluster.front())) {
    face = face_for(cluster, bold);
    if (!face && std::ranges::any_of(cluster, is_selector)) {
      const std::string sequence = code_points(cluster);
      std::erase_if(cluster, is_selector);
      face = cluster.empty() ? std::nullopt : face_for(cluster, bold);
      if (face) {
        warn("書体にない異体字 " + sequence + " を標準の字形で印字しました。");
      } else if (cluster.empty()) {
        warn("基底の文字がない異体字セレクタ " + sequence + " を印字しませんでした。");
        return span;
      }
    }
  }
  if (face) {
    span.face = *face;
    for (const char32_t c : cluster) {
      append(out, c);
    }
  } else {
    const std::string codes = code_points(cluster);
    warn("どの書体にもない文字 " + codes + " を符号で印字しました。");
    out += "[" + codes + "]";
    span.code = true;
  }
  span.end = out.size();
  return span;
}

FontBook::FontBook(cairo_t* cairo) : parts_(std::make_unique<Parts>()) {
  parts_->context.reset(pango_cairo_create_context(cairo));
  PangoContext* context = parts_->context.get();
  pango_cairo_context_set_resolution(context, 72);  // one unit = one point
  pango_context_set_language(context, pango_language_from_string("ja"));
  pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions(context, FALSE);
  const std::unique_ptr<cairo_font_options_t, FreeBy<cairo_font_options_destroy>> options(
      cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options.get());
  parts_->gothic = parts_->load(Face::Gothic, "fonts-noto-cjk");
  parts_->mincho = parts_->load(Face::Mincho, "fonts-ipamj-mincho");
}

FontBook::FontBook(FontBook&&) noexcept = default;
FontBook& FontBook::operator=(FontBook&&) noexcept = default;
FontBook::~FontBook() = default;

FacedText FontBook::faced(std::string_view text, bool bold) {
  FacedText result;
  const std::u32string characters = decoded(text);
  for (std::size_t i = 0; i < characters.size();) {
    if (is_invisible(characters[i])) {
      if (characters[i] != U'\t' && characters[i] != U'\r') {
        parts_->warn("目に見えない制御文字 " + code_point(characters[i]) + " を除きました。");
      }
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < characters.size() &&
           (is_selector(characters[end]) || g_unichar_ismark(characters[end]))) {
      ++end;
    }
    const FaceSpan span = parts_->place(result.utf8, characters.substr(i, end - i), bold);
    if (!result.spans.empty() && result.spans.back().face == span.face &&
        result.spans.back().code == span.code) {
      result.spans.back().end = span.end;
    } else {
      result.spans.push_back(span);
    }
    i = end;
  }
  return result;
}

const std::vector<std::string>& FontBook::warnings() const {
  return parts_->warnings;
}

PangoContext* FontBook::context() const {
  return parts_->context.get();
}

}  // namespace documents
