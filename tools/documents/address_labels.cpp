// SPDX-License-Identifier: Apache-2.0
#include "documents/address_labels.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <optional>

#include "documents/map_picture.hpp"
#include "documents/pdf_document.hpp"
#include "documents/text_block.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr double kPostcodeSize = 9.5;
constexpr double kAddressSize = 10.5;
constexpr double kNameSize = 15;
constexpr double kNoteSize = 7;
constexpr double kGap = 3;
constexpr int kLargest = 110;  // per cent of these sizes
constexpr int kSmallest = 35;

/// The texts of one label in one size.
struct LabelTexts {
  std::optional<TextBlock> postcode;
  TextBlock address;
  TextBlock name;
  std::optional<TextBlock> note;

  [[nodiscard]] double height() const {
    return (postcode ? postcode->height() : 0) + address.height() + kGap + name.height() +
           (note ? note->height() : 0);
  }
};

LabelTexts texts_of(FontBook& fonts, const AddressLabel& label, double width, double scale) {
  const auto optional = [&](const std::string& text, double size) {
    return text.empty() ? std::nullopt
                        : std::optional<TextBlock>(std::in_place, fonts, text,
                                                   TextStyle{.size = size * scale}, width);
  };
  return {optional(label.postcode.empty() ? "" : "〒" + label.postcode, kPostcodeSize),
          TextBlock(fonts, label.address, {.size = kAddressSize * scale}, width),
          TextBlock(fonts, label.name, {.size = kNameSize * scale}, width),
          optional(label.note, kNoteSize)};
}

std::optional<LabelTexts> fitted(FontBook& fonts, const AddressLabel& label, const Frame& room) {
  for (int percent = kLargest; percent >= kSmallest; percent -= 5) {
    LabelTexts texts = texts_of(fonts, label, room.width, percent / 100.0);
    if (texts.height() <= room.height) {
      return texts;
    }
  }
  return std::nullopt;
}

void draw_texts(cairo_t* cairo, const LabelTexts& texts, const Frame& room) {
  double y = room.y;
  if (texts.postcode) {
    texts.postcode->draw(cairo, room.x, y);
    y += texts.postcode->height();
  }
  texts.address.draw(cairo, room.x, y);
  y += texts.address.height();
  const double note = texts.note ? texts.note->height() : 0;
  const double spare = room.y + room.height - note - y - texts.name.height();
  texts.name.draw(cairo, room.x, y + spare / 2);
  if (texts.note) {
    texts.note->draw(cairo, room.x, room.y + room.height - note);
  }
}

Frame frame_of(const LabelSheet& sheet, int place) {
  const int column = place % sheet.columns;
  const int row = place / sheet.columns;
  return {(sheet.left + column * (sheet.width + sheet.gap_x)) * kPointsPerMm,
          (sheet.top + row * (sheet.height + sheet.gap_y)) * kPointsPerMm,
          sheet.width * kPointsPerMm, sheet.height * kPointsPerMm};
}

void draw_outline(cairo_t* cairo, const Frame& frame) {
  cairo_set_source_rgb(cairo, 0.6, 0.6, 0.6);
  cairo_set_line_width(cairo, 0.4);
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
  cairo_stroke(cairo);
}

void draw_labels(const LabelPrint& print, PdfDocument& pdf, FontBook& fonts) {
  const double padding = print.sheet.padding * kPointsPerMm;
  int place = print.first - 1;
  for (std::size_t i = 0; i < print.labels.size(); ++i, ++place) {
    if (place == print.sheet.labels()) {
      pdf.next_page();
      place = 0;
    }
    const Frame frame = frame_of(print.sheet, place);
    const Frame room{frame.x + padding, frame.y + padding, frame.width - 2 * padding,
                     frame.height - 2 * padding};
    const auto texts = fitted(fonts, print.labels[i], room);
    if (!texts) {
      throw registry::InputError(
          fmt::format("{} 枚目の宛名がラベルに入りきりません。面の大きい用紙を使うか、その人だけ"
                      "手書きしてください。",
                      i + 1));
    }
    draw_texts(pdf.cairo(), *texts, room);
    if (print.outline) {
      draw_outline(pdf.cairo(), frame);
    }
  }
}

}  // namespace

LabelFile address_labels(const LabelPrint& print) {
  if (print.first < 1 || print.first > print.sheet.labels()) {
    throw registry::InputError(
        fmt::format("始める位置は 1 から {} までです: {}", print.sheet.labels(), print.first));
  }
  PdfDocument pdf(kA4, "宛名ラベル", registry::to_iso(print.printed_on) + "T00:00:00Z");
  LabelFile file;
  {
    FontBook fonts(pdf.cairo());
    draw_labels(print, pdf, fonts);
    file.warnings = fonts.warnings();
  }
  file.pdf = pdf.finish();
  return file;
}

}  // namespace documents
